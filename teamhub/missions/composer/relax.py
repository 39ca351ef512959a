"""When there is no team: what binds, and the smallest changes that would make one possible, each tried."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from teamhub.missions.composer.changes import Change
from teamhub.missions.composer.columns import able
from teamhub.missions.composer.conflicts import Conflicts, Rules, Undecided
from teamhub.missions.composer.needs import Candidate, Need
from teamhub.missions.composer.pool import Pool
from teamhub.missions.composer.repairs import Repair, Repairs
from teamhub.missions.composer.rules import Rule, without


@dataclass(frozen=True, slots=True)
class Binding:
    """A rule that binds. ``able``: how many could hold its seat if only this rule were left out."""

    rule: Rule
    able: int | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Changes that together make a team possible, and the need as it then is: it has been solved.

    ``size`` ranks them: see ``changes.SIZE``. ``able`` has for each seat that is changed how many can then
    hold it.
    """

    changes: tuple[Change, ...]
    size: int
    need: Need
    able: dict[int, int]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Why there is no team.

    Each of ``conflicts`` is a set of rules that cannot be kept together, though they can when any one of
    them is left out. No rule is in two of them. Without conflicts, ``possible`` says whether there is a team
    after all, or too few people accept. ``complete`` is False when time or steps were over: the suggestions
    are true all the same, but there may be more of them, and smaller ones.
    """

    possible: bool
    conflicts: tuple[tuple[Binding, ...], ...]
    suggestions: tuple[Suggestion, ...]
    complete: bool


def diagnose(
    need: Need, candidates: Iterable[Candidate], *, most: int = 4, seconds: float = 10.0
) -> Diagnosis:
    """Find what binds and up to ``most`` suggestions, the smallest first, within about ``seconds``."""
    return diagnose_in(Pool(candidates, need.weeks, need.draw), need, most=most, seconds=seconds)


def diagnose_in(pool: Pool, need: Need, *, most: int = 4, seconds: float = 10.0) -> Diagnosis:
    """Do as ``diagnose`` does, with a pool that was made for the same weeks."""
    conflicts = Conflicts(pool, time.monotonic() + seconds)
    found: list[Rules] = []
    repairs: tuple[Repair, ...] = ()
    possible, complete = False, True
    try:
        possible = conflicts.has_team(need)
        left = need
        while not possible and not conflicts.has_team(left) and (rules := conflicts.of(left)):
            found.append(rules)
            left = without(left, rules)
    except Undecided:
        complete = False
    if found and complete:
        repairs, complete = Repairs(need, pool, conflicts, found).smallest(most)
    return Diagnosis(
        possible=possible,
        conflicts=tuple(tuple(Binding(r, _able_without(need, pool, r)) for r in rules) for rules in found),
        suggestions=tuple(sorted((_suggestion(repair, pool) for repair in repairs), key=lambda s: s.size)),
        complete=complete,
    )


def _able_without(need: Need, pool: Pool, rule: Rule) -> int | None:
    looser = without(need, [rule])
    able_of = {seat.id: len(able(looser, pool, seat)) for seat in looser.seats if seat.id == rule.seat}
    return able_of.get(rule.seat) if rule.seat is not None else None


def _suggestion(repair: Repair, pool: Pool) -> Suggestion:
    touched = {change.seat for change in repair.changes}
    able_of = {s.id: len(able(repair.need, pool, s)) for s in repair.need.seats if s.id in touched}
    return Suggestion(repair.changes, repair.size, repair.need, able_of)
