"""A job exists if, and only if, the command that wanted it committed (quality.md R54)."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from teamhub.core.db import db as _db
from teamhub.core.errors import DomainError
from teamhub.jobs import outbox
from teamhub.jobs.models import Job
from tests.unit.jobs.conftest import add, jobs


def refuse():
    raise DomainError("nei")  # noqa: EM101 - any error will do


@pytest.fixture
def calls(monkeypatch):
    made = []
    monkeypatch.setattr(outbox, "_wakers", [lambda: made.append(count())])
    return made


def count():
    return _db.session.scalar(select(func.count()).select_from(Job))


def test_of_five_hundred_commands_only_those_that_commit_leave_their_job(db):
    for number in range(500):
        if number % 2:
            with pytest.raises(DomainError):
                add(name=f"job-{number}", then=refuse)
        else:
            add(name=f"job-{number}")

    assert {job.name for job in jobs()} == {f"job-{number}" for number in range(0, 500, 2)}
    assert count() == 250


def test_workers_are_woken_once_when_the_jobs_are_there_to_find(calls, db):
    add(count=3)

    assert calls == [3]


def test_nobody_is_woken_for_what_was_rolled_back(calls, db):
    with pytest.raises(DomainError):
        add(then=refuse)

    assert calls == []


def test_a_waker_that_fails_does_not_undo_the_command(monkeypatch, db):
    monkeypatch.setattr(outbox, "_wakers", [refuse])

    add()

    assert count() == 1


def test_a_second_job_of_the_same_key_is_not_written(db):
    add(key="digest:1")
    add(key="digest:1")
    add(key="digest:2")

    assert [job.key for job in jobs()] == ["digest:1", "digest:2"]


def test_a_job_belongs_to_a_command(db):
    with pytest.raises(RuntimeError):
        outbox.enqueue(_db.session(), "greet", {})


def test_every_job_has_a_name_to_the_outside_of_its_own(db):
    add(count=20)

    assert len({job.uid for job in jobs()}) == 20
