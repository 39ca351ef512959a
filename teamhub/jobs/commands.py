"""Taking jobs, and writing down how they went: only the holder of a job's lease may say how it ended."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import aliased

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.core import clock
from teamhub.core.announce import Announcement
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.jobs.events import JobDiscarded, JobEvent, JobRetried
from teamhub.jobs.models import Job, Period
from teamhub.jobs.outbox import db_now, wake_after_commit
from teamhub.jobs.states import BACKOFF_S, LEASE_S, LOST, MOST_ATTEMPTS, MOST_POSTPONED_S, JobState
from teamhub.jobs.work import Ticket

KEEP_DONE_S = 7 * 86_400
KEEP_ANNOUNCEMENTS = timedelta(hours=1)
KEEP_PERIODS = timedelta(days=90)


class StaleLease(Exception):
    """The job was given to another worker meanwhile, so what this one did must not count."""


# -- the workers' bookkeeping ------------------------------------------------------------------------


@command
def claim(actor: Actor, *, lease_s: float = LEASE_S) -> Ticket | None:
    """Take the next job that is due, or whose worker let its lease run out. None when there is none.

    A job whose last attempt also ended that way is dead, and the one after it is taken.
    """
    authorize(actor, Action.JOB_RUN)
    now = db.session.scalar(select(db_now())) or 0.0
    while (job := _next(now)) is not None:
        if job.attempts < MOST_ATTEMPTS:
            job.attempts += 1
            job.state, job.lease, job.leased_until = JobState.RUNNING, secrets.token_hex(16), now + lease_s
            return Ticket(job.id, job.uid, job.name, job.args, job.attempts, job.lease)
        job.state, job.lease, job.leased_until = JobState.DEAD, None, None
        job.finished, job.error = now, LOST
        db.session.flush()
    return None


def _next(now: float) -> Job | None:
    """Return the job to take, locked; lost ones first. A job that another worker is taking is passed by."""
    lost = (Job.state == JobState.RUNNING, Job.leased_until < now)
    due = (Job.state == JobState.WAITING, Job.due <= now)
    for which in (lost, due):
        query = select(Job).where(*which).order_by(Job.due, Job.id).limit(1)
        job = db.session.scalar(query.with_for_update(skip_locked=True))
        if job is not None:
            return job
    return None


@command
def complete(actor: Actor, ticket: Ticket, effects: Callable[[], object]) -> None:
    """Let ``effects`` happen and mark the job done: both or neither. Raises StaleLease."""
    authorize(actor, Action.JOB_RUN)
    ours = select(Job.id).where(*_held(ticket)).with_for_update()
    if db.session.scalar(ours) is None:
        raise StaleLease
    effects()
    finish(actor, ticket)


@command
def finish(actor: Actor, ticket: Ticket) -> None:
    """Mark the job as done. Raises StaleLease."""
    authorize(actor, Action.JOB_RUN)
    _settle(ticket, state=JobState.DONE, finished=db_now(), error="")


@command
def fail(actor: Actor, ticket: Ticket, error: str) -> None:
    """Let a job that failed wait for its next attempt; after the last it is dead. Raises StaleLease."""
    authorize(actor, Action.JOB_RUN)
    if ticket.attempt >= MOST_ATTEMPTS:
        _settle(ticket, state=JobState.DEAD, finished=db_now(), error=error)
        return
    pause = BACKOFF_S[ticket.attempt - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - only spreads them
    _settle(ticket, state=JobState.WAITING, due=db_now() + pause, error=error)


@command
def postpone(actor: Actor, ticket: Ticket, seconds: float, why: str, alike: str = "") -> None:
    """Let a job wait for what it needs, as if this attempt had not been. Raises StaleLease.

    Others whose names begin with ``alike`` wait half as long. One that has waited for days is dead.
    """
    authorize(actor, Action.JOB_RUN)
    if alike:
        _hold(alike, seconds / 2, why)
    waited = db.session.scalar(select(db_now() - Job.created).where(Job.id == ticket.id)) or 0.0
    if waited > MOST_POSTPONED_S:
        _settle(ticket, state=JobState.DEAD, finished=db_now(), error=why)
        return
    before = ticket.attempt - 1
    _settle(ticket, state=JobState.WAITING, due=db_now() + seconds, attempts=before, error=why)


def _hold(alike: str, seconds: float, why: str) -> None:
    """Let jobs of a kind that would be due sooner wait, without those another worker is taking."""
    sooner = (Job.state == JobState.WAITING, Job.name.startswith(alike), Job.due < db_now() + seconds)
    those = select(Job.id).where(*sooner).with_for_update(skip_locked=True)
    _changed(update(Job).where(Job.id.in_(those)).values(due=db_now() + seconds, error=why))


@command
def give_up(actor: Actor, ticket: Ticket, why: str) -> None:
    """Mark the job as dead at once: trying again cannot help. Raises StaleLease."""
    authorize(actor, Action.JOB_RUN)
    _settle(ticket, state=JobState.DEAD, finished=db_now(), error=why)


def _held(ticket: Ticket) -> tuple[Any, ...]:
    return Job.id == ticket.id, Job.lease == ticket.lease, Job.state == JobState.RUNNING


def _settle(ticket: Ticket, **values: Any) -> None:
    """Write how an attempt ended and let go of the lease. Raises StaleLease when it is another's."""
    if not _changed(update(Job).where(*_held(ticket)).values(lease=None, leased_until=None, **values)):
        raise StaleLease


