"""Whether there is a team at all: the same rules without an objective, over the people who could matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace

from teamhub.missions.composer.columns import Cut, able, barred, columns_of
from teamhub.missions.composer.needs import TERMS, Need, Seat, Weights
from teamhub.missions.composer.pool import Pool, like, taught
from teamhub.missions.composer.teams import can_teach, holds_together, overlap

NO_WEIGHTS = Weights(**dict.fromkeys(TERMS, 0))


@dataclass(frozen=True, slots=True)
class Found:
    """A team as places in the pool, one for each seat of the need; or None, and whether that is proven."""

    team: tuple[int, ...] | None
    proven: bool = True


def any_team(need: Need, pool: Pool, cuts: Sequence[Cut] = (), seconds: float = 60.0) -> Found:
    """Find some team that keeps all rules, or prove that there is none."""
    holders = _teachable(need, pool, thinned(need, pool, cuts))
    matched = matching(holders)
    if matched is None or keeps_rules(need, pool, matched, cuts):
        return Found(matched)
    import numpy as np  # noqa: PLC0415 - with HiGHS, a third of a second to load

    from teamhub.missions.composer.program import Program  # noqa: PLC0415 - as above

    unweighted = replace(need, weights=NO_WEIGHTS)
    columns = columns_of(unweighted, pool, holders)
    answer = Program(unweighted, pool, columns).solve(np.arange(len(columns)), cuts, seconds)
    if not answer.found:
        return Found(None, answer.proven)
    owner_of = {columns.seat[at]: columns.owner[at] for at in answer.taken}
    return Found(tuple(owner_of[place] for place in range(len(need.seats))))


def thinned(need: Need, pool: Pool, cuts: Sequence[Cut] = ()) -> list[list[int]]:
    """Return who can hold each seat, without people who cannot matter to whether there is a team.

    In one seat, people of the same division who learn and teach the same are alike. When as many of them are
    kept as there are seats, one of those is always free to take the place of one left out. Those named in a
    cut do not count among them: they may be one too many.
    """
    named = frozenset[int]().union(*(cut.people for cut in cuts))
    skills = tuple(sorted({asked.skill for seat in need.seats if seat.stretch for asked in seat.skills}))
    away, locked = barred(need, pool), {lock.seat for lock in need.locked}
    kept = []
    for seat in need.seats:
        known = (like(seat), skills, len(need.seats), away, named)
        if seat.id in locked:
            kept.append(able(need, pool, seat))
        elif known in pool.few:
            kept.append(pool.few[known])
        else:
            kind_of = _kind_of(seat, pool, skills)
            kept.append(_few_of_each(able(need, pool, seat), kind_of, len(need.seats), named))
            pool.few[known] = kept[-1]
    return kept


def _kind_of(seat: Seat, pool: Pool, skills: tuple[int, ...]) -> Callable[[int], Hashable]:
    kinds = pool.kinds(skills)
    if not seat.stretch:
        return kinds.__getitem__
    return lambda at: (kinds[at], taught(pool.people[at], seat))


def _few_of_each(
    holders: Sequence[int], kind_of: Callable[[int], Hashable], most: int, named: frozenset[int]
) -> list[int]:
    number: Counter[Hashable] = Counter()
    kept = []
    for at in holders:
        kind = kind_of(at)
        if number[kind] < most:
            kept.append(at)
            number[kind] += at not in named
    return kept


def _teachable(need: Need, pool: Pool, holders: list[list[int]]) -> list[list[int]]:
    """Return ``holders`` without learners whom nobody could teach, and with those first who can teach most.

    The order only makes it likely that the first team that is tried keeps the rules about teachers.
    """
    skills = sorted({asked.skill for seat in need.seats if seat.stretch for asked in seat.skills})
    if not skills:
        return holders
    taught_by = [
        {skill for skill in skills if any(can_teach(pool.people[at], skill) for at in people)}
        for people in holders
    ]
    useful = []
    for seat, people in zip(need.seats, holders, strict=True):
        here: set[int] = set()
        for other, can in zip(need.seats, taught_by, strict=True):
            here |= can if other.id != seat.id and overlap(seat, other) else set()
        kept = [at for at in people if all(here & wanted for wanted in taught(pool.people[at], seat))]
        useful.append(sorted(kept, key=lambda at: -sum(can_teach(pool.people[at], s) for s in skills)))
    return useful


def matching(holders: Sequence[Sequence[int]]) -> tuple[int, ...] | None:
    """Return a person of their own for each seat, by augmenting paths, or None if that cannot be."""
    seat_of: dict[int, int] = {}

    def place(seat: int, seen: set[int]) -> bool:
        for at in holders[seat]:
            if at not in seen:
                seen.add(at)
                if at not in seat_of or place(seat_of[at], seen):
                    seat_of[at] = seat
                    return True
        return False

    if not all(place(seat, set()) for seat in range(len(holders))):
        return None
    person_of = {seat: at for at, seat in seat_of.items()}
    return tuple(person_of[seat] for seat in range(len(holders)))


def keeps_rules(need: Need, pool: Pool, team: Sequence[int], cuts: Sequence[Cut]) -> bool:
    """Tell whether a team of people who can hold their seats keeps the cuts and the rules about the whole."""
    people = {seat.id: pool.people[at] for seat, at in zip(need.seats, team, strict=True)}
    return holds_together(people, need) and all(len(cut.people & {*team}) <= cut.most for cut in cuts)
