"""The search for the smallest changes: what lets each seat be held at all, and then what lets the whole be.

Sets of changes are tried from the smallest size upwards. One that leaves a conflict as it was cannot help and
is not solved: changes must hit every conflict (Reiter 1987).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import count

from teamhub.missions.composer.changes import Change, Do, changed, ladders, moves
from teamhub.missions.composer.conflicts import Conflicts, Rules, Undecided
from teamhub.missions.composer.fixes import Fixes, Steps
from teamhub.missions.composer.needs import Need
from teamhub.missions.composer.pool import Pool
from teamhub.missions.composer.rules import Kind, Rule

MOST_STEPS = 1500
"""A step is a set of changes tried, or others planned: a few thousandths of a second."""

QUICK_STEPS = 60
MOST_DIVES = 8
SMALLEST = 1
"""No change is smaller."""

STAYS = -1
"""The place among the moves of a need that is not moved."""

Planned = tuple[int, int, Callable[[], None]]
"""The size that nothing that comes of a step can be below, a number, and the step."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Changes that make a team possible, and the need with them made."""

    changes: tuple[Change, ...]
    size: int
    need: Need


class Repairs:
    """What has been tried, and what is still to be. ``known`` are conflicts of the need as it is."""

    def __init__(self, need: Need, pool: Pool, conflicts: Conflicts, known: Sequence[Rules]) -> None:
        self.need, self.conflicts = need, conflicts
        self.known = [frozenset(rules) for rules in known]
        self.moves, self.ladders = moves(need), ladders(need)
        self.fixes = Fixes(pool, self.ladders)
        self.steps = 0
        self.seen: set[tuple[int, Steps]] = set()
        self.failed: set[tuple[int, Steps]] = set()
        self.found: dict[tuple[int, Steps], Repair] = {}
        self.base: Steps = ()
        self.number = count()
        self.agenda: list[Planned] = []
        self.later: list[Planned] = []
        for move in (STAYS, *range(len(self.moves))):
            self._plan(self._size(move, ()), partial(self._begin, move))

    def smallest(self, most: int) -> tuple[tuple[Repair, ...], bool]:
        """Return up to ``most`` repairs by size, and whether the search came to its end.

        What lets each seat be held is tried first, then single changes, for both are quick and mostly enough.
        More is added as long as something smaller could come of it than is found.
        """
        try:
            for _ in range(QUICK_STEPS):
                if self.agenda and len(self.found) < most:
                    self._take_step()
            if len(self.found) < most:
                self._try_each()
            self.agenda += self.later
            heapq.heapify(self.agenda)
            self.later = self.agenda
            while self.agenda and (len(self.found) < most or self.agenda[0][0] < self._sizes()[most - 1]):
                self._take_step()
        except Undecided:
            if not self.found:
                self._dive()
            return self._by_size()[:most], False
        return self._by_size()[:most], True

    def _by_size(self) -> tuple[Repair, ...]:
        return tuple(sorted(self.found.values(), key=lambda repair: repair.size))

    def _sizes(self) -> list[int]:
        return [repair.size for repair in self._by_size()]

    def _take_step(self) -> None:
        self.conflicts.left()
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Undecided
        _, _, step = heapq.heappop(self.agenda)
        step()

    def _begin(self, move: int) -> None:
        """Look for what lets each seat be held that nobody can hold, all of them moved by ``move``."""
        need = changed(self.need, self._changes(move, ()))
        if need is not None:
            of_seats = (self.fixes.of(need, seat) for seat in self.fixes.impossible(need))
            fixes = tuple(of_seat for of_seat in of_seats if of_seat)
            if move == STAYS:
                self.base = merged(of_seat[0] for of_seat in fixes)
            self._plan_combination(move, fixes, (0,) * len(fixes))

    def _plan_combination(
        self, move: int, fixes: tuple[tuple[Steps, ...], ...], chosen: tuple[int, ...]
    ) -> None:
        steps = merged(of_seat[at] for of_seat, at in zip(fixes, chosen, strict=True))
        self._plan(self._size(move, steps), partial(self._combine, move, fixes, chosen, steps))

    def _combine(
        self, move: int, fixes: tuple[tuple[Steps, ...], ...], chosen: tuple[int, ...], steps: Steps
    ) -> None:
        """Try one fix for each seat, and plan what is a little larger: the next fix for one of them."""
        for seat, at in enumerate(chosen):
            if at + 1 < len(fixes[seat]):
                self._plan_combination(move, fixes, (*chosen[:seat], at + 1, *chosen[seat + 1 :]))
            if at:
                break  # each combination is planned once: from the one with its first fix one less
        self._try(move, steps)

    def _try(self, move: int, steps: Steps, *, further: bool = True) -> None:
        """Solve the need with some changes made. If there is still no team, plan to go ``further``."""
        changes, key = self._changes(move, steps), (move, steps)
        need = changed(self.need, changes)
        if need is None or key in self.seen or self._is_more_than_enough(move, steps):
            return
        if {Do.MOVE, Do.MOVE_ALL} <= {change.do for change in changes}:
            return  # to move everything and one seat back again is no suggestion
        size = self._size(move, steps)
        if key not in self.failed and not self._left(move, steps) and self.conflicts.has_team(need):
            self.found[key] = Repair(changes, size, need)
            return
        self.failed.add(key)
        if further:
            self.seen.add(key)
            planned: Planned = (size + SMALLEST, next(self.number), partial(self._add, move, steps))
            heapq.heappush(self.later, planned)

    def _try_each(self) -> None:
        """Try each single change, however large, on top of the first fix for each seat."""
        rules = next(iter(self._left(STAYS, self.base)), None)
        for further in self._further(self.base, rules):
            self.conflicts.left()
            self._try(STAYS, further, further=False)

    def _dive(self) -> None:
        """Find some repair, though hardly the smallest: settle what binds, one conflict after the other."""
        steps = self.base
        with suppress(Undecided):
            for _ in range(MOST_DIVES):
                need = self._need(steps)
                if need is not None and self.conflicts.has_team(need):
                    self.found[STAYS, steps] = Repair(
                        self._changes(STAYS, steps), self._size(STAYS, steps), need
                    )
                if need is None or self.found:
                    return
                rules = self.conflicts.of(need)
                for further in self._further(steps, frozenset(rules)):
                    after = self._need(further)
                    if after is not None and self.conflicts.is_settled(need, after, rules):
                        steps = further
                        break
                else:
                    return

    def _need(self, steps: Steps) -> Need | None:
        return changed(self.need, self._changes(STAYS, steps))

    def _further(self, steps: Steps, rules: frozenset[Rule] | None) -> list[Steps]:
        """Return ``steps`` with one change more or taken further, by size; of those that loosen ``rules``."""
        taken = dict(steps)
        found = [
            tuple(sorted({**taken, at: rung}.items()))
            for at, ladder in enumerate(self.ladders)
            if rules is None or ladder.loosens & rules
            for rung in range(taken.get(at, -1) + 1, len(ladder.rungs))
        ]
        return sorted(found, key=lambda steps: (self._size(STAYS, steps), steps))

    def _add(self, move: int, steps: Steps) -> None:
        """Plan to take further each change, or each that loosens a conflict that still is as it was."""
        taken, left = dict(steps), self._left(move, steps)
        for at, ladder in enumerate(self.ladders):
            rung = taken.get(at, -1) + 1
            if rung < len(ladder.rungs) and (not left or ladder.loosens & left[0]):
                further = tuple(sorted({**taken, at: rung}.items()))
                self._plan(self._size(move, further), partial(self._try, move, further))

    def _left(self, move: int, steps: Steps) -> list[frozenset[Rule]]:
        """Return the known conflicts that changes leave as they were: there is no team while there is one."""
        timed = (Rule(Kind.TIME, seat.id) for seat in self.need.seats if move != STAYS)
        loosened = frozenset(timed).union(*(self.ladders[at].loosens for at, _ in steps))
        return [rules for rules in self.known if not loosened & rules]

    def _is_more_than_enough(self, move: int, steps: Steps) -> bool:
        """Tell whether fewer or smaller changes of the same kinds were found to do."""
        rungs = dict(steps)
        return any(
            moved in {STAYS, move} and all(rungs.get(at, -1) >= rung for at, rung in enough)
            for moved, enough in self.found
        )

    def _plan(self, size: int, step: Callable[[], None]) -> None:
        heapq.heappush(self.agenda, (size, next(self.number), step))

    def _changes(self, move: int, steps: Steps) -> tuple[Change, ...]:
        moved = () if move == STAYS else (self.moves[move],)
        return (*moved, *(self.ladders[at].rungs[rung] for at, rung in steps))

    def _size(self, move: int, steps: Steps) -> int:
        return sum(change.size for change in self._changes(move, steps))


def merged(parts: Iterable[Steps]) -> Steps:
    """Return several steps as one, each ladder once, as far up as any of them goes."""
    rungs: dict[int, int] = {}
    for at, rung in (step for steps in parts for step in steps):
        rungs[at] = max(rung, rungs.get(at, rung))
    return tuple(sorted(rungs.items()))
