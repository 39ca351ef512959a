"""The one place that commits."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from teamhub.core import events
from teamhub.core.db import about_to_write, db

P = ParamSpec("P")
R = TypeVar("R")


class PolicyNotAsked(RuntimeError):
    """A command reached its commit without asking the policy."""


class WriteOutsideCommand(RuntimeError):
    """Something tried to change the database outside a command."""


def _guard(session: Session) -> None:
    if not (session.info.get("in_command") or session.info.get("writes_allowed")):
        raise WriteOutsideCommand


@event.listens_for(Session, "before_flush")
def _no_stray_flush(session: Session, *_: object) -> None:
    if session.new or session.deleted or any(map(session.is_modified, session.dirty)):
        _guard(session)


@event.listens_for(Session, "do_orm_execute")
def _no_stray_statement(state: ORMExecuteState) -> None:
    if not state.is_select:
        _guard(state.session)


def abandon() -> None:
    """Leave whatever the session was reading or about to write, as an error page must."""
    db.session.rollback()


def note_policy_was_asked() -> None:
    """Called by ``authorize``; a command that never gets here does not commit."""
    db.session().info["policy_asked"] = True


def command(fn: Callable[P, R]) -> Callable[P, R]:
    """Make ``fn`` one transaction: all of it happens, or none of it.

    A command called by a command joins it. Loaded objects are expired when the outermost
    command begins, so a command loads the relations it needs itself.
    Raises PolicyNotAsked when ``fn`` returns without having asked the policy.
    """

    @wraps(fn)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        session = db.session()
        if session.info.get("in_command"):
            return fn(*args, **kwargs)
        session.rollback()  # leave the read snapshot: what follows is re-read under the write lock
        session.info.update(in_command=True, policy_asked=False, events=[])
        token = about_to_write.set(True)
        try:
            result = fn(*args, **kwargs)
            if not session.info["policy_asked"]:
                raise PolicyNotAsked(fn.__qualname__)
            events.dispatch(session)  # subscribers write in this same transaction
            session.commit()
        except BaseException:
            session.rollback()
            raise
        else:
            return result
        finally:
            about_to_write.reset(token)
            session.info["in_command"] = False

    return run
