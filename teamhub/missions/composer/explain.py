"""Why a team is as it is: values and codes, which templates turn into words.

Units as in ``needs``: levels 1–4, loads in percent of full working time, terms in hundredths of a point.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from teamhub.missions.composer.needs import MENTOR_LEVEL, Candidate, Need, Seat
from teamhub.missions.composer.pool import to_learn
from teamhub.missions.composer.scoring import load_after
from teamhub.missions.composer.teams import Team, can_teach, teachers


class Has(StrEnum):
    """How a person stands to a skill that their seat asks for."""

    MET = "met"
    LEARNS = "learns"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class SkillInSeat:
    """A skill a seat asks for at level ``asked``, and what its holder has: 0, or a level."""

    skill: int
    asked: int
    has: int
    required: bool
    state: Has


@dataclass(frozen=True, slots=True)
class LoadInSeat:
    """A person's load in percent in the fullest week of their seat, before and after, and which that is."""

    before: int
    after: int
    week: str


@dataclass(frozen=True, slots=True)
class Learning:
    """Who learns a skill that they have at ``level`` (0: not at all), from whom; ``asked`` by their seat."""

    person: int
    skill: int
    level: int
    teachers: tuple[int, ...]
    asked: bool


@dataclass(frozen=True, slots=True)
class Covered:
    """A row of the coverage matrix: a skill, and each person's level (0: none) in the order of the seats.

    ``level`` is the highest that is required, or asked for if ``required`` is False. ``enough`` are those who
    have it at that level.
    """

    skill: int
    level: int
    required: bool
    levels: tuple[int, ...]
    enough: tuple[int, ...]

    @property
    def single(self) -> int | None:
        """Return who alone has a required skill, if one person does: without them it is gone."""
        return self.enough[0] if self.required and len(self.enough) == 1 else None


@dataclass(frozen=True, slots=True)
class Member:
    """One person in one seat."""

    seat: int
    person: int
    skills: tuple[SkillInSeat, ...]
    load: LoadInSeat
    locked: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """A team as a whole. ``divisions`` maps a division to how many come from it, those present included."""

    members: tuple[Member, ...]
    coverage: tuple[Covered, ...]
    divisions: dict[int, int]
    highest_load: int
    mean_load: float
    learnings: tuple[Learning, ...]

    @property
    def single_points(self) -> tuple[tuple[int, int], ...]:
        """Return (skill, person) for each required skill that only one on the team has at its level."""
        return tuple((row.skill, row.single) for row in self.coverage if row.single is not None)


def overview(need: Need, team: Team) -> Overview:
    """Describe a team: one that was proposed, or put together by hand and perhaps not whole."""
    seats = [seat for seat in need.seats if seat.id in team]
    members = tuple(_member(need, seat, team[seat.id]) for seat in seats)
    loads = [member.load.after for member in members]
    at_home = [p.division for p in need.present] + [team[seat.id].division for seat in seats]
    return Overview(
        members=members,
        coverage=tuple(_coverage(need, [team[seat.id] for seat in seats])),
        divisions=dict(sorted(Counter(d for d in at_home if d is not None).items())),
        highest_load=max(loads, default=0),
        mean_load=sum(loads) / len(loads) if loads else 0.0,
        learnings=tuple(learning for seat in seats for learning in _learnings(need, seat, team)),
    )


def _member(need: Need, seat: Seat, person: Candidate) -> Member:
    first, end = need.period(seat)
    fullest = max(range(first, end), key=lambda week: person.load[week])
    after = load_after(person, seat, (first, end))
    skills = []
    for asked in seat.skills:
        has = person.skills.get(asked.skill, 0)
        state = Has.PARTLY if has else Has.NOT
        if asked.skill in to_learn(person, seat):
            state = Has.LEARNS
        if has >= asked.level:
            state = Has.MET
        skills.append(SkillInSeat(asked.skill, asked.level, has, asked.required, state))
    load = LoadInSeat(after - seat.share, after, need.weeks[fullest])
    locked = any(lock.seat == seat.id for lock in need.locked)
    return Member(seat.id, person.id, tuple(skills), load, locked)


def _coverage(need: Need, people: Sequence[Candidate]) -> list[Covered]:
    """Return a row for each skill, in the order the seats ask for them.

    What only stretch seats require must be there at ``MENTOR_LEVEL``, to be taught.
    """
    required: dict[int, int] = {}
    wished: dict[int, int] = {}
    for seat in need.seats:
        for asked in seat.skills:
            wanted = required if asked.required else wished
            level = MENTOR_LEVEL if seat.stretch else asked.level
            known = wanted.get(asked.skill, 0)
            wanted[asked.skill] = max(known, level)
    rows = []
    for skill in dict.fromkeys(asked.skill for seat in need.seats for asked in seat.skills):
        level = required.get(skill) or wished[skill]
        levels = tuple(person.skills.get(skill, 0) for person in people)
        enough = tuple(p.id for p, has in zip(people, levels, strict=True) if has >= level)
        rows.append(Covered(skill, level, skill in required, levels, enough))
    return rows


def _learnings(need: Need, seat: Seat, team: Team) -> list[Learning]:
    """Return what the person in a seat wishes to learn and somebody on the team can teach."""
    person = team[seat.id]
    here = {asked.skill for asked in seat.skills}
    return [
        Learning(person.id, skill, person.skills.get(skill, 0), from_whom, skill in here)
        for skill in sorted(person.wishes)
        if not can_teach(person, skill) and (from_whom := teachers(skill, seat, team, need))
    ]
