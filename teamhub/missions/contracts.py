"""Reads of what is proposed about time contracts: what waits for an answer, and what became of the rest."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, can
from teamhub.core.db import db
from teamhub.missions.accord import SeatOffer
from teamhub.missions.models import Invitation, Mission, Seat
from teamhub.missions.owed import owes_change
from teamhub.missions.states import AGREED, Side
from teamhub.people.models import Person


@dataclass(frozen=True)
class Held:
    """An agreed seat, as the rules look at it: in which mission, whose time, and who leads them."""

    mission_id: int
    person_id: int
    manager_id: int | None
    unit_id: int


def held(seat: Seat) -> Held | None:
    """Return a seat, loaded with its person, as an agreement; None when nothing is agreed. No query."""
    if seat.state not in AGREED or seat.person is None:
        return None
    return Held(seat.mission_id, seat.person.id, seat.person.manager_id, seat.person.unit_id)


def sides_of(actor: Actor, contract: Held | SeatOffer) -> frozenset[Side]:
    """Return for whom an actor may speak in a time contract."""
    return frozenset(side for side, action in SPEAKS.items() if can(actor, action, contract))


SPEAKS = {
    Side.PERSON: Action.INVITATION_ANSWER,
    Side.MANAGER: Action.INVITATION_RELEASE,
    Side.LEAD: Action.MISSION_STAFF,
}
"""What whoever speaks for a side may do."""


def waiting_for_word(
    actor: Actor, asked: Collection[Invitation]
) -> tuple[dict[int, SeatOffer], list[SeatOffer]]:
    """Return, at one query, the counter-offers that wait for a lead, by invitation, and the actor's changes.

    Those are the ones that wait for a word of theirs as person or line manager, the oldest first.
    """
    of_asked = SeatOffer.invitation_id.in_([i.id for i in asked]) & SeatOffer.closed_at.is_(None)
    found = db.session.scalars(
        select(SeatOffer)
        .join(Mission, Mission.id == SeatOffer.mission_id)
        .where(or_(of_asked, owes_change(actor, leads=False)))
        .options(
            contains_eager(SeatOffer.mission),
            joinedload(SeatOffer.seat),
            joinedload(SeatOffer.person),
            joinedload(SeatOffer.by),
        )
        .order_by(SeatOffer.id)
        .limit(200)
    ).all()
    counters = {offer.invitation_id: offer for offer in found if offer.invitation_id is not None}
    return counters, [offer for offer in found if offer.invitation_id is None]


def proposed_for(seat_id: int, *, all_of_them: bool, most: int = 20) -> list[SeatOffer]:
    """Return what has been proposed for a seat, the latest first, with who proposed and answered.

    ``all_of_them`` is for those who lead; the others see a change that waits.
    """
    o = SeatOffer
    waits = () if all_of_them else (o.invitation_id.is_(None), o.closed_at.is_(None))
    return list(
        db.session.scalars(
            select(SeatOffer)
            .where(o.seat_id == seat_id, *waits)
            .options(
                joinedload(SeatOffer.person).joinedload(Person.unit),
                joinedload(SeatOffer.by),
                joinedload(SeatOffer.answered_by),
            )
            .order_by(SeatOffer.id.desc())
            .limit(most)
        )
    )


def offer(actor: Actor, offer_id: int) -> SeatOffer | None:
    """Return what has been proposed for a seat, if the actor is a party to it."""
    proposed = db.session.get(SeatOffer, offer_id)
    return proposed if proposed is not None and sides_of(actor, proposed) else None


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
