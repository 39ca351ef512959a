"""In which order challenges are listed, and the ids of a page from any place in it."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, select

from teamhub.access.actor import SYSTEM, Actor
from teamhub.challenges import facets
from teamhub.challenges.explore import Search, narrow
from teamhub.challenges.facets import Fact
from teamhub.challenges.models import Challenge
from teamhub.challenges.states import OPEN
from teamhub.core.db import db
from teamhub.core.paging import Key, beyond
from teamhub.core.remember import remember

PAGE_SIZE = 20
NEVER = date(9999, 12, 31)

NEW_LAST = frozenset({"old", "due"})
"""Orders in which what has just come stands last."""


@dataclass(frozen=True)
class Place:
    """The ids of a page in order, and those to go on from: None at the beginning and at the end."""

    ids: Sequence[int]
    before: int | None
    after: int | None


def page(actor: Actor, search: Search, hits: Mapping[int, Fact]) -> Place:
    """Return the page of a search that its address asks for. ``hits`` is what facets.hits found."""
    if search.scope == "all" or search.sort == "fair":
        return _cut(facets.narrowed(hits, search), search)
    found, keys = _in_order(actor, search)
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
    return Place(ids, ids[0] if ids and earlier else None, ids[-1] if ids and later else None)


def everything(actor: Actor, search: Search) -> Sequence[int]:
    """Return the ids of all a search finds, in its order."""
    if search.sort == "fair":
        found = facets.narrowed(facets.hits(actor, search), search)
        return _put(found, all_in_order(search.sort), search.sort)
    return _all(*_in_order(actor, search))


def _in_order(actor: Actor, search: Search) -> tuple[Any, list[Key]]:
    """Return what a search finds as a table with ``id``, and the keys that put it in order."""
    columns = _columns(search)
    labelled = (column.label(f"key{n}") for n, (column, _) in enumerate(columns))
    found = narrow(select(Challenge.id, *labelled), actor, search).subquery()
    return found, [Key(found.c[f"key{n}"], falling) for n, (_, falling) in enumerate(columns)]


def _all(found: Any, keys: list[Key]) -> Sequence[int]:
    return array("q", db.session.scalars(select(found.c.id).order_by(*(key.order() for key in keys))))


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
    newest = (Challenge.submitted_at.desc(), Challenge.id.desc())
    return func.row_number().over(partition_by=of_unit, order_by=newest)


@remember(60)
def all_in_order(sort: str) -> Sequence[int]:
    """Return the ids of all that is shown in an order, which is the same for everybody.

    Numbering the turns of 20,000 takes a tenth of a second, and putting thousands of hits in order longer
    than finding them, so it is not done for every reader.
    """
    return _all(*_in_order(SYSTEM, Search(sort=sort)))


def _put(found: AbstractSet[int], order: Sequence[int], sort: str) -> list[int]:
    """Return the ids of ``found`` in ``order``; what has come since stands where new things do."""
    kept = [id_ for id_ in order if id_ in found]
    if len(kept) == len(found):
        return kept
    come = sorted(found - set(order), reverse=True)
    return kept + come[::-1] if sort in NEW_LAST else come + kept


def _cut(found: AbstractSet[int], search: Search) -> Place:
    """Return the page of ``found`` that goes on from a challenge, also from one no longer among them."""
    order, from_id = all_in_order(search.sort), search.before or search.after or 0
    # An answer moves a challenge to the end of the turns: its place there is not where the reader was.
    known = from_id in found or (search.sort != "fair" and from_id in order)
    ids = _put(found | {from_id} if known else found, order, search.sort)
    at = ids.index(from_id) if known else 0
    if known and from_id not in found:
        del ids[at]
    elif known and search.after:
        at += 1
    first = max(at - PAGE_SIZE, 0) if search.before else at
    some = ids[first : first + PAGE_SIZE]
    more = first + len(some) < len(ids)
    return Place(some, some[0] if some and first else None, some[-1] if some and more else None)
