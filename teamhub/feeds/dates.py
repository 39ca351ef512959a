"""The dates in a person's calendar, each source at one statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, func, literal, select, union_all

from teamhub.access.actor import Actor, Role
from teamhub.access.policy import Action, can
from teamhub.audit.models import Entry
from teamhub.challenges.models import Challenge
from teamhub.challenges.queries import visible_to as challenge_visible_to
from teamhub.challenges.states import State
from teamhub.core.db import db
from teamhub.core.i18n import _, _n
from teamhub.missions.models import Invitation, Mission, Seat
from teamhub.missions.owed import owes_answer
from teamhub.missions.states import GOING_ON
from teamhub.tasks.models import Task
from teamhub.tasks.queries import visible_to as task_visible_to

MOST = 300
"""Dates from one source. Who has more than that has no use for them in a calendar."""


@dataclass(frozen=True)
class Deadline:
    """One day in the calendar. ``uid`` stays the same for good, ``what`` explains, the rest is the link."""

    uid: str
    on: date
    summary: str
    what: str
    changed_at: datetime
    endpoint: str
    args: dict[str, Any]


def _last_change(object_type: str, object_id: Any, created_at: Any) -> Any:
    """SQL of when something last happened to a thing: a calendar asks what is newer than it has."""
    latest = (
        select(func.max(Entry.at))
        .where(Entry.object_type == object_type, Entry.object_id == object_id)
        .scalar_subquery()
    )
    return func.coalesce(latest, created_at, type_=created_at.type)


def tasks(actor: Actor) -> list[Deadline]:
    """Return the days the actor's open tasks are due."""
    rows = db.session.execute(
        select(
            Task.id, Task.title, Task.due_on, Mission.title, _last_change("task", Task.id, Task.created_at)
        )
        .join(Mission, Mission.id == Task.mission_id)
        .where(
            Task.assignee_id == actor.id,
            Task.done_at.is_(None),
            Task.due_on.is_not(None),
            task_visible_to(actor),
        )
        .order_by(Task.due_on.desc(), Task.id)
        .limit(MOST)
    )
    return [
        Deadline(
            f"task-{id_}",
            due_on,
            _("Frist: %(title)s", title=title),
            _("Oppgave i «%(mission)s»", mission=mission),
            changed_at,
            "tasks.show",
            {"task_id": id_},
        )
        for id_, title, due_on, mission, changed_at in rows
    ]


def answers_owed(actor: Actor) -> list[Deadline]:
    """Return the days by which the actor must answer about a seat or somebody's time. No names."""
    rows = db.session.execute(
        select(
            Invitation.id,
            Invitation.person_id,
            Mission.title,
            Seat.share,
            Invitation.answer_by,
            Invitation.created_at,
        )
        .join(Mission, Mission.id == Invitation.mission_id)
        .join(Seat, Seat.id == Invitation.seat_id)
        .where(owes_answer(actor))
        .order_by(Invitation.answer_by.desc(), Invitation.id)
        .limit(MOST)
    )
    return [_answer_owed(actor, *row) for row in rows]


def _answer_owed(
    actor: Actor, id_: int, person_id: int, mission: str, share: int, by: date, asked_at: datetime
) -> Deadline:
    if person_id == actor.id:
        summary = _("Svar om plassen i «%(mission)s»", mission=mission)
        what = _("Vil du være med? Du blir bedt om %(share)s %% av tiden din.", share=share)
    else:
        summary = _("Svar om tid til «%(mission)s»", mission=mission)
        what = _("En av dine er bedt om å bruke %(share)s %% av tiden sin her.", share=share)
    return Deadline(f"invitation-{id_}", by, summary, what, asked_at, "missions.requests", {})


def missions(actor: Actor) -> list[Deadline]:
    """Return the first and last day of the missions the actor leads, owns or has a seat in."""
    mine = actor.missions_led | actor.missions_owned | actor.missions_joined
    rows = db.session.execute(
        select(
            Mission.id,
            Mission.title,
            Mission.starts_on,
            Mission.ends_on,
            _last_change("mission", Mission.id, Mission.created_at).label("changed_at"),
        )
        .where(Mission.id.in_(sorted(mine)), Mission.status.in_(GOING_ON))
        .order_by(Mission.id.desc())
        .limit(MOST)
    )
    seen = [row for row in rows if can(actor, Action.MISSION_VIEW, row)]
    return [deadline for row in seen for deadline in _ends_of(row)]


