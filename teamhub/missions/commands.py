"""Writes to a mission itself. Seats and invitations are in staffing.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.challenges.answering import record
from teamhub.challenges.commands import fresh as fresh_challenge
from teamhub.challenges.states import Mover, State
from teamhub.core.changes import changed
from teamhub.core.db import db
from teamhub.core.errors import Conflict, DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.missions.events import MissionEdited, MissionStarted, PhaseChanged, StatusReported
from teamhub.missions.models import Mission, MissionChallenge, StatusReport
from teamhub.missions.states import AXES, Light, Phase, Status
from teamhub.people.models import Person


@dataclass(frozen=True)
class Charter:
    """What a mission is to do, for whom, and who answers for it."""

    title: str
    goal: str
    mandate: str
    lead_id: int | None
    owner_id: int | None
    starts_on: date | None = None
    ends_on: date | None = None


@command
def start(actor: Actor, charter: Charter, *, challenge_id: int | None = None) -> int:
    """Start a mission, from a candidate (the board only) or from scratch, and return its id."""
    authorize(actor, Action.MISSION_START)
    _check(charter)
    mission = Mission(phase=Phase.CONCEPT, **_columns(charter))
    db.session.add(mission)
    db.session.flush()
    if challenge_id is not None:
        _take_on(actor, mission, challenge_id)
    emit(db.session(), MissionStarted(actor_id=actor.id, object_id=mission.id, challenge_id=challenge_id))
    return mission.id


@command
def edit(
    actor: Actor, mission_id: int, charter: Charter, *, phase: Phase, status: Status, version: int
) -> None:
    """Change a mission's charter, phase or status. Raises Conflict when somebody saved first."""
    mission = fresh(mission_id)
    authorize(actor, Action.MISSION_EDIT, mission)
    if mission.version != version:
        raise Conflict(_("Oppdraget er endret siden du åpnet det."), mission)
    _check(charter)
    old = mission.phase
    changes = changed(mission, _columns(charter) | {"phase": phase, "status": status})
    if changes:
        emit(db.session(), MissionEdited(actor_id=actor.id, object_id=mission.id, changes=changes))
    if phase != old:
        emit(
            db.session(),
            PhaseChanged(actor_id=actor.id, object_id=mission.id, old=str(old), new=str(phase)),
        )


@command
def report(actor: Actor, mission_id: int, lights: dict[str, Light], summary: str) -> int:
    """Post a status report: a light on each of the five axes, and a human note. Return its id."""
    mission = fresh(mission_id)
    authorize(actor, Action.MISSION_REPORT, mission)
    if not summary:
        raise DomainError(_("Skriv kort hvordan det går."), field="summary")
    posted = StatusReport(
        mission_id=mission.id, author_id=actor.id, summary=summary, **{axis: lights[axis] for axis in AXES}
    )
    db.session.add(posted)
    db.session.flush()
    emit(db.session(), StatusReported(actor_id=actor.id, object_id=mission.id, report_id=posted.id))
    return posted.id


def fresh(mission_id: int) -> Mission:
    """Return a mission as it stands now, locked until the command ends. Raises DomainError when gone."""
    mission = db.session.scalar(select(Mission).where(Mission.id == mission_id).with_for_update(of=Mission))
    if mission is None:
        raise DomainError(_("Oppdraget finnes ikke lenger."))
    return mission


def _take_on(actor: Actor, mission: Mission, challenge_id: int) -> None:
    """Let a mission answer a candidate. Only the board may decide that it becomes one."""
    challenge = fresh_challenge(challenge_id)
    authorize(actor, Action.CHALLENGE_DECIDE, challenge)
    old = State(challenge.state)
    challenge.move_to(State.MISSION, Mover.BOARD)
    db.session.add(MissionChallenge(mission_id=mission.id, challenge_id=challenge.id))
    record(actor, challenge, old, State.MISSION, mission.goal)


def _check(charter: Charter) -> None:
    if charter.starts_on and charter.ends_on and charter.ends_on < charter.starts_on:
        raise DomainError(_("Oppdraget kan ikke slutte før det begynner."), field="ends_on")
    for field in ("lead_id", "owner_id"):
        person = db.session.get(Person, getattr(charter, field) or 0)
        if person is None or not person.is_active:
            raise DomainError(_("Velg en person fra lista."), field=field)


def _columns(charter: Charter) -> dict[str, object]:
    return {
        "title": charter.title,
        "goal": charter.goal,
        "mandate": charter.mandate,
        "lead_id": charter.lead_id,
        "owner_id": charter.owner_id,
        "starts_on": charter.starts_on,
        "ends_on": charter.ends_on,
    }
