"""The changes to a need that may make a team possible, from the smallest step of each kind upwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from teamhub.missions.composer.needs import Asked, Need, Seat
from teamhub.missions.composer.rules import OF_A_SEAT, Kind, Rule


class Do(StrEnum):
    """What is changed, and what ``before`` and ``after`` of such a change tell."""

    MOVE_ALL = "move_all"
    """All seats by weeks: 0, and weeks later (below 0: earlier)."""
    MOVE = "move"
    """One seat by weeks: the same."""
    SHARE = "share"
    """Another share: percent."""
    SPLIT = "split"
    """So many people share a seat: 1, and the number of people."""
    LEVEL = "level"
    """A lower level of a skill: levels. 0: no longer required, only wished."""
    STRETCH = "stretch"
    """Somebody who wants to learn it: 0, 1."""
    ORDINARY = "ordinary"
    """Not for somebody who wants to learn, but with the same skills: 1, 0."""
    SPAN = "span"
    """Fewer divisions: number of divisions."""
    FROM_DIVISION = "from_division"
    """From any division: division, 0."""
    NOT_DIVISION = "not_division"
    """From that division as well: division, 0."""
    PLACE = "place"
    """From any place: 1, 0."""
    LANGUAGE = "language"
    """Whatever language: 1, 0."""
    UNLOCK = "unlock"
    """Somebody else may have the seat: 1, 0."""
    ADMIT = "admit"
    """Somebody excluded may be on the team: 1, 0."""


SIZE = {
    Do.MOVE_ALL: 1,
    Do.MOVE: 1,
    Do.SHARE: 1,
    Do.LEVEL: 2,
    Do.STRETCH: 3,
    Do.ORDINARY: 3,
    Do.SPAN: 3,
    Do.UNLOCK: 3,
    Do.ADMIT: 3,
    Do.SPLIT: 4,
    Do.FROM_DIVISION: 4,
    Do.NOT_DIVISION: 4,
    Do.PLACE: 4,
    Do.LANGUAGE: 4,
}
"""How large one step of a change is: a week, five percent of a share, a level, a division, a person more.

A judgement, made in one place: what costs the people of the team least comes first.
"""

MOST_WEEKS = 8
SHARE_STEP = 5
ALONE = 1
"""Added for moving one seat out of step with the others."""

WISHED_ONLY = 8
"""The size of no longer requiring a skill."""

MOST_SHARING = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One change, of a seat, a skill in a seat, a person or the whole. ``size`` ranks it among others."""

    do: Do
    before: int
    after: int
    size: int
    seat: int | None = None
    skill: int | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """Changes of one kind to one thing, from the smallest on, and the rules they loosen."""

    rungs: tuple[Change, ...]
    loosens: frozenset[Rule]

    def is_about(self, seat: int) -> bool:
        """Tell whether it may let somebody hold a seat, and no other."""
        change = self.rungs[0]
        return change.seat == seat or change.do in {Do.UNLOCK, Do.ADMIT}


def moves(need: Need) -> tuple[Change, ...]:
    """Return the moves of all seats together, the smallest first."""
    return tuple(_moves(need, need.seats, Change(Do.MOVE_ALL, 0, 0, 0)))


def ladders(need: Need) -> list[Ladder]:
    """Return all the changes there are to a need, but for moving all of it."""
    still = len(need.divisions_present())
    before = need.min_divisions
    fewer = [
        Change(Do.SPAN, before, to, (before - to) * SIZE[Do.SPAN]) for to in range(before - 1, still - 1, -1)
    ]
    found = [ladder for seat in need.seats for ladder in _ladders_of(need, seat)]
    found += [
        _single(Do.UNLOCK, Rule(Kind.LOCK, lock.seat, person=lock.person), seat=lock.seat, person=lock.person)
        for lock in need.locked
    ]
    found += [_single(Do.ADMIT, Rule(Kind.EXCLUDED, person=p), person=p) for p in sorted(need.excluded)]
    found.append(Ladder(tuple(fewer), frozenset({Rule(Kind.SPAN)})))
    return [ladder for ladder in found if ladder.rungs]


