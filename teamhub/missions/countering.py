"""Counter-offers: who is asked for time proposes other terms, and the lead's side takes them or not."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.missions.accord import SeatOffer
from teamhub.missions.events import CounterAnswered, CounterOffered
from teamhub.missions.models import Invitation, Seat
from teamhub.missions.staffing import (
    close_offers,
    fresh_invitation,
    must_be_open,
    settle,
    tell,
)
from teamhub.missions.states import DAYS_TO_ANSWER_AGAIN, Side
from teamhub.missions.terms import Terms, terms_of
from teamhub.missions.wanted import check_terms


@command
def counter(actor: Actor, invitation_id: int, terms: Terms, *, reason: str) -> int:
    """Propose other terms instead of saying yes or no, and return the offer's id.

    It takes the place of one that waits, whoever's. The same again is one.
    """
    invitation = fresh_invitation(invitation_id)
    authorize(actor, Action.INVITATION_COUNTER, invitation)
    side = Side.PERSON if actor.id == invitation.person_id else Side.MANAGER
    must_be_open(invitation, answered=says(invitation, side))
    _check(terms, db.session.get_one(Seat, invitation.seat_id), reason)
    waits = _waiting(invitation)
    if waits and (waits.by_id, waits.reason, terms_of(waits)) == (actor.id, reason, terms):
        return waits.id
    close_offers(seat_id=invitation.seat_id)
    offer = SeatOffer(
        seat_id=invitation.seat_id,
        mission_id=invitation.mission_id,
        invitation_id=invitation.id,
        person_id=invitation.person_id,
        manager_id=invitation.manager_id,
        unit_id=invitation.unit_id,
        side=side,
        by_id=actor.id,
        reason=reason,
        person_says=True if side == Side.PERSON else None,
        manager_says=True if side == Side.MANAGER else None,
        **vars(terms),
    )
    db.session.add(offer)
    db.session.flush()
    overtook = waits is not None and waits.side != side
    tell(CounterOffered, actor, invitation, seat_offer_id=offer.id, side=side.value, overtook=overtook)
    return offer.id


@command
def answer_counter(actor: Actor, offer_id: int, *, accept: bool, answer: str = "") -> None:
    """Take other terms, or say why not, as lead or owner.

    Once taken, they are the seat's. Whoever proposed them has said yes; the other is asked again unless
    they had said yes to as much.
    """
    offer = _fresh_offer(offer_id)
    authorize(actor, Action.MISSION_STAFF, offer)
    invitation = db.session.get_one(Invitation, offer.invitation_id)
    if offer.closed_at is not None:
        raise DomainError(_("Forslaget er alt besvart, eller gjelder ikke lenger."))
    if not accept and not answer:
        raise DomainError(_("Skriv hvorfor det ikke passer."), field="answer")
    offer.accepted = offer.lead_says = accept
    offer.answer, offer.answered_by_id, offer.closed_at = answer, actor.id, clock.now()
    if accept:
        _take(offer, invitation)
    invitation.answer_by = max(invitation.answer_by, clock.today() + timedelta(days=DAYS_TO_ANSWER_AGAIN))
    tell(
        CounterAnswered,
        actor,
        invitation,
        seat_offer_id=offer.id,
        proposer_id=offer.by_id,
        side=str(offer.side),
        accepted=accept,
        asks=tuple(s.value for s in (Side.PERSON, Side.MANAGER) if says(invitation, s) is None),
    )
    settle(actor, invitation)


def says(invitation: Invitation, side: Side) -> bool | None:
    """Return what one of the two has answered."""
    return invitation.person_says if side == Side.PERSON else invitation.manager_says


def _take(offer: SeatOffer, invitation: Invitation) -> None:
    seat = db.session.get_one(Seat, offer.seat_id)
    had, now = terms_of(seat), terms_of(offer)
    seat.share, seat.starts_on, seat.ends_on = now.share, now.starts_on, now.ends_on
    if offer.side == Side.PERSON:
        invitation.person_says, invitation.person_at = True, offer.created_at
        if not had.covers(now):
            invitation.manager_says = invitation.manager_at = None
    else:
        invitation.manager_says, invitation.manager_at = True, offer.created_at
        if not had.covers(now):
            invitation.person_says = invitation.person_at = None


def _check(terms: Terms, seat: Seat, reason: str) -> None:
    check_terms(terms)
    if terms.ends_on < clock.today():
        raise DomainError(_("Perioden kan ikke være over alt."), field="ends_on")
    if terms == terms_of(seat):
        raise DomainError(_("Dette er det samme som det er spurt om. Endre andelen eller perioden."))
    if not reason:
        raise DomainError(
            _("Skriv hvorfor. Bare oppdragsleder, eier og nærmeste leder får lese det."), field="reason"
        )


def _waiting(invitation: Invitation) -> SeatOffer | None:
    waits = (SeatOffer.invitation_id == invitation.id, SeatOffer.closed_at.is_(None))
    return db.session.scalar(select(SeatOffer).where(*waits))


def _fresh_offer(offer_id: int) -> SeatOffer:
    """Return a counter-offer as it stands now; its seat and invitation are locked before it is read."""
    of = db.session.scalar(select(SeatOffer.invitation_id).where(SeatOffer.id == offer_id))
    if of is None:
        raise DomainError(_("Forslaget finnes ikke lenger."))
    fresh_invitation(of)
    return db.session.get_one(SeatOffer, offer_id, with_for_update=True, populate_existing=True)
