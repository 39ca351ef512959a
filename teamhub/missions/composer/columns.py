"""The variables x[person, seat] of the model as columns, with all that the constraints ask of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from teamhub.missions.composer.needs import Candidate, Need, Seat
from teamhub.missions.composer.pool import Pool, taught
from teamhub.missions.composer.scoring import worth_anywhere, worth_in
from teamhub.missions.composer.teams import can_teach, overlap

NOWHERE = -1
"""The division of who belongs to none, or to one that is spanned already."""

Pattern = tuple[tuple[int, int], ...]
"""(teaching row, coefficient): +1 for who must be taught, −1 for who can teach."""


@dataclass(slots=True)
class Columns:
    """All the pairs of a person and a seat that the rules about one person allow, as lists of equal length.

    ``owner`` is a person's place in the pool, ``seat`` a seat's place in the need, ``worth`` what the pair
    adds to the score (hundredths of a point), ``load`` percent in the fullest week afterwards, ``division``
    a place in ``divisions`` or NOWHERE, ``pattern`` a place in ``patterns``. ``teaching`` has a row for each
    seat and set of skills that may have to be taught there.
    """

    owner: list[int] = field(default_factory=list)
    seat: list[int] = field(default_factory=list)
    worth: list[int] = field(default_factory=list)
    load: list[int] = field(default_factory=list)
    division: list[int] = field(default_factory=list)
    pattern: list[int] = field(default_factory=list)
    divisions: list[int] = field(default_factory=list)
    patterns: list[Pattern] = field(default_factory=list)
    teaching: list[tuple[int, frozenset[int]]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.owner)


@dataclass(frozen=True, slots=True)
class Cut:
    """At most ``most`` of these people (places in the pool) may be on the team."""

    people: frozenset[int]
    most: int


def allowed(need: Need, pool: Pool) -> list[list[int]]:
    """Return for each seat who can hold it, with locks and exclusions: places in the pool, in its order."""
    return [able(need, pool, seat) for seat in need.seats]


def able(need: Need, pool: Pool, seat: Seat) -> list[int]:
    """Return who can hold one seat, with locks and exclusions."""
    holders, away = pool.holders(seat, need), barred(need, pool)
    locked = [lock.person for lock in need.locked if lock.seat == seat.id]
    if locked:
        kept = pool.index.get(locked[0], NOWHERE)
        return [at for at in holders if at == kept]
    return [at for at in holders if at not in away] if away else holders


def barred(need: Need, pool: Pool) -> frozenset[int]:
    """Return who cannot have any seat but one they are locked to: places in the pool."""
    away = need.excluded | {p.person for p in need.present} | {lock.person for lock in need.locked}
    return frozenset(pool.index[person] for person in away if person in pool.index)


def columns_of(need: Need, pool: Pool, holders: Sequence[Sequence[int]]) -> Columns:
    """Return the columns of ``holders`` (as ``allowed`` gives them), seat by seat."""
    columns = Columns()
    present = need.divisions_present()
    divisions = {p.division for at in set().union(*holders) if (p := pool.people[at]).division is not None}
    columns.divisions = sorted(divisions - present)
    place_of = {division: place for place, division in enumerate(columns.divisions)}
    teaching = _Teaching(need, pool, holders)
    columns.teaching = list(teaching.rows)
    anywhere: dict[int, int] = {}
    for place, (seat, people) in enumerate(zip(need.seats, holders, strict=True)):
        loads = pool.load(need.period(seat))
        for at in people:
            person = pool.people[at]
            load = loads[at] + seat.share
            if at not in anywhere:
                anywhere[at] = worth_anywhere(person, need)
            columns.owner.append(at)
            columns.seat.append(place)
            columns.worth.append(anywhere[at] + worth_in(person, seat, load, need.weights))
            columns.load.append(load)
            columns.division.append(place_of.get(person.division, NOWHERE))  # type: ignore[arg-type]
            columns.pattern.append(teaching.pattern(person, place))
    columns.patterns = list(teaching.patterns)
    return columns


class _Teaching:
    """Who must be taught what in which seat, and who can teach it."""

    def __init__(self, need: Need, pool: Pool, holders: Sequence[Iterable[int]]) -> None:
        self.need = need
        self.rows: dict[tuple[int, frozenset[int]], int] = {}
        self.patterns: dict[Pattern, int] = {(): 0}
        for place, (seat, people) in enumerate(zip(need.seats, holders, strict=True)):
            for at in people if seat.stretch else ():
                for skills in taught(pool.people[at], seat):
                    self.rows.setdefault((place, skills), len(self.rows))
        self.skills = sorted({skill for _, skills in self.rows for skill in skills})
        self.reach: list[list[tuple[int, frozenset[int]]]] = [
            [
                (row, skills)
                for (place, skills), row in self.rows.items()
                if place != own and overlap(need.seats[place], seat)
            ]
            for own, seat in enumerate(need.seats)
        ]
        self._known: dict[tuple[int, tuple[int, ...]], Pattern] = defaultdict(tuple)

    def pattern(self, person: Candidate, place: int) -> int:
        """Return the place in ``patterns`` of what a person in a seat brings to the teaching rows."""
        if not self.rows:
            return 0
        teaches = tuple(skill for skill in self.skills if can_teach(person, skill))
        seat: Seat = self.need.seats[place]
        if not teaches and not seat.stretch:
            return 0
        learns = tuple((self.rows[place, skills], 1) for skills in taught(person, seat))
        helps = tuple((row, -1) for row, skills in self.reach[place] if not skills.isdisjoint(teaches))
        return self.patterns.setdefault((*learns, *helps), len(self.patterns))
