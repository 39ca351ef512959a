"""When a reminder is given: the stages of a clock, day by day. Nothing here asks the database."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from teamhub.consequences.clocks import Clock, Days
from teamhub.consequences.entry import Told

LATEST_DAYS = 7
"""A reminder whose day is further back is not given: old data must not flood anybody on the first run."""

SATURDAY = 5
WEEKEND_DAYS = 2


@dataclass(frozen=True)
class Reminder:
    """A stage of a clock: ``after_days`` after the date (negative: before it), ``tells`` whom and how.

    ``name`` stays for good: rows say by it what has been given.
    """

    name: str
    clock: Clock
    after_days: int
    tells: tuple[Told, ...]

    def day(self, due_on: date) -> date:
        """Return the day it is given. One before a date comes on Friday rather than in the weekend."""
        day = due_on + timedelta(days=self.after_days)
        early = max(day.weekday() - SATURDAY + 1, 0) if self.after_days < 0 else 0
        return day - timedelta(days=early)

    def is_ripe(self, due_on: date, today: date) -> bool:
        """Tell whether its day has come, and not too long ago."""
        return timedelta() <= today - self.day(due_on) <= timedelta(days=LATEST_DAYS)


def days_to_look_at(stages: Sequence[Reminder], today: date) -> Days:
    """Return the dates for which one of ``stages``, the earliest first, may have to be given today."""
    first = today - timedelta(days=LATEST_DAYS + stages[-1].after_days)
    return Days(first, today + timedelta(days=WEEKEND_DAYS - stages[0].after_days))


def next_of(
    stages: Sequence[Reminder], due_on: date, today: date, given: AbstractSet[str]
) -> Reminder | None:
    """Return which of ``stages``, the earliest first, is to be given now. ``given`` names those that were.

    Of several only the last: nobody is told that a date is near when it has passed. One that was given
    bars all before it as well, also when a clock goes back.
    """
    last = max((n for n, stage in enumerate(stages) if stage.is_ripe(due_on, today)), default=None)
    if last is None or given & {stage.name for stage in stages[last:]}:
        return None
    return stages[last]
