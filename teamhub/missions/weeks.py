"""How much of people's time is agreed, week by week, over the next two quarters. No query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Protocol

from flask import current_app

WEEKS = 26
"""Two quarters."""


def ceiling() -> int:
    """Return how much of a person's time missions may take, in percent: the municipality's own choice."""
    most: int = current_app.config["CEILING"]
    return most


class Promise(Protocol):
    """A share of somebody's time in a period: a seat, or terms."""

    @property
    def share(self) -> int: ...

    @property
    def starts_on(self) -> date: ...

    @property
    def ends_on(self) -> date: ...


@dataclass(frozen=True)
class Week:
    """A week: percent agreed already, and percent asked for on top of it."""

    number: int
    has: int
    asks: int

    @property
    def sum(self) -> int:
        return self.has + self.asks


@dataclass(frozen=True)
class Run:
    """Weeks in a row that are alike, or that are all above the ceiling: then with the most there is."""

    first: int
    last: int
    has: int
    sum: int


@dataclass(frozen=True)
class Ahead:
    """The weeks to come, this one first."""

    weeks: Sequence[Week]

    @property
    def runs(self) -> list[Run]:
        """The weeks in as few lines as can be."""
        alike = groupby(self.weeks, key=lambda week: (week.has, week.asks))
        return [_run(list(weeks)) for _key, weeks in alike]

    @property
    def over(self) -> list[Run]:
        """The times when it is more than the ceiling."""
        high = groupby(self.weeks, key=lambda week: week.sum > ceiling())
        return [_run(list(weeks)) for is_over, weeks in high if is_over]

    @property
    def most(self) -> int:
        return max(week.sum for week in self.weeks)

    @property
    def peak(self) -> Run:
        """The first time it is as much as it gets."""
        return next(run for run in self.runs if run.sum == self.most)

    @property
    def mean(self) -> int:
        return round(sum(week.sum for week in self.weeks) / len(self.weeks))


def ahead(agreed: Iterable[Promise], asked: Promise | None, today: date) -> Ahead:
    """Return the load of who has ``agreed`` so much, and of whom ``asked`` is asked beside it.

    Whatever touches a week counts for all of it, so that the sum never promises too much.
    """
    monday, promises = today - timedelta(days=today.weekday()), list(agreed)
    weeks = []
    for begins in (monday + timedelta(weeks=n) for n in range(WEEKS)):
        asks = asked.share if asked is not None and _touches(asked, begins) else 0
        has = sum(promise.share for promise in promises if _touches(promise, begins))
        weeks.append(Week(begins.isocalendar().week, has, asks))
    return Ahead(weeks)


def horizon(today: date) -> date:
    """Return the last day that is looked at."""
    return today - timedelta(days=today.weekday()) + timedelta(weeks=WEEKS, days=-1)


def _touches(promise: Promise, monday: date) -> bool:
    return promise.starts_on <= monday + timedelta(days=6) and promise.ends_on >= monday


def _run(weeks: list[Week]) -> Run:
    highest = max(weeks, key=lambda week: week.sum)
    return Run(weeks[0].number, weeks[-1].number, highest.has, highest.sum)
