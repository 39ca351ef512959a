"""Writes about those who follow a mission by an office they hold: attached, removed, and leaving it."""

from __future__ import annotations

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.missions.accord import MissionPartner
from teamhub.missions.commands import fresh
from teamhub.missions.events import PartnerAttached, PartnerLeft, PartnerRemoved
from teamhub.missions.partners import holds_office
from teamhub.missions.states import GOING_ON


@command
def attach(actor: Actor, mission_id: int, person_id: int, kind: str) -> None:
    """Let somebody follow a mission by the office ``kind``, which they must hold. Twice changes nothing.

    Whoever followed it by another office follows it by this one from now on.
    """
    mission = fresh(mission_id)
    authorize(actor, Action.PARTNER_MANAGE, mission)
    if mission.status not in GOING_ON:
        raise DomainError(_("Oppdraget er over."))
    if db.session.scalar(holds_office(person_id, kind)) is None:
        raise DomainError(
            _("Bare den som har verv som tillitsvalgt eller verneombud, kan følge oppdraget på denne måten."),
            field="person_id",
        )
    partner = db.session.get(MissionPartner, (mission.id, person_id))
    if partner is not None and partner.kind == kind:
        return
    partner = partner or MissionPartner(mission_id=mission.id, person_id=person_id, added_by_id=actor.id)
    partner.kind = kind  # type: ignore[assignment]  # checked above to be one of the offices
    db.session.add(partner)
    happened = PartnerAttached(actor_id=actor.id, object_id=mission.id, person_id=person_id, kind=kind)
    emit(db.session(), happened)


@command
def remove(actor: Actor, mission_id: int, person_id: int) -> None:
    """Let somebody follow a mission no more. Nothing happens when they do not."""
    mission = fresh(mission_id)
    authorize(actor, Action.PARTNER_MANAGE, mission)
    if _gone(mission.id, person_id):
        emit(db.session(), PartnerRemoved(actor_id=actor.id, object_id=mission.id, person_id=person_id))


@command
def leave(actor: Actor, mission_id: int) -> None:
    """Follow a mission no more oneself."""
    mission = fresh(mission_id)
    authorize(actor, Action.PARTNER_LEAVE, mission)
    if _gone(mission.id, actor.id or 0):
        emit(db.session(), PartnerLeft(actor_id=actor.id, object_id=mission.id, person_id=actor.id or 0))


def _gone(mission_id: int, person_id: int) -> bool:
    """Strike somebody off; tell whether they were there."""
    partner = db.session.get(MissionPartner, (mission_id, person_id))
    if partner is not None:
        db.session.delete(partner)
    return partner is not None
