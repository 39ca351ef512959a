"""Reads about the organisation: units, persons, offices."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from teamhub.access.actor import Role
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.remember import remember
from teamhub.people.models import DIVISION_LEVEL, Office, Person, Unit, UnitPlacement

MOST_SUGGESTIONS = 20


@dataclass(frozen=True)
class Division:
    """One of the municipality's areas, as the span shows it."""

    id: int
    code: str
    name: str


@dataclass(frozen=True)
class UnitRow:
    """A unit in a tree or a list. ``people`` counts the active persons in the unit itself."""

    id: int
    name: str
    level: int
    parent_id: int | None
    kind: str
    people: int


@dataclass(frozen=True)
class PersonRow:
    """A person in a list."""

    id: int
    name: str
    job_title: str
    unit: str
    unit_id: int
    division_id: int | None = None


@dataclass(frozen=True)
class PlacementRow:
    """Where a unit stood in a period."""

    name: str
    parent: str | None
    valid_from: date
    valid_to: date | None


def in_force(model: type[Any], on: date | None = None) -> ColumnElement[bool]:
    """Return the condition that a row with ``valid_from`` and ``valid_to`` holds ``on`` a day (today)."""
    when = on or clock.today()
    return and_(model.valid_from <= when, or_(model.valid_to.is_(None), model.valid_to >= when))


@remember(30)
def divisions() -> list[Division]:
    """Return the municipality's areas in their fixed order, at one query."""
    rows = db.session.execute(
        select(Unit.id, Unit.code, Unit.name)
        .where(Unit.level == DIVISION_LEVEL, in_force(Unit))
        .order_by(Unit.id)
    )
    return [Division(*row) for row in rows]


@remember(30)
def tree() -> list[UnitRow]:
    """Return all units in force, each after its parent, with the number of active people in it."""
    count = (
        select(Person.unit_id, func.count().label("n"))
        .where(Person.is_active)
        .group_by(Person.unit_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Unit.id, Unit.name, Unit.level, Unit.parent_id, Unit.kind, func.coalesce(count.c.n, 0))
        .outerjoin(count, count.c.unit_id == Unit.id)
        .where(in_force(Unit))
        .order_by(Unit.level, Unit.id)
    )
    found = [UnitRow(*row) for row in rows]
    below: dict[int | None, list[UnitRow]] = {}
    ids = {row.id for row in found}
    for row in found:
        below.setdefault(row.parent_id if row.parent_id in ids else None, []).append(row)
    return _depth_first(below, None)


def _depth_first(below: dict[int | None, list[UnitRow]], parent: int | None) -> list[UnitRow]:
    ordered = []
    for row in below.get(parent, []):
        ordered += [row, *_depth_first(below, row.id)]
    return ordered


def get_unit(unit_id: int) -> Unit | None:
    """Return a unit with its parent and division loaded."""
    return db.session.scalar(
        select(Unit).where(Unit.id == unit_id).options(joinedload(Unit.parent), joinedload(Unit.division))
    )


def placements(unit_id: int) -> list[PlacementRow]:
    """Return where a unit has stood, newest first."""
    parent = aliased(Unit)
    rows = db.session.execute(
        select(UnitPlacement.name, parent.name, UnitPlacement.valid_from, UnitPlacement.valid_to)
        .outerjoin(parent, parent.id == UnitPlacement.parent_id)
        .where(UnitPlacement.unit_id == unit_id)
        .order_by(UnitPlacement.valid_from.desc(), UnitPlacement.id.desc())
    )
    return [PlacementRow(*row) for row in rows]


def children(unit_id: int) -> list[UnitRow]:
    """Return the units directly below a unit."""
    count = (
        select(func.count())
        .select_from(Person)
        .where(Person.unit_id == Unit.id, Person.is_active)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Unit.id, Unit.name, Unit.level, Unit.parent_id, Unit.kind, count)
        .where(Unit.parent_id == unit_id, in_force(Unit))
        .order_by(Unit.name)
    )
    return [UnitRow(*row) for row in rows]


def _person_rows() -> Any:
    return (
        select(Person.id, Person.name, Person.job_title, Unit.name, Unit.id, Unit.division_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.is_active)
    )


def people_in(unit_id: int, *, most: int = 200) -> list[PersonRow]:
    """Return the active people whose place is in the unit itself, by name, at most ``most``."""
    rows = db.session.execute(
        _person_rows().where(Person.unit_id == unit_id).order_by(Person.name, Person.id).limit(most)
    )
    return [PersonRow(*row) for row in rows]


def search_people(text: str, *, most: int = MOST_SUGGESTIONS) -> list[PersonRow]:
    """Return active people whose name, title or unit holds every word of ``text``, by name."""
    statement = _person_rows().order_by(Person.name, Person.id).limit(most)
    for word in text.split()[:6]:
        statement = statement.where(
            or_(
                Person.name.icontains(word, autoescape=True),
                Person.job_title.icontains(word, autoescape=True),
                Unit.name.icontains(word, autoescape=True),
            )
        )
    return [PersonRow(*row) for row in db.session.execute(statement)]


def people_by_id(ids: Collection[int]) -> list[PersonRow]:
    """Return active people of these ids, by name."""
    rows = db.session.execute(_person_rows().where(Person.id.in_(ids)).order_by(Person.name, Person.id))
    return [PersonRow(*row) for row in rows]


def get_person(person_id: int) -> Person | None:
    """Return a person with unit, division, manager and offices in force loaded."""
    return db.session.scalar(
        select(Person)
        .where(Person.id == person_id)
        .options(
            joinedload(Person.unit).joinedload(Unit.division),
            joinedload(Person.manager),
            selectinload(Person.offices.and_(in_force(Office))).joinedload(Office.unit),
        )
    )


def holders(unit_id: int) -> list[tuple[Role, PersonRow]]:
    """Return who holds which office for a unit today."""
    rows = db.session.execute(
        select(Office.kind, Person.id, Person.name, Person.job_title, Unit.name, Unit.id)
        .join(Person, Person.id == Office.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Office.unit_id == unit_id, in_force(Office), Person.is_active)
        .order_by(Office.kind, Person.name)
    )
    return [(Role(row[0]), PersonRow(*row[1:])) for row in rows]


def person_choices(ids: Sequence[int]) -> list[PersonRow]:
    """Return the people with these ids, by name: for a form that shows who was chosen."""
    rows = db.session.execute(_person_rows().where(Person.id.in_(ids)).order_by(Person.name))
    return [PersonRow(*row) for row in rows]


def by_email(email: str) -> Person | None:
    """Return the person with an e-mail address, whatever its letter case."""
    return db.session.scalar(select(Person).where(Person.email == normal_email(email)))


def normal_email(email: str) -> str:
    """Return an address as it is stored and compared."""
    return email.strip().casefold()


@lru_cache(maxsize=64)
def area_code(name: str) -> str:
    """Return two letters for an area from its name: «Kultur, by- og stedsutvikling» → «KB»."""
    skip = {"og", "i", "for", "på", "av", "til"}
    words = [w.strip(",.-") for w in name.replace("/", " ").split()]
    words = [w for w in words if w and w.casefold() not in skip]
    letters = words[0][0] + (words[1][0] if len(words) > 1 else words[0][1:2]) if words else "??"
    return letters.upper()
