"""Doing a job: what it changes and the mark that it is done happen together, or not at all."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from functools import partial

from flask import current_app

from teamhub.access.actor import SYSTEM
from teamhub.core.db import db
from teamhub.jobs import commands, limits
from teamhub.jobs.commands import StaleLease
from teamhub.jobs.failures import in_short
from teamhub.jobs.work import WORK, GiveUp, Ticket, TryLater

log = logging.getLogger("teamhub.jobs")


def lease_s() -> float:
    """Return how long a worker may keep a job, in seconds."""
    return float(current_app.config["JOBS_LEASE_S"])


def run_due(limit: int | None = None) -> int:
    """Do the jobs that are due, one after the other, and return how many: for tests and upkeep."""
    done = 0
    while limit is None or done < limit:
        with current_app.app_context():
            ticket = commands.claim(SYSTEM, lease_s=lease_s())
        if ticket is None:
            break
        perform(ticket)
        done += 1
    return done


def perform(ticket: Ticket) -> None:
    """Do a job and write down how it went. What goes wrong in it is written down, not raised.

    Each job has an app context, and so a database session, of its own.
    """
    with current_app.app_context(), limits.or_die(lease_s() * 29 / 30):
        try:
            _do(ticket)
        except StaleLease:
            log.warning("job %d (%s) was given to another worker meanwhile", ticket.id, ticket.name)
        except TryLater as later:
            _note(partial(commands.postpone, SYSTEM, ticket, later.seconds, in_short(later), later.alike))
        except GiveUp as why:
            _note(partial(commands.give_up, SYSTEM, ticket, in_short(why)))
        except Exception as error:  # noqa: BLE001 - whatever it was, it is written down
            _failed(ticket, error)
        except BaseException:  # told to stop in the middle: the next worker takes it at once
            _note(partial(commands.postpone, SYSTEM, ticket, 0, ""))
            raise


def _do(ticket: Ticket) -> None:
    work = WORK.get(ticket.name)
    if work is None:
        msg = "no work of that name here; a newer version may know it"
        raise TryLater(msg)
    inside = min(limits.INSIDE_S, lease_s() * 5 / 6)
    if not work.outside:
        commands.complete(SYSTEM, ticket, _limited(partial(work.run, ticket), inside))
        return
    result = _limited(partial(work.run, ticket), lease_s() * 5 / 6)()
    then = partial(work.then, ticket, result) if work.then else _nothing
    commands.complete(SYSTEM, ticket, _limited(then, inside))


def _limited(act: Callable[[], object], seconds: float) -> Callable[[], object]:
    def run() -> object:
        with limits.at_most(seconds):
            return act()

    return run


def _nothing() -> None:
    """Nothing is to be written after this work."""


def _failed(ticket: Ticket, error: Exception) -> None:
    short = in_short(error)
    frames = "".join(traceback.format_tb(error.__traceback__))  # where, without the message's contents
    log.warning("job %d (%s), attempt %d: %s\n%s", ticket.id, ticket.name, ticket.attempt, short, frames)
    if isinstance(error, limits.JobTimeout):
        db.session().invalidate()  # the signal may have come in the middle of an exchange with the database
    _note(partial(commands.fail, SYSTEM, ticket, short))


def _note(write: Callable[[], None]) -> None:
    """Write down how a job went, unless it is another's by now."""
    try:
        write()
    except StaleLease:
        log.warning("a job was given to another worker meanwhile")
