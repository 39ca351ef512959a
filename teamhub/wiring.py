"""What follows when something happens, and what packages tell each other without importing."""

from __future__ import annotations

from flask import has_request_context, request, session
from flask_login import current_user

from teamhub.audit import handlers as audit
from teamhub.challenges import explore
from teamhub.challenges import queries as challenges
from teamhub.challenges.events import ChallengeEvent
from teamhub.core.events import Event, subscribe
from teamhub.core.i18n import DEFAULT_LANGUAGE, LANGUAGES
from teamhub.core.remember import forget
from teamhub.home import queries as home
from teamhub.missions import queries as missions
from teamhub.missions import roles
from teamhub.missions.events import MissionEvent, MissionStarted
from teamhub.people import sign_in
from teamhub.portfolio import queries as portfolio
from teamhub.tasks import handlers as tasks
from teamhub.tasks import queries as task_queries


def connect() -> None:
    """Connect events to their handlers, and actors to what other packages know of them."""
    subscribe(Event, audit.write_entry)
    sign_in.add_actor_facts(*roles.MISSION_ROLES)
    challenges.missions_from(missions.missions_of_challenge)
    subscribe(MissionStarted, tasks.make_columns)
    missions.task_figures_from(task_queries.figures)
    for kind in (ChallengeEvent, MissionEvent):
        subscribe(kind, _show_at_once)


def _show_at_once(_session: object, _event: Event) -> None:
    """What somebody has just done shows on the next page; other processes follow within seconds."""
    forget(explore.standing, explore.groups_of_all, *portfolio.REMEMBERED, home.week)


def reader_language() -> str:
    """Return the reader's language: the person's own choice, then the visit's, then the browser's."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    chosen = (current_user.locale if current_user.is_authenticated else None) or session.get("locale")
    if chosen in LANGUAGES:
        return str(chosen)
    wanted = request.accept_languages.best_match(["nb", "nn", "en", "no"], default=DEFAULT_LANGUAGE)
    return DEFAULT_LANGUAGE if wanted == "no" else str(wanted)


def is_ours(_thing: object, name: str | None, kind: str, reflected: bool, compare_to: object | None) -> bool:  # noqa: FBT001 - Alembic's own signature
    """Tell Alembic which tables are models: the full-text index keeps tables or an index of its own."""
    of_its_own = kind in {"table", "index"} and reflected and compare_to is None
    return not (of_its_own and (name or "").startswith("challenge_fts"))
