"""Reads of what somebody is told: how much is unread, what is owed, choices, and what is muted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, true

from teamhub.access.actor import Actor
from teamhub.calls.models import Call
from teamhub.challenges.models import Challenge
from teamhub.challenges.voices import SavedSearch
from teamhub.competence.models import SkillSuggestion
from teamhub.consequences.kinds import DEFAULTS, Channel, Kind, Pace
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.missions.models import Mission
from teamhub.notifications import things
from teamhub.notifications.models import Choice, Muted, Notification, QuietHours
from teamhub.notifications.paces import Quiet
from teamhub.notifications.states import Tab
from teamhub.notifications.wording import due_of
from teamhub.tasks.models import Task

OF_TAB: dict[Tab, ColumnElement[bool]] = {
    Tab.ALL: true(),
    Tab.ASKED: Notification.asks.is_(True),
    Tab.MENTIONED: Notification.kind == Kind.MENTION,
    Tab.FOLLOWED: Notification.kind.in_((Kind.MINE, Kind.FOLLOWED)),
}


@dataclass(frozen=True)
class Standing:
    """How an inbox stands: unread in each part, answers owed with the nearest date, and its latest row."""

    unread: dict[Tab, int]
    owed: int
    nearest: date | None
    latest_id: int


@dataclass(frozen=True)
class MutedRow:
    """An object somebody wants to hear no more about."""

    object_type: str
    object_id: int
    title: str


def visible(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on notifications that ``actor`` may see what they are about, now."""
    return things.visible(actor, Notification)


def shown_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on notifications that they stand in the actor's inbox now."""
    n = Notification
    return and_(n.person_id == actor.id, n.show_at <= clock.now(), visible(actor))


def unread_count(actor: Actor) -> int:
    """Return how many notifications the actor has not read, at one query."""
    unread = select(func.count()).where(Notification.read_at.is_(None), shown_to(actor))
    return db.session.scalar(unread) or 0


def standing(actor: Actor) -> Standing:
    """Return how the actor's inbox stands, at one query."""
    n = Notification
    unread = [func.count().filter(n.read_at.is_(None), part) for part in OF_TAB.values()]
    owed, nearest = func.count().filter(n.asks), func.min(n.data["due"].as_string()).filter(n.asks)
    row = db.session.execute(
        select(*unread, owed, nearest, func.coalesce(func.max(n.id), 0)).where(shown_to(actor))
    ).one()
    *counts, owes, due, latest_id = row
    return Standing(dict(zip(OF_TAB, counts, strict=True)), owes, due_of({"due": due}), latest_id)


def get(actor: Actor, notification_id: int, *, put_off: bool = False) -> Notification | None:
    """Return a notification that stands in the actor's own inbox, or is ``put_off`` for later."""
    n, now = Notification, clock.now()
    shown = n.show_at > now if put_off else n.show_at <= now
    return db.session.scalar(
        select(n).where(n.id == notification_id, n.person_id == actor.id, shown, visible(actor))
    )


def paces(actor: Actor) -> dict[tuple[Kind, Channel], Pace]:
    """Return how often the actor wants each kind by each channel."""
    chosen = {(kind, channel): pace for kind, by in DEFAULTS.items() for channel, pace in by.items()}
    for kind, channel, pace in db.session.execute(
        select(Choice.kind, Choice.channel, Choice.pace).where(Choice.person_id == actor.id)
    ):
        chosen[Kind(kind), Channel(channel)] = Pace(pace)
    return chosen


def quiet_hours(actor: Actor) -> Quiet:
    """Return when the actor wants no mail at once."""
    q = QuietHours
    row = db.session.execute(
        select(q.starts, q.ends, q.weekends).where(q.person_id == actor.id)
    ).one_or_none()
    return Quiet(*row) if row else Quiet()


def muted(actor: Actor) -> list[MutedRow]:
    """Return what the actor has muted and may still see, by title."""
    m = Muted
    rows = db.session.execute(
        with_titles(select(m.object_type, m.object_id, title()), m).where(
            m.person_id == actor.id, things.visible(actor, m)
        )
    )
    return sorted((MutedRow(*row) for row in rows), key=lambda row: row.title.casefold())


def title() -> ColumnElement[str]:
    """Return the title of an object, for a statement that ``with_titles`` has joined."""
    return func.coalesce(
        Challenge.title, Mission.title, Task.title, Call.question, SavedSearch.name, SkillSuggestion.name, ""
    )


def with_titles(statement: Any, of: Any) -> Any:
    """Join to ``statement`` the table of each kind of object that rows of ``of`` can be about."""
    for object_types, model in (
        (("challenge",), Challenge),
        (("mission", "agreement"), Mission),
        (("task",), Task),
        (("open_call",), Call),
        (("saved_search",), SavedSearch),
        (("skill_suggestion",), SkillSuggestion),
    ):
        statement = statement.outerjoin(
            model, and_(of.object_type.in_(object_types), model.id == of.object_id)
        )
    return statement


def is_muted(of: Any) -> ColumnElement[bool]:
    """Return the condition that whoever a row of ``of`` is for has muted its object."""
    same = (Muted.object_type == of.object_type, Muted.object_id == of.object_id)
    return select(Muted.person_id).where(Muted.person_id == of.person_id, *same).correlate(of).exists()


def same_thing(one: Notification) -> ColumnElement[bool]:
    """Return the condition on notifications that they stand in the same group as ``one``, up to it."""
    n = Notification
    return and_(
        n.person_id == one.person_id,
        n.object_type == one.object_type,
        n.object_id == one.object_id,
        n.id <= one.id,
        n.show_at <= clock.now(),
    )
