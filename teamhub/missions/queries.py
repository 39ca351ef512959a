"""Reads of missions: the list, one mission, what waits for somebody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from sqlalchemy import (
    Select,
    func,
    select,
    union_all,
)
from sqlalchemy.orm import joinedload

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, can
from teamhub.challenges.models import Challenge
from teamhub.challenges.queries import MissionLink
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.missions.models import Mission, MissionChallenge, Seat, StatusReport
from teamhub.missions.states import AGREED, DAYS_UNTIL_SILENT, SeatState, Status
from teamhub.people.models import Person, Unit


@dataclass(frozen=True)
class Report:
    """A mission's latest status report, as lists show it."""

    mission_id: int
    at: datetime
    progress: str
    economy: str
    quality: str
    risk: str
    staffing: str
    summary: str

    @property
    def lights(self) -> tuple[str, ...]:
        return (self.progress, self.economy, self.quality, self.risk, self.staffing)


@dataclass(frozen=True)
class TaskFigures:
    """A mission's tasks in numbers."""

    total: int = 0
    done: int = 0
    overdue: int = 0
    unassigned: int = 0


_task_figures: list[Callable[[int], TaskFigures]] = []


def task_figures_from(source: Callable[[int], TaskFigures]) -> None:
    """Let the tasks room tell how many tasks a mission has; it stands above this one."""
    if source not in _task_figures:
        _task_figures.append(source)


def task_figures(mission_id: int) -> TaskFigures | None:
    """Return a mission's tasks in numbers, when there is a room that knows."""
    return next((source(mission_id) for source in _task_figures), None)


def get_mission(actor: Actor, mission_id: int) -> Mission | None:
    """Return a mission with its owner and lead and their units, if ``actor`` may see it.

    Its team's agreement comes with it; who may read that is another question (agreements.py).
    """
    mission = db.session.scalar(
        select(Mission)
        .where(Mission.id == mission_id)
        .options(
            joinedload(Mission.owner).joinedload(Person.unit),
            joinedload(Mission.lead).joinedload(Person.unit),
            joinedload(Mission.agreement),
        )
    )
    return mission if mission and can(actor, Action.MISSION_VIEW, mission) else None


def divisions_of(mission_ids: Collection[int] | None) -> dict[int, frozenset[int]]:
    """Return the areas each team comes from, its lead and its agreed seats, at one query; None is all."""
    led = (
        select(Mission.id, Unit.division_id)
        .join(Person, Person.id == Mission.lead_id)
        .join(Unit, Unit.id == Person.unit_id)
    )
    agreed = (
        select(Seat.mission_id, Unit.division_id)
        .join(Person, Person.id == Seat.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Seat.state.in_(AGREED))
    )
    if mission_ids is not None:
        led, agreed = led.where(Mission.id.in_(mission_ids)), agreed.where(Seat.mission_id.in_(mission_ids))
    found: dict[int, set[int]] = defaultdict(set)
    for mission_id, division_id in db.session.execute(union_all(led, agreed)):
        if division_id is not None:
            found[mission_id].add(division_id)
    return {mission_id: frozenset(found[mission_id]) for mission_id in mission_ids or list(found)}


def latest_reports(mission_ids: Collection[int] | None) -> dict[int, Report]:
    """Return the latest status report of each mission that has one, at one query; None is all."""
    latest = select(func.max(StatusReport.id)).group_by(StatusReport.mission_id)
    if mission_ids is not None:
        latest = latest.where(StatusReport.mission_id.in_(mission_ids))
    columns = (getattr(StatusReport, field.name) for field in fields(Report))
    rows = db.session.execute(select(*columns).where(StatusReport.id.in_(latest)))
    return {row[0]: Report(*row) for row in rows}


def reports(mission_id: int, *, most: int = 50) -> list[StatusReport]:
    """Return a mission's status reports, newest first, with who wrote them."""
    return list(
        db.session.scalars(
            select(StatusReport)
            .where(StatusReport.mission_id == mission_id)
            .options(joinedload(StatusReport.author))
            .order_by(StatusReport.id.desc())
            .limit(most)
        )
    )


def missions_of_challenge(challenge_id: int) -> list[MissionLink]:
    """Return the missions that answer a challenge: the chain upwards."""
    rows = db.session.execute(
        select(Mission.id, Mission.title)
        .join(MissionChallenge, MissionChallenge.mission_id == Mission.id)
        .where(MissionChallenge.challenge_id == challenge_id)
        .order_by(Mission.id)
    )
    return [MissionLink(*row) for row in rows]


def wanting_people() -> Select[int, int]:
    """Return a select of open seats in missions that answer challenges: ``challenge_id``, ``seat_id``."""
    return (
        select(MissionChallenge.challenge_id, Seat.id.label("seat_id"))
        .join(Mission, Mission.id == MissionChallenge.mission_id)
        .join(Seat, Seat.mission_id == Mission.id)
        .where(Mission.status == Status.ACTIVE, Seat.state == SeatState.OPEN)
    )


def challenges_of(mission_id: int) -> list[Challenge]:
    """Return the challenges a mission answers: the chain downwards."""
    return list(
        db.session.scalars(
            select(Challenge)
            .join(MissionChallenge, MissionChallenge.challenge_id == Challenge.id)
            .where(MissionChallenge.mission_id == mission_id)
            .order_by(Challenge.id)
        )
    )


def report_dates(mission_ids: Collection[int] | None) -> list[tuple[int, str, date]]:
    """Return id, title and the day the next status report is due of active missions; None is all."""
    last = func.max(StatusReport.at)
    statement = (
        select(Mission.id, Mission.title, func.coalesce(last, Mission.created_at))
        .outerjoin(StatusReport, StatusReport.mission_id == Mission.id)
        .where(Mission.status == Status.ACTIVE)
        .group_by(Mission.id, Mission.title, Mission.created_at)
    )
    if mission_ids is not None:
        statement = statement.where(Mission.id.in_(sorted(mission_ids)))
    time_given = timedelta(days=DAYS_UNTIL_SILENT)
    return [
        (row[0], row[1], clock.local(row[2]).date() + time_given) for row in db.session.execute(statement)
    ]