def _ends_of(mission: Any) -> list[Deadline]:
    ends = (
        ("start", mission.starts_on, _("Oppdraget «%(title)s» starter", title=mission.title)),
        ("end", mission.ends_on, _("Oppdraget «%(title)s» skal være ferdig", title=mission.title)),
    )
    where = ("missions.show", {"mission_id": mission.id})
    return [
        Deadline(f"mission-{mission.id}-{end}", on, summary, "", mission.changed_at, *where)
        for end, on, summary in ends
        if on is not None
    ]


def challenges(actor: Actor) -> list[Deadline]:
    """Return the days by which challenges wait for the actor: own ones, the unit's, and those on a desk.

    A desk has hundreds, so it gets one line for each day.
    """
    c = Challenge
    asked = _each("clarify", actor).where(c.proposer_id == actor.id, c.state == State.CLARIFICATION)
    taken = _each("line", actor).where(c.line_unit_id.in_(sorted(actor.managed_units)), c.state == State.LINE)
    parts = [asked, taken]
    if Role.PORTFOLIO_OFFICE in actor.roles:
        parts.append(_each_day("desk", actor).where(c.state.in_((State.SUBMITTED, State.ASSESSING))))
    if Role.BOARD_MEMBER in actor.roles:
        parts.append(_each_day("review", actor).where(c.state == State.HOLD))
    rows = db.session.execute(union_all(*parts).order_by("due_on").limit(MOST))
    return [_challenge(*row) for row in rows]


def _each(turn: str, actor: Actor) -> Any:
    c = Challenge
    changed = _last_change("challenge", c.id, c.created_at)
    columns = (c.id, c.title, c.due_on.label("due_on"), literal(1), changed)
    return select(literal(turn, String), *columns).where(c.due_on.is_not(None), challenge_visible_to(actor))


def _each_day(turn: str, actor: Actor) -> Any:
    """The line of a day is new when anything anywhere has moved: one leaving the desk changes it too."""
    c = Challenge
    moved = select(func.max(c.state_since)).scalar_subquery()
    columns = (func.min(c.id), literal("", String), c.due_on.label("due_on"), func.count(), moved)
    return (
        select(literal(turn, String), *columns)
        .where(c.due_on.is_not(None), challenge_visible_to(actor))
        .group_by(c.due_on)
    )


def _challenge(turn: str, id_: int, title: str, on: date, number: int, changed_at: datetime) -> Deadline:
    uid, here = f"challenge-{id_}-{turn}", ("challenges.show", {"challenge_id": id_})
    if turn == "clarify":
        what = _("Svar på spørsmålet fra porteføljekontoret")
        return Deadline(uid, on, _("Svar om «%(title)s»", title=title), what, changed_at, *here)
    if turn == "line":
        what = _("Fortell hva enheten har gjort")
        return Deadline(uid, on, _("Rapporter om «%(title)s»", title=title), what, changed_at, *here)
    uid = f"{turn}-{on.isoformat()}"
    if turn == "review":
        summary = _n("Se på én utfordring igjen", "Se på %(num)d utfordringer igjen", number)
        return Deadline(uid, on, summary, "", changed_at, "challenges.index", {"state": State.HOLD})
    summary = _n("Svar på én utfordring", "Svar på %(num)d utfordringer", number)
    return Deadline(uid, on, summary, "", changed_at, "challenges.index", {"desk": 1})


SOURCES: tuple[Callable[[Actor], list[Deadline]], ...] = (tasks, answers_owed, missions, challenges)
"""Where the dates come from. Milestones and hearings are one more function here each."""


def mine(actor: Actor) -> list[Deadline]:
    """Return all dates in a person's calendar, the earliest first."""
    found = [deadline for source in SOURCES for deadline in source(actor)]
    return sorted(found, key=lambda deadline: (deadline.on, deadline.uid))
