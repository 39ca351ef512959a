"""Many workers and schedulers at the same moment, on connections of their own: each thing once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

import config
from teamhub import create_app
from teamhub.core.db import db
from teamhub.jobs import runner, schedule
from teamhub.jobs.models import Job
from teamhub.jobs.schedule import daily, hourly, periodic, tick
from teamhub.jobs.work import WORK, Work
from tests.databases import DATABASES
from tests.unit.jobs.conftest import add

START = datetime(2026, 11, 20, 11, tzinfo=UTC)
WORKERS = 4
JOBS = 60


@pytest.fixture
def crowd(tmp_path):
    """An app on a database of its own; ``crowd(work, items)`` does it all at once."""

    class Settings(config.Test):
        DATABASE_URL = DATABASES.new()
        INSTANCE_PATH = str(tmp_path)

    app = create_app(Settings)

    def do(work, items):
        def one(item):
            with app.app_context():
                return work(item)

        with ThreadPoolExecutor(WORKERS) as people:
            return list(people.map(one, items))

    yield do
    with app.app_context():
        db.engine.dispose()


def test_each_of_many_jobs_is_done_by_one_of_many_workers(crowd, monkeypatch):
    monkeypatch.setitem(WORK, "greet", Work(lambda ticket: add("echo", after_s=3600, key=ticket.uid)))
    crowd(lambda _n: add(count=JOBS), [1])
    done = crowd(lambda _worker: runner.run_due(), range(WORKERS))

    assert sum(done) == JOBS
    (rows,) = crowd(
        lambda _n: db.session.execute(
            select(Job.name, Job.state, func.count(), func.max(Job.attempts)).group_by(Job.name, Job.state)
        ).all(),
        [1],
    )
    assert sorted(map(tuple, rows)) == [("echo", "waiting", JOBS, 0), ("greet", "done", JOBS, 1)]


def test_of_many_writers_of_a_key_one_writes_and_none_fails(crowd):
    crowd(lambda _n: add(key="digest"), range(20))

    assert crowd(lambda _n: db.session.scalar(select(func.count()).select_from(Job)), [1]) == [1]


def test_of_many_schedulers_at_once_one_writes_each_period(crowd, monkeypatch):
    monkeypatch.setattr(schedule, "TIMETABLE", {})
    periodic("h", "h", hourly())
    periodic("d", "d", daily(8))
    crowd(lambda _n: tick(START), [1])
    for hour in range(1, 25):
        crowd(lambda _node, now=START + timedelta(hours=hour): tick(now), range(WORKERS))

    (jobs,) = crowd(lambda _n: db.session.execute(select(Job.name, Job.args)).all(), [1])
    assert sorted(name for name, _args in jobs) == ["d"] + 24 * ["h"]
    assert len({args["period"] for _name, args in jobs}) == 25
