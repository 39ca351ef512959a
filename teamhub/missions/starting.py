"""Giving a team the seats of a starter."""

from __future__ import annotations

from sqlalchemy import select

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.competence.models import Skill
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.missions.commands import fresh
from teamhub.missions.models import Seat
from teamhub.missions.staffing import add
from teamhub.missions.starters import STARTERS, needs_of_starter


@command
def start_team(actor: Actor, mission_id: int, code: str) -> int:
    """Give a team without seats those of a starter, and return how many. Pressed twice, it is made once."""
    mission = fresh(mission_id)
    authorize(actor, Action.MISSION_STAFF, mission)
    if code not in STARTERS:
        raise DomainError(_("Velg en av malene på lista."))
    if db.session.scalar(select(Seat.id).where(Seat.mission_id == mission.id).limit(1)) is not None:
        raise DomainError(_("Teamet har alt plasser. En mal er for et team uten plasser."))
    skills = {
        code: id_ for id_, code in db.session.execute(select(Skill.id, Skill.code).where(~Skill.retired))
    }
    needs = needs_of_starter(STARTERS[code], mission, skills)
    for need in needs:
        add(actor, mission.id, need)
    return len(needs)
