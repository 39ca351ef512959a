"""Each period runs exactly once, whatever the clocks do (quality.md R56)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from teamhub.core.clock import OSLO
from teamhub.core.db import db as _db
from teamhub.jobs import schedule
from teamhub.jobs.models import Job, Period
from teamhub.jobs.schedule import MOST_CAUGHT_UP, WORKDAYS, daily, hourly, periodic, tick, weekly


@pytest.fixture
def timetable(db, monkeypatch):
    monkeypatch.setattr(schedule, "TIMETABLE", {})


def at(text):
    """A moment by the clock on the wall in Norway."""
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


def ran():
    return [args["period"] for args in _db.session.scalars(select(Job.args).order_by(Job.id))]


def through(start, end, minutes=10):
    """Strike from ``start`` to ``end``, in true time."""
    now, end = start.astimezone(UTC), end.astimezone(UTC)
    while now <= end:
        tick(now)
        now += timedelta(minutes=minutes)


def test_the_first_strike_ever_makes_up_for_nothing(timetable):
    periodic("x", "x", daily(8))
    tick(at("2026-11-23 12:00"))
    assert ran() == []

    tick(at("2026-11-24 07:59"))
    assert ran() == []
    tick(at("2026-11-24 08:00"))
    tick(at("2026-11-24 08:01"))
    assert ran() == ["2026-11-24"]


def test_hours_days_weekdays_and_weeks(timetable):
    periodic("h", "h", hourly())
    tick(at("2026-11-26 12:00"))
    through(at("2026-11-26 12:00"), at("2026-11-26 15:00"))
    assert ran() == ["2026-11-26T12", "2026-11-26T13", "2026-11-26T14"]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (daily(8, 0, WORKDAYS), ["2026-11-26", "2026-11-27", "2026-11-30", "2026-12-01"]),
        (weekly(1, 8), ["2026-11-30"]),
        (daily(0, 0), [f"2026-11-{day}" for day in range(26, 31)] + ["2026-12-01"]),
    ],
)
def test_days_of_the_week(timetable, when, expected):
    periodic("x", "x", when)
    through(at("2026-11-25 12:00"), at("2026-12-01 12:00"), minutes=60)
    assert ran() == expected


JUMPS = {
    "an hour back": -timedelta(hours=1),
    "an hour forward": timedelta(hours=1),
    "a day back": -timedelta(days=1),
    "a day forward": timedelta(days=1),
}


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
@pytest.mark.parametrize("when", [hourly(), daily(8, 30), weekly(3, 9)], ids=["hour", "day", "week"])
def test_a_clock_that_is_wrong_for_a_while_runs_nothing_twice_and_skips_nothing(timetable, when, jump):
    periodic("x", "x", when)
    start, wrong, right, end = (at(f"2026-11-{day} 12:00") for day in (20, 23, 24, 27))
    through(start, wrong, minutes=30)
    through(wrong + jump, right + jump, minutes=30)
    through(right, end, minutes=30)

    keys = ran()
    assert len(keys) == len(set(keys))
    inside = {key for key, moment in begun(when, start, end)}
    assert inside <= set(keys)
    assert all(key in inside or key > max(inside) or key < min(inside) for key in keys)


def begun(when, start, end):
    """Which periods begin in a span by a clock that is never wrong, told minute for minute."""
    before, now, found = next(when(start)), start.astimezone(UTC), []
    while now <= end:
        key = next(when(now))
        if key != before:
            found.append((key, now))
            before = key
        now += timedelta(minutes=10)
    return found


def test_a_time_the_clock_jumps_over_comes_once_and_an_hour_later(timetable):
    periodic("x", "x", daily(2, 30))
    through(at("2026-03-28 12:00"), at("2026-03-29 03:20"))
    assert ran() == []
    through(at("2026-03-29 03:30"), at("2026-03-30 12:00"))
    assert ran() == ["2026-03-29", "2026-03-30"]


def test_a_time_the_clock_shows_twice_comes_once(timetable):
    periodic("x", "x", daily(2, 30))
    through(at("2026-10-24 12:00"), at("2026-10-25 02:30"))  # the first of the two
    assert ran() == ["2026-10-25"]
    through(at("2026-10-25 02:30"), at("2026-10-26 12:00"))
    assert ran() == ["2026-10-25", "2026-10-26"]


@pytest.mark.parametrize(("night", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_every_true_hour_runs_on_the_nights_the_clock_changes(timetable, night, hours):
    periodic("x", "x", hourly())
    day = datetime.fromisoformat(night)
    start = day.replace(tzinfo=OSLO)
    through(
        start - timedelta(minutes=10), (day + timedelta(days=1)).replace(tzinfo=OSLO) - timedelta(minutes=5)
    )
    assert len(ran()) == hours


def test_the_leap_day_is_a_day(timetable):
    periodic("x", "x", daily(8))
    through(at("2028-02-27 12:00"), at("2028-03-01 12:00"), minutes=60)
    assert ran() == ["2028-02-28", "2028-02-29", "2028-03-01"]


def test_after_a_long_rest_only_the_latest_periods_are_made_up_for(timetable):
    periodic("x", "x", hourly())
    tick(at("2026-11-01 12:00"))
    tick(at("2026-11-23 12:00"))

    keys = ran()
    assert len(keys) == MOST_CAUGHT_UP
    assert keys == sorted(keys)
    assert keys[-1] == "2026-11-23T11"


def test_a_clock_a_year_ahead_does_not_silence_the_year(timetable):
    periodic("x", "x", daily(8))
    tick(at("2026-11-23 12:00"))
    tick(at("2027-11-23 12:00"))
    before = len(ran())
    tick(at("2026-11-24 12:00"))

    assert ran()[before:] == ["2026-11-24"]


def test_by_itself_it_goes_by_the_databases_clock(timetable):
    periodic("x", "x", hourly())
    tick()

    (key,) = _db.session.scalars(select(Period.period))
    assert abs(datetime.strptime(key + "+0000", "%Y-%m-%dT%H%z") - datetime.now(UTC)) < timedelta(hours=2)


@given(
    moment=st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1)).map(lambda d: d.replace(tzinfo=UTC)),  # noqa: DTZ001 - given a zone at once
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    days=st.frozensets(st.integers(1, 7), min_size=1),
)
def test_periods_are_told_latest_first_and_only_once_begun(moment, hour, minute, days):
    for when in (daily(hour, minute, days), hourly()):
        keys = when(moment)
        latest, *older = (next(keys) for _key in range(5))
        assert [latest, *older] == sorted({latest, *older}, reverse=True)
        assert next(when(moment + timedelta(days=8))) > latest
        earlier = next(when(moment - timedelta(hours=1)))
        assert earlier <= latest
