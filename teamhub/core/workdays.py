"""Working days of the Norwegian calendar: Monday to Friday, but for public holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

SATURDAY = 5
WORKDAYS_A_WEEK = 5
DAY = timedelta(days=1)


def is_workday(day: date) -> bool:
    """Tell whether a municipal office is open on a day."""
    return day.weekday() < SATURDAY and day not in _days_off(day.year)


def add_workdays(day: date, number: int) -> date:
    """Return the working day ``number`` working days after ``day``; before it, when negative.

    With 0 it is ``day`` itself, whatever day that is.
    """
    step = DAY if number > 0 else -DAY
    left = abs(number)
    while left:
        day += step
        left -= is_workday(day)
    return day


def workdays_between(start: date, end: date) -> int:
    """Return how many working days lie after ``start``, up to and with ``end``; negative backwards.

    The days are counted in whole weeks, so that a distance of years costs no more than one of days.
    """
    if end < start:
        return -workdays_between(end, start)
    weeks, rest = divmod((end - start).days, 7)
    loose = sum((end - n * DAY).weekday() < SATURDAY for n in range(rest))
    off = sum(start < day <= end for year in range(start.year, end.year + 1) for day in _days_off(year))
    return weeks * WORKDAYS_A_WEEK + loose - off


@lru_cache(maxsize=64)
def _days_off(year: int) -> frozenset[date]:
    """Return the public holidays of a year that do not fall in a weekend."""
    return frozenset(day for day in country_holidays("NO", years=year) if day.weekday() < SATURDAY)
