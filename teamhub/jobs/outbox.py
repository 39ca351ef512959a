"""Writing jobs: part of the command that wants them done."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Double, Float, bindparam, cast, extract, func, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from teamhub.core.db import Base, db
from teamhub.core.transaction import after_commit
from teamhub.jobs.models import Job
from teamhub.jobs.states import JobState

UNIX_EPOCH_JULIAN = 2_440_587.5
SECONDS_A_DAY = 86_400.0

_wakers: list[Callable[[], object]] = []


def wake_with(wake: Callable[[], object]) -> None:
    """Let ``wake`` be called after a commit that wrote jobs. The consumer's side hands it in."""
    _wakers[:] = [wake]


def db_now() -> ColumnElement[float]:
    """Return the database's own clock, in seconds since 1970: a lease must not trust a node's."""
    if db.engine.dialect.name == "postgresql":
        return cast(extract("epoch", func.clock_timestamp()), Double)
    return (cast(func.julianday("now"), Float) - UNIX_EPOCH_JULIAN) * SECONDS_A_DAY


def enqueue(session: Session, name: str, args: dict[str, Any], *, after_s: float = 0, key: str = "") -> None:
    """Write a job that is done if, and only if, the command in progress commits.

    ``name`` is one in jobs.work, ``args`` plain values (ids, not contents); it waits ``after_s`` seconds.
    With ``key`` nothing is written when a job of that key is there already, waiting or done.
    Raises RuntimeError outside a command.
    """
    wake_after_commit(session)
    insert_if_new(
        session,
        Job,
        uid=secrets.token_hex(16),
        name=name,
        args=args,
        key=key or None,
        state=JobState.WAITING,
        created=db_now(),
        due=db_now() + after_s,
    )


def enqueue_all(session: Session, name: str, jobs: Iterable[tuple[dict[str, Any], float]]) -> None:
    """Write many jobs of one kind at one statement: each with its args and the seconds it waits.

    Raises RuntimeError outside a command.
    """
    rows = [{"uid": secrets.token_hex(16), "args": args, "after_s": after_s} for args, after_s in jobs]
    if not rows:
        return
    wake_after_commit(session)
    each = insert(Job.__table__).values(  # type: ignore[arg-type]
        uid=bindparam("uid"),
        name=name,
        args=bindparam("args"),
        state=JobState.WAITING,
        created=db_now(),
        due=db_now() + bindparam("after_s", type_=Double),
        attempts=0,
        error="",
    )
    session.execute(each, rows)


def insert_if_new(session: Session, model: type[Base], **values: Any) -> bool:
    """Write a row unless one of the same key is there, even if another node is writing it now."""
    new = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    table = model.metadata.tables[model.__tablename__]
    written = new(table).values(**values).on_conflict_do_nothing().returning(*table.primary_key)
    return session.execute(written).first() is not None


def wake_after_commit(session: Session) -> None:
    """Let the workers look for jobs when the command in progress has committed."""
    after_commit(session, "wake the workers", _wake)


def _wake() -> None:
    for wake in _wakers:
        wake()
