"""What would let somebody hold a seat that nobody can hold: the smallest changes to that seat."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

from teamhub.missions.composer.changes import Change, Do, Ladder, changed
from teamhub.missions.composer.columns import able
from teamhub.missions.composer.needs import Need
from teamhub.missions.composer.pool import Pool

ENOUGH = 4
"""With fewer fixes of one change, those of two are looked for."""

MOST_PAIRS = 100

Steps = tuple[tuple[int, int], ...]
"""(ladder, rung) in the order of the ladders, each of them once."""


class Fixes:
    """Finds what a seat lacks, by one change or two."""

    def __init__(self, pool: Pool, ladders: Sequence[Ladder]) -> None:
        self.pool, self.ladders = pool, ladders

    def impossible(self, need: Need) -> list[int]:
        """Return the seats that nobody can hold."""
        return [seat.id for seat in need.seats if not able(need, self.pool, seat)]

    def of(self, need: Need, seat: int) -> tuple[Steps, ...]:
        """Return what lets somebody hold ``seat``, the smallest first; no fix of which a part would do."""
        mine = [at for at, ladder in enumerate(self.ladders) if ladder.is_about(seat)]
        alone: dict[int, int] = {}
        for at in mine:
            helping = (
                r for r, change in enumerate(self.ladders[at].rungs) if self._helps(need, seat, change)
            )
            rung = next(helping, None)
            if rung is not None:
                alone[at] = rung
        found: list[Steps] = [((at, rung),) for at, rung in alone.items()]
        if len(found) < ENOUGH:
            lower = {at: range(alone.get(at, len(self.ladders[at].rungs))) for at in mine}
            found += self._pairs(need, seat, lower)
        return tuple(sorted(found, key=lambda steps: (self._size(steps), steps)))

    def _pairs(self, need: Need, seat: int, lower: dict[int, range]) -> list[Steps]:
        """Return the fixes of two changes, neither of which goes as far as would do alone."""
        pairs: list[Steps] = [
            ((one, a), (other, b))
            for one, other in combinations(lower, 2)
            for a, b in product(lower[one], lower[other])
        ]
        pairs.sort(key=lambda steps: (self._size(steps), steps))
        found: list[Steps] = []
        for pair in pairs[:MOST_PAIRS]:
            (one, a), (other, b) = pair
            less = any(p[0][0] == one and p[1][0] == other and p[0][1] <= a and p[1][1] <= b for p in found)
            if not less and self._helps(need, seat, *(self.ladders[at].rungs[rung] for at, rung in pair)):
                found.append(pair)
                if len(found) == ENOUGH:
                    break
        return found

    def _helps(self, need: Need, seat: int, *changes: Change) -> bool:
        """Tell whether somebody can hold a seat after the changes, or enough to share it."""
        after = changed(need, changes)
        if after is None:
            return False
        sharing = max((change.after for change in changes if change.do is Do.SPLIT), default=1)
        (changed_seat,) = (other for other in after.seats if other.id == seat)
        return len(able(after, self.pool, changed_seat)) >= sharing

    def _size(self, steps: Steps) -> int:
        return sum(self.ladders[at].rungs[rung].size for at, rung in steps)
