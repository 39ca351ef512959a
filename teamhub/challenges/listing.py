"""The list of challenges: its order, a page of it from any place, and what stands on each card."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, select

from teamhub.access.actor import SYSTEM, Actor
from teamhub.challenges.explore import WAITING, Search, in_scope, narrow, wanting
from teamhub.challenges.models import Challenge, Support
from teamhub.challenges.states import OPEN, State
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.paging import Key, Slice, beyond
from teamhub.core.remember import remember
from teamhub.people.models import Unit

PAGE_SIZE = 20
EXCERPT = 700
"""So much of a situation is read for a card; all of it where words looked for may stand further down."""
NEVER = date(9999, 12, 31)


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


def find(actor: Actor, search: Search, total: int) -> Slice[ChallengeRow]:
    """Return the page of challenges asked for, out of ``total``, at two statements; three further down."""
    ids, before, after = _ids_of_page(actor, search)
    c = Challenge
    situation = c.situation if search.text else func.substr(c.situation, 1, EXCERPT)
    columns: tuple[Any, ...] = (
        c.id, c.title, situation, func.substr(c.affected, 1, 200), c.state, c.due_on, c.submitted_at,
        c.submitted_by, c.theme, Unit.name, c.division_id, c.support_people, c.support_units,
    )  # fmt: skip
    found = select(*columns).outerjoin(Unit, Unit.id == c.unit_id).where(c.id.in_(ids))
    # Asked again, for the order all share may be a minute old.
    found = found.where(in_scope(actor, search.scope))
    rows = db.session.execute(found)
    by_id = {row[0]: ChallengeRow(*row) for row in rows}
    return Slice([by_id[id_] for id_ in ids if id_ in by_id], total, before, after)


def in_order(actor: Actor, search: Search) -> tuple[Any, list[Key]]:
    """Return what a search finds as a table with ``id``, and the keys that put it in order."""
    columns = _columns(search)
    found = narrow(
        select(Challenge.id, *(column.label(f"key{n}") for n, (column, _) in enumerate(columns))),
        actor,
        search,
    ).subquery()
    keys = [Key(found.c[f"key{n}"], falling) for n, (_, falling) in enumerate(columns)]
    return found, keys


def _columns(search: Search) -> tuple[tuple[Any, bool], ...]:
    """Return what to order by, with whether it falls; the id last, so that pages never overlap."""
    c = Challenge
    newest = func.coalesce(c.submitted_at, c.created_at) if search.scope == "mine" else c.submitted_at
    return {
        "fair": ((_closed(), False), (_turn(), False), (newest, True), (c.id, True)),
        "new": ((newest, True), (c.id, True)),
        "old": ((newest, False), (c.id, False)),
        "due": ((func.coalesce(c.due_on, NEVER), False), (c.id, False)),
        "units": ((c.support_units, True), (c.support_people, True), (c.id, True)),
    }[search.sort]


def _closed() -> Any:
    return case((Challenge.state.in_(OPEN), 0), else_=1)


def _turn() -> Any:
    """Whose turn it is: 1 for the newest of each unit, 2 for the next of each, open and closed apart.

    Neither who came first nor who writes most stands on top, and what few units feel is seen too.
    """
    of_unit = (_closed(), Challenge.unit_id, Challenge.submitted_by)
    return func.row_number().over(
        partition_by=of_unit, order_by=(Challenge.submitted_at.desc(), Challenge.id.desc())
    )


def _ids_of_page(actor: Actor, search: Search) -> tuple[list[int], int | None, int | None]:
    """Return the ids of a page in order, and those to go on from, backwards and forwards."""
    if search.is_for_everybody and not search.narrowed and search.sort == "fair":
        return _cut(all_by_turns(), search)
    found, keys = in_order(actor, search)
    from_id, backwards = (search.before, True) if search.before else (search.after, False)
    statement, place = select(found.c.id), None
    if from_id:
        stands = select(*(key.column for key in keys)).where(found.c.id == from_id)
        place = db.session.execute(stands).one_or_none()
    if place is None:
        backwards = False
    else:
        statement = statement.where(beyond(keys, place, backwards=backwards))
    statement = statement.order_by(*(key.order(backwards=backwards) for key in keys)).limit(PAGE_SIZE + 1)
    ids = list(db.session.scalars(statement))
    more, ids = len(ids) > PAGE_SIZE, ids[:PAGE_SIZE]
    if backwards:
        ids.reverse()
    earlier, later = (more, True) if backwards else (place is not None, more)
    return ids, ids[0] if ids and earlier else None, ids[-1] if ids and later else None


@remember(60)
def all_by_turns() -> Sequence[int]:
    """Return the ids of all that is shown in the order of turns, which is the same for everybody.

    Numbering the turns of 20,000 takes a tenth of a second, so it is not done for every reader.
    """
    found, keys = in_order(SYSTEM, Search())
    return array("q", db.session.scalars(select(found.c.id).order_by(*(key.order() for key in keys))))


def _cut(ids: Sequence[int], search: Search) -> tuple[list[int], int | None, int | None]:
    """Return a page out of all ids, and those to go on from."""
    first = 0
    with suppress(ValueError):
        if search.before:
            first = max(ids.index(search.before) - PAGE_SIZE, 0)
        elif search.after:
            first = ids.index(search.after) + 1
    page = list(ids[first : first + PAGE_SIZE])
    more = first + len(page) < len(ids)
    return page, page[0] if page and first else None, page[-1] if page and more else None


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
