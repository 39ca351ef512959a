"""Seats, invitations and the time contract: a person says yes, and the line manager agrees to the time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.core import clock
from teamhub.core.changes import Changes, changed
from teamhub.core.db import db
from teamhub.core.errors import Conflict, DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.missions.accord import SeatOffer
from teamhub.missions.announcing import close as close_applications
from teamhub.missions.commands import fresh
from teamhub.missions.events import (
    InvitationAnswered,
    InvitationOvertaken,
    InvitationWithdrawn,
    PersonInvited,
    ReleaseAnswered,
    SeatAdded,
    SeatChanged,
    SeatFilled,
    SeatRemoved,
)
from teamhub.missions.models import Invitation, Mission, Seat, SeatSkill
from teamhub.missions.room import has_room
from teamhub.missions.states import DAYS_TO_ANSWER_INVITATION, GOING_ON, MOST_AT_ONCE, SeatState, Side
from teamhub.missions.terms import terms_of
from teamhub.missions.wanted import Need, ask_for_more, check
from teamhub.people.models import Person


@command
def add_seat(actor: Actor, mission_id: int, need: Need, *, number: int = 1) -> int:
    """Add a place to a team, or several equal ones, and return the id of the first."""
    mission = fresh(mission_id)
    authorize(actor, Action.MISSION_STAFF, mission)
    if not 1 <= number <= MOST_AT_ONCE:
        raise DomainError(_("Lag fra 1 til %(most)s plasser om gangen.", most=MOST_AT_ONCE), field="number")
    check(need)
    made = [add(actor, mission.id, need) for _one in range(number)]
    return made[0]


def add(actor: Actor, mission_id: int, need: Need) -> int:
    """Add a place that is allowed and makes sense, and return its id. For commands."""
    seat = Seat(mission_id=mission_id, **need.columns())
    db.session.add(seat)
    db.session.flush()
    db.session.add_all(SeatSkill(seat_id=seat.id, **vars(more)) for more in need.more)
    emit(db.session(), SeatAdded(actor_id=actor.id, object_id=mission_id, seat_id=seat.id))
    return seat.id


@command
def edit_seat(actor: Actor, seat_id: int, need: Need, *, version: int) -> None:
    """Change what a free seat asks for. A promise somebody is asked to make, or has made, stays as it is."""
    seat = fresh_seat(seat_id)
    authorize(actor, Action.MISSION_STAFF, seat)
    if seat.version != version:
        raise Conflict(_("Plassen er endret siden du åpnet den."), seat)
    _must_be_free(seat)
    check(need)
    if changes := changed(seat, need.columns()) | ask_for_more(seat, need.more):
        _tell_changed(actor, seat, changes)


@command
def remove_seat(actor: Actor, seat_id: int) -> None:
    """Take a free seat away, with the invitations that came to nothing."""
    seat = fresh_seat(seat_id)
    authorize(actor, Action.MISSION_STAFF, seat)
    _must_be_free(seat)
    for invitation in db.session.scalars(select(Invitation).where(Invitation.seat_id == seat_id)):
        db.session.delete(invitation)
    db.session.flush()
    db.session.delete(seat)
    emit(db.session(), SeatRemoved(actor_id=actor.id, object_id=seat.mission_id, seat_id=seat_id))


@command
def invite(actor: Actor, seat_id: int, person_id: int | None, *, message: str = "") -> int:
    """Ask a person to fill a seat, and the line manager for the time. Return the invitation's id.

    A person without a line manager is asked alone of the two; whoever leads a unit above may answer.
    """
    mission = _mission_of(seat_id)  # locked first: nobody is offered two seats of a team at one moment
    seat = fresh_seat(seat_id)
    authorize(actor, Action.MISSION_STAFF, seat)
    must_go_on(mission)
    person = db.session.get(Person, person_id or 0)
    if person is None or not person.is_active:
        raise DomainError(_("Velg en person fra lista."), field="person_id")
    here = (Seat.mission_id == seat.mission_id, Seat.person_id == person.id, Seat.state != SeatState.DONE)
    if db.session.scalar(select(Seat.id).where(*here).limit(1)) is not None:
        raise DomainError(
            _("%(name)s er alt spurt om eller har en plass i dette teamet.", name=person.name),
            field="person_id",
        )
    seat.move_to(SeatState.REQUESTED, person_id=person.id)
    invitation = Invitation(
        seat_id=seat.id,
        mission_id=seat.mission_id,
        person_id=person.id,
        manager_id=person.manager_id,
        unit_id=person.unit_id,
        invited_by_id=actor.id,
        message=message,
        answer_by=clock.today() + timedelta(days=DAYS_TO_ANSWER_INVITATION),
    )
    db.session.add(invitation)
    db.session.flush()
    tell(PersonInvited, actor, invitation)
    return invitation.id


@command
def withdraw(actor: Actor, seat_id: int, *, version: int | None = None) -> None:
    """Take back an invitation nobody has settled, or let somebody leave the team. The seat is free again.

    Raises Conflict when the seat is no longer what it was in ``version``: whoever has just said yes
    is not taken off the team by a page that did not know.
    """
    seat = fresh_seat(seat_id)
    authorize(actor, Action.MISSION_STAFF, seat)
    if version is not None and seat.version != version:
        raise Conflict(_("Plassen har endret seg siden du åpnet siden. Se hvordan den står nå."), seat)
    invitation = _open_invitation(seat.id)
    person_id = seat.person_id
    seat.move_to(SeatState.OPEN, person_id=None)
    close_offers(seat_id=seat.id)
    if invitation is not None:
        invitation.closed_at = clock.now()
        tell(InvitationWithdrawn, actor, invitation)
    elif person_id is not None:
        _tell_changed(actor, seat, {"person_id": [person_id, None]})


@command
def answer_invitation(actor: Actor, invitation_id: int, *, accept: bool, reason: str = "") -> bool:
    """Say yes or no for oneself. A no needs a reason, for lead, owner and manager. Return as settle does."""
    invitation = fresh_invitation(invitation_id)
    authorize(actor, Action.INVITATION_ANSWER, invitation)
    must_be_open(invitation, answered=invitation.person_says)
    must_have_reason(accept=accept, reason=reason)
    invitation.person_says, invitation.person_reason = accept, reason
    invitation.person_at = clock.now()
    close_offers(seat_id=invitation.seat_id, by=Side.PERSON)
    tell(InvitationAnswered, actor, invitation, accepted=accept)
    return settle(actor, invitation)


@command
def answer_release(actor: Actor, invitation_id: int, *, accept: bool, reason: str = "") -> bool:
    """Agree to a share of a person's time, or say why not, as line manager. Return as settle does."""
    invitation = fresh_invitation(invitation_id)
    authorize(actor, Action.INVITATION_RELEASE, invitation)
    must_be_open(invitation, answered=invitation.manager_says)
    must_have_reason(accept=accept, reason=reason)
    invitation.manager_says, invitation.manager_reason = accept, reason
    invitation.manager_at = clock.now()
    close_offers(seat_id=invitation.seat_id, by=Side.MANAGER)
    tell(ReleaseAnswered, actor, invitation, accepted=accept)
    return settle(actor, invitation)


