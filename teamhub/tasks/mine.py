"""My work across missions: what is late, due today, this week and later; my seats."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select

from teamhub.access.actor import Actor
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.missions.models import Mission, Seat
from teamhub.missions.states import AGREED
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


@dataclass(frozen=True)
class MySeat:
    """My place in a team, and the share of my time that is agreed."""

    mission_id: int
    mission: str
    role: str
    share: int
    starts_on: date
    ends_on: date

    def is_on(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


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


def my_seats(actor: Actor) -> list[MySeat]:
    """Return the actor's agreed seats that are not over, the first to begin first."""
    rows = db.session.execute(
        select(Mission.id, Mission.title, Seat.role, Seat.share, Seat.starts_on, Seat.ends_on)
        .join(Mission, Mission.id == Seat.mission_id)
        .where(Seat.person_id == actor.id, Seat.state.in_(AGREED), Seat.ends_on >= clock.today())
        .order_by(Seat.starts_on, Seat.id)
    )
    return [MySeat(*row) for row in rows]
