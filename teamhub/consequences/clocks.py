"""The clocks: what somebody owes, and by which day. Each is read at one query."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from teamhub.assessments.events import AssessmentReminded
from teamhub.assessments.models import Assessment
from teamhub.assessments.roles import AWAITED
from teamhub.calls import queries as calls
from teamhub.calls.events import CallReminded
from teamhub.calls.models import Call
from teamhub.challenges.events import ChallengeReminded
from teamhub.challenges.models import Challenge
from teamhub.challenges.office import Merge
from teamhub.challenges.states import MergeState, State
from teamhub.core.db import db
from teamhub.core.events import Event
from teamhub.missions.events import InvitationReminded, ReportReminded, SeatReminded
from teamhub.missions.models import Invitation, Mission, Seat
from teamhub.missions.queries import report_dates
from teamhub.missions.states import GOING_ON, SeatState
from teamhub.tasks.events import TaskReminded
from teamhub.tasks.models import Task


@dataclass(frozen=True)
class Owed:
    """Something owed by a day: ``id`` is its own, ``object_id`` that of the object people see it on."""

    id: int
    due_on: date
    object_id: int
    mission_id: int | None = None


@dataclass(frozen=True)
class Days:
    """Which days a clock is asked about, both included, and of which things; None is all."""

    first: date
    last: date
    ids: Collection[int] | None = None

    def of(self, thing: Any, due_on: Any) -> ColumnElement[bool]:
        """Return the condition on the columns of a thing's id and its date."""
        within: ColumnElement[bool] = due_on.between(self.first, self.last)
        return within if self.ids is None else within & thing.in_(sorted(self.ids))


@dataclass(frozen=True)
class Clock:
    """A clock: what it runs for, and the event that says somebody was reminded of one of those."""

    owed: Callable[[Days], list[Owed]]
    reminded: Callable[[str, Owed], Event]


def _rows(statement: Any) -> list[Owed]:
    return [Owed(*row) for row in db.session.execute(statement)]


def _challenge_reminded(reminder: str, owed: Owed) -> Event:
    due = owed.due_on.isoformat()
    return ChallengeReminded(actor_id=None, object_id=owed.object_id, reminder=reminder, due=due)


def _challenges(*states: State) -> Clock:
    """Challenges in these states: ``due_on`` is the next date, whatever the state makes it mean."""

    def owed(days: Days) -> list[Owed]:
        c = Challenge
        return _rows(
            select(c.id, c.due_on, c.id).where(c.state.in_(states), days.of(c.id, c.due_on)).order_by(c.id)
        )

    return Clock(owed, _challenge_reminded)


def _open_merges(days: Days) -> list[Owed]:
    m = Merge
    asked = m.state == MergeState.ASKED
    return _rows(select(m.id, m.due_on, m.from_id).where(asked, days.of(m.id, m.due_on)).order_by(m.id))


FIRST_ANSWER = _challenges(State.SUBMITTED, State.ASSESSING)
CLARIFICATION = _challenges(State.CLARIFICATION)
MERGE = Clock(_open_merges, _challenge_reminded)
LINE_REPORT = _challenges(State.LINE)
HOLD_REVIEW = _challenges(State.HOLD)


def _owed_assessments(days: Days) -> list[Owed]:
    a = Assessment
    return _rows(
        select(a.id, a.due_on, a.challenge_id)
        .join(Challenge, Challenge.id == a.challenge_id)
        .where(*AWAITED, days.of(a.id, a.due_on))
        .order_by(a.id)
    )


def _assessment_reminded(reminder: str, owed: Owed) -> Event:
    return AssessmentReminded(
        actor_id=None,
        object_id=owed.object_id,
        assessment_id=owed.id,
        reminder=reminder,
        due=owed.due_on.isoformat(),
    )


def _calls(column: Any, of: Callable[[], tuple[ColumnElement[bool], ...]]) -> Clock:
    """Calls by one of their days, those for which ``of`` holds today."""

    def owed(days: Days) -> list[Owed]:
        return _rows(
            select(Call.id, column, Call.id).where(*of(), days.of(Call.id, column)).order_by(Call.id)
        )

    def reminded(reminder: str, owed: Owed) -> Event:
        due = owed.due_on.isoformat()
        return CallReminded(actor_id=None, object_id=owed.object_id, reminder=reminder, due=due)

    return Clock(owed, reminded)


CALL_START = _calls(Call.starts_on, lambda: (Call.told_at.is_(None), calls.is_open()))
CALL_END = _calls(Call.ends_on, lambda: (calls.is_open(),))
CALL_REPORT = _calls(Call.ends_on, lambda: (Call.reported_at.is_(None),))

ASSESSMENT = Clock(_owed_assessments, _assessment_reminded)


def _open_invitations(days: Days) -> list[Owed]:
    i = Invitation
    return _rows(
        select(i.id, i.answer_by, i.mission_id)
        .join(Mission, Mission.id == i.mission_id)
        .where(i.closed_at.is_(None), Mission.status.in_(GOING_ON), days.of(i.id, i.answer_by))
        .order_by(i.id)
    )


def _invitation_reminded(reminder: str, owed: Owed) -> Event:
    return InvitationReminded(
        actor_id=None,
        object_id=owed.object_id,
        invitation_id=owed.id,
        reminder=reminder,
        due=owed.due_on.isoformat(),
    )


INVITATION = Clock(_open_invitations, _invitation_reminded)


def _seats_over(days: Days) -> list[Owed]:
    s = Seat
    return _rows(
        select(s.id, s.ends_on, s.mission_id)
        .join(Mission, Mission.id == s.mission_id)
        .where(s.state == SeatState.ACTIVE, Mission.status.in_(GOING_ON), days.of(s.id, s.ends_on))
        .order_by(s.id)
    )


def _seat_reminded(reminder: str, owed: Owed) -> Event:
    return SeatReminded(
        actor_id=None,
        object_id=owed.object_id,
        seat_id=owed.id,
        reminder=reminder,
        due=owed.due_on.isoformat(),
    )


SEAT_END = Clock(_seats_over, _seat_reminded)


def _open_tasks(days: Days) -> list[Owed]:
    t = Task
    return _rows(
        select(t.id, t.due_on, t.id, t.mission_id)
        .join(Mission, Mission.id == t.mission_id)
        .where(
            t.done_at.is_(None),
            t.assignee_id.is_not(None),
            Mission.status.in_(GOING_ON),
            days.of(t.id, t.due_on),
        )
        .order_by(t.id)
    )


def _task_reminded(reminder: str, owed: Owed) -> Event:
    return TaskReminded(
        actor_id=None,
        object_id=owed.object_id,
        mission_id=owed.mission_id or 0,
        reminder=reminder,
        due=owed.due_on.isoformat(),
    )


TASK = Clock(_open_tasks, _task_reminded)


def _reports(days: Days) -> list[Owed]:
    return [
        Owed(mission_id, due_on, mission_id)
        for mission_id, _title, due_on in sorted(report_dates(days.ids))
        if days.first <= due_on <= days.last
    ]


def _report_reminded(reminder: str, owed: Owed) -> Event:
    return ReportReminded(
        actor_id=None, object_id=owed.object_id, reminder=reminder, due=owed.due_on.isoformat()
    )


REPORT = Clock(_reports, _report_reminded)
