"""My work across missions: what is late, due today, this week and later."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select

from teamhub.access.actor import Actor
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.missions.models import Mission
from teamhub.missions.team import MySeat
from teamhub.tasks.models import BoardColumn, Task
from teamhub.tasks.queries import visible_to

MOST_SHOWN = 300


@dataclass(frozen=True)
class MyTask:
    """One of my open tasks."""

    id: int
    title: str
    due_on: date | None
    mission_id: int
    mission: str
    column: str


@dataclass
class MyWork:
    """My tasks by when they are due. Without a date is later."""

    late: list[MyTask] = field(default_factory=list)
    today: list[MyTask] = field(default_factory=list)
    week: list[MyTask] = field(default_factory=list)
    later: list[MyTask] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.late) + len(self.today) + len(self.week) + len(self.later)


def my_work(actor: Actor) -> MyWork:
    """Return the actor's open tasks in missions the actor can see, by when they are due."""
    rows = db.session.execute(
        select(Task.id, Task.title, Task.due_on, Mission.id, Mission.title, BoardColumn.name)
        .join(Mission, Mission.id == Task.mission_id)
        .join(BoardColumn, BoardColumn.id == Task.column_id)
        .where(Task.assignee_id == actor.id, Task.done_at.is_(None), visible_to(actor))
        .order_by(Task.due_on.is_(None), Task.due_on, Task.id)
        .limit(MOST_SHOWN)
    )
    work = MyWork()
    for row in rows:
        task = MyTask(*row)
        _heap(work, task.due_on).append(task)
    return work


def _heap(work: MyWork, due: date | None) -> list[MyTask]:
    today = clock.today()
    sunday = today + timedelta(days=6 - today.weekday())
    if due is None or due > sunday:
        return work.later
    if due < today:
        return work.late
    return work.today if due == today else work.week


def share_now(seats: list[MySeat]) -> int:
    """Return how much of a person's time, in percent, agreed seats take today."""
    today = clock.today()
    return sum(seat.share for seat in seats if seat.starts_on <= today <= seat.ends_on)
