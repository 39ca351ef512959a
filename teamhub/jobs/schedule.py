"""The timetable: what is done every hour, day or week, once for each over all nodes and clock changes.

A period has a key by which it is known (an hour in UTC, or a date in Norway) and the moment it begins. It
is written down in the transaction that writes its job, so it runs once however the clocks go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import islice, takewhile

from sqlalchemy import func, select

from teamhub.access.actor import SYSTEM, Actor
from teamhub.access.policy import Action, authorize
from teamhub.core.clock import OSLO, local
from teamhub.core.db import db
from teamhub.core.transaction import command
from teamhub.jobs.models import Period
from teamhub.jobs.outbox import db_now, enqueue, insert_if_new

MOST_CAUGHT_UP = 50
"""After a long rest no more than so many periods of a job are made up for, the latest."""

EVERY_DAY = frozenset(range(1, 8))
WORKDAYS = frozenset(range(1, 6))
MONDAY = 1

When = Callable[[datetime], Iterator[str]]
"""Gives the keys of the periods that have begun at a moment, the latest first, without end."""


@dataclass(frozen=True)
class Periodic:
    """An entry: ``name`` is what its periods are written down under, ``job`` the work of each."""

    name: str
    job: str
    when: When


TIMETABLE: dict[str, Periodic] = {}


def periodic(name: str, job: str, when: When) -> None:
    """Put an entry in the timetable: ``periodic("mail.digest", "mail.digest", daily(8, 0, WORKDAYS))``."""
    TIMETABLE[name] = Periodic(name, job, when)


def hourly() -> When:
    """At the beginning of every hour."""

    def keys(now: datetime) -> Iterator[str]:
        hour = now.astimezone(UTC)
        while True:
            yield hour.strftime("%Y-%m-%dT%H")
            hour -= timedelta(hours=1)

    return keys


def daily(hour: int, minute: int = 0, days: frozenset[int] = EVERY_DAY) -> When:
    """At a time by the clock in Norway, on ``days`` of the week (Monday is 1).

    A time the clock jumps over in spring comes as much later as the clock jumps; one that it shows twice
    in autumn is the first of the two.
    """

    def keys(now: datetime) -> Iterator[str]:
        day = local(now).date()
        if datetime.combine(day, time(hour, minute), OSLO).astimezone(UTC) > now:
            day -= timedelta(days=1)
        while True:
            if day.isoweekday() in days:
                yield day.isoformat()
            day -= timedelta(days=1)

    return keys


def weekly(day: int, hour: int, minute: int = 0) -> When:
    """At a time by the clock in Norway on one day of the week (Monday is 1)."""
    return daily(hour, minute, frozenset({day}))


def tick(now: datetime | None = None) -> None:
    """Write the jobs of all periods that have begun since the last. Called often, by every node.

    ``now`` is the database's clock unless given, so that a node whose clock is wrong changes nothing.
    """
    now = now or datetime.fromtimestamp(db.session.scalar(select(db_now())) or 0.0, UTC)
    for entry in list(TIMETABLE.values()):
        current = next(entry.when(now))
        last = _last(entry, current)
        if not last:
            _begin(SYSTEM, entry, current)
        elif last < current:
            _write(SYSTEM, entry, _since(last, entry.when(now)))


def _since(last: str, keys: Iterator[str]) -> list[str]:
    """Return the keys after ``last``, the oldest first, but only the latest ones if they are many."""
    return list(islice(takewhile(lambda key: key > last, keys), MOST_CAUGHT_UP))[::-1]


def _last(entry: Periodic, current: str) -> str:
    """Return the last period written down that is not ahead of the clock; empty when there is none."""
    query = select(func.max(Period.period)).where(Period.name == entry.name, Period.period <= current)
    return db.session.scalar(query) or ""


@command
def _begin(actor: Actor, entry: Periodic, current: str) -> None:
    """Count from the present period on. What came before there was anybody to do it is not done."""
    authorize(actor, Action.JOB_RUN)
    insert_if_new(db.session(), Period, name=entry.name, period=current)


@command
def _write(actor: Actor, entry: Periodic, periods: list[str]) -> None:
    """Write the jobs of ``periods``, without those another node has written."""
    authorize(actor, Action.JOB_RUN)
    for period in periods:
        if insert_if_new(db.session(), Period, name=entry.name, period=period):
            enqueue(db.session(), entry.job, {"period": period})