def _changed(statement: Any) -> int:
    result = db.session.execute(statement, execution_options={"synchronize_session": False})
    return result.rowcount if isinstance(result, CursorResult) else 0


@command
def sweep(actor: Actor) -> None:
    """Take away what nobody asks for any more: done jobs, old announcements, old periods."""
    authorize(actor, Action.JOB_RUN)
    now = clock.now()
    later = aliased(Period)
    newest = select(func.max(later.period)).where(later.name == Period.name).scalar_subquery()
    for statement in (
        delete(Job).where(Job.state == JobState.DONE, Job.finished < db_now() - KEEP_DONE_S),
        delete(Announcement).where(Announcement.at < now - KEEP_ANNOUNCEMENTS),
        delete(Period).where(Period.at < now - KEEP_PERIODS, Period.period < newest),
    ):
        _changed(statement)


# -- what admins do with dead jobs -------------------------------------------------------------------


@command
def retry(actor: Actor, job_id: int) -> None:
    """Try a dead job again from the beginning. Raises DomainError when it is not dead any more."""
    authorize(actor, Action.JOB_MANAGE)
    _again(actor, _dead(job_id))


@command
def retry_all(actor: Actor) -> int:
    """Try every dead job again, and return how many there were."""
    authorize(actor, Action.JOB_MANAGE)
    dead = select(Job).where(Job.state == JobState.DEAD).order_by(Job.id).with_for_update()
    jobs = db.session.scalars(dead).all()
    for job in jobs:
        _again(actor, job)
    return len(jobs)


@command
def discard(actor: Actor, job_id: int) -> None:
    """Take away a dead job for good. Raises DomainError when it is not dead any more."""
    authorize(actor, Action.JOB_MANAGE)
    job = _dead(job_id)
    _tell(JobDiscarded, actor, job)
    db.session.delete(job)


def _dead(job_id: int) -> Job:
    job = db.session.scalar(select(Job).where(Job.id == job_id).with_for_update())
    if job is None or job.state != JobState.DEAD:
        raise DomainError(_("Jobben står ikke lenger blant dem som har stoppet."))
    return job


def _again(actor: Actor, job: Job) -> None:
    now = db.session.scalar(select(db_now())) or 0.0
    job.state, job.attempts, job.error, job.finished = JobState.WAITING, 0, "", None
    job.created = job.due = now
    wake_after_commit(db.session())
    _tell(JobRetried, actor, job)


def _tell(kind: type[JobEvent], actor: Actor, job: Job) -> None:
    emit(db.session(), kind(actor_id=actor.id, object_id=job.id, name=job.name))