def _ladders_of(need: Need, seat: Seat) -> Iterator[Ladder]:
    time, stretch = Rule(Kind.TIME, seat.id), Rule(Kind.STRETCH, seat.id)
    teaching = {Rule(Kind.STRETCH, other.id) for other in need.seats}  # who teaches whom depends on weeks
    required = [asked for asked in seat.skills if asked.required]
    skills = {asked.skill: Rule(Kind.SKILL, seat.id, asked.skill) for asked in required}
    yield Ladder(
        tuple(_moves(need, (seat,), Change(Do.MOVE, 0, 0, ALONE, seat.id))), frozenset({time, *teaching})
    )
    yield Ladder(tuple(_smaller_shares(seat)), frozenset({time}))
    sharing = range(2, MOST_SHARING + 1)
    more = {time, *teaching, Rule(Kind.SPAN)}  # one more may teach, or come from one more division
    splits = tuple(Change(Do.SPLIT, 1, n, (n - 1) * SIZE[Do.SPLIT], seat.id) for n in sharing)
    yield Ladder(splits, frozenset(more))
    for asked in required:
        yield Ladder(tuple(_lower_levels(seat, asked)), frozenset({skills[asked.skill]}))
    if seat.stretch:
        yield _single(Do.ORDINARY, stretch, seat=seat.id)
    elif required:
        change = Change(Do.STRETCH, 0, 1, SIZE[Do.STRETCH], seat.id)
        yield Ladder((change,), frozenset(skills.values()))
    for kind, name in OF_A_SEAT.items():
        if getattr(seat, name) is not None:
            yield _single(Do(kind.value), Rule(kind, seat.id), seat=seat.id)


def _single(do: Do, rule: Rule, *, seat: int | None = None, person: int | None = None) -> Ladder:
    return Ladder((Change(do, 1, 0, SIZE[do], seat, person=person),), frozenset({rule}))


def _moves(need: Need, seats: Sequence[Seat], like: Change) -> Iterator[Change]:
    """Return moves by 1, −1, 2, −2 … weeks, as far as the need's weeks reach."""
    starts, ends = zip(*(need.period(seat) for seat in seats), strict=True)
    for weeks in range(1, MOST_WEEKS + 1):
        for by in (weeks, -weeks):
            if min(starts) + by >= 0 and max(ends) + by <= len(need.weeks):
                yield replace(like, after=by, size=like.size + weeks * SIZE[like.do])


def _smaller_shares(seat: Seat) -> Iterator[Change]:
    """Return shares that are smaller by five percentage points at a time, down to half."""
    for step, share in enumerate(range(seat.share - SHARE_STEP, (seat.share - 1) // 2, -SHARE_STEP), 1):
        yield Change(Do.SHARE, seat.share, share, step * SIZE[Do.SHARE], seat.id)


def _lower_levels(seat: Seat, asked: Asked) -> Iterator[Change]:
    for level in range(asked.level - 1, 0, -1):
        size = (asked.level - level) * SIZE[Do.LEVEL]
        yield Change(Do.LEVEL, asked.level, level, size, seat.id, asked.skill)
    yield Change(Do.LEVEL, asked.level, 0, WISHED_ONLY, seat.id, asked.skill)


# -- carrying them out ---------------------------------------------------------------------------------


def changed(need: Need, changes: Iterable[Change]) -> Need | None:
    """Return the need with some changes made; None if two moves together lead out of the need's weeks."""
    for change in sorted(changes, key=lambda change: change.do is Do.SPLIT):
        try:
            need = _changed(need, change)
        except IndexError:
            return None
    return need


def _changed(need: Need, change: Change) -> Need:
    match change.do:
        case Do.UNLOCK:
            return replace(need, locked=tuple(k for k in need.locked if k.person != change.person))
        case Do.ADMIT:
            return replace(need, excluded=need.excluded - {change.person})
        case Do.SPAN:
            return replace(need, min_divisions=change.after)
        case Do.SPLIT:
            return _split(need, change)
    seats = tuple(
        _changed_seat(need, seat, change) if change.seat in {None, seat.id} else seat for seat in need.seats
    )
    return replace(need, seats=seats)


def _changed_seat(need: Need, seat: Seat, change: Change) -> Seat:
    match change.do:
        case Do.MOVE | Do.MOVE_ALL:
            first, end = (at + change.after for at in need.period(seat))
            if first < 0 or end > len(need.weeks):
                raise IndexError
            return replace(seat, first=need.weeks[first], last=need.weeks[end - 1])
        case Do.SHARE:
            return replace(seat, share=change.after)
        case Do.STRETCH | Do.ORDINARY:
            return replace(seat, stretch=bool(change.after))
        case Do.LEVEL:
            lower = (
                replace(a, level=change.after or a.level, required=change.after > 0) for a in seat.skills
            )
            skills = zip(seat.skills, lower, strict=True)
            return replace(seat, skills=tuple(new if a.skill == change.skill else a for a, new in skills))
        case _:
            anywhere: dict[str, Any] = {OF_A_SEAT[Kind(change.do.value)]: None}
            return replace(seat, **anywhere)


def _split(need: Need, change: Change) -> Need:
    """Return the need with a seat made into several, with an equal part of the share each, rounded up."""
    seats: list[Seat] = []
    free_id = max(seat.id for seat in need.seats) + 1
    for seat in need.seats:
        part = replace(seat, share=-(-seat.share // change.after)) if seat.id == change.seat else seat
        seats.append(part)
        if seat.id == change.seat:
            seats += [replace(part, id=free_id + number) for number in range(change.after - 1)]
    return replace(need, seats=tuple(seats))
