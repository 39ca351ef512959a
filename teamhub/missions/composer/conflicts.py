"""What binds when there is no team: a set of rules that cannot be kept together, and of which none is idle.

QuickXplain (Junker 2004). A conflict within one seat is looked for first, and made as small as can be.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from itertools import combinations

from teamhub.missions.composer.feasible import any_team
from teamhub.missions.composer.needs import Need
from teamhub.missions.composer.pool import Pool
from teamhub.missions.composer.rules import Rule, rules_of, without

Rules = tuple[Rule, ...]
SMALL = 2
"""Sets of up to so many rules of one seat are all tried, before a smallest one is looked for otherwise."""


class Undecided(Exception):
    """The time was over before it was known whether there is a team."""


class Conflicts:
    """Finds conflicts of needs over one pool, until ``deadline`` (of ``time.monotonic``)."""

    def __init__(self, pool: Pool, deadline: float) -> None:
        self.pool, self.deadline = pool, deadline

    def has_team(self, need: Need) -> bool:
        """Tell whether some team keeps all rules of a need. Raises Undecided."""
        found = any_team(need, self.pool, seconds=self.left())
        if not found.proven:
            raise Undecided
        return found.team is not None

    def left(self) -> float:
        """Return the seconds that are left. Raises Undecided when there are none."""
        seconds = self.deadline - time.monotonic()
        if seconds <= 0:
            raise Undecided
        return seconds

    def of(self, need: Need) -> Rules:
        """Return a conflict of a need without a team: rules of one seat if possible, else of several.

        Empty when there would be no team without any rules: too few people accept. Raises Undecided.
        """
        everything = rules_of(need)
        if not self._holds(need, everything, ()):
            return ()
        of_seats = [[rule for rule in everything if rule.seat == seat.id] for seat in need.seats]
        general = [rule for rule in everything if rule.seat is None]
        for own in of_seats:
            if not self._holds(need, everything, own):
                return self._smallest(need, everything, own)
        for own in of_seats:
            if general and not self._holds(need, everything, own + general):
                return self._explained(need, everything, own + general)
        return self._explained(need, everything, everything)

    def is_settled(self, need: Need, after: Need, rules: Rules) -> bool:
        """Tell whether a conflict of ``need`` is none any more ``after`` some changes."""
        return self.has_team(without(after, set(rules_of(need)) - set(rules)))

    def _holds(self, need: Need, everything: Sequence[Rule], kept: Iterable[Rule]) -> bool:
        """Tell whether there is a team when only the ``kept`` rules are."""
        return self.has_team(without(need, set(everything) - set(kept)))

    def _smallest(self, need: Need, everything: Sequence[Rule], own: Sequence[Rule]) -> Rules:
        for size in range(1, SMALL + 1):
            for rules in combinations(own, size):
                if not self._holds(need, everything, rules):
                    return rules
        return self._explained(need, everything, own)

    def _explained(self, need: Need, everything: Sequence[Rule], rules: Sequence[Rule]) -> Rules:
        """Return a conflict among ``rules`` of which none can be left out."""

        def split(kept: Rules, rest: Rules, *, grown: bool) -> Rules:
            if grown and not self._holds(need, everything, kept):
                return ()
            if len(rest) == 1:
                return rest
            first, second = rest[: len(rest) // 2], rest[len(rest) // 2 :]
            of_second = split(kept + first, second, grown=True)
            of_first = split(kept + of_second, first, grown=bool(of_second))
            return of_first + of_second

        return split((), tuple(rules), grown=False)
