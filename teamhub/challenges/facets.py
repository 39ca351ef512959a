"""How many challenges each choice beside the list would show, given the choices in the other facets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select

from teamhub.access.actor import Actor
from teamhub.challenges.explore import SHOWN, TOGGLES, Search, in_scope, toggles, within
from teamhub.challenges.likeness import INDEX
from teamhub.challenges.models import Challenge
from teamhub.core.db import db
from teamhub.core.remember import remember

Fact = tuple[Any, ...]
"""State, division's id, theme, and whether each toggle holds: what a challenge counts under."""


@dataclass(frozen=True)
class Facets:
    """Counts by the value of each facet; ``toggles`` by name."""

    states: Counter[str]
    divisions: Counter[int]
    themes: Counter[str]
    toggles: dict[str, int]
    total: int


def hits(actor: Actor, search: Search) -> Mapping[int, Fact]:
    """Return what a search finds before its facets narrow it: what each counts under, by id.

    At a statement or two. What somebody has changed a moment ago may count as it was.
    """
    known = facts_of_all()
    if search.is_for_everybody:
        return known
    ids = list(db.session.scalars(_within(actor, search)))
    unknown = [id_ for id_ in ids if id_ not in known]
    more = _facts(Challenge.id.in_(unknown), in_scope(actor, search.scope)) if unknown else {}
    return {id_: fact for id_ in ids if (fact := known.get(id_) or more.get(id_)) is not None}


def _within(actor: Actor, search: Search) -> Any:
    """Return the select of what scope and words let through; by words alone where the scope is all."""
    if search.scope == "all":
        return INDEX.ids(search.text)
    return within(select(Challenge.id), actor, search)


@remember(20)
def facts_of_all() -> dict[int, Fact]:
    """Return what each challenge that is shown counts under, by its id: the same for everybody.

    Read whole and kept a while, since a database takes longer to group some thousands of hits than it
    takes to find them.
    """
    return _facts(SHOWN)


def _facts(*which: ColumnElement[bool]) -> dict[int, Fact]:
    told = (condition.label(name) for name, condition in toggles().items())
    c = Challenge
    rows = db.session.execute(select(c.id, c.state, c.division_id, c.theme, *told).where(*which))
    alike: dict[Fact, Fact] = {}
    return {id_: alike.setdefault(fact, fact) for id_, *rest in rows for fact in (tuple(rest),)}


def narrowed(found: Mapping[int, Fact], search: Search) -> AbstractSet[int]:
    """Return those of ``found`` that the choices in all facets let through."""
    asked = _asked(search)
    if not asked:
        return found.keys()
    return {id_ for id_, fact in found.items() if all(fact[place] in wish for place, wish in asked)}


def count(found: Mapping[int, Fact], search: Search) -> Facets:
    """Count what each choice would show. One counts when the choices in all other facets let it through."""
    asked = _asked(search)
    counts: list[Counter[Any]] = [Counter() for _ in range(3 + len(TOGGLES))]
    total = 0
    for fact, number in Counter(found.values()).items():
        missed = [place for place, wish in asked if fact[place] not in wish]
        if len(missed) > 1:
            continue
        for place in missed or range(len(counts)):
            counts[place][fact[place]] += number
        total += 0 if missed else number
    states, divisions, themes, *yes = counts
    held = {name: by_answer[True] for name, by_answer in zip(TOGGLES, yes, strict=True)}
    return Facets(states, divisions, themes, held, total)


def _asked(search: Search) -> list[tuple[int, frozenset[Any]]]:
    """Return the choices somebody has made: the place in a fact, and what may stand there."""
    wishes: list[frozenset[Any]] = [search.states, search.divisions, search.themes]
    wishes += [frozenset({True}) if getattr(search, name) else frozenset() for name in TOGGLES]
    return [(place, wish) for place, wish in enumerate(wishes) if wish]
