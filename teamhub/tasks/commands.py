"""What a team does with its tasks. Taking one away and putting it back is in removing.py."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import selectinload

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.core import clock
from teamhub.core.changes import changed
from teamhub.core.db import db
from teamhub.core.errors import Conflict, DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.missions.models import Mission
from teamhub.missions.team import team_choices
from teamhub.people import mentions
from teamhub.tasks import places, queries
from teamhub.tasks.events import (
    TaskAdded,
    TaskChanged,
    TaskCommented,
    TaskDone,
    TaskMoved,
    TaskReopened,
    TaskReordered,
)
from teamhub.tasks.models import BoardColumn, Task, TaskComment
from teamhub.tasks.places import FIRST, LAST, Place


@dataclass(frozen=True)
class Written:
    """What somebody has filled in about a task, named as on the task itself."""

    title: str
    description: str = ""
    assignee_id: int | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Moved:
    """A move that was made, with what it takes to undo it: the old column and who stood after."""

    task_id: int
    mission_id: int
    title: str
    old_column: int
    old_before: int | None
    column: int
    column_name: str


@command
def add(actor: Actor, mission_id: int, written: Written, *, column_id: int | None = None) -> int:
    """Add a task last in a column, the first when none is said, and return its id."""
    mission = db.session.get(Mission, mission_id)
    if mission is None:
        raise DomainError(_("Oppdraget finnes ikke lenger."))
    authorize(actor, Action.TASK_EDIT, mission)
    column = _column_of(mission_id, column_id or _first_column(mission_id, done=False))
    _check_assignee(mission_id, written.assignee_id)
    task = Task(mission_id=mission_id, created_by_id=actor.id, changed_by_id=actor.id, **_values(written))
    places.put(task, column, LAST)
    db.session.add(task)
    db.session.flush()
    emit(
        db.session(),
        TaskAdded(actor_id=actor.id, object_id=task.id, mission_id=mission_id, assignee_id=task.assignee_id),
    )
    return task.id


@command
def edit(actor: Actor, task_id: int, written: Written, *, version: int, column_id: int | None = None) -> None:
    """Change a task. Raises Conflict when somebody has changed it since ``version`` was read."""
    column = places.locked(column_id) if column_id else None
    task = fresh(task_id)
    authorize(actor, Action.TASK_EDIT, task)
    if task.version != version:
        by = task.changed_by.name if task.changed_by else None
        raise Conflict(_("Oppgaven er endret siden du åpnet den."), task, by)
    if written.assignee_id != task.assignee_id:
        _check_assignee(task.mission_id, written.assignee_id)
    changes = changed(task, _values(written))
    if changes:
        task.changed_by_id = actor.id
        emit(
            db.session(),
            TaskChanged(
                actor_id=actor.id,
                object_id=task.id,
                mission_id=task.mission_id,
                fields=list(changes),
                changes=changes,
                assignee_id=written.assignee_id if "assignee_id" in changes else None,
            ),
        )
    if column and column.id != task.column_id:
        _carry(actor, task, column, LAST)


@command
def move(
    actor: Actor, task_id: int, *, column_id: int | None, place: Place = LAST, expects: int | None = None
) -> Moved:
    """Put a task at a place in a column of its own mission, and return the way back.

    ``expects`` is the column an undo finds the task in; another means that somebody moved it since.
    """
    column = places.locked(column_id)
    task = fresh(task_id)
    authorize(actor, Action.TASK_EDIT, task)
    if column.mission_id != task.mission_id:
        raise DomainError(_("Velg en kolonne på samme tavle."), field="column")
    if expects is not None and task.column_id != expects:
        raise DomainError(_("Noen har flyttet oppgaven siden, så vi lot den stå."))
    return _carry(actor, task, column, place)


@command
def set_done(actor: Actor, task_id: int, *, done: bool) -> Moved:
    """Finish a task, or open it again: first in the board's column for that, where there is one.

    Done twice is done once.
    """
    mission_id = db.session.scalar(select(Task.mission_id).where(Task.id == task_id))
    goal = _first_column(mission_id or 0, done=done)
    column = places.locked(goal) if goal else None
    task = fresh(task_id)
    authorize(actor, Action.TASK_EDIT, task)
    if (task.done_at is not None) == done:
        return _moved(task, task.column, None)
    if column and column.is_done != task.column.is_done:
        return _carry(actor, task, column, FIRST)
    way_back = _moved(task, task.column, places.following(task))
    task.done_at = clock.now() if done else None
    task.changed_by_id = actor.id
    _tell_done(actor, task)
    return way_back


@command
def comment(actor: Actor, task_id: int, body: str) -> int:
    """Say something under a task, and return the comment's id. Nobody who edits is disturbed."""
    task = fresh(task_id)
    authorize(actor, Action.TASK_EDIT, task)
    if not body:
        raise DomainError(_("Skriv noe før du sender."), field="body")
    said = TaskComment(task_id=task_id, author_id=actor.id or 0, body=body)
    db.session.add(said)
    db.session.flush()
    table = Task.__table__
    number = select(func.count()).where(TaskComment.task_id == task_id).scalar_subquery()
    db.session.execute(update(table).where(table.c.id == task_id).values(comment_count=number))  # type: ignore[arg-type]
    emit(
        db.session(),
        TaskCommented(
            actor_id=actor.id,
            object_id=task_id,
            mission_id=task.mission_id,
            comment_id=said.id,
            mentioned=sorted(queries.who_may_see(task.mission_id, mentions.find(body).people)),
        ),
    )
    return said.id


