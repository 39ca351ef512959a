"""Seats that are announced to everybody, and those who apply for them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from sqlalchemy import delete, select, update

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import before_commit, command
from teamhub.missions.announcement_events import (
    AnnouncementEnded,
    ApplicationWithdrawn,
    SeatAnnounced,
    SeatApplied,
)
from teamhub.missions.commands import fresh
from teamhub.missions.models import Mission, Seat, SeatAnnouncement, SeatApplication
from teamhub.missions.states import GOING_ON, MOST_DAYS_ANNOUNCED, SeatState
from teamhub.missions.team import team_choices


@command
def announce(actor: Actor, seat_id: int, text: str, *, curator_id: int | None, ends_on: date) -> None:
    """Announce an open seat to everybody until a day, with somebody to ask. Again changes what was said.

    ``text`` is what one does and learns there. Raises DomainError, with its field.
    """
    seat = _seat(seat_id)
    authorize(actor, Action.MISSION_STAFF, seat)
    _must_be_open(seat)
    last = clock.today() + timedelta(days=MOST_DAYS_ANNOUNCED)
    if not clock.today() <= ends_on <= last:
        raise DomainError(
            _("Velg en dag i løpet av de neste %(days)s dagene.", days=MOST_DAYS_ANNOUNCED), field="ends_on"
        )
    if curator_id not in {id_ for id_, _name in team_choices(seat.mission_id)}:
        raise DomainError(_("Velg leder, eier eller noen på teamet."), field="curator_id")
    said = {"text": text, "curator_id": curator_id, "ends_on": ends_on, "ended_at": None}
    there = db.session.get(SeatAnnouncement, seat_id)
    is_new = there is None or there.curator_id != curator_id
    if there is None:
        db.session.add(SeatAnnouncement(seat_id=seat_id, **said))
    elif said == {name: getattr(there, name) for name in said}:
        return
    else:
        for name, value in said.items():
            setattr(there, name, value)
    emit(
        db.session(),
        SeatAnnounced(
            actor_id=actor.id,
            object_id=seat.mission_id,
            seat_id=seat_id,
            curator_id=curator_id if is_new else None,
        ),
    )


@command
def take_down(actor: Actor, seat_id: int) -> None:
    """Take an announcement down. Those who have applied still wait; nothing happens when it is down."""
    seat = _seat(seat_id)
    authorize(actor, Action.MISSION_STAFF, seat)
    there = db.session.get(SeatAnnouncement, seat_id)
    if there is not None and there.ended_at is None:
        _end(actor, seat, there, expired=False)


@command
def end_what_is_over(actor: Actor) -> int:
    """Take down the announcements whose last day has passed, tell who curates them, and return how many."""
    authorize(actor, Action.ANNOUNCEMENT_END)
    a = SeatAnnouncement
    over = select(Seat, a).join(a, a.seat_id == Seat.id)
    over = over.where(a.ends_on < clock.today(), a.ended_at.is_(None)).order_by(Seat.id)
    rows = db.session.execute(over.with_for_update(of=Seat)).all()
    for seat, there in rows:
        _end(actor, seat, there, expired=True)
    return len(rows)


@command
def apply(actor: Actor, seat_id: int, message: str) -> None:
    """Say that one wants an announced seat. Again replaces the message. Raises DomainError if one cannot."""
    seat = _seat(seat_id)
    authorize(actor, Action.SEAT_APPLY, seat)
    _must_be_open(seat)
    there = db.session.get(SeatAnnouncement, seat_id)
    if there is None or not there.stands:
        raise DomainError(_("Plassen er ikke lenger lyst ut."))
    if actor.id in {id_ for id_, _name in team_choices(seat.mission_id)}:
        raise DomainError(_("Du er alt med i dette oppdraget."))
    if not message:
        raise DomainError(_("Skriv kort hvorfor du har lyst."), field="message")
    mine = _application(actor, seat_id)
    if mine is not None and mine.waits and mine.message == message:
        return
    is_new = mine is None or not mine.waits
    if mine is None:
        mine = SeatApplication(seat_id=seat_id, person_id=actor.id or 0)
        db.session.add(mine)
    mine.message, mine.withdrawn_at, mine.closed_at = message, None, None
    emit(
        db.session(),
        SeatApplied(actor_id=actor.id, object_id=seat.mission_id, seat_id=seat_id, is_new=is_new),
    )


@command
def withdraw(actor: Actor, seat_id: int) -> None:
    """Take one's application back. Nothing happens when there is none that waits."""
    seat = _seat(seat_id)
    authorize(actor, Action.SEAT_APPLY, seat)
    mine = _application(actor, seat_id)
    if mine is not None and mine.waits:
        mine.withdrawn_at = clock.now()
        emit(
            db.session(), ApplicationWithdrawn(actor_id=actor.id, object_id=seat.mission_id, seat_id=seat_id)
        )


def close(seat_id: int) -> None:
    """Let a seat that is agreed be announced no more, and its applications wait no more.

    For commands, before they commit: those who were not chosen are told by what follows from the event,
    which looks for those that still wait.
    """
    before_commit(db.session(), partial(_close, seat_id))


def _close(seat_id: int) -> None:
    a = SeatApplication
    waits = (a.seat_id == seat_id, a.withdrawn_at.is_(None), a.closed_at.is_(None))
    db.session.execute(update(a).where(*waits).values(closed_at=clock.now()))
    db.session.execute(delete(SeatAnnouncement).where(SeatAnnouncement.seat_id == seat_id))


def _end(actor: Actor, seat: Seat, there: SeatAnnouncement, *, expired: bool) -> None:
    there.ended_at = clock.now()
    emit(
        db.session(),
        AnnouncementEnded(
            actor_id=actor.id,
            object_id=seat.mission_id,
            seat_id=seat.id,
            curator_id=there.curator_id,
            expired=expired,
        ),
    )


def _application(actor: Actor, seat_id: int) -> SeatApplication | None:
    a = SeatApplication
    return db.session.scalar(select(a).where(a.seat_id == seat_id, a.person_id == actor.id))


def _seat(seat_id: int) -> Seat:
    """Return a seat, locked after its mission: one order for all."""
    mission_id = db.session.scalar(select(Seat.mission_id).where(Seat.id == seat_id))
    if mission_id is None:
        raise DomainError(_("Plassen finnes ikke lenger."))
    fresh(mission_id)
    return db.session.scalars(select(Seat).where(Seat.id == seat_id).with_for_update(of=Seat)).one()


def _must_be_open(seat: Seat) -> None:
    mission = db.session.get_one(Mission, seat.mission_id)
    if seat.state != SeatState.OPEN or mission.status not in GOING_ON:
        raise DomainError(_("Plassen er ikke ledig."))
