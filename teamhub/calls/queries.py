"""Reads of calls: those that are open to somebody, one call, and what was answered to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import aliased

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, can
from teamhub.calls.models import Call, CallUnit
from teamhub.calls.states import Stage
from teamhub.challenges.models import Challenge
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.paging import Page
from teamhub.core.remember import remember
from teamhub.people.models import Unit

PAGE_SIZE = 20
MOST_OPEN = 20
NOT_GATHERED = (State.DRAFT, State.WITHDRAWN)
"""Answers in these states are not shown with the call: not sent, or taken back."""


@dataclass(frozen=True)
class CallRow:
    """A call in a list. ``answers`` counts the challenges gathered under it."""

    id: int
    question: str
    background: str
    starts_on: date
    ends_on: date
    to_all: bool
    closed_at: datetime | None
    reported_at: datetime | None
    answers: int
    units: tuple[str, ...] = ()

    @property
    def stage(self) -> Stage:
        return stage_of(self)


@dataclass(frozen=True)
class Open:
    """A call that is open now. ``units`` are the ids of those it is put to with all below; None is all."""

    id: int
    question: str
    background: str
    ends_on: date
    units: frozenset[int] | None


@dataclass(frozen=True)
class AnswerRow:
    """A challenge that answers a call, as a card in a list shows it."""

    id: int
    title: str
    situation: str
    state: State
    submitted_at: datetime | None
    submitted_by: str | None
    unit: str | None
    support_units: int


def stage_of(call: Any) -> Stage:
    """Return where a call stands today."""
    today = clock.today()
    if call.reported_at:
        return Stage.REPORTED
    if call.closed_at or call.ends_on < today:
        return Stage.ENDED
    return Stage.PLANNED if call.starts_on > today else Stage.OPEN


def is_open() -> ColumnElement[bool]:
    """Return the condition on calls that they can be answered today."""
    today = clock.today()
    return and_(Call.starts_on <= today, Call.ends_on >= today, Call.closed_at.is_(None))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the SQL of CALL_VIEW: all that have begun; those to come only for whoever makes them."""
    return true() if can(actor, Action.CALL_MANAGE) else Call.starts_on <= clock.today()


def get(actor: Actor, call_id: int) -> Call | None:
    """Return a call, if ``actor`` may see it."""
    call = db.session.get(Call, call_id)
    return call if call and can(actor, Action.CALL_VIEW, call) else None


def listed(actor: Actor) -> list[CallRow]:
    """Return every call the actor may see, the open ones first, then the latest, at two queries."""
    answers = (
        select(func.count())
        .where(Challenge.call_id == Call.id, Challenge.state.not_in(NOT_GATHERED))
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Call.id,
            Call.question,
            Call.background,
            Call.starts_on,
            Call.ends_on,
            Call.to_all,
            Call.closed_at,
            Call.reported_at,
            answers,
        )
        .where(visible_to(actor))
        .order_by(Call.ends_on.desc(), Call.id.desc())
    ).all()
    names = unit_names(row.id for row in rows if not row.to_all)
    return [replace(CallRow(*row), units=tuple(names[row.id])) for row in rows]


def unit_names(call_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the names of the units calls are put to, by the call's id."""
    ids, found = list(call_ids), defaultdict[int, list[str]](list)
    if ids:
        rows = db.session.execute(
            select(CallUnit.call_id, Unit.name)
            .join(Unit, Unit.id == CallUnit.unit_id)
            .where(CallUnit.call_id.in_(ids))
            .order_by(Unit.path)
        )
        for call_id, name in rows:
            found[call_id].append(name)
    return found


def unit_ids(call_id: int) -> list[int]:
    """Return the ids of the units a call is put to."""
    return list(db.session.scalars(select(CallUnit.unit_id).where(CallUnit.call_id == call_id)))


@remember(60)
def all_open() -> list[Open]:
    """Return the calls that are open today, those that end first on top, at one statement."""
    put_to, below = aliased(Unit), aliased(Unit)
    rows = db.session.execute(
        select(Call.id, Call.question, Call.background, Call.ends_on, Call.to_all, below.id.label("below"))
        .outerjoin(CallUnit, (CallUnit.call_id == Call.id) & ~Call.to_all)
        .outerjoin(put_to, put_to.id == CallUnit.unit_id)
        .outerjoin(below, below.path.startswith(put_to.path))
        .where(is_open())
        .order_by(Call.ends_on, Call.id)
    )
    units = defaultdict[int, set[int]](set)
    calls: dict[int, Any] = {}
    for row in rows:
        calls[row.id] = row
        units[row.id].add(row.below)
    return [
        Open(
            row.id,
            row.question,
            row.background,
            row.ends_on,
            None if row.to_all else frozenset(units[row.id]),
        )
        for row in list(calls.values())[:MOST_OPEN]
    ]


def open_to(actor: Actor) -> list[Open]:
    """Return the open calls that are put to the actor's unit, those that end first on top."""
    return [call for call in all_open() if call.units is None or actor.unit_id in call.units]


def open_call(call_id: int, actor: Actor) -> Open | None:
    """Return a call that somebody is about to answer, if it is open and the actor may see it.

    Anybody may answer one they have found, also from a unit it was not put to.
    """
    if not can(actor, Action.CHALLENGE_PROPOSE):
        return None
    return next((call for call in all_open() if call.id == call_id), None)


def answers(call_id: int, page: int) -> Page[AnswerRow]:
    """Return the challenges gathered under a call, the newest first, a page at a time."""
    gathered = (Challenge.call_id == call_id, Challenge.state.not_in(NOT_GATHERED))
    total = func.count().over()
    rows = db.session.execute(
        select(
            Challenge.id,
            Challenge.title,
            Challenge.situation,
            Challenge.state,
            Challenge.submitted_at,
            Challenge.submitted_by,
            Unit.name,
            Challenge.support_units,
            total,
        )
        .outerjoin(Unit, Unit.id == Challenge.unit_id)
        .where(*gathered)
        .order_by(Challenge.submitted_at.desc(), Challenge.id.desc())
        .offset((page - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    return Page([AnswerRow(*row[:-1]) for row in rows], page, PAGE_SIZE, rows[0][-1] if rows else 0)


def put_to(call: Any, unit: Any) -> ColumnElement[bool]:
    """Return the condition that a unit is among those a call is put to, or below one."""
    above = aliased(Unit)
    chosen = (
        select(CallUnit.unit_id)
        .join(above, above.id == CallUnit.unit_id)
        .where(CallUnit.call_id == call.id, unit.path.startswith(above.path))
        .exists()
    )
    return or_(call.to_all, chosen)
