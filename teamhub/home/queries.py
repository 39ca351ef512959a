"""What «I dag» shows: what waits for a person, and what happened across the municipality."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from teamhub.access.actor import Actor
from teamhub.assessments import queries as assessments
from teamhub.challenges import queries as challenges
from teamhub.challenges.models import Answer, Challenge
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.remember import remember
from teamhub.core.waiting import Waiting
from teamhub.missions import owed as missions
from teamhub.missions.models import Mission
from teamhub.people.models import DIVISION_LEVEL, Unit
from teamhub.people.queries import in_force
from teamhub.tasks import queries as tasks

WEEK = timedelta(days=7)
MOST_OWN = 5


@dataclass(frozen=True)
class Day:
    """A person's day: what waits, and how one's own challenges stand."""

    waiting: list[Waiting]
    own: list[challenges.Mine]


@dataclass(frozen=True)
class Area:
    """How many challenges came from an area in the last week."""

    name: str
    new: int


@dataclass(frozen=True)
class Week:
    """The last seven days in the municipality. Areas only: no unit, and no person, is counted."""

    new: int
    answered: int
    started: int
    areas: list[Area]


def day(actor: Actor) -> Day:
    """Return what waits for a person, the nearest deadline first; what has none comes last."""
    mine = challenges.mine(actor)
    waiting = [*challenges.waiting_for(actor, mine), *assessments.waiting_for(actor)]
    waiting += [*missions.waiting_for(actor), *tasks.waiting_for(actor)]
    waiting.sort(key=lambda w: (w.due_on is None, w.due_on or date.max))
    own = [c for c in mine if c.proposer_id == actor.id and c.state != State.DRAFT]
    return Day(waiting, own[:MOST_OWN])


@remember(60)
def week() -> Week:
    """Return what happened in the last seven days, at one statement."""
    since = clock.now() - WEEK
    new = (
        select(Challenge.division_id, func.count().label("n"))
        .where(Challenge.submitted_at > since, Challenge.state != State.DRAFT)
        .group_by(Challenge.division_id)
        .subquery()
    )
    total = select(func.coalesce(func.sum(new.c.n), 0)).scalar_subquery()
    answered = select(func.count()).select_from(Answer).where(Answer.at > since).scalar_subquery()
    started = select(func.count()).select_from(Mission).where(Mission.created_at > since).scalar_subquery()
    rows = db.session.execute(
        select(Unit.name, func.coalesce(new.c.n, 0), total, answered, started)
        .outerjoin(new, new.c.division_id == Unit.id)
        .where(Unit.level == DIVISION_LEVEL, in_force(Unit))
        .order_by(func.coalesce(new.c.n, 0).desc(), Unit.id)
    ).all()
    if not rows:
        return Week(0, 0, 0, [])
    return Week(rows[0][2], rows[0][3], rows[0][4], [Area(row[0], row[1]) for row in rows])
