"""When a seat is over: the lead confirms what was done, and the person may take it along as their own."""

from __future__ import annotations

from sqlalchemy import select

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.competence.events import SkillsChanged
from teamhub.competence.models import PersonSkill
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _, day
from teamhub.core.transaction import command
from teamhub.missions.events import SeatDone
from teamhub.missions.models import SkillEvidence
from teamhub.missions.staffing import close_offers, fresh_seat
from teamhub.missions.states import SeatState


@command
def finish(actor: Actor, seat_id: int, text: str) -> None:
    """Confirm what was done in a seat whose last day has come, so that the time is the unit's own again."""
    seat = fresh_seat(seat_id)
    authorize(actor, Action.MISSION_STAFF, seat)
    if seat.state != SeatState.ACTIVE or seat.person_id is None:
        raise DomainError(_("Plassen har endret seg siden du så den sist."))
    if seat.ends_on > clock.today():
        raise DomainError(
            _("Plassen varer til %(day)s. Bli enige om en ny siste dag først.", day=day(seat.ends_on))
        )
    if not text:
        raise DomainError(_("Skriv kort hva som ble gjort."), field="text")
    seat.move_to(SeatState.DONE, person_id=seat.person_id)
    seat.done_text, seat.done_at = text, clock.now()
    close_offers(seat_id=seat.id)
    emit(
        db.session(),
        SeatDone(actor_id=actor.id, object_id=seat.mission_id, seat_id=seat.id, person_id=seat.person_id),
    )


@command
def take_along(actor: Actor, seat_id: int, skill_id: int | None, text: str) -> None:
    """Put what one did in a seat to one of one's own skills; again, it replaces the words."""
    authorize(actor, Action.COMPETENCE_MANAGE)
    seat = fresh_seat(seat_id)
    if seat.state != SeatState.DONE or seat.person_id != actor.id:
        raise DomainError(_("Plassen har endret seg siden du så den sist."))
    if db.session.get(PersonSkill, (actor.id or 0, skill_id or 0)) is None:
        raise DomainError(_("Velg en av ferdighetene dine."), field="skill_id")
    if not text:
        raise DomainError(_("Skriv kort hva du gjorde."), field="text")
    mine = (SkillEvidence.person_id == actor.id, SkillEvidence.seat_id == seat_id)
    found = db.session.scalar(select(SkillEvidence).where(*mine, SkillEvidence.skill_id == skill_id))
    if found is None:
        found = SkillEvidence(person_id=actor.id or 0, seat_id=seat_id, skill_id=skill_id or 0)
        db.session.add(found)
    elif found.text == text:
        return
    found.text = text
    emit(db.session(), SkillsChanged(actor_id=actor.id, object_id=actor.id or 0))


@command
def leave_behind(actor: Actor, evidence_id: int) -> None:
    """Take away what one had put to a skill. Nothing happens when it is gone already, or another's."""
    authorize(actor, Action.COMPETENCE_MANAGE)
    found = db.session.get(SkillEvidence, evidence_id)
    if found is not None and found.person_id == actor.id:
        db.session.delete(found)
        emit(db.session(), SkillsChanged(actor_id=actor.id, object_id=actor.id or 0))
