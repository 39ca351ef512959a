"""Reads about a team's agreement: what it says, who stands by it, and who may read it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, or_, select, true

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, can, office
from teamhub.core.db import db
from teamhub.missions.accord import AgreementYes, TeamAgreement
from teamhub.missions.models import Mission, Seat
from teamhub.missions.states import AGREED, GOING_ON
from teamhub.people.models import Person


@dataclass(frozen=True)
class Standing:
    """Who stands by an agreement, by name, and how many more are asked to. ``mine`` is None for others."""

    names: list[str]
    left: int
    mine: bool | None


def get_agreement(actor: Actor, mission: Mission) -> TeamAgreement | None:
    """Return a team's agreement, if there is one and ``actor`` may read it."""
    return mission.agreement if can(actor, Action.AGREEMENT_VIEW, mission) else None


def members_of(mission_id: int) -> Select[int]:
    """Return a select of the ids of those who are asked to stand by it: lead, and agreed seats."""
    seated = select(Seat.person_id).where(Seat.mission_id == mission_id, Seat.state.in_(AGREED))
    led = select(Mission.lead_id).where(Mission.id == mission_id)
    return select(Person.id).where(or_(Person.id.in_(seated), Person.id.in_(led)), Person.is_active)


def standing(actor: Actor, mission: Mission) -> Standing | None:
    """Return who stands by a team's agreement, if there is one and ``actor`` may read it. One query."""
    if get_agreement(actor, mission) is None:
        return None
    yes = AgreementYes
    rows = db.session.execute(
        select(Person.id, Person.name, yes.person_id.is_not(None).label("says_yes"))
        .outerjoin(yes, (yes.person_id == Person.id) & (yes.mission_id == mission.id))
        .where(Person.id.in_(members_of(mission.id)))
        .order_by(Person.name, Person.id)
    ).all()
    names = [row.name for row in rows if row.says_yes]
    mine = next((bool(row.says_yes) for row in rows if row.id == actor.id), None)
    return Standing(names, len(rows) - len(names), mine)


def asked_of(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on missions that their agreement is somebody's to hear of.

    SQL twin of Action.AGREEMENT_VIEW, for as long as the mission goes on: then nobody is asked any more.
    """
    mine = actor.missions_led | actor.missions_owned | actor.missions_joined | actor.missions_partnered
    may_read = true() if office(actor) else Mission.id.in_(sorted(mine))
    return may_read & Mission.status.in_(GOING_ON)
