"""Missions for programs: the same queries as the pages, and what those show to all who work here."""

from __future__ import annotations

from typing import Any

from teamhub.access.policy import Action
from teamhub.access.web import acting, found
from teamhub.api.operations import bp, operation
from teamhub.api.schemas import MISSION, SEATS
from teamhub.api.states import Scope
from teamhub.challenges.models import Challenge
from teamhub.core.i18n import language
from teamhub.core.links import link
from teamhub.missions import queries, team
from teamhub.missions.models import Mission, Seat, StatusReport
from teamhub.missions.states import AXES
from teamhub.people.models import Person
from teamhub.people.queries import divisions


@bp.get("/missions/<int:mission_id>")
@operation(
    Action.MISSION_VIEW,
    scope=Scope.MISSIONS_READ,
    summary="One mission: what it is for, who answers for it, and how it is going",
    gives=MISSION,
)
def mission(mission_id: int) -> dict[str, Any]:
    one = _mission(mission_id)
    areas = team.areas_of(one, team.seats(mission_id))
    report = next(iter(queries.reports(mission_id, most=1)), None)
    return {
        "id": one.id,
        "url": link("missions.show", mission_id=one.id),
        "title": one.title,
        "goal": one.goal,
        "mandate": one.mandate,
        "phase": str(one.phase),
        "status": str(one.status),
        "starts_on": one.starts_on.isoformat() if one.starts_on else None,
        "ends_on": one.ends_on.isoformat() if one.ends_on else None,
        "owner": _person(one.owner),
        "lead": _person(one.lead),
        "areas": [{"code": d.code, "name": d.name} for d in divisions() if d.id in areas],
        "challenges": [_challenge(challenge) for challenge in queries.challenges_of(mission_id)],
        "latest_report": _report(report) if report else None,
    }


@bp.get("/missions/<int:mission_id>/seats")
@operation(
    Action.MISSION_VIEW,
    scope=Scope.MISSIONS_READ,
    summary="The seats of a mission's team: what each asks for, and who has it",
    gives=SEATS,
)
def seats(mission_id: int) -> dict[str, Any]:
    _mission(mission_id)
    return {"seats": [_seat(seat) for seat in team.seats(mission_id)]}


def _mission(mission_id: int) -> Mission:
    return found(queries.get_mission(acting(), mission_id))


def _person(person: Person) -> dict[str, Any]:
    return {"id": person.id, "name": person.name, "unit": person.unit.name}


def _challenge(challenge: Challenge) -> dict[str, Any]:
    return {
        "id": challenge.id,
        "title": challenge.title,
        "url": link("challenges.show", challenge_id=challenge.id),
    }


def _report(report: StatusReport) -> dict[str, Any]:
    return {
        "at": report.at.isoformat(),
        "author": report.author.name if report.author else None,
        "lights": {axis: str(getattr(report, axis)) for axis in AXES},
        "summary": report.summary,
    }


def _seat(seat: Seat) -> dict[str, Any]:
    skill = {"code": seat.skill.code, "name": seat.skill.name(language())} if seat.skill else None
    return {
        "id": seat.id,
        "role": seat.role,
        "skill": skill,
        "level": seat.level,
        "share": seat.share,
        "starts_on": seat.starts_on.isoformat(),
        "ends_on": seat.ends_on.isoformat(),
        "stretch": seat.stretch,
        "state": str(seat.state),
        "person": _person(seat.person) if seat.person else None,
    }
