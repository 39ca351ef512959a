"""When things are told: digests, quiet hours, and what is put off. By the clock on the wall in Norway."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from teamhub.consequences.kinds import DIGEST_HOUR, Pace
from teamhub.core import clock
from teamhub.notifications.states import Until

MONDAY, FRIDAY, SATURDAY = 0, 4, 5
DAYS_A_WEEK = 7
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Quiet:
    """When somebody wants no mail at once: from one hour to another, over midnight too, and on weekends."""

    starts: int | None = None
    ends: int | None = None
    weekends: bool = False

    def holds(self, moment: datetime) -> bool:
        """Tell whether ``moment`` is within the quiet hours."""
        there = clock.local(moment)
        if self.weekends and there.weekday() >= SATURDAY:
            return True
        if self.starts is None or self.ends is None or self.starts == self.ends:
            return False
        if self.starts < self.ends:
            return self.starts <= there.hour < self.ends
        return there.hour >= self.starts or there.hour < self.ends


def after_quiet(moment: datetime, quiet: Quiet) -> datetime:
    """Return ``moment``, or the first full hour after it that is not quiet."""
    while quiet.holds(moment):
        moment = moment.replace(minute=0, second=0, microsecond=0) + HOUR
    return moment


def next_digest(pace: Pace, moment: datetime) -> datetime:
    """Return when the next digest after ``moment`` goes out, of those that are gathered by ``pace``."""
    day = clock.local(moment).date()
    last_weekday = MONDAY if pace == Pace.WEEKLY else FRIDAY
    while day.weekday() > last_weekday or _digest_of(day) <= moment:
        day += timedelta(days=1)
    return _digest_of(day)


def _digest_of(day: date) -> datetime:
    return datetime.combine(day, time(DIGEST_HOUR), clock.OSLO).astimezone(UTC)


def wakes(until: Until, moment: datetime) -> datetime:
    """Return when something put off at ``moment`` comes back: in the morning of that day."""
    today = clock.local(moment).date()
    days = {
        Until.TOMORROW: 1,
        Until.MONDAY: DAYS_A_WEEK - today.weekday(),
        Until.WEEK: DAYS_A_WEEK,
    }
    return _digest_of(today + timedelta(days=days[until]))
