"""Doing jobs: effects and the mark together, another try later, and an end to trying (quality.md R55)."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from teamhub.access.actor import SYSTEM
from teamhub.audit.models import Entry
from teamhub.core.db import db as _db
from teamhub.jobs import commands, runner
from teamhub.jobs.commands import StaleLease
from teamhub.jobs.states import BACKOFF_S, LOST, MOST_ATTEMPTS
from teamhub.jobs.work import GiveUp, TryLater
from teamhub.people import commands as people
from teamhub.people.models import Person
from tests.unit.jobs.conftest import add, jobs, make_due, set_all


def account(ticket):
    people.create_account(SYSTEM, email=f"job{ticket.id}@test.example", name="Ny", unit_id=UNIT[0])


UNIT = [0]


@pytest.fixture
def unit(make):
    UNIT[0] = make.unit("Omsorg").id
    make.session.commit()


def accounts():
    return _db.session.scalar(select(func.count()).where(Person.email.like("job%")))


def fail(ticket):
    raise ValueError("bad value")  # noqa: EM101, TRY003 - as an error comes


def test_what_a_job_changes_and_its_mark_are_saved_together(works, unit):
    works("greet", account)
    add(count=2)

    assert runner.run_due() == 2

    assert [job.state for job in jobs()] == ["done", "done"]
    assert accounts() == 2


def test_a_job_that_fails_midway_leaves_nothing_and_tries_again(works, unit):
    works("greet", lambda ticket: (account(ticket), fail(ticket)))
    add()

    runner.run_due()

    (job,) = jobs()
    assert (job.state, job.attempts, job.error) == ("waiting", 1, "ValueError: bad value")
    assert 0.8 * BACKOFF_S[0] <= job.due - job.created <= 1.2 * BACKOFF_S[0] + 1
    assert job.lease is None
    assert accounts() == 0
    assert _db.session.scalar(select(func.count()).select_from(Entry)) == 0


def test_each_pause_is_longer_and_after_the_fifth_attempt_it_is_dead(works):
    works("greet", fail)
    add()
    pauses = []
    for _attempt in range(MOST_ATTEMPTS):
        make_due()
        assert runner.run_due() == 1
        pauses.append(jobs()[0].due - jobs()[0].created)

    assert jobs()[0].state == "dead"
    assert pauses[:4] == sorted(pauses[:4])
    make_due()
    assert runner.run_due() == 0


def test_a_job_that_gives_up_is_dead_at_once(works):
    def refuse(ticket):
        raise GiveUp("no such person")  # noqa: EM101, TRY003 - as an error comes

    works("greet", refuse)
    add()
    runner.run_due()

    assert (jobs()[0].state, jobs()[0].error) == ("dead", "GiveUp: no such person")


def test_waiting_for_what_is_away_is_not_an_attempt_but_ends_after_three_days(works):
    def away(ticket):
        raise TryLater("server is away", seconds=30)  # noqa: EM101, TRY003 - as an error comes

    works("greet", away)
    add()
    for _time in range(MOST_ATTEMPTS + 2):
        make_due()
        runner.run_due()
    assert (jobs()[0].state, jobs()[0].attempts) == ("waiting", 0)

    set_all(created=jobs()[0].created - 3.1 * 86_400)
    make_due()
    runner.run_due()
    assert jobs()[0].state == "dead"


def test_what_waits_for_the_same_waits_too_but_half_as_long_and_unasked(works):
    """So one that brings its server down itself is not what the others wait behind for ever."""
    asked = []

    def away(ticket):
        asked.append(ticket.id)
        raise TryLater("server is away", seconds=60, alike="mail.")  # noqa: EM101, TRY003 - as an error comes

    works("mail.greet", away)
    works("other", lambda _ticket: None)
    add(name="mail.greet", count=3)
    add(name="mail.greet", after_s=300)
    add(name="other")
    runner.run_due()

    first, second, third, later, other = jobs()
    assert asked == [first.id]
    assert [round((job.due - first.created) / 30) for job in (first, second, third, later)] == [2, 1, 1, 10]
    assert {(job.state, job.attempts) for job in (first, second, third, later)} == {("waiting", 0)}
    assert (second.error, later.error) == ("TryLater: server is away", "")
    assert other.state == "done"


def test_work_nobody_here_knows_waits_for_a_node_that_does(db):
    add(name="from.tomorrow")
    runner.run_due()

    assert (jobs()[0].state, jobs()[0].attempts) == ("waiting", 0)


def test_work_outside_holds_no_transaction_and_writes_down_afterwards(works, unit):
    seen = []
    works(
        "greet",
        lambda ticket: seen.append(_db.session().in_transaction()) or "sent",
        outside=True,
        then=lambda ticket, result: (seen.append(result), account(ticket)),
    )
    add()
    runner.run_due()

    assert seen == [False, "sent"]
    assert jobs()[0].state == "done"
    assert accounts() == 1


def test_one_job_that_fails_does_not_hold_up_the_others(works):
    done = []
    works("bad", fail)
    works("greet", lambda ticket: done.append(ticket.id))
    add("bad")
    add(count=3)

    assert runner.run_due() == 4
    assert len(done) == 3


def test_jobs_are_done_in_the_order_they_are_due_and_none_before_its_time(works):
    order = []
    works("greet", lambda ticket: order.append(ticket.args["number"]))
    add(after_s=100)
    add(count=3)

    runner.run_due()

    assert order == [0, 1, 2]
    assert [job.state for job in jobs()] == ["waiting", "done", "done", "done"]


# -- leases ------------------------------------------------------------------------------------------


def test_a_job_in_somebodys_hands_is_not_taken_by_another(works):
    add()
    assert commands.claim(SYSTEM) is not None
    assert commands.claim(SYSTEM) is None


def test_who_lost_the_lease_changes_nothing(works, unit):
    works("greet", account)
    add()
    stale = commands.claim(SYSTEM)
    set_all(leased_until=1.0)
    fresh = commands.claim(SYSTEM)

    runner.perform(stale)
    assert accounts() == 0
    for late in (
        lambda: commands.finish(SYSTEM, stale),
        lambda: commands.fail(SYSTEM, stale, "late"),
        lambda: commands.postpone(SYSTEM, stale, 1, "late"),
        lambda: commands.give_up(SYSTEM, stale, "late"),
        lambda: commands.complete(SYSTEM, stale, lambda: account(stale)),
    ):
        with pytest.raises(StaleLease):
            late()
    assert (jobs()[0].state, jobs()[0].lease, jobs()[0].attempts) == ("running", fresh.lease, 2)

    runner.perform(fresh)
    assert accounts() == 1
    assert jobs()[0].state == "done"


def test_who_loses_the_lease_while_outside_writes_nothing_down(works, unit):
    def slow(ticket):
        set_all(leased_until=1.0)
        commands.claim(SYSTEM)

    works("greet", slow, outside=True, then=lambda ticket, _result: account(ticket))
    add()
    runner.perform(commands.claim(SYSTEM))

    assert accounts() == 0
    assert jobs()[0].state == "running"


def test_a_job_that_takes_every_worker_with_it_is_dead_in_the_end(works):
    add()
    for _attempt in range(MOST_ATTEMPTS):
        assert commands.claim(SYSTEM) is not None
        set_all(leased_until=1.0)

    assert commands.claim(SYSTEM) is None
    assert (jobs()[0].state, jobs()[0].error) == ("dead", LOST)


def test_a_worker_told_to_stop_puts_its_job_back_at_once(works):
    def stopped(ticket):
        raise KeyboardInterrupt

    works("greet", stopped)
    add()
    with pytest.raises(KeyboardInterrupt):
        runner.run_due()

    assert (jobs()[0].state, jobs()[0].attempts, jobs()[0].lease) == ("waiting", 0, None)


# -- what a job relies on is judged when it runs (quality.md R52) -------------------------------------


def test_permission_is_judged_when_the_job_runs_not_when_it_was_written(works, make):
    admin = make.person("Admin")
    actor = make.actor(admin)  # without the office: taken away since the job was written
    works("greet", lambda ticket: people.set_active(actor, admin.id, active=False))
    add()
    runner.run_due()

    assert jobs()[0].error.startswith("Forbidden")
    assert _db.session.get(Person, admin.id).is_active
