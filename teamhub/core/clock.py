"""The one source of time, so that tests can move it and everyone means the same day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def now() -> datetime:
    """Return the present moment, aware, in UTC. This is what is stored."""
    return datetime.now(UTC)


def today() -> date:
    """Return today's date where the municipality is. Deadlines are dates there."""
    return now().astimezone(OSLO).date()


def local(moment: datetime) -> datetime:
    """Return ``moment`` as the clock on the wall in Norway shows it."""
    return moment.astimezone(OSLO)
