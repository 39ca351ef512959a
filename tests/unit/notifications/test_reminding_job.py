"""The job that reminds: when it runs, and what it costs when there is nothing to say."""

from datetime import UTC, datetime, timedelta

from teamhub.consequences.reminders import STAGES
from teamhub.core import clock
from teamhub.jobs.schedule import TIMETABLE
from teamhub.jobs.work import WORK
from teamhub.notifications.reminding import remind


def test_it_runs_every_morning_at_seven(app):
    assert WORK["reminders.daily"].outside
    monday = datetime(2026, 11, 23, 5, 59, tzinfo=UTC)
    when = TIMETABLE["reminders.daily"].when

    assert next(when(monday)) == "2026-11-22"
    assert next(when(monday + timedelta(minutes=1))) == "2026-11-23"


def test_each_clock_costs_two_statements_when_nothing_is_due(make, queries_counted):
    for _ in range(3):
        make.challenge(make.person(), due_on=clock.today() + timedelta(days=90))

    with queries_counted() as statements:
        assert remind() == 0

    assert len([said for said in statements if said.startswith("SELECT")]) == 2 * len(STAGES)
