"""The search for one best team after the other: few columns at a time, and a price for all the others."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from teamhub.missions.composer.columns import Columns, Cut
from teamhub.missions.composer.feasible import any_team
from teamhub.missions.composer.needs import Need
from teamhub.missions.composer.pool import Pool
from teamhub.missions.composer.program import Answer, Program
from teamhub.missions.composer.scoring import FULL
from teamhub.missions.composer.sheet import Floats, Places

AT_FIRST = 3
"""Columns of each seat, division and pattern that the relaxation begins with."""

EACH_ROUND = 25
"""Columns of each seat that a round of pricing adds at most."""

WORTH_A_TRY = 40
"""The cheapest columns of each seat that the whole program begins with, and grows by at most."""

NOISE = 1e-6
SAFE = 0.01
"""Costs are whole numbers. Prices are so but for rounding, and are trusted to a hundredth."""

Marks = NDArray[np.bool_]
"""One mark for each column of the need."""


class NoTeam(Exception):
    """It is proven that no team keeps the rules and the cuts."""


class NotFound(Exception):
    """The time was over before a team was found, or found not to exist."""


@dataclass(frozen=True, slots=True)
class Best:
    """A team as places in the pool, seat by seat, and what any team costs at least."""

    team: tuple[int, ...]
    bound: float


class Search:
    """What is known about a need while its teams are looked for. ``cuts`` may grow between two of them.

    ``relaxed`` marks the columns of the relaxation, ``rescued`` those of some team that keeps the rules,
    where the cheapest columns hold none. ``alike`` numbers the columns by seat, division and pattern.
    ``bound`` is what any team costs at least, as far as is known.
    """

    def __init__(self, need: Need, pool: Pool, columns: Columns, deadline: float) -> None:
        self.need, self.pool, self.columns, self.deadline = need, pool, columns, deadline
        self.program = Program(need, pool, columns)
        self.cuts: list[Cut] = []
        arrays = self.program.arrays
        of_division = arrays.seat * (arrays.divisions + 1) + arrays.division + 1
        self.alike = of_division * len(arrays.patterns) + arrays.pattern
        self.relaxed: Marks = ranks(arrays.cost, self.alike) < AT_FIRST
        self.rescued: Marks = np.zeros(len(columns), dtype=bool)
        self.bound = self._loose_bound()

    def best(self) -> Best:
        """Return the best team that the cuts allow, or the best found in time. Raises NoTeam and NotFound."""
        prices = self._prices()
        seat, batch = self.program.arrays.seat, WORTH_A_TRY
        tried: Marks = self.rescued | (ranks(prices, seat) < batch) | (ranks(prices, self.alike) < 1)
        incumbent: Answer | None = None
        while True:
            answer = self.program.solve(np.flatnonzero(tried), self.cuts, self._left())
            if not answer.found and incumbent is None:
                self._rescue(answer)
                tried |= self.rescued
                continue
            if incumbent is None or answer.cost < incumbent.cost:
                incumbent = answer
            one_better = round(incumbent.cost) - 1 + SAFE
            missing: Marks = ~tried & (self.bound + prices < one_better)
            if not answer.proven or not missing.any():
                left_out = self.bound + prices[missing].min(initial=np.inf)
                lowest = incumbent.cost if answer.proven else answer.bound
                return Best(self._team(incumbent), max(self.bound, min(lowest, left_out)))
            batch *= 2
            tried |= missing & (ranks(np.where(missing, prices, np.inf), seat) < batch)

    def _prices(self) -> Floats:
        """Return the price of every column: a team with it costs at least that much above ``bound``.

        The relaxation is solved over more and more columns, until none is left with a price below 0, or the
        time is over. One column of each seat is in a team, so ``bound`` holds before that as well.
        """
        while True:
            answer = self.program.relax(np.flatnonzero(self.relaxed), self.cuts, self._left())
            if answer.prices is None:
                self._rescue(answer)
                self.relaxed |= self.rescued
                continue
            least = np.zeros(len(self.need.seats))
            np.minimum.at(least, self.program.arrays.seat, answer.prices)
            self.bound = answer.cost + least.sum()
            if least.sum() > -NOISE or self._left() <= 0:
                return answer.prices
            cheap: Marks = ranks(answer.prices, self.program.arrays.seat) < EACH_ROUND
            self.relaxed |= cheap & (answer.prices < -NOISE)

    def _rescue(self, answer: Answer) -> None:
        """Mark the columns of a team that keeps the rules, after the columns tried have held none."""
        if not answer.proven:
            raise NotFound
        found = any_team(self.need, self.pool, self.cuts, self._left())
        if found.team is None:
            raise NoTeam if found.proven else NotFound
        arrays = self.program.arrays
        theirs: Marks = np.array(found.team)[arrays.seat] == arrays.owner
        if self.rescued[theirs].all():
            raise NotFound  # HiGHS has refused a team that keeps the rules: a matter of rounding
        self.rescued |= theirs

    def _loose_bound(self) -> float:
        """Return what any team costs at least, without solving anything."""
        seats, arrays = len(self.need.seats), self.program.arrays
        least = np.full(seats, np.inf)
        np.minimum.at(least, arrays.seat, arrays.cost)
        return float(least.sum()) - FULL * self.need.weights.spread * min(seats, arrays.divisions)

    def _team(self, answer: Answer) -> tuple[int, ...]:
        owner_of = {self.columns.seat[at]: self.columns.owner[at] for at in answer.taken}
        return tuple(owner_of[place] for place in range(len(self.need.seats)))

    def _left(self) -> float:
        return self.deadline - time.monotonic()


def ranks(values: Floats, groups: Places) -> Places:
    """Return each value's place within its group, from 0 for the smallest; equal ones keep their order."""
    order = np.lexsort((values, groups))
    begins = np.flatnonzero(np.diff(groups[order], prepend=-1))
    sizes = np.diff(np.append(begins, len(order)))
    ranked = np.empty(len(order), dtype=np.int64)
    ranked[order] = np.arange(len(order)) - np.repeat(begins, sizes)
    return ranked
