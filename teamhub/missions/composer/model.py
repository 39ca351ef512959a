"""The composer: the best teams for a need, each proven to be so or with the gap that is left.

How it is done, and why the answer is exact although most people are never handed to the solver:
docs/composer.md.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from math import ceil

from teamhub.missions.composer import greedy
from teamhub.missions.composer.columns import Cut, allowed, columns_of
from teamhub.missions.composer.feasible import any_team, keeps_rules
from teamhub.missions.composer.needs import Candidate, Ended, Gap, Need, Placement, Proposal, Result
from teamhub.missions.composer.pool import Pool
from teamhub.missions.composer.scoring import FULL, score, terms_of

TEAMS = 3
DIFFERENT = 2
"""People by which a team must differ from each one ranked before it."""

ROUNDING = 0.01
GRACE = 0.2
"""Seconds more to find some team, when the time was over before there was any."""


def solve(
    need: Need, candidates: Iterable[Candidate], *, teams: int = TEAMS, seconds: float = 10.0
) -> Result:
    """Return up to ``teams`` teams, the best first, found within about ``seconds``.

    The answer depends on nothing but the need and the candidates, whatever order they come in, as long as
    the time is enough. Teams differ by two people, or by one where only one seat is open.
    """
    return solve_in(Pool(candidates, need.weeks, need.draw), need, teams=teams, seconds=seconds)


def solve_in(pool: Pool, need: Need, *, teams: int = TEAMS, seconds: float = 10.0) -> Result:
    """Do as ``solve`` does, with a pool that was made for the same weeks."""
    deadline = time.monotonic() + seconds
    holders = allowed(need, pool)
    if not all(holders):
        return Result((), Ended.NO_MORE)
    from teamhub.missions.composer import search  # noqa: PLC0415 - HiGHS takes a third of a second to load

    hunt = search.Search(need, pool, columns_of(need, pool, holders), deadline)
    found: list[Proposal] = []
    ended = Ended.ENOUGH
    while len(found) < teams and ended is Ended.ENOUGH:
        try:
            best = hunt.best()
            team, bound = best.team, best.bound
        except search.NoTeam:
            ended = Ended.NO_MORE
            break
        except search.NotFound:
            ended = Ended.TIME
            some = _by_hand(need, pool, hunt.cuts) or any_team(need, pool, hunt.cuts, GRACE).team
            if some is None:
                break
            team, bound = some, hunt.bound
        found.append(_proposal(need, pool, team, bound, len(found) + 1))
        hunt.cuts.append(different(need, team))
    return Result(tuple(found), ended)


def different(need: Need, team: Sequence[int]) -> Cut:
    """Return what keeps the teams to come from being too like ``team``, given as places in the pool."""
    open_seats = len(need.seats) - len(need.locked)
    return Cut(frozenset(team), len(team) - max(min(DIFFERENT, open_seats), 1))


def _by_hand(need: Need, pool: Pool, cuts: Sequence[Cut]) -> tuple[int, ...] | None:
    """Return the team one gets seat by seat, if it keeps all rules: for when there is no time for better."""
    filled = greedy.fill(need, pool, greedy.by_score)
    if len(filled) < len(need.seats):
        return None
    team = tuple(filled[seat.id] for seat in need.seats)
    return team if keeps_rules(need, pool, team, cuts) else None


def _proposal(need: Need, pool: Pool, team: Sequence[int], bound: float, rank: int) -> Proposal:
    """Put a team into the words of the need. ``bound`` is a cost: see ``program.Answer``."""
    people = {seat.id: pool.people[at] for seat, at in zip(need.seats, team, strict=True)}
    terms = terms_of(people, need)
    reached = score(terms)
    present = FULL * need.weights.spread * len(need.divisions_present())
    most = max(reached, present - ceil(bound - ROUNDING))
    placements = tuple(Placement(seat.id, people[seat.id].id) for seat in need.seats)
    return Proposal(rank, placements, terms, Gap(reached, most))
