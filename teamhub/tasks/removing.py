"""Taking a task away, and putting it back while the one who did it still remembers why."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.missions.models import Mission
from teamhub.people.models import Person
from teamhub.tasks import places
from teamhub.tasks.commands import fresh
from teamhub.tasks.events import TaskDeleted, TaskRestored
from teamhub.tasks.history import last_deleted
from teamhub.tasks.models import BoardColumn, Task, TaskComment
from teamhub.tasks.places import Place

CAN_BE_UNDONE = timedelta(minutes=10)

_DATES = {
    "due_on": date.fromisoformat,
    "created_at": datetime.fromisoformat,
    "done_at": datetime.fromisoformat,
}
_KEPT = "external_ref mission_id column_id title description assignee_id created_by_id comment_count".split()


@command
def delete(actor: Actor, task_id: int) -> str:
    """Take a task and its conversation away, and return its title. ``restore`` puts it back."""
    task = fresh(task_id)
    authorize(actor, Action.TASK_EDIT, task)
    emit(
        db.session(),
        TaskDeleted(
            actor_id=actor.id,
            object_id=task.id,
            mission_id=task.mission_id,
            title=task.title,
            kept=_packed(task),
        ),
    )
    db.session.delete(task)
    return task.title


@command
def restore(actor: Actor, mission_id: int, task_id: int) -> int:
    """Put a deleted task back where it stood, with its conversation, and return its id."""
    mission = db.session.get(Mission, mission_id)
    authorize(actor, Action.TASK_EDIT, mission)
    deleted = last_deleted(task_id)
    if deleted is None or deleted.data["mission_id"] != mission_id:
        raise DomainError(_("Vi finner ikke den slettede oppgaven."))
    if deleted.at < clock.now() - CAN_BE_UNDONE:
        raise DomainError(_("Det er for lenge siden oppgaven ble slettet til at vi kan angre."))
    task = _unpacked(deleted.data["kept"])
    task.changed_by_id = actor.id
    if db.session.get(Task, task_id) is None:
        task.id = task_id
    db.session.add(task)
    db.session.flush()
    db.session.add_all(_conversation(task.id, deleted.data["kept"]["comments"]))
    emit(db.session(), TaskRestored(actor_id=actor.id, object_id=task.id, mission_id=mission_id))
    return task.id


def _packed(task: Task) -> dict[str, Any]:
    comments = db.session.scalars(
        select(TaskComment).where(TaskComment.task_id == task.id).order_by(TaskComment.id)
    )
    return {
        **{name: getattr(task, name) for name in _KEPT},
        **{name: value.isoformat() if (value := getattr(task, name)) else None for name in _DATES},
        "before": places.following(task),
        "comments": [[c.author_id, c.body, c.created_at.isoformat()] for c in comments],
    }


def _unpacked(kept: dict[str, Any]) -> Task:
    values = {name: kept[name] for name in _KEPT}
    values |= {name: read(kept[name]) if kept[name] else None for name, read in _DATES.items()}
    column = _column_for(values.pop("column_id"), values["mission_id"])
    done_at = values.pop("done_at")
    task = Task(**values)
    if task.external_ref and _is_taken(task.external_ref):
        task.external_ref = None
    places.put(task, column, Place(before=kept["before"]))
    task.done_at = done_at
    return task


def _column_for(column_id: int, mission_id: int) -> BoardColumn:
    """The column the task stood in; the board's first one when that is gone."""
    choices = db.session.scalars(
        select(BoardColumn.id)
        .where(BoardColumn.mission_id == mission_id)
        .order_by(BoardColumn.id != column_id, BoardColumn.position)
        .limit(1)
    )
    return places.locked(choices.first())


def _is_taken(external_ref: str) -> bool:
    return db.session.scalar(select(Task.id).where(Task.external_ref == external_ref)) is not None


def _conversation(task_id: int, kept: list[list[Any]]) -> list[TaskComment]:
    """Comments whose author is still known. People are never deleted, only anonymised, so that is all."""
    authors = set(db.session.scalars(select(Person.id).where(Person.id.in_([c[0] for c in kept]))))
    return [
        TaskComment(task_id=task_id, author_id=author, body=body, created_at=datetime.fromisoformat(at))
        for author, body, at in kept
        if author in authors
    ]
