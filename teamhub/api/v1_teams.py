"""Whole teams for programs: the same proposals as «Foreslå team», by the same composer."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from teamhub.access.policy import Action, authorize
from teamhub.access.web import acting, found
from teamhub.api.bodies import Field, Wrong, many, number, optional
from teamhub.api.operations import bp, operation
from teamhub.api.schemas import SUGGESTIONS
from teamhub.api.states import Scope
from teamhub.core.i18n import _
from teamhub.missions import queries, team
from teamhub.missions.composer.needs import TERMS, Weights
from teamhub.missions.composer.relax import Diagnosis
from teamhub.missions.composing import answers, words
from teamhub.missions.composing.gather import Gathered, gather
from teamhub.missions.composing.queries import bounds
from teamhub.missions.composing.wishes import MOST_DIVISIONS, MOST_NAMED, Wishes
from teamhub.missions.states import SPAN_REQUIRED

ID = number(1)


def _placement() -> Field:
    """A person in a seat: {"seat": 12, "person": 345}."""

    def read(value: Any) -> tuple[int, int]:
        if not isinstance(value, dict) or value.keys() != {"seat", "person"}:
            raise Wrong(_("Dette må være en plass og en person."))
        return ID.read(value["seat"]), ID.read(value["person"])

    id_ = dict(ID.schema)
    shape = {"type": "object", "properties": {"seat": id_, "person": id_}, "required": ["person", "seat"]}
    return Field(read, shape | {"additionalProperties": False})


def _weights() -> Field:
    """Points by term. What is left out is as usual; all is kept within what the board allows."""
    points = number(0, 1000)

    def read(value: Any) -> Weights:
        if not isinstance(value, dict) or not value.keys() <= set(TERMS):
            raise Wrong(_("Dette må være poeng for noe av dette: %(terms)s.", terms=", ".join(TERMS)))
        return Weights(**{term: points.read(said) for term, said in value.items()})

    properties = {part.name: dict(points.schema) for part in fields(Weights)}
    return Field(read, {"type": "object", "properties": properties, "additionalProperties": False})


@bp.post("/missions/<int:mission_id>/team-suggestions")
@operation(
    Action.MISSION_STAFF,
    scope=Scope.TEAM_SUGGEST,
    summary="Up to three whole teams for the seats that are open, or what binds when there are none",
    takes={
        "span": optional(number(1, MOST_DIVISIONS)),
        "locked": optional(many(_placement(), most=MOST_NAMED)),
        "excluded": optional(many(ID, most=MOST_NAMED)),
        "weights": optional(_weights()),
    },
    gives=SUGGESTIONS,
)
def suggest_team(mission_id: int, body: dict[str, Any]) -> dict[str, Any]:
    mission = found(queries.get_mission(acting(), mission_id))
    authorize(acting(), Action.MISSION_STAFF, mission)
    excluded = frozenset(body["excluded"] or ())
    locked = {seat: person for seat, person in body["locked"] or () if person not in excluded}
    wishes = Wishes(
        locked=locked,
        excluded=excluded,
        span=body["span"] or SPAN_REQUIRED,
        weights=bounds().nearest(body["weights"] or Weights()),
    )
    seats = team.seats(mission_id, in_full=True)
    gathered = gather(mission, seats, wishes)
    if gathered is None:
        return {"teams": [], "proven": True, "conflicts": [], "changes": []}
    answer, names = answers.propose(gathered), words.names_of(seats, gathered)
    return {
        "teams": [_team(one, gathered, names) for one in answer.teams],
        "proven": answer.proven,
        **_told(answer.diagnosis, names),
    }


def _team(one: answers.Team, gathered: Gathered, names: words.Names) -> dict[str, Any]:
    view = one.overview
    return {
        "letter": one.letter,
        "score": one.proposal.gap.score,
        "gap": one.proposal.gap.points,
        "highest_load": view.highest_load,
        "divisions": [{"id": id_, "people": number} for id_, number in view.divisions.items()],
        "people": [_placed(placed, gathered, names) for placed in one.placed],
        "coverage": [
            {"skill": names.skill(row.skill), "level": row.level, "required": row.required}
            | {"people": list(row.enough)}
            for row in view.coverage
        ],
        "learnings": [
            {"person": each.person, "skill": names.skill(each.skill), "teachers": list(each.teachers)}
            for each in view.learnings
        ],
    }


def _placed(placed: answers.Placed, gathered: Gathered, names: words.Names) -> dict[str, Any]:
    member = placed.member
    person, load = gathered.people[member.person], member.load
    return {
        "seat": member.seat,
        "role": names.seat(member.seat),
        "person": {"id": person.id, "name": person.name, "unit": person.unit},
        "held": placed.held,
        "load": {"before": load.before, "after": load.after, "week": load.week},
        "why": words.why(placed.choice, names) if placed.choice and not placed.held else None,
    }


def _told(diagnosis: Diagnosis | None, names: words.Names) -> dict[str, Any]:
    """Return what binds and what would help, in words."""
    if diagnosis is None:
        return {"conflicts": [], "changes": []}
    return {
        "conflicts": [[words.binding(rule, names) for rule in rules] for rules in diagnosis.conflicts],
        "changes": [words.sentence(each.changes, names) for each in diagnosis.suggestions],
    }
