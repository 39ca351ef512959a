"""Dates one can write at the end of a new task: «Ringe apoteket @fre»."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta

_AT_THE_END = re.compile(r"\s+@([^@]+)$")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.?(?:\s?(\d{4}))?")
_SOON = {"i dag": 0, "idag": 0, "today": 0, "i morgen": 1, "i morgon": 1, "imorgen": 1, "tomorrow": 1}
_WEEKDAYS = (
    ("man", "mandag", "måndag", "mon", "monday"),
    ("tir", "tirsdag", "tys", "tysdag", "tue", "tuesday"),
    ("ons", "onsdag", "wed", "wednesday"),
    ("tor", "torsdag", "thu", "thursday"),
    ("fre", "fredag", "fri", "friday"),
    ("lør", "lørdag", "lau", "laurdag", "sat", "saturday"),
    ("søn", "søndag", "sun", "sunday", "sundag"),
)
_DAY_NUMBER = {word: number for number, words in enumerate(_WEEKDAYS) for word in words}


def split(written: str, today: date) -> tuple[str, date | None]:
    """Return the title and the date in what somebody has written; all of it is title when there is none."""
    found = _AT_THE_END.search(written)
    due = read_date(found[1], today) if found else None
    return (written[: found.start()], due) if found and due else (written, None)


def read_date(words: str, today: date) -> date | None:
    """Return the coming date that ``words`` mean: «i morgen», «fre», «12.3.», «12.3.2027»."""
    words = words.strip().casefold()
    if words in _SOON:
        return today + timedelta(days=_SOON[words])
    if words in _DAY_NUMBER:
        return today + timedelta(days=(_DAY_NUMBER[words] - today.weekday() - 1) % 7 + 1)
    if match := _DAY_AND_MONTH.fullmatch(words):
        day, month, year = (int(part) if part else None for part in match.groups())
        return _coming(day or 0, month or 0, year, today)
    return None


def _coming(day: int, month: int, year: int | None, today: date) -> date | None:
    with suppress(ValueError):
        if year:
            return date(year, month, day)
        this_year = date(today.year, month, day)
        return this_year if this_year >= today else date(today.year + 1, month, day)
    return None
