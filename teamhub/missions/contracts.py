"""Reads of what is proposed about time contracts: what waits for an answer, and what became of the rest."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from teamhub.access.actor import Actor
from teamhub.core.db import db
from teamhub.missions.models import Invitation, Mission, Seat, SeatOffer
from teamhub.people.models import Person


def waiting_in(mission_id: int) -> dict[int, SeatOffer]:
    """Return what waits for an answer in a mission, by seat."""
    rows = db.session.scalars(
        select(SeatOffer).where(SeatOffer.mission_id == mission_id, SeatOffer.closed_at.is_(None))
    )
    return {offer.seat_id: offer for offer in rows}


def proposed_for(seat_id: int, *, most: int = 20) -> list[SeatOffer]:
    """Return all that has been proposed for a seat, the latest first, with who proposed and answered."""
    return list(
        db.session.scalars(
            select(SeatOffer)
            .where(SeatOffer.seat_id == seat_id)
            .options(
                joinedload(SeatOffer.person).joinedload(Person.unit),
                joinedload(SeatOffer.by),
                joinedload(SeatOffer.answered_by),
            )
            .order_by(SeatOffer.id.desc())
            .limit(most)
        )
    )


def countered(invitations: Collection[Invitation]) -> dict[int, SeatOffer]:
    """Return the counter-offers that wait for the lead, by invitation."""
    ids = [invitation.id for invitation in invitations]
    rows = db.session.scalars(
        select(SeatOffer)
        .where(SeatOffer.invitation_id.in_(ids), SeatOffer.closed_at.is_(None))
        .options(joinedload(SeatOffer.by))
    )
    return {offer.invitation_id: offer for offer in rows if offer.invitation_id is not None}


def offer(seat_id: int, offer_id: int, *, mission_id: int) -> SeatOffer | None:
    """Return what has been proposed for a seat of a mission."""
    o = SeatOffer
    return db.session.scalar(
        select(o).where(o.id == offer_id, o.seat_id == seat_id, o.mission_id == mission_id)
    )


def invitation(actor: Actor, invitation_id: int) -> Invitation | None:
    """Return an invitation to the actor, or about somebody the actor manages, with all its page shows."""
    i = Invitation
    mine = or_(i.person_id == actor.id, i.manager_id == actor.id, i.unit_id.in_(sorted(actor.managed_units)))
    return db.session.scalar(
        select(i)
        .where(i.id == invitation_id, mine)
        .options(
            joinedload(i.mission).joinedload(Mission.lead),
            joinedload(i.seat).joinedload(Seat.skill),
            joinedload(i.person).joinedload(Person.unit),
        )
    )
