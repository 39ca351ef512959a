"""Changes of what is agreed about a seat, an early end among them: they hold when all three agree."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.core import clock
from teamhub.core.changes import changed
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.missions.accord import SeatOffer
from teamhub.missions.contracts import sides_of
from teamhub.missions.events import ChangeAnswered, ChangeProposed, ChangeWithdrawn, TermsChanged
from teamhub.missions.models import Mission, Seat
from teamhub.missions.room import has_room
from teamhub.missions.staffing import fresh_seat, must_go_on
from teamhub.missions.states import AGREED, SeatState, Side
from teamhub.missions.terms import Terms, terms_of
from teamhub.missions.wanted import check_terms
from teamhub.people.models import Person


@command
def propose(actor: Actor, seat_id: int, terms: Terms, *, reason: str) -> int:
    """Propose other terms for an agreed seat, and return the offer's id. The same again is one."""
    seat = fresh_seat(seat_id)
    must_go_on(db.session.get_one(Mission, seat.mission_id))
    if seat.state not in AGREED or seat.person_id is None:
        raise DomainError(_("Plassen har endret seg siden du så den sist."))
    offer = _offer(actor, seat, terms, reason)
    authorize(actor, Action.SEAT_CHANGE, offer)
    _check(terms, seat, reason)
    waits = db.session.scalar(
        select(SeatOffer).where(SeatOffer.seat_id == seat_id, SeatOffer.closed_at.is_(None))
    )
    if waits and (waits.by_id, waits.reason, terms_of(waits)) == (actor.id, reason, terms):
        return waits.id
    if waits:
        raise DomainError(_("Det venter alt et forslag om denne plassen. Svar på det først."))
    db.session.add(offer)
    db.session.flush()
    _tell(ChangeProposed, actor, offer, asks=tuple(s.value for s in Side if offer.says(s) is None))
    _settle(actor, offer, seat)
    return offer.id


@command
def answer_change(actor: Actor, offer_id: int, *, accept: bool, answer: str = "") -> None:
    """Agree to a change for the side, or the sides, one speaks for, or say why not."""
    offer, seat = _fresh(offer_id)
    authorize(actor, Action.SEAT_CHANGE, offer)
    _must_wait(offer)
    mine = [side for side in Side if side in sides_of(actor, offer) and offer.says(side) is None]
    if not mine:
        raise DomainError(_("Du har sagt ditt. Nå er det de andre som svarer."))
    if not accept and not answer:
        raise DomainError(_("Skriv hvorfor det ikke passer."), field="answer")
    for side in mine:
        offer.say(side, answer=accept)
    offer.answer, offer.answered_by_id = answer, actor.id
    if not accept:
        offer.accepted, offer.closed_at = False, clock.now()
    waits = accept and any(offer.says(side) is None for side in Side)
    sides = tuple(side.value for side in mine)
    _tell(ChangeAnswered, actor, offer, sides=sides, accepted=accept, waits=waits)
    _settle(actor, offer, seat)


@command
def withdraw_change(actor: Actor, offer_id: int) -> None:
    """Take back what one has proposed oneself. What is agreed stands."""
    offer, _seat = _fresh(offer_id)
    authorize(actor, Action.SEAT_WITHDRAW_CHANGE, offer)
    _must_wait(offer)
    offer.closed_at = clock.now()
    _tell(ChangeWithdrawn, actor, offer)


def _offer(actor: Actor, seat: Seat, terms: Terms, reason: str) -> SeatOffer:
    """What somebody proposes: a yes from each side they speak for."""
    person = db.session.get_one(Person, seat.person_id)
    offer = SeatOffer(
        seat_id=seat.id,
        mission_id=seat.mission_id,
        person_id=person.id,
        manager_id=person.manager_id,
        unit_id=person.unit_id,
        by_id=actor.id,
        reason=reason,
        answer="",
        **vars(terms),
    )
    mine = sides_of(actor, offer)
    offer.side = next((s for s in (Side.PERSON, Side.LEAD, Side.MANAGER) if s in mine), Side.LEAD)
    for side in mine:
        offer.say(side, answer=True)
    return offer


def _settle(actor: Actor, offer: SeatOffer, seat: Seat) -> None:
    """Let the change hold when all have said yes."""
    if not all(offer.says(side) for side in Side):
        return
    if not has_room(offer.person_id, terms_of(offer), but=seat.id):
        raise DomainError(_("Sammen med det andre som er avtalt, er det over taket. Foreslå mindre."))
    offer.accepted, offer.closed_at = True, clock.now()
    _tell(TermsChanged, actor, offer, changes=changed(seat, vars(terms_of(offer))))


def _check(terms: Terms, seat: Seat, reason: str) -> None:
    check_terms(terms)
    if terms.ends_on < clock.today():
        raise DomainError(_("Siste dag kan tidligst være i dag."), field="ends_on")
    if seat.state == SeatState.ACTIVE and terms.starts_on != seat.starts_on:
        raise DomainError(_("Plassen har begynt. Den første dagen kan ikke endres."), field="starts_on")
    if terms == terms_of(seat):
        raise DomainError(_("Dette er det samme som er avtalt. Endre andelen eller perioden."))
    if not reason:
        raise DomainError(_("Skriv hvorfor, så er det lettere å bli enige."), field="reason")


def _must_wait(offer: SeatOffer) -> None:
    if offer.closed_at is not None:
        raise DomainError(_("Forslaget er alt besvart, eller gjelder ikke lenger."))


def _fresh(offer_id: int) -> tuple[SeatOffer, Seat]:
    """Return a proposed change with its seat, which is locked first."""
    changes = (SeatOffer.id == offer_id, SeatOffer.invitation_id.is_(None))
    seat_id = db.session.scalar(select(SeatOffer.seat_id).where(*changes))
    if seat_id is None:
        raise DomainError(_("Forslaget finnes ikke lenger."))
    seat = fresh_seat(seat_id)
    must_go_on(db.session.get_one(Mission, seat.mission_id))
    return db.session.get_one(SeatOffer, offer_id, with_for_update=True, populate_existing=True), seat


def _tell(kind: type, actor: Actor, offer: SeatOffer, **more: Any) -> None:
    emit(
        db.session(),
        kind(
            actor_id=actor.id,
            object_id=offer.mission_id,
            seat_offer_id=offer.id,
            seat_id=offer.seat_id,
            person_id=offer.person_id,
            **more,
        ),
    )
