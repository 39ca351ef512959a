"""The manager's desk: whose time is asked for, what it means for them and the unit, and the unit's part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from teamhub.access.actor import Actor
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.remember import remember
from teamhub.missions.accord import SeatOffer
from teamhub.missions.contracts import waiting_for_word
from teamhub.missions.models import Invitation, Mission, Seat
from teamhub.missions.states import AGREED, GOING_ON, Status
from teamhub.missions.team import MySeat
from teamhub.missions.weeks import Ahead, ahead, horizon
from teamhub.people.models import Person, Unit
from teamhub.people.queries import in_force

FEWEST_PEOPLE = 5
"""A number of people is told from here up."""
FEWEST_UNITS = 3
"""With fewer units of a kind, what is common among them would be told of one of them."""


@dataclass(frozen=True)
class Agreed:
    """An agreed seat of somebody a request is about, or works with them."""

    person_id: int
    unit_id: int
    seat_id: int
    mission_id: int
    mission: str
    is_active: bool
    role: str
    share: int
    starts_on: date
    ends_on: date

    def touches(self, seat: Seat) -> bool:
        return self.starts_on <= seat.ends_on and self.ends_on >= seat.starts_on


@dataclass(frozen=True)
class Given:
    """A share of somebody's time in a mission, without whose."""

    mission_id: int
    share: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Part:
    """What a unit gives to missions: percent of a full time now and in the weeks to come, and to how many."""

    now: int = 0
    ahead: int = 0
    missions: int = 0


@dataclass(frozen=True)
class Contribution:
    """A unit's part in the whole, beside the mean of units of its kind. ``people`` is None when few."""

    unit: str
    people: int | None
    part: Part
    mean: Part | None


@dataclass(frozen=True)
class Desk:
    """All that waits for somebody's word about time. Loads are by invitation."""

    mine: list[Invitation]
    theirs: list[Invitation]
    offers: dict[int, SeatOffer]
    changes: list[SeatOffer]
    seats: list[MySeat]
    has: dict[int, int] = field(default_factory=dict)
    people: dict[int, Ahead] = field(default_factory=dict)
    units: dict[int, Ahead] = field(default_factory=dict)
    contribution: Contribution | None = None


def desk(actor: Actor) -> Desk:
    """Return what somebody is asked about their own time and their people's, with all the page shows."""
    asked = _asked(actor)
    mine = [i for i in asked if i.person_id == actor.id]
    theirs = [i for i in asked if i.person_id != actor.id]
    offers, changes = waiting_for_word(actor, asked)
    agreed = _agreed([actor.id or 0, *(i.person_id for i in mine)], {i.person.unit_id for i in theirs})
    today, of_person, of_unit = clock.today(), defaultdict(list), defaultdict(list)
    for seat in agreed:
        of_person[seat.person_id].append(seat)
        of_unit[seat.unit_id].append(seat)
    return Desk(
        mine=mine,
        theirs=theirs,
        offers=offers,
        changes=changes,
        seats=_seats(of_person[actor.id or 0]),
        has={i.id: sum(s.share for s in of_person[i.person_id] if s.touches(i.seat)) for i in asked},
        people={i.id: ahead(of_person[i.person_id], i.seat, today) for i in asked},
        units={i.id: ahead(of_unit[i.person.unit_id], i.seat, today) for i in theirs},
        contribution=_contribution(actor) if actor.managed_units else None,
    )


def _asked(actor: Actor) -> list[Invitation]:
    """The open invitations to somebody, and those about the people they manage."""
    i = Invitation
    manages = or_(i.manager_id == actor.id, i.unit_id.in_(sorted(actor.managed_units)))
    to_me = (i.person_id == actor.id) & i.person_says.is_(None)
    about_mine = manages & (i.person_id != actor.id) & i.manager_says.is_(None)
    return list(
        db.session.scalars(
            select(i)
            .join(Mission, Mission.id == i.mission_id)
            .where(i.closed_at.is_(None), Mission.status.in_(GOING_ON), or_(to_me, about_mine))
            .options(
                joinedload(i.mission).joinedload(Mission.lead),
                joinedload(i.seat).joinedload(Seat.skill),
                joinedload(i.person).joinedload(Person.unit),
                joinedload(i.manager),
            )
            .order_by(i.answer_by, i.id)
            .limit(100)
        )
    )


