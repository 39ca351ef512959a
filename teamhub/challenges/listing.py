"""The list of challenges: a page of it, and what stands on each card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from teamhub.access.actor import Actor
from teamhub.challenges import ordering
from teamhub.challenges.explore import WAITING, Search, in_scope, wanting
from teamhub.challenges.facets import Fact
from teamhub.challenges.models import Challenge, Support
from teamhub.challenges.states import OPEN, State
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.paging import Slice
from teamhub.core.remember import remember
from teamhub.people.models import Unit

EXCERPT = 700
"""So much of a situation is read for a card; all of it where words looked for may stand further down."""


@dataclass(frozen=True)
class ChallengeRow:
    """A challenge in the list."""

    id: int
    title: str
    situation: str
    affected: str
    state: State
    due_on: date | None
    submitted_at: datetime | None
    submitted_by: str | None
    theme: str | None
    unit: str | None
    division_id: int | None
    support_people: int
    support_units: int


def find(actor: Actor, search: Search, hits: Mapping[int, Fact], total: int) -> Slice[ChallengeRow]:
    """Return the page asked for of ``hits`` (facets.hits), ``total`` of them, at a statement to three."""
    place = ordering.page(actor, search, hits)
    c = Challenge
    situation = c.situation if search.text else func.substr(c.situation, 1, EXCERPT)
    columns: tuple[Any, ...] = (
        c.id, c.title, situation, func.substr(c.affected, 1, 200), c.state, c.due_on, c.submitted_at,
        c.submitted_by, c.theme, Unit.name, c.division_id, c.support_people, c.support_units,
    )  # fmt: skip
    found = select(*columns).outerjoin(Unit, Unit.id == c.unit_id).where(c.id.in_(place.ids))
    # Asked again, for the order all share may be a minute old.
    found = found.where(in_scope(actor, search.scope))
    rows = db.session.execute(found)
    by_id = {row[0]: ChallengeRow(*row) for row in rows}
    return Slice([by_id[id_] for id_ in place.ids if id_ in by_id], total, place.before, place.after)


def spans(rows: Iterable[ChallengeRow]) -> dict[int, set[int]]:
    """Return which areas each challenge is felt in: its own, and those of its supporters."""
    areas: dict[int, set[int]] = {r.id: {r.division_id} if r.division_id else set() for r in rows}
    supported = [row.id for row in rows if row.support_units]
    if supported:
        for challenge_id, division_id in db.session.execute(
            select(Support.challenge_id, Unit.division_id)
            .join(Unit, Unit.id == Support.unit_id)
            .where(Support.challenge_id.in_(supported), Unit.division_id.is_not(None))
            .distinct()
        ):
            areas[challenge_id].add(division_id or 0)
    return areas


def people_wanted(rows: Iterable[ChallengeRow]) -> Counter[int]:
    """Return how many people the missions of challenges want, by the challenge's id."""
    ids = [row.id for row in rows if row.state == State.MISSION]
    wanted: Counter[int] = Counter()
    for seats in wanting() if ids else ():
        found = db.session.scalars(seats.where(seats.selected_columns[0].in_(ids)))
        wanted.update(found)
    return wanted


@remember(20)
def standing() -> tuple[int, int]:
    """Return how many challenges are open, and how many of them should have been answered by now."""
    row = db.session.execute(
        select(
            func.count(),
            func.count().filter(WAITING, Challenge.due_on < clock.today()),
        ).where(Challenge.state.in_(OPEN))
    ).one()
    return row[0], row[1]
