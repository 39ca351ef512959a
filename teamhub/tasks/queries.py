"""Reads of a mission's board and of one task."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import aliased, joinedload

from teamhub.access.actor import Actor, Role
from teamhub.access.policy import Action, can, follows_all
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.i18n import _
from teamhub.core.waiting import Waiting
from teamhub.missions import queries as missions
from teamhub.missions.models import Mission, Seat
from teamhub.missions.queries import TaskFigures
from teamhub.missions.states import AGREED
from teamhub.people.models import Office, Person
from teamhub.tasks.models import BoardColumn, Task, TaskComment

WAITS_FOR = timedelta(days=7)
MOST_WAITING = 20

FOLLOWING = (Role.PORTFOLIO_OFFICE, Role.BOARD_MEMBER)
"""Those who follow every mission and see its tasks."""

DONE_SHOWN = 10
"""A board shows this many of the latest done; the list shows them all."""


@dataclass(frozen=True, slots=True)
class Card:
    """A task on a board."""

    id: int
    title: str
    column_id: int
    assignee_id: int | None
    assignee: str | None
    due_on: date | None
    comments: int
    is_done: bool

    @property
    def is_late(self) -> bool:
        return not self.is_done and self.due_on is not None and self.due_on < clock.today()


@dataclass(frozen=True)
class Column:
    """A column with the number of tasks in it, shown on the board or not."""

    id: int
    name: str
    wip_limit: int | None
    is_done: bool
    version: int
    total: int

    @property
    def over(self) -> int:
        """How many tasks stand over the limit."""
        return max(self.total - self.wip_limit, 0) if self.wip_limit else 0


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of Action.TASK_VIEW, as a condition on tasks."""
    if follows_all(actor):
        return true()
    mine = actor.missions_led | actor.missions_owned | actor.missions_joined
    return Task.mission_id.in_(mine)


def may_see(person_id: Any, mission_id: Any, today: Any) -> ColumnElement[bool]:
    """Action.TASK_VIEW in SQL alone: of a person, on the tasks of a mission, as columns or parameters."""
    s, m, o = aliased(Seat), aliased(Mission), aliased(Office)
    team = select(s.id).where(s.person_id == person_id, s.mission_id == mission_id, s.state.in_(AGREED))
    steers = select(m.id).where(m.id == mission_id, or_(m.lead_id == person_id, m.owner_id == person_id))
    follows = select(o.id).where(
        o.person_id == person_id,
        o.kind.in_(FOLLOWING),
        o.valid_from <= today,
        or_(o.valid_to.is_(None), o.valid_to >= today),
    )
    return or_(team.exists(), steers.exists(), follows.exists())


def who_may_see(mission_id: int, person_ids: Collection[int]) -> set[int]:
    """Return who of these may see a mission's tasks: Action.TASK_VIEW for many people, at one query."""
    if not person_ids:
        return set()
    people = Person.id.in_(sorted(person_ids)) & Person.is_active
    return set(
        db.session.scalars(select(Person.id).where(people, may_see(Person.id, mission_id, clock.today())))
    )


def get_mission(actor: Actor, mission_id: int) -> Mission | None:
    """Return a mission whose tasks the actor may see, with lead and owner loaded."""
    mission = missions.get_mission(actor, mission_id)
    return mission if mission and can(actor, Action.TASK_VIEW, mission) else None


def get(actor: Actor, task_id: int) -> Task | None:
    """Return a task the actor may see, with its mission, column, assignee and the assignee's unit."""
    return db.session.scalar(
        select(Task)
        .where(Task.id == task_id, visible_to(actor))
        .options(
            joinedload(Task.mission).joinedload(Mission.lead),
            joinedload(Task.mission).joinedload(Mission.owner),
            joinedload(Task.column),
            joinedload(Task.assignee).joinedload(Person.unit),
        )
    )


def columns(mission_id: int) -> list[Column]:
    """Return a board's columns in order, with the number of tasks in each."""
    total = select(func.count()).select_from(Task).where(Task.column_id == BoardColumn.id).scalar_subquery()
    c = BoardColumn
    rows = db.session.execute(
        select(c.id, c.name, c.wip_limit, c.is_done, c.version, total)
        .where(c.mission_id == mission_id)
        .order_by(c.position, c.id)
    )
    return [Column(*row) for row in rows]


def cards(mission_id: int) -> list[Card]:
    """Return a board's open tasks and the latest done ones, in order within their columns."""
    latest_done = (
        select(Task.id)
        .where(Task.mission_id == mission_id, Task.done_at.is_not(None))
        .order_by(Task.done_at.desc(), Task.id.desc())
        .limit(DONE_SHOWN)
    )
    rows = db.session.execute(
        select(
            Task.id,
            Task.title,
            Task.column_id,
            Task.assignee_id,
            Person.name,
            Task.due_on,
            Task.comment_count,
            Task.done_at.is_not(None),
        )
        .outerjoin(Person, Person.id == Task.assignee_id)
        .where(
            Task.mission_id == mission_id,
            or_(Task.done_at.is_(None), Task.id.in_(latest_done.scalar_subquery())),
        )
        .order_by(Task.rank)
    )
    return [Card(*row) for row in rows]


def comments(task_id: int) -> list[TaskComment]:
    """Return the conversation under a task, oldest first, with authors."""
    return list(
        db.session.scalars(
            select(TaskComment)
            .where(TaskComment.task_id == task_id)
            .options(joinedload(TaskComment.author))
            .order_by(TaskComment.id)
        )
    )


def place_of(task: Task) -> int:
    """Return a task's place in its column, from 1."""
    before = select(func.count()).where(Task.column_id == task.column_id, Task.rank < task.rank)
    return (db.session.scalar(before) or 0) + 1


def figures(mission_id: int) -> TaskFigures:
    """Return a mission's tasks in numbers, at one query."""
    is_open = Task.done_at.is_(None)
    row = db.session.execute(
        select(
            func.count(),
            func.count().filter(Task.done_at.is_not(None)),
            func.count().filter(and_(is_open, Task.due_on < clock.today())),
            func.count().filter(and_(is_open, Task.assignee_id.is_(None))),
        ).where(Task.mission_id == mission_id)
    ).one()
    return TaskFigures(*row)


def waiting_for(actor: Actor) -> list[Waiting]:
    """Return the actor's tasks that are late or due within a week, the most urgent first."""
    rows = db.session.execute(
        select(Task.id, Task.title, Task.due_on, Mission.title)
        .join(Mission, Mission.id == Task.mission_id)
        .where(
            Task.assignee_id == actor.id,
            Task.done_at.is_(None),
            Task.due_on <= clock.today() + WAITS_FOR,
            visible_to(actor),
        )
        .order_by(Task.due_on, Task.id)
        .limit(MOST_WAITING)
    )
    return [
        Waiting(
            kind="task",
            title=title,
            what=_("Oppgave i «%(mission)s»", mission=mission),
            endpoint="tasks.show",
            args={"task_id": task_id},
            due_on=due_on,
            object_id=task_id,
        )
        for task_id, title, due_on, mission in rows
    ]
