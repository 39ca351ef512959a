"""Working days in Norway, held against counting them one by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from holidays import country_holidays
from hypothesis import given, settings
from hypothesis import strategies as st

from teamhub.core.workdays import add_workdays, is_workday, workdays_between

days = st.dates(date(2015, 1, 1), date(2035, 12, 31))
A_DAY = timedelta(days=1)


def slowly(start, end):
    """The same as workdays_between, the long way: day by day, with the library asked anew for each."""
    if end < start:
        return -slowly(end, start)
    off = country_holidays("NO", years=range(start.year, end.year + 1))
    every = (start + n * A_DAY for n in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 and day not in off for day in every)


@settings(max_examples=60, deadline=None)
@given(start=days, distance=st.integers(-400, 400))
def test_counting_in_weeks_gives_the_same_as_day_by_day(start, distance):
    end = start + distance * A_DAY
    assert workdays_between(start, end) == slowly(start, end)


@settings(max_examples=100, deadline=None)
@given(start=days, number=st.integers(1, 90))
def test_so_many_working_days_ahead_is_the_first_day_that_far_away(start, number):
    end = add_workdays(start, number)
    assert is_workday(end)
    assert workdays_between(start, end) == number
    assert workdays_between(start, end - A_DAY) == number - 1


@settings(max_examples=100, deadline=None)
@given(start=days, number=st.integers(1, 90))
def test_going_back_undoes_going_ahead(start, number):
    end = add_workdays(start, number)
    assert add_workdays(end, -number) <= start < end
    assert workdays_between(end, start) == -number


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        (date(2026, 3, 27), 1, date(2026, 3, 30)),  # Friday before Holy Week
        (date(2026, 4, 1), 1, date(2026, 4, 7)),  # Maundy Thursday to Easter Monday are off
        (date(2026, 12, 23), 2, date(2026, 12, 28)),  # 24 December is worked, the 25th is not; then a weekend
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # the first of January, and a weekend
        (date(2026, 4, 30), 1, date(2026, 5, 4)),  # the first of May
        (date(2027, 5, 14), 1, date(2027, 5, 18)),  # Whit Monday on the 17th of May
        (date(2028, 2, 28), 1, date(2028, 2, 29)),  # a leap day is a day like others
        (date(2028, 2, 29), 1, date(2028, 3, 1)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 22), -1, date(2026, 11, 20)),
    ],
)
def test_over_holidays_and_a_leap_day(start, number, end):
    assert add_workdays(start, number) == end


def test_a_holiday_in_a_weekend_costs_no_working_day():
    assert date(2027, 12, 25).weekday() == 5
    assert workdays_between(date(2027, 12, 24), date(2027, 12, 31)) == 5
