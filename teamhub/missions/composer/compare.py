"""Why this person and not the next best: the team is scored again with each who could take the seat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf

from teamhub.missions.composer.columns import Cut, allowed
from teamhub.missions.composer.model import different
from teamhub.missions.composer.needs import TERMS, Candidate, Need, Seat, Terms
from teamhub.missions.composer.pool import Pool
from teamhub.missions.composer.scoring import (
    FULL,
    acquainted,
    divisions,
    load_after,
    score,
    terms_of,
    worth_anywhere,
    worth_in,
)
from teamhub.missions.composer.teams import Team, holds_together


class Why(StrEnum):
    """What the choice of a person rests on."""

    LOCKED = "locked"
    ONLY = "only"
    BETTER = "better"
    EQUAL = "equal"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Choice:
    """A person in a seat against the next best: who would give the highest score in their place.

    ``difference`` is the team's terms minus those with ``other`` in the seat, in hundredths of a point, and
    ``lead`` its sum. ``WORSE`` (``lead`` below 0) happens only where a person was not chosen by the composer,
    or the time was over. ``able`` is how many can hold the seat, the chosen one included.
    """

    seat: int
    person: int
    why: Why
    able: int
    other: int | None = None
    difference: Terms | None = None

    @property
    def lead(self) -> int:
        return score(self.difference or {})

    @property
    def speaks_for(self) -> tuple[str, ...]:
        """Return the terms in which the person is better than the other, the weightiest first."""
        by = self.difference or {}
        return tuple(sorted((t for t in TERMS if by.get(t, 0) > 0), key=lambda term: -by[term]))

    @property
    def speaks_against(self) -> tuple[str, ...]:
        """Return the terms in which the other is better, the weightiest first."""
        by = self.difference or {}
        return tuple(sorted((t for t in TERMS if by.get(t, 0) < 0), key=lambda term: by[term]))


class Alternatives:
    """Who else could have each seat of a need, from the one who adds most to the score downwards."""

    def __init__(self, need: Need, pool: Pool) -> None:
        self.need, self.pool = need, pool
        self.locked = {lock.seat for lock in need.locked}
        self.ranked = {
            seat.id: self._ranked(seat, holders)
            for seat, holders in zip(need.seats, allowed(need, pool), strict=True)
        }

    def choices(self, team: Team, earlier: Sequence[Team] = ()) -> tuple[Choice, ...]:
        """Return for each person of a full team why it is them, in the order of the need's seats.

        ``earlier`` are the teams ranked before it: the next best keep as far from them as the team had to.
        """
        cuts = [different(self.need, self._places(other)) for other in earlier]
        found = []
        for seat in self.need.seats:
            person, able = team[seat.id], len(self.ranked[seat.id])
            if seat.id in self.locked:
                found.append(Choice(seat.id, person.id, Why.LOCKED, able))
                continue
            other = self._next_best(seat, team, cuts)
            found.append(self._choice(seat, team, other, able))
        return tuple(found)

    def _ranked(self, seat: Seat, holders: Sequence[int]) -> list[tuple[int, int]]:
        """Return (worth, place in the pool), the worthiest first; equal ones in the pool's order."""
        need, period = self.need, self.need.period(seat)
        worths = []
        for at in holders:
            person = self.pool.people[at]
            load = load_after(person, seat, period)
            worths.append((worth_anywhere(person, need) + worth_in(person, seat, load, need.weights), at))
        return sorted(worths, key=lambda worth: -worth[0])

    def _next_best(self, seat: Seat, team: Team, cuts: Sequence[Cut]) -> Candidate | None:
        need, weights = self.need, self.need.weights
        rest = {id: person for id, person in team.items() if id != seat.id}
        here, away = set(self._places(rest)), set(self._places(team))
        base, spanned = terms_of(rest, need), divisions(rest.values(), need)
        best: Candidate | None = None
        best_score = -inf
        for worth, at in self.ranked[seat.id]:
            if worth + FULL * weights.spread <= best_score:
                break
            person = self.pool.people[at]
            if at in away or any(len(cut.people & (here | {at})) > cut.most for cut in cuts):
                continue
            load = weights.balance * load_after(person, seat, need.period(seat))
            reached = (
                worth
                + FULL * weights.spread * (person.division is not None and person.division not in spanned)
                - FULL * weights.circle * sum(acquainted(person, other) for other in rest.values())
                - max(load + base["balance"], 0)
            )
            if reached > best_score and holds_together({**rest, seat.id: person}, need):
                best, best_score = person, reached
        return best

    def _places(self, team: Team) -> list[int]:
        return [self.pool.index[person.id] for person in team.values() if person.id in self.pool.index]

    def _choice(self, seat: Seat, team: Team, other: Candidate | None, able: int) -> Choice:
        chosen = team[seat.id].id
        if other is None:
            return Choice(seat.id, chosen, Why.ONLY, able)
        these, those = terms_of(team, self.need), terms_of({**team, seat.id: other}, self.need)
        difference = {term: these[term] - those[term] for term in TERMS}
        lead = score(difference)
        why = Why.BETTER if lead > 0 else Why.EQUAL if lead == 0 else Why.WORSE
        return Choice(seat.id, chosen, why, able, other.id, difference)
