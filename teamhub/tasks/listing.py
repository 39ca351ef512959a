"""The list of a mission's tasks: the query string in, a page of rows out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from teamhub.access.actor import Actor
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.paging import Page, page_number
from teamhub.people.models import Person
from teamhub.tasks.models import BoardColumn, Task

PAGE_SIZE = 50
STATES = ("open", "late", "done", "all")
SORTS: dict[str, tuple[Any, ...]] = {
    "due": (Task.due_on.is_(None), Task.due_on, Task.id),
    "title": (func.lower(Task.title), Task.id),
    "person": (Person.name.is_(None), Person.name, Task.id),
    "column": (BoardColumn.position, Task.rank),
    "new": (Task.id.desc(),),
}


@dataclass(frozen=True)
class Search:
    """What the address asks for. ``person`` is "", "me", "none" or an id."""

    text: str = ""
    state: str = "open"
    sort: str = "due"
    person: str = ""
    column: int | None = None
    page: int = 1

    @property
    def narrowed(self) -> bool:
        return bool(self.text or self.person or self.column)


@dataclass(frozen=True)
class TaskRow:
    """A task in a list."""

    id: int
    title: str
    column: str
    assignee: str | None
    due_on: date | None
    comments: int
    is_done: bool


def parse(args: Mapping[str, str]) -> Search:
    """Return the search an address asks for; what makes no sense is left out."""
    state, sort = args.get("state", "open"), args.get("sort", "due")
    return Search(
        text=args.get("q", "").strip()[:200],
        state=state if state in STATES else "open",
        sort=sort if sort in SORTS else "due",
        person=person_asked(args),
        column=number(args.get("column", "")),
        page=page_number(args),
    )


def person_asked(args: Mapping[str, str]) -> str:
    """Return whose tasks an address asks for: "me", "none", an id, or "" for everybody's."""
    person = args.get("person", "")
    return person if person in {"me", "none"} or number(person) else ""


def number(text: str) -> int | None:
    """Return the id in a query string, None when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def find(actor: Actor, mission_id: int, search: Search) -> Page[TaskRow]:
    """Return a page of the mission's tasks, at two queries."""
    conditions = [Task.mission_id == mission_id, *_conditions(actor, search)]
    total = db.session.scalar(select(func.count()).select_from(Task).where(*conditions)) or 0
    rows = db.session.execute(
        select(
            Task.id,
            Task.title,
            BoardColumn.name,
            Person.name,
            Task.due_on,
            Task.comment_count,
            Task.done_at.is_not(None),
        )
        .join(BoardColumn, BoardColumn.id == Task.column_id)
        .outerjoin(Person, Person.id == Task.assignee_id)
        .where(*conditions)
        .order_by(*SORTS[search.sort])
        .limit(PAGE_SIZE)
        .offset((search.page - 1) * PAGE_SIZE)
    )
    return Page([TaskRow(*row) for row in rows], search.page, PAGE_SIZE, total)


def _conditions(actor: Actor, search: Search) -> list[ColumnElement[bool]]:
    found = [*_in_state(search.state), *_of_person(actor, search.person)]
    if search.column:
        found.append(Task.column_id == search.column)
    found += [
        or_(Task.title.icontains(word, autoescape=True), Task.description.icontains(word, autoescape=True))
        for word in search.text.split()[:6]
    ]
    return found


def _in_state(state: str) -> list[ColumnElement[bool]]:
    is_open = Task.done_at.is_(None)
    conditions: dict[str, list[ColumnElement[bool]]] = {
        "open": [is_open],
        "late": [is_open, Task.due_on < clock.today()],
        "done": [Task.done_at.is_not(None)],
        "all": [],
    }
    return conditions[state]


def _of_person(actor: Actor, person: str) -> list[ColumnElement[bool]]:
    if person == "none":
        return [Task.assignee_id.is_(None)]
    wanted = actor.id if person == "me" else number(person)
    return [Task.assignee_id == wanted] if wanted else []
