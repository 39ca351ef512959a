"""Puts tasks in columns: one at a time per column, so that two moves into one place never lose a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, bindparam, func, select, update

from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.i18n import _
from teamhub.tasks import ranks
from teamhub.tasks.models import BoardColumn, Task

_TASK = cast("Table", Task.__table__)
_ON_THE_MOVE = "!"
"""Sorts before every rank and is in none: marks ranks that are being replaced."""


@dataclass(frozen=True)
class Place:
    """Where in a column: before a certain task, or at a number from 1. Neither means last."""

    before: int | None = None
    number: int | None = None


LAST = Place()
FIRST = Place(number=1)


def locked(column_id: int | None) -> BoardColumn:
    """Return a column, locked until the command ends. Always taken before the task's own lock.

    Raises DomainError when it is gone.
    """
    column = db.session.scalar(
        select(BoardColumn).where(BoardColumn.id == column_id).with_for_update(of=BoardColumn)
    )
    if column is None:
        raise DomainError(_("Kolonnen finnes ikke lenger. Velg en annen."), field="column")
    return column


def following(task: Task) -> int | None:
    """Return the id of the task that stands after ``task`` in its column: the way back for undo."""
    return db.session.scalar(
        select(Task.id)
        .where(Task.column_id == task.column_id, Task.rank > task.rank)
        .order_by(Task.rank)
        .limit(1)
    )


def put(task: Task, column: BoardColumn, place: Place = LAST) -> bool:
    """Put ``task`` at ``place`` in a locked ``column``; tell whether it is another column than before.

    A new place in the same column leaves the task's version alone: nobody who is writing is disturbed.
    """
    rank = _rank_at(task.id, column.id, place)
    if task.column_id == column.id:
        db.session.execute(update(_TASK).where(_TASK.c.id == task.id).values(rank=rank))
        return False
    old = db.session.get(BoardColumn, task.column_id) if task.column_id else None
    task.column_id, task.rank = column.id, rank
    if column.is_done:
        task.done_at = task.done_at or clock.now()
    elif old and old.is_done:
        task.done_at = None
    return True


def _rank_at(task_id: int | None, column_id: int, place: Place) -> str:
    others = _order(column_id, without=task_id)
    try:
        return _rank_among(others, place)
    except ranks.NoRoom:
        _give_fresh_ranks(column_id)
        return _rank_among(_order(column_id, without=task_id), place)


def _order(column_id: int, *, without: int | None) -> list[tuple[int, str]]:
    rows = db.session.execute(
        select(Task.id, Task.rank)
        .where(Task.column_id == column_id, Task.id.is_distinct_from(without))
        .order_by(Task.rank)
    )
    return [(row.id, row.rank) for row in rows]


def _rank_among(others: list[tuple[int, str]], place: Place) -> str:
    ids = [task_id for task_id, _rank in others]
    if place.before in ids:
        index = ids.index(place.before)
    elif place.number is not None:
        index = min(max(place.number - 1, 0), len(ids))
    else:
        index = len(ids)
    low = others[index - 1][1] if index else None
    high = others[index][1] if index < len(others) else None
    return ranks.between(low, high)


def _give_fresh_ranks(column_id: int) -> None:
    """Spread a column's tasks evenly again, in the order they have. Versions are left alone."""
    ids = [task_id for task_id, _rank in _order(column_id, without=None)]
    new = [
        {"task": task_id, "new": _ON_THE_MOVE + rank}
        for task_id, rank in zip(ids, ranks.fresh(len(ids)), strict=True)
    ]
    connection = db.session.connection()
    connection.execute(
        update(_TASK).where(_TASK.c.id == bindparam("task")).values(rank=bindparam("new")), new
    )
    connection.execute(
        update(_TASK)
        .where(_TASK.c.column_id == column_id, _TASK.c.rank.startswith(_ON_THE_MOVE))
        .values(rank=func.substr(_TASK.c.rank, 2))
    )
