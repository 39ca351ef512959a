"""The daily job of the time contracts: what begins today begins, what has waited too long is closed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Select, exists, select

from teamhub.access.actor import SYSTEM, Actor
from teamhub.access.policy import Action, authorize
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.events import emit
from teamhub.core.transaction import command
from teamhub.missions.accord import SeatOffer
from teamhub.missions.events import InvitationExpired, SeatBegun
from teamhub.missions.models import Invitation, Mission, Seat
from teamhub.missions.staffing import close_offers, fresh_invitation, fresh_seat, tell
from teamhub.missions.states import DAYS_OF_GRACE, GOING_ON, SeatState


def keep_time() -> int:
    """Do what the day asks of all time contracts, each in its own transaction, and return how many.

    What is due is found without a lock, and looked at again in the transaction that does it.
    """
    overdue, due = (db.session.scalars(found).all() for found in (_overdue(), _beginning()))
    return sum(_expire(SYSTEM, id_) for id_ in overdue) + sum(_begin(SYSTEM, id_) for id_ in due)


def _overdue() -> Select[int]:
    """Invitations whose grace is over. While other terms wait for the lead, nobody else is late."""
    i, o = Invitation, SeatOffer
    waits_for_lead = exists().where(o.invitation_id == i.id, o.closed_at.is_(None))
    return (
        select(i.id)
        .join(Mission, Mission.id == i.mission_id)
        .where(
            i.closed_at.is_(None),
            i.answer_by < clock.today() - timedelta(days=DAYS_OF_GRACE),
            Mission.status.in_(GOING_ON),
            ~waits_for_lead,
        )
        .order_by(i.id)
    )


@command
def _expire(actor: Actor, invitation_id: int) -> bool:
    """Close an invitation that is still unanswered, and let the seat be free. Tell whether it was."""
    authorize(actor, Action.CONTRACT_KEEP_TIME)
    invitation = fresh_invitation(invitation_id)
    if db.session.scalar(_overdue().where(Invitation.id == invitation_id)) is None:
        return False
    fresh_seat(invitation.seat_id).move_to(SeatState.OPEN, person_id=None)
    invitation.closed_at = clock.now()
    close_offers(seat_id=invitation.seat_id)
    tell(InvitationExpired, actor, invitation)
    return True


def _beginning() -> Select[int]:
    """Agreed seats whose first day has come."""
    agreed = (Seat.state == SeatState.RELEASED, Seat.starts_on <= clock.today())
    going_on = Mission.status.in_(GOING_ON)
    return (
        select(Seat.id)
        .join(Mission, Mission.id == Seat.mission_id)
        .where(*agreed, going_on)
        .order_by(Seat.id)
    )


@command
def _begin(actor: Actor, seat_id: int) -> bool:
    """Let a seat be active, if it still is to be. Tell whether it was."""
    authorize(actor, Action.CONTRACT_KEEP_TIME)
    seat = fresh_seat(seat_id)
    if db.session.scalar(_beginning().where(Seat.id == seat_id)) is None or seat.person_id is None:
        return False
    seat.move_to(SeatState.ACTIVE, person_id=seat.person_id)
    emit(
        db.session(),
        SeatBegun(actor_id=None, object_id=seat.mission_id, seat_id=seat.id, person_id=seat.person_id),
    )
    return True
