"""What is agreed, week by week over two quarters, and what one more request makes of it."""

from datetime import date, timedelta

import pytest

from teamhub.missions.terms import Terms
from teamhub.missions.weeks import WEEKS, ahead, horizon

pytestmark = pytest.mark.usefixtures("db")

WEDNESDAY = date(2026, 11, 25)
MONDAY = date(2026, 11, 23)


def in_weeks(share, first, last):
    """So much of the time from Monday in one week to Sunday in another, counted from this one."""
    return Terms(share, MONDAY + timedelta(weeks=first), MONDAY + timedelta(weeks=last, days=6))


def test_there_are_26_weeks_by_their_iso_number_across_the_new_year():
    weeks = ahead([], None, WEDNESDAY).weeks

    assert len(weeks) == WEEKS
    assert [week.number for week in weeks][:8] == [48, 49, 50, 51, 52, 53, 1, 2]
    assert horizon(WEDNESDAY) == MONDAY + timedelta(weeks=WEEKS, days=-1)


def test_what_touches_a_week_counts_for_all_of_it():
    one_day = Terms(30, WEDNESDAY, WEDNESDAY)
    from_sunday = Terms(20, MONDAY + timedelta(days=6), MONDAY + timedelta(days=8))

    weeks = ahead([one_day, from_sunday], None, WEDNESDAY).weeks

    assert [week.has for week in weeks][:4] == [50, 20, 0, 0]


def test_what_is_asked_for_is_kept_apart_from_what_is_agreed():
    load = ahead([in_weeks(40, 0, 9)], in_weeks(20, 5, 30), WEDNESDAY)

    assert [(run.first, run.last, run.has, run.sum) for run in load.runs] == [
        (48, 52, 40, 40),
        (53, 4, 40, 60),
        (5, 20, 0, 20),
    ]
    assert (load.most, load.peak.first, load.peak.last) == (60, 53, 4)
    assert load.mean == round((5 * 40 + 5 * 60 + 16 * 20) / 26)


def test_weeks_over_the_ceiling_are_told_together_with_the_most_there_is():
    load = ahead([in_weeks(90, 2, 5), in_weeks(10, 4, 4)], in_weeks(20, 0, 25), WEDNESDAY)

    assert [(run.first, run.last, run.sum) for run in load.over] == [(50, 53, 120)]
    assert ahead([in_weeks(80, 0, 25)], in_weeks(20, 0, 25), WEDNESDAY).over == []
