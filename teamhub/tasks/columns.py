"""The columns of a board: add, rename, limit, order, remove."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Table, func, select, update

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.core.changes import changed
from teamhub.core.db import db
from teamhub.core.errors import Conflict, DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.missions.models import Mission
from teamhub.tasks import places
from teamhub.tasks.events import ColumnAdded, ColumnChanged, ColumnEvent, ColumnMoved, ColumnRemoved
from teamhub.tasks.models import BoardColumn, Task

MOST_COLUMNS = 12

_COLUMN = cast("Table", BoardColumn.__table__)


@command
def add_column(
    actor: Actor, mission_id: int, *, name: str, wip_limit: int | None = None, is_done: bool = False
) -> int:
    """Add a column at the end of the board, and return its id. ``is_done`` is where finished tasks go."""
    mission = db.session.get(Mission, mission_id)
    authorize(actor, Action.TASK_EDIT, mission)
    if len(_in_order(mission_id)) >= MOST_COLUMNS:
        raise DomainError(_("En tavle har høyst %(n)s kolonner.", n=MOST_COLUMNS), field="name")
    last = db.session.scalar(
        select(func.max(BoardColumn.position)).where(BoardColumn.mission_id == mission_id)
    )
    column = BoardColumn(
        mission_id=mission_id,
        name=name,
        wip_limit=wip_limit,
        is_done=is_done,
        position=(last if last is not None else -1) + 1,
    )
    db.session.add(column)
    db.session.flush()
    _tell(actor, ColumnAdded, column)
    return column.id


@command
def change_column(actor: Actor, column_id: int, *, name: str, wip_limit: int | None, version: int) -> None:
    """Rename a column or change its limit. Raises Conflict when somebody has changed it since."""
    column = places.locked(column_id)
    authorize(actor, Action.TASK_EDIT, column)
    if column.version != version:
        raise Conflict(_("Kolonnen er endret siden du åpnet siden."), column)
    if changes := changed(column, {"name": name, "wip_limit": wip_limit}):
        _tell(actor, ColumnChanged, column, changes=changes)


@command
def shift_column(actor: Actor, column_id: int, *, by: int) -> None:
    """Move a column ``by`` places, to the left when negative. At the end of the board it stays."""
    column = places.locked(column_id)
    authorize(actor, Action.TASK_EDIT, column)
    order = _in_order(column.mission_id)
    old = order.index(column_id)
    order.insert(min(max(old + by, 0), len(order) - 1), order.pop(old))
    for position, each in enumerate(order):
        db.session.execute(update(_COLUMN).where(_COLUMN.c.id == each).values(position=position))
    _tell(actor, ColumnMoved, column)


@command
def remove_column(actor: Actor, column_id: int, *, cards_to: int | None = None) -> None:
    """Remove a column. Its cards go last in column ``cards_to``, which must be said when it holds any."""
    for each in sorted({column_id, cards_to or column_id}):
        places.locked(each)
    column = places.locked(column_id)
    authorize(actor, Action.TASK_EDIT, column)
    if len(_in_order(column.mission_id)) == 1:
        raise DomainError(_("En tavle må ha minst én kolonne."))
    goal = _empty(column, cards_to)
    _tell(actor, ColumnRemoved, column, cards_to=goal.name if goal else "")
    db.session.flush()
    db.session.delete(column)


def _empty(column: BoardColumn, cards_to: int | None) -> BoardColumn | None:
    tasks = list(
        db.session.scalars(
            select(Task).where(Task.column_id == column.id).order_by(Task.rank).with_for_update(of=Task)
        )
    )
    if not tasks:
        return None
    if cards_to is None or cards_to == column.id:
        raise DomainError(_("Velg hvilken kolonne oppgavene skal til."), field="cards_to")
    goal = places.locked(cards_to)
    if goal.mission_id != column.mission_id:
        raise DomainError(_("Velg en kolonne på samme tavle."), field="cards_to")
    for task in tasks:
        places.put(task, goal)
        db.session.flush()
    return goal


def _in_order(mission_id: int) -> list[int]:
    return list(
        db.session.scalars(
            select(BoardColumn.id)
            .where(BoardColumn.mission_id == mission_id)
            .order_by(BoardColumn.position, BoardColumn.id)
        )
    )


def _tell(actor: Actor, happened: type[ColumnEvent], column: BoardColumn, **more: Any) -> None:
    emit(
        db.session(),
        happened(
            actor_id=actor.id,
            object_id=column.id,
            mission_id=column.mission_id,
            name=column.name,
            **more,
        ),
    )