def settle(actor: Actor, invitation: Invitation) -> bool:
    """Close an invitation when both have said yes, or one has said no, and with it all that is proposed.

    Return False when both have said yes, but the time has been given to another mission meanwhile.
    """
    seat = fresh_seat(invitation.seat_id)
    person_id, fits = invitation.person_id, True
    if invitation.person_says and invitation.manager_says:
        fits = has_room(person_id, terms_of(seat), but=seat.id)
        invitation.closed_at = clock.now()
        if fits:
            seat.move_to(SeatState.RELEASED, person_id=person_id)
            close_applications(seat.id)
            filled = SeatFilled(
                actor_id=actor.id, object_id=seat.mission_id, seat_id=seat.id, person_id=person_id
            )
            emit(db.session(), filled)
        else:
            seat.move_to(SeatState.OPEN, person_id=None)
            tell(InvitationOvertaken, actor, invitation)
    elif invitation.person_says is False or invitation.manager_says is False:
        seat.move_to(SeatState.OPEN, person_id=None)
        invitation.closed_at = clock.now()
    if invitation.closed_at is not None:
        close_offers(seat_id=seat.id)
    return fits


def close_offers(*, seat_id: int, by: Side | None = None) -> None:
    """Let what is proposed for a seat, by one side or by all, wait for no answer any more."""
    found = select(SeatOffer).where(SeatOffer.seat_id == seat_id, SeatOffer.closed_at.is_(None))
    for offer in db.session.scalars(found if by is None else found.where(SeatOffer.side == by)):
        offer.closed_at = clock.now()


def tell(kind: type, actor: Actor, invitation: Invitation, **more: Any) -> None:
    emit(
        db.session(),
        kind(
            actor_id=actor.id,
            object_id=invitation.mission_id,
            invitation_id=invitation.id,
            person_id=invitation.person_id,
            **more,
        ),
    )


def _tell_changed(actor: Actor, seat: Seat, changes: Changes) -> None:
    emit(
        db.session(),
        SeatChanged(actor_id=actor.id, object_id=seat.mission_id, seat_id=seat.id, changes=changes),
    )


def fresh_seat(seat_id: int) -> Seat:
    seat = db.session.scalar(select(Seat).where(Seat.id == seat_id).with_for_update(of=Seat))
    if seat is None:
        raise DomainError(_("Plassen finnes ikke lenger."))
    return seat


def _mission_of(seat_id: int) -> Mission:
    mission_id = db.session.scalar(select(Seat.mission_id).where(Seat.id == seat_id))
    if mission_id is None:
        raise DomainError(_("Plassen finnes ikke lenger."))
    return fresh(mission_id)


def _open_invitation(seat_id: int) -> Invitation | None:
    return db.session.scalar(
        select(Invitation).where(Invitation.seat_id == seat_id, Invitation.closed_at.is_(None))
    )


def fresh_invitation(invitation_id: int) -> Invitation:
    """Return an invitation, locked after its seat: with one order for all, no two wait for each other."""
    seat_id = db.session.scalar(select(Invitation.seat_id).where(Invitation.id == invitation_id))
    if seat_id is not None:
        fresh_seat(seat_id)
    invitation = db.session.scalar(
        select(Invitation).where(Invitation.id == invitation_id).with_for_update(of=Invitation)
    )
    if invitation is None:
        raise DomainError(_("Invitasjonen finnes ikke lenger."))
    must_go_on(db.session.get_one(Mission, invitation.mission_id))
    return invitation


def _must_be_free(seat: Seat) -> None:
    if seat.state != SeatState.OPEN:
        raise DomainError(_("Noen er spurt om eller har denne plassen. Trekk det tilbake først."))


def must_be_open(invitation: Invitation, *, answered: bool | None) -> None:
    if invitation.closed_at is not None or answered is not None:
        raise DomainError(_("Denne er alt besvart eller trukket tilbake."))


def must_go_on(mission: Mission) -> None:
    if mission.status not in GOING_ON:
        raise DomainError(_("Oppdraget er over, og ber ikke om tid lenger."))


def must_have_reason(*, accept: bool, reason: str) -> None:
    if not accept and not reason:
        raise DomainError(
            _("Skriv hvorfor. Bare oppdragsleder, eier og nærmeste leder får lese det."), field="reason"
        )