def fresh(task_id: int) -> Task:
    """Return a task as it stands now, locked until the command ends. Raises DomainError when gone.

    What belongs to it is read after the lock is held: PostgreSQL joins a row it has waited for with
    what stood beside it before.
    """
    task = db.session.scalar(
        select(Task)
        .where(Task.id == task_id)
        .options(selectinload(Task.column), selectinload(Task.changed_by))
        .with_for_update(of=Task)
        .execution_options(populate_existing=True)
    )
    if task is None:
        raise DomainError(_("Oppgaven finnes ikke lenger."))
    return task


def _carry(actor: Actor, task: Task, column: BoardColumn, place: Place) -> Moved:
    """Move ``task``, record what followed from it, and return the way back."""
    old, was_done = task.column, task.done_at is not None
    way_back = Moved(
        task_id=task.id,
        mission_id=task.mission_id,
        title=task.title,
        old_column=old.id,
        old_before=places.following(task),
        column=column.id,
        column_name=column.name,
    )
    about: Any = {"actor_id": actor.id, "object_id": task.id, "mission_id": task.mission_id}
    if not places.put(task, column, place):
        emit(db.session(), TaskReordered(**about))
        return way_back
    task.changed_by_id = actor.id
    emit(db.session(), TaskMoved(**about, old=old.name, new=column.name))
    if was_done != (task.done_at is not None):
        _tell_done(actor, task)
    return way_back


def _moved(task: Task, column: BoardColumn, before: int | None) -> Moved:
    return Moved(task.id, task.mission_id, task.title, column.id, before, column.id, column.name)


def _tell_done(actor: Actor, task: Task) -> None:
    happened = TaskDone if task.done_at is not None else TaskReopened
    emit(db.session(), happened(actor_id=actor.id, object_id=task.id, mission_id=task.mission_id))


def _values(written: Written) -> dict[str, object]:
    return {field.name: getattr(written, field.name) for field in fields(written)}


def _column_of(mission_id: int, column_id: int | None) -> BoardColumn:
    if column_id is None:
        raise DomainError(_("Tavla har ingen kolonner ennå. Lag en først."), field="column")
    column = places.locked(column_id)
    if column.mission_id != mission_id:
        raise DomainError(_("Velg en kolonne på samme tavle."), field="column")
    return column


def _first_column(mission_id: int, *, done: bool) -> int | None:
    return db.session.scalar(
        select(BoardColumn.id)
        .where(BoardColumn.mission_id == mission_id, BoardColumn.is_done.is_(done))
        .order_by(BoardColumn.position, BoardColumn.id)
        .limit(1)
    )


def _check_assignee(mission_id: int, assignee_id: int | None) -> None:
    if assignee_id is not None and assignee_id not in dict(team_choices(mission_id)):
        raise DomainError(_("Velg en som er med i oppdraget."), field="assignee_id")
