"""What the change log tells about a task: its history, and what it was when somebody deleted it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from teamhub.audit.models import Entry
from teamhub.core.db import db
from teamhub.core.i18n import _
from teamhub.people.models import Person
from teamhub.tasks.events import TaskEvent

MOST_SHOWN = 50


@dataclass(frozen=True)
class Happened:
    """A line in a task's history, as the change log keeps it."""

    kind: str
    at: datetime
    who: str
    data: dict[str, Any]


def history(task_id: int) -> list[Happened]:
    """Return the latest that has happened to a task, newest first, at one query.

    Stops where another task had the number before it: SQLite gives the last number out again.
    """
    found: list[Happened] = []
    for line in _lines(task_id, MOST_SHOWN):
        if line.kind == "TaskDeleted" and (not found or found[-1].kind != "TaskRestored"):
            break
        found.append(line)
    return found


def last_deleted(task_id: int) -> Happened | None:
    """Return the deletion of a task that is gone, None when that is not the last thing that happened."""
    newest = next(iter(_lines(task_id, 1)), None)
    return newest if newest and newest.kind == "TaskDeleted" else None


def _lines(task_id: int, most: int) -> list[Happened]:
    rows = db.session.execute(
        select(Entry.kind, Entry.at, Person.name, Entry.data)
        .outerjoin(Person, Person.id == Entry.actor_id)
        .where(Entry.object_type == TaskEvent.object_type, Entry.object_id == task_id)
        .order_by(Entry.id.desc())
        .limit(most)
    )
    return [Happened(kind, at, name or _("Teamhub"), data) for kind, at, name, data in rows]