def _agreed(people: Collection[int], units: Collection[int]) -> list[Agreed]:
    """The agreed seats of some people, and of all in some units, the one that ends first on top."""
    m, s = Mission, Seat
    of_mission = (m.id, m.title, m.status == Status.ACTIVE)
    columns: tuple[Any, ...] = (
        Person.id,
        Person.unit_id,
        s.id,
        *of_mission,
        s.role,
        s.share,
        s.starts_on,
        s.ends_on,
    )
    rows = db.session.execute(
        select(*columns)
        .join(Person, Person.id == Seat.person_id)
        .join(Mission, Mission.id == Seat.mission_id)
        .where(
            or_(Person.id.in_(people), Person.unit_id.in_(units)),
            Seat.state.in_(AGREED),
            Mission.status.in_(GOING_ON),
        )
        .order_by(Seat.ends_on, Seat.id)
    )
    return [Agreed(*row) for row in rows]


def _seats(agreed: Sequence[Agreed]) -> list[MySeat]:
    return [
        MySeat(s.seat_id, s.mission_id, s.mission, s.role, s.share, s.starts_on, s.ends_on)
        for s in agreed
        if s.is_active
    ]


def _contribution(actor: Actor) -> Contribution | None:
    """The part of the topmost unit somebody leads, with all below it; never by person."""
    below = aliased(Unit)
    people = (
        select(func.count(Person.id))
        .join(below, below.id == Person.unit_id)
        .where(Person.is_active, below.path.startswith(Unit.path))
        .correlate(Unit)
        .scalar_subquery()
    )
    row = db.session.execute(
        select(Unit.id, Unit.name, Unit.kind, Unit.level, people.label("people"))
        .where(Unit.id.in_(sorted(actor.managed_units)))
        .order_by(Unit.level, Unit.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    parts = parts_of(row.kind, row.level, clock.today())
    others = list(parts.values()) if row.kind and len(parts) >= FEWEST_UNITS else []
    return Contribution(
        unit=row.name,
        people=row.people if row.people >= FEWEST_PEOPLE else None,
        part=parts.get(row.id, Part()),
        mean=_mean(others) if others else None,
    )


def _mean(parts: Sequence[Part]) -> Part:
    def mean(values: list[int]) -> int:
        return round(sum(values) / len(values))

    return Part(
        mean([p.now for p in parts]), mean([p.ahead for p in parts]), mean([p.missions for p in parts])
    )


@remember(60)
def parts_of(kind: str, level: int, today: date) -> dict[int, Part]:
    """Return the part of each unit of a kind, with all below it, at one statement."""
    home = aliased(Unit)
    agreed = (
        select(Seat.mission_id, Seat.share, Seat.starts_on, Seat.ends_on, home.path)
        .join(Person, Person.id == Seat.person_id)
        .join(home, home.id == Person.unit_id)
        .join(Mission, Mission.id == Seat.mission_id)
        .where(
            Seat.state.in_(AGREED),
            Mission.status.in_(GOING_ON),
            Seat.starts_on <= horizon(today),
            Seat.ends_on >= today,
        )
        .subquery()
    )
    rows = db.session.execute(
        select(Unit.id.label("unit_id"), agreed)
        .outerjoin(agreed, agreed.c.path.startswith(Unit.path))
        .where(and_(Unit.kind == kind, Unit.level == level, in_force(Unit, today)))
    )
    of_unit: dict[int, list[Given]] = defaultdict(list)
    for unit_id, mission_id, *terms, _path in rows:
        of_unit[unit_id] += [Given(mission_id, *terms)] if mission_id is not None else []
    return {unit_id: _part(seats, today) for unit_id, seats in of_unit.items()}


def _part(seats: Sequence[Given], today: date) -> Part:
    return Part(
        now=sum(s.share for s in seats if s.starts_on <= today),
        ahead=ahead(seats, None, today).mean,
        missions=len({s.mission_id for s in seats}),
    )
