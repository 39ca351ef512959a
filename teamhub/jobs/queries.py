"""Reads of the queue: its figures, what has stopped, and when there is something to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import case, func, select

from teamhub.core.db import db
from teamhub.jobs.models import Job
from teamhub.jobs.outbox import db_now
from teamhub.jobs.states import JobState

MOST_SHOWN = 50


@dataclass(frozen=True)
class Figures:
    """How the queue stands. ``oldest_s`` is how long the one due longest has waited, in seconds."""

    waiting: int
    due: int
    running: int
    dead: int
    done_last_hour: int
    oldest_s: int


@dataclass(frozen=True)
class Failure:
    """A job that has stopped, for a person to look at."""

    id: int
    name: str
    attempts: int
    stopped_at: datetime | None
    error: str


def next_in() -> float | None:
    """Return in how many seconds a job is due or a lease runs out; None when no job is on its way."""
    soonest = [
        select(func.min(when)).where(Job.state == state).scalar_subquery()
        for state, when in ((JobState.WAITING, Job.due), (JobState.RUNNING, Job.leased_until))
    ]
    now, *moments = db.session.execute(select(db_now(), *soonest)).one()
    return min((moment - now for moment in moments if moment is not None), default=None)


def figures() -> Figures:
    """Return how the queue stands now."""
    now = db_now()
    waiting, running, dead = (Job.state == s for s in (JobState.WAITING, JobState.RUNNING, JobState.DEAD))
    due = waiting & (Job.due <= now)
    done = (Job.state == JobState.DONE) & (Job.finished > now - 3600)
    counts = [func.count(case((which, 1))) for which in (waiting, due, running, dead, done)]
    row = db.session.execute(select(*counts, now - func.min(case((due, Job.due))))).one()
    return Figures(*row[:5], oldest_s=int(row[5] or 0))


def held_up(prefix: str) -> int:
    """Return how many jobs whose names begin with ``prefix`` wait for another attempt."""
    waits = (Job.state == JobState.WAITING) & (Job.error != "")
    return db.session.scalar(select(func.count()).where(waits, Job.name.startswith(prefix))) or 0


def is_there(job_id: int) -> bool:
    """Tell whether there is such a job."""
    return db.session.scalar(select(Job.id).where(Job.id == job_id)) is not None


def failures() -> list[Failure]:
    """Return the jobs that have stopped, the latest first, but no more than a page of them."""
    rows = db.session.execute(
        select(Job.id, Job.name, Job.attempts, Job.finished, Job.error)
        .where(Job.state == JobState.DEAD)
        .order_by(Job.finished.desc(), Job.id.desc())
        .limit(MOST_SHOWN)
    )
    return [Failure(row.id, row.name, row.attempts, _moment(row.finished), row.error) for row in rows]


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
