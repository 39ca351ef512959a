"""How many challenges each choice beside the list would show, given the choices in the other facets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from teamhub.access.actor import Actor
from teamhub.challenges.explore import SHOWN, TOGGLES, Search, toggles, within
from teamhub.challenges.models import Challenge
from teamhub.core.db import db
from teamhub.core.remember import remember

Group = Sequence[Any]
"""State, division's id, theme, whether each toggle holds, and how many challenges are so."""


@dataclass(frozen=True)
class Facets:
    """Counts by the value of each facet; ``toggles`` by name."""

    states: Counter[str]
    divisions: Counter[int]
    themes: Counter[str]
    toggles: dict[str, int]
    total: int


def count(actor: Actor, search: Search) -> Facets:
    """Count everything beside a list, at one statement or none."""
    groups = groups_of_all() if search.is_for_everybody else _groups(within(_each(), actor, search))
    return _add_up(groups, search)


@remember(20)
def groups_of_all() -> list[Group]:
    """Return the groups when nothing but facets narrows: the same for everybody."""
    return _groups(_each().where(SHOWN))


def _each() -> Any:
    told = (condition.label(name) for name, condition in toggles().items())
    return select(Challenge.state, Challenge.division_id, Challenge.theme, *told)


def _groups(each: Any) -> list[Group]:
    columns = each.subquery().c
    rows = db.session.execute(select(*columns, func.count()).group_by(*columns))
    return [tuple(row) for row in rows]


def _add_up(groups: Iterable[Group], search: Search) -> Facets:
    """A group counts under a facet when the choices in all the others let it through."""
    wishes: list[frozenset[Any]] = [search.states, search.divisions, search.themes]
    wishes += [frozenset({True}) if getattr(search, name) else frozenset() for name in TOGGLES]
    counts: list[Counter[Any]] = [Counter() for _ in wishes]
    everywhere = range(len(wishes))
    asked = [(place, wish) for place, wish in enumerate(wishes) if wish]
    total = 0
    for group in groups:
        number = group[-1]
        missed = [place for place, wish in asked if group[place] not in wish]
        if len(missed) > 1:
            continue
        for place in missed or everywhere:
            counts[place][group[place]] += number
        total += 0 if missed else number
    states, divisions, themes, *yes = counts
    held = {name: by_answer[True] for name, by_answer in zip(TOGGLES, yes, strict=True)}
    return Facets(states, divisions, themes, held, total)
