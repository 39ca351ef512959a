"""The one place that commits."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy import event, func, select
from sqlalchemy.orm import ORMExecuteState, Session

from teamhub.core import events
from teamhub.core.db import about_to_write, db

COMMANDS_OF_ONE = 20
"""The class of PostgreSQL's advisory locks that a person's commands take."""

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger("teamhub")


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


def after_commit(session: Session, key: Hashable, act: Callable[[], object]) -> None:
    """Let ``act`` run when the command in progress has committed, once for each ``key``.

    For what only hastens things, such as waking a worker: it may be lost, and what is lost must be found
    again. Raises RuntimeError outside a command.
    """
    if not session.info.get("in_command"):
        msg = "nothing is about to be committed; no command is running"
        raise RuntimeError(msg)
    session.info["after_commit"][key] = act


def before_commit(session: Session, act: Callable[[], object]) -> None:
    """Let ``act`` run last in the command in progress, after all that follows from its events.

    For what takes a lock that all others wait for: taken last, it is held shortly, and no two commands
    that hold other locks wait for each other. Raises RuntimeError outside a command.
    """
    if not session.info.get("in_command"):
        msg = "nothing is about to be committed; no command is running"
        raise RuntimeError(msg)
    session.info["before_commit"].append(act)


def _run_after_commit(acts: list[Callable[[], object]]) -> None:
    for act in acts:
        try:
            act()
        except Exception:
            log.exception("what was to follow a commit failed; a later sweep takes it up")


def _wait_for_oneself(session: Session, args: tuple[object, ...]) -> None:
    """Let the commands of one person wait for each other, as all commands do on SQLite.

    A form that is sent twice at once then finds what the first one wrote.
    """
    actor_id = getattr(args[0], "id", None) if args else None
    if isinstance(actor_id, int) and session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(COMMANDS_OF_ONE, actor_id)))


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
        session.info.update(in_command=True, policy_asked=False, events=[], before_commit=[], after_commit={})
        token = about_to_write.set(True)
        try:
            _wait_for_oneself(session, args)
            result = fn(*args, **kwargs)
            if not session.info["policy_asked"]:
                raise PolicyNotAsked(fn.__qualname__)
            events.dispatch(session)  # subscribers write in this same transaction
            for act in session.info["before_commit"]:
                act()
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            about_to_write.reset(token)
            session.info["in_command"] = False
            acts = list(session.info.pop("after_commit").values())
        _run_after_commit(acts)
        return result

    return run
