"""Reads of announced seats, and of applications for them: one's own, and those a lead chooses among."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from teamhub.access.actor import Actor
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.missions.models import Mission, Seat, SeatAnnouncement, SeatApplication
from teamhub.missions.needs import SeatNeed, needs_from
from teamhub.missions.states import GOING_ON, SeatState, Status
from teamhub.missions.team import ALL_ELSE
from teamhub.people.models import Person

MOST = 100


@dataclass(frozen=True)
class OpenSeat:
    """An announced seat on the list of open ones."""

    need: SeatNeed
    mission_id: int
    mission: str
    text: str
    curator: str
    ends_on: date


@dataclass(frozen=True)
class MyApplication:
    """An application of one's own."""

    seat_id: int
    role: str
    mission_id: int
    mission: str
    waits: bool
    is_mine: bool


def is_open_to_all(seat: Seat, mission: Mission) -> bool:
    """Tell whether people can apply for a seat."""
    said, is_free = seat.announcement, seat.state == SeatState.OPEN and mission.status in GOING_ON
    return said is not None and is_free and said.stands


def open_seats() -> list[OpenSeat]:
    """Return the announced seats of active missions, the one that closes first on top, at one statement."""
    a = SeatAnnouncement
    statement = (
        select(Seat)
        .join(Mission, Mission.id == Seat.mission_id)
        .join(a, a.seat_id == Seat.id)
        .where(Seat.state == SeatState.OPEN, Mission.status == Status.ACTIVE)
        .where(a.ended_at.is_(None), a.ends_on >= clock.today())
        .options(joinedload(Seat.mission), joinedload(Seat.skill), *ALL_ELSE)
        .order_by(a.ends_on, Seat.id)
        .limit(MOST)
    )
    seats = list(db.session.scalars(statement).unique())
    needs = needs_from(seats)
    return [_open_seat(seat, needs[seat.id]) for seat in seats]


def _open_seat(seat: Seat, need: SeatNeed) -> OpenSeat:
    said = seat.announcement
    if said is None:
        raise LookupError(seat.id)
    return OpenSeat(need, seat.mission_id, seat.mission.title, said.text, said.curator.name, said.ends_on)


def applications(seat: Seat) -> list[SeatApplication]:
    """Return the applications that wait, in the order they came, with who applied and their unit.

    No query for a seat that was never announced.
    """
    a = SeatApplication
    if seat.announcement is None:
        return []
    return list(
        db.session.scalars(
            select(a)
            .where(a.seat_id == seat.id, a.withdrawn_at.is_(None), a.closed_at.is_(None))
            .options(joinedload(a.person).joinedload(Person.unit))
            .order_by(a.created_at, a.id)
        )
    )


def my_application(actor: Actor, seat_id: int) -> SeatApplication | None:
    """Return the actor's own application for a seat, if it was not withdrawn."""
    a = SeatApplication
    mine = (a.seat_id == seat_id, a.person_id == actor.id, a.withdrawn_at.is_(None))
    return db.session.scalar(select(a).where(*mine))


def my_applications(actor: Actor) -> list[MyApplication]:
    """Return what the actor has applied for and not withdrawn, newest first."""
    a = SeatApplication
    rows = db.session.execute(
        select(Seat.id, Seat.role, Mission.id, Mission.title, a.closed_at, Seat.person_id)
        .join(Seat, Seat.id == a.seat_id)
        .join(Mission, Mission.id == Seat.mission_id)
        .where(a.person_id == actor.id, a.withdrawn_at.is_(None))
        .order_by(a.id.desc())
        .limit(20)
    )
    return [MyApplication(*row[:4], waits=row[4] is None, is_mine=row[5] == actor.id) for row in rows]
