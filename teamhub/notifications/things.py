"""What notifications can be about: where each kind of object is shown, what it is called, and to whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from teamhub.access.actor import Actor
from teamhub.access.policy import employee
from teamhub.calls import queries as calls
from teamhub.calls.models import Call
from teamhub.challenges import queries as challenges
from teamhub.challenges import searches
from teamhub.challenges.models import Challenge
from teamhub.challenges.voices import SavedSearch
from teamhub.competence import queries as competence
from teamhub.competence.models import SkillSuggestion
from teamhub.core.i18n import LazyString, _l
from teamhub.missions import agreements
from teamhub.missions.models import Mission
from teamhub.tasks import queries as tasks
from teamhub.tasks.models import Task


def _missions(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of Action.MISSION_VIEW."""
    return true() if employee(actor) else false()


@dataclass(frozen=True)
class Thing:
    """A kind of object: its table, its page, and the condition on its rows that somebody may see them."""

    model: Any
    endpoint: str
    argument: str
    called: LazyString
    visible_to: Callable[[Actor], ColumnElement[bool]]


THINGS: dict[str, Thing] = {
    "open_call": Thing(Call, "calls.show", "call_id", _l("Spørsmål"), calls.visible_to),
    "challenge": Thing(Challenge, "challenges.show", "challenge_id", _l("Utfordring"), challenges.visible_to),
    "saved_search": Thing(
        SavedSearch, "challenges.open_search", "search_id", _l("Lagret søk"), searches.visible_to
    ),
    "agreement": Thing(
        Mission, "missions.show_agreement", "mission_id", _l("Lagregler"), agreements.asked_of
    ),
    "mission": Thing(Mission, "missions.show", "mission_id", _l("Oppdrag"), _missions),
    "skill_suggestion": Thing(
        SkillSuggestion,
        "competence.suggestion",
        "suggestion_id",
        _l("Forslag om ferdighet"),
        competence.suggestions_visible_to,
    ),
    "task": Thing(Task, "tasks.show", "task_id", _l("Oppgave"), tasks.visible_to),
}
"""By object_type. What is not here is never shown, counted or mailed."""


def visible(actor: Actor, of: Any) -> ColumnElement[bool]:
    """Return the condition on rows of ``of`` that their object is there, and that ``actor`` may see it now.

    ``of`` is what has the columns object_type and object_id.
    """
    return or_(
        *(
            and_(
                of.object_type == object_type,
                select(thing.model.id)
                .where(thing.model.id == of.object_id, thing.visible_to(actor))
                .correlate(of)
                .exists(),
            )
            for object_type, thing in THINGS.items()
        )
    )


def place_of(object_type: str, object_id: int, place: str = "") -> tuple[str, dict[str, Any]]:
    """Return the endpoint and the arguments of an object's page, at ``place`` on it if that is known."""
    thing = THINGS[object_type]
    arguments: dict[str, Any] = {thing.argument: object_id}
    return thing.endpoint, arguments | ({"_anchor": place} if place else {})
