"""What the composer is asked and what it answers: plain values, checked when they are made.

Units, throughout: a share, free time and load are percent of full working time (37.5 hours) in one week; a
level is 1–4; a week is an ISO week, "2027-W05"; a weight is points for a full measure; a score is in
hundredths of a point, so that all arithmetic is in whole numbers and ties are exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from enum import StrEnum

LEVELS = (1, 2, 3, 4)
MENTOR_LEVEL = 3
"""From this level on a person can teach a skill, and no longer counts as one who learns it."""

FULL_WEEK_MINUTES = 2250
TERMS = ("match", "learning", "offered", "load", "gave", "spread", "circle", "balance")
"""The terms of the objective, in the order they are explained; each is a field of ``Weights``."""

Terms = dict[str, int]
"""Term → what it adds to the score, in hundredths of a point."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Points for a full measure of each term, 0 or more.

    ``match``: a person has all the levels a seat asks for. ``learning``: a person gets to learn something
    the seat asks for. ``offered``: a person has offered to help with the challenge. ``load``: taken off for
    100 % load in a person's fullest week. ``gave``: taken off when the unit has lately given 100 % of a
    full time. ``spread``: for each division spanned. ``circle``: taken off for each two who were on a team
    together lately. ``balance``: taken off for 100 % load of the most loaded person.
    """

    match: int = 40
    learning: int = 10
    offered: int = 25
    load: int = 20
    gave: int = 40
    spread: int = 10
    circle: int = 5
    balance: int = 20

    def __post_init__(self) -> None:
        must(all(getattr(self, term) >= 0 for term in TERMS), "a weight is 0 or more")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most the board lets a mission lead choose for each weight, in points."""

    match: tuple[int, int] = (10, 100)
    learning: tuple[int, int] = (0, 50)
    offered: tuple[int, int] = (0, 50)
    load: tuple[int, int] = (10, 100)
    gave: tuple[int, int] = (0, 100)
    spread: tuple[int, int] = (0, 50)
    circle: tuple[int, int] = (0, 50)
    balance: tuple[int, int] = (0, 100)

    def __post_init__(self) -> None:
        must(all(0 <= low <= high for low, high in self._pairs().values()), "bounds are 0 ≤ least ≤ most")

    def outside(self, weights: Weights) -> tuple[str, ...]:
        """Return the terms whose weight the board does not allow."""
        allowed = self._pairs()
        return tuple(t for t in TERMS if not allowed[t][0] <= getattr(weights, t) <= allowed[t][1])

    def nearest(self, weights: Weights) -> Weights:
        """Return the allowed weights nearest to ``weights``."""
        return Weights(**{t: min(max(getattr(weights, t), lo), hi) for t, (lo, hi) in self._pairs().items()})

    def _pairs(self) -> dict[str, tuple[int, int]]:
        return {part.name: getattr(self, part.name) for part in fields(self)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A skill that a seat asks for at a level (1–4). It must be met if required, and counts if wished."""

    skill: int
    level: int
    required: bool = True

    def __post_init__(self) -> None:
        must(self.level in LEVELS, f"a level is 1–4, not {self.level}")


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in a team for one person: ``share`` percent in each week from ``first`` to ``last``.

    A stretch seat is for somebody who wants to learn at least one of its skills (required or wished) and has
    it below ``MENTOR_LEVEL``. A required skill that such a person has below the level asked for must be one
    of those, and somebody else on the team, in a seat that shares a week with this one, must be able to
    teach it. Who lacks none must find a teacher for one of the skills to be learnt.
    """

    id: int
    role: str
    share: int
    first: str
    last: str
    skills: tuple[Asked, ...] = ()
    stretch: bool = False
    from_division: int | None = None
    not_division: int | None = None
    place: str | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        must(0 <= self.share <= 100, "a share is 0–100 percent")
        must(self.first <= self.last, "a seat's last week is not before its first")
        must(len({asked.skill for asked in self.skills}) == len(self.skills), "a skill is asked for once")


@dataclass(frozen=True, slots=True)
class Lock:
    """A person who shall have a seat whatever the objective says."""

    person: int
    seat: int


@dataclass(frozen=True, slots=True)
class Present:
    """A person who is with the mission without one of its seats, as its lead is."""

    person: int
    division: int | None


@dataclass(frozen=True, slots=True)
class Need:
    """What a team must be. Hard rules, and the weights of what is preferred.

    ``weeks`` are all the weeks that candidates tell their time for, in order and without holes. They may
    reach beyond the seats' periods, so that moving a period can be tried. ``present`` people count among the
    divisions spanned and in the circle. ``draw`` chooses who comes first among equals: with the same number
    the answer is the same, and with another one it is not always the same people who win a tie.
    """

    seats: tuple[Seat, ...]
    weeks: tuple[str, ...]
    min_divisions: int = 1
    locked: tuple[Lock, ...] = ()
    excluded: frozenset[int] = frozenset()
    present: tuple[Present, ...] = ()
    weights: Weights = field(default_factory=Weights)
    draw: int = 0

    def __post_init__(self) -> None:
        seats = {seat.id for seat in self.seats}
        weeks = set(self.weeks)
        away = self.excluded | {present.person for present in self.present}
        must(bool(seats) and len(seats) == len(self.seats), "a need has seats, each with an id of its own")
        must(list(self.weeks) == sorted(weeks), "weeks are in order, each once")
        must(all({s.first, s.last} <= weeks for s in self.seats), "a seat lies within the need's weeks")
        must({lock.seat for lock in self.locked} <= seats, "a lock names a seat of the need")
        must(len({k.seat for k in self.locked}) == len(self.locked), "a seat is locked to one person")
        must(len({k.person for k in self.locked}) == len(self.locked), "a person is locked to one seat")
        must(not {k.person for k in self.locked} & away, "who is locked is neither excluded nor seatless")

    def period(self, seat: Seat) -> tuple[int, int]:
        """Return a seat's weeks as a slice of ``weeks``: the first, and the one after the last."""
        return self.weeks.index(seat.first), self.weeks.index(seat.last) + 1

    def divisions_present(self) -> frozenset[int]:
        """Return the divisions of those who are with the mission already."""
        return frozenset(p.division for p in self.present if p.division is not None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may be asked, with no more than they have shared.

    ``free`` and ``load`` are percent in each of the need's weeks, without the seats that are asked about:
    what may still be given, and what is agreed already. ``skills`` maps a shared skill to its level, and
    ``wishes`` are the skills to be developed. ``accepts`` says that the person has opted in to this kind of
    assignment, and ``hours`` for how many hours a week at most (None: no such limit). ``unit_gave`` is what
    the unit has given to missions lately, in percent of a full time. ``recent`` are those they have been on
    teams with lately.
    """

    id: int
    unit: int
    division: int | None
    free: tuple[int, ...]
    load: tuple[int, ...]
    skills: Mapping[int, int] = field(default_factory=dict)
    wishes: frozenset[int] = frozenset()
    accepts: bool = False
    hours: int | None = None
    offered: bool = False
    unit_gave: int = 0
    recent: frozenset[int] = frozenset()
    places: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Placement:
    """A person in a seat."""

    seat: int
    person: int


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a team may be from the best one, in hundredths of a point."""

    score: int
    bound: int

    @property
    def points(self) -> int:
        """Return what the best team could have more than this one; 0 when this is proven to be the best."""
        return max(self.bound - self.score, 0)

    @property
    def proven(self) -> bool:
        """Tell whether no team can have a higher score."""
        return self.points == 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A whole team, in the order of the need's seats, and what its score is made of.

    ``gap`` is about the teams that differ enough from those ranked before it.
    """

    rank: int
    placements: tuple[Placement, ...]
    terms: Terms
    gap: Gap


class Ended(StrEnum):
    """Why there are as many proposals as there are."""

    ENOUGH = "enough"
    NO_MORE = "no_more"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Result:
    """Up to as many teams as were asked for, the best first.

    ``NO_MORE`` is proven: no other team keeps the rules and differs enough; with no proposals, none at all.
    """

    proposals: tuple[Proposal, ...]
    ended: Ended


def iso_weeks(first: date, last: date) -> tuple[str, ...]:
    """Return the ISO weeks from the one with ``first`` in it to the one with ``last`` in it, in order."""
    monday = first - timedelta(days=first.weekday())
    days = range(0, (last - monday).days + 1, 7)
    return tuple("{}-W{:02}".format(*(monday + timedelta(days=day)).isocalendar()) for day in days)


def must(holds: bool, message: str) -> None:  # noqa: FBT001 - reads as a sentence
    """Raise ValueError with ``message`` unless it holds."""
    if not holds:
        raise ValueError(message)
