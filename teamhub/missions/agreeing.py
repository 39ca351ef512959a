"""Writes to a team's agreement: its words, and who stands by them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, select

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.core.changes import changed
from teamhub.core.db import db
from teamhub.core.errors import Conflict, DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.missions.accord import AgreementYes, TeamAgreement
from teamhub.missions.agreements import members_of
from teamhub.missions.commands import fresh
from teamhub.missions.events import AgreementAccepted, AgreementWritten
from teamhub.missions.models import Mission
from teamhub.missions.states import GOING_ON


@dataclass(frozen=True)
class Wording:
    """How a team meets, decides and shares, and what it does when it disagrees. Some may be empty."""

    meets: str = ""
    decides: str = ""
    shares: str = ""
    disagrees: str = ""


@command
def write(actor: Actor, mission_id: int, wording: Wording, *, version: int) -> None:
    """Give a team's agreement its words. Others than before ask everybody anew; the writer stands by them.

    ``version`` is 0 when there was none yet. Raises Conflict when somebody saved first.
    """
    mission = fresh(mission_id)
    authorize(actor, Action.AGREEMENT_WRITE, mission)
    _must_go_on(mission)
    nothing = TeamAgreement(mission_id=mission.id, version=0, **vars(Wording()))
    agreement = db.session.get(TeamAgreement, mission.id) or nothing
    if agreement.version != version:
        raise Conflict(_("Lagreglene er endret siden du åpnet dem."), agreement)
    if not any(vars(wording).values()):
        raise DomainError(_("Skriv noe i minst én av delene."), field="meets")
    if not changed(agreement, vars(wording)):
        return
    db.session.add(agreement)
    db.session.flush()
    db.session.execute(delete(AgreementYes).where(AgreementYes.mission_id == mission.id))
    if _is_member(actor, mission):
        db.session.add(AgreementYes(mission_id=mission.id, person_id=actor.id or 0))
    anew = agreement is not nothing
    emit(db.session(), AgreementWritten(actor_id=actor.id, object_id=mission.id, anew=anew))


@command
def accept(actor: Actor, mission_id: int, *, version: int | None) -> None:
    """Stand by the agreement as it was worded in ``version``. To say so twice changes nothing.

    Raises Conflict when the words are others by now: nobody stands by what they have not read.
    """
    mission = fresh(mission_id)
    authorize(actor, Action.AGREEMENT_ACCEPT, mission)
    _must_go_on(mission)
    agreement = db.session.get(TeamAgreement, mission.id)
    if agreement is None:
        raise DomainError(_("Teamet har ingen lagregler ennå."))
    if agreement.version != version:
        raise Conflict(_("Lagreglene er endret siden du leste dem. Les dem en gang til."), agreement)
    if db.session.get(AgreementYes, (mission.id, actor.id or 0)) is None:
        db.session.add(AgreementYes(mission_id=mission.id, person_id=actor.id or 0))
        db.session.flush()
        left = _left(mission.id)
        emit(db.session(), AgreementAccepted(actor_id=actor.id, object_id=mission.id, left=left))


def _is_member(actor: Actor, mission: Mission) -> bool:
    return actor.id in set(db.session.scalars(members_of(mission.id)))


def _left(mission_id: int) -> int:
    """How many have not said yet that they stand by it."""
    yes = select(AgreementYes.person_id).where(AgreementYes.mission_id == mission_id)
    members = members_of(mission_id).subquery()
    counted = select(func.count()).select_from(members).where(members.c.id.not_in(yes))
    return db.session.scalar(counted) or 0


def _must_go_on(mission: Mission) -> None:
    if mission.status not in GOING_ON:
        raise DomainError(_("Oppdraget er over, og lagreglene står som de er."))
