"""The daily job of the time contracts: what has waited too long is closed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Select, exists, select

from teamhub.access.actor import SYSTEM, Actor
from teamhub.access.policy import Action, authorize
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.transaction import command
from teamhub.missions.events import InvitationExpired
from teamhub.missions.models import Invitation, Mission, SeatOffer
from teamhub.missions.staffing import close_offers, fresh_invitation, fresh_seat, tell
from teamhub.missions.states import DAYS_OF_GRACE, GOING_ON, SeatState


def keep_time() -> int:
    """Do what the day asks of all time contracts, each in its own transaction, and return how many.

    What is due is found without a lock, and looked at again in the transaction that does it.
    """
    return sum(_expire(SYSTEM, id_) for id_ in db.session.scalars(_overdue()).all())


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
