"""Reads about those who follow a mission by an office they hold, without a seat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select

from teamhub.access.actor import Role
from teamhub.core.db import db
from teamhub.missions.accord import MissionPartner
from teamhub.people.models import Office, Person, Unit
from teamhub.people.queries import in_force

PARTNER_OFFICES = (Role.UNION_REPRESENTATIVE, Role.SAFETY_REPRESENTATIVE)
"""Who can follow a mission without a seat: those who speak for others at work. Never which union."""

MOST_CANDIDATES = 20


@dataclass(frozen=True)
class Representative:
    """Somebody with an office that lets them follow a mission, and the unit they hold it for."""

    person_id: int
    name: str
    kind: Role
    holds_for: str


def partners_of(mission_id: int) -> list[Representative]:
    """Return who follows a mission by an office they still hold, by name."""
    attached = (MissionPartner.person_id == Person.id) & (MissionPartner.kind == Office.kind)
    statement = _representatives().join(MissionPartner, attached)
    return _found(statement.where(MissionPartner.mission_id == mission_id))


def candidates(mission_id: int, text: str) -> list[Representative]:
    """Return who could follow a mission and does not, whose name, or unit they speak for, holds ``text``."""
    here = select(MissionPartner.person_id).where(MissionPartner.mission_id == mission_id)
    statement = _representatives().where(Person.id.not_in(here))
    for word in text.split()[:6]:
        found = (Person.name.icontains(word, autoescape=True), Unit.name.icontains(word, autoescape=True))
        statement = statement.where(or_(*found))
    return _found(statement.limit(MOST_CANDIDATES))


def holds_office(person_id: int, kind: str) -> Select[int]:
    """Return a select that finds somebody only if they hold, today, an office that lets them follow."""
    return (
        select(Person.id)
        .join(Office, Office.person_id == Person.id)
        .where(
            Person.id == person_id,
            Person.is_active,
            Office.kind == kind,
            Office.kind.in_(PARTNER_OFFICES),
            in_force(Office),
        )
    )


def _representatives() -> Any:
    return (
        select(Person.id, Person.name, Office.kind, Unit.name)
        .join(Office, Office.person_id == Person.id)
        .join(Unit, Unit.id == Office.unit_id)
        .where(Person.is_active, Office.kind.in_(PARTNER_OFFICES), in_force(Office))
        .order_by(Person.name, Person.id, Office.kind, Unit.name)
    )


def _found(statement: Any) -> list[Representative]:
    """One for each person and office: who holds it for several units is named once, with the first."""
    found: dict[tuple[int, str], Representative] = {}
    for id_, name, kind, holds_for in db.session.execute(statement):
        found.setdefault((id_, kind), Representative(id_, name, Role(kind), holds_for))
    return list(found.values())
