"""The rules about a team as a whole: teachers for those who learn, and the divisions spanned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from teamhub.missions.composer.needs import MENTOR_LEVEL, Candidate, Need, Placement, Seat
from teamhub.missions.composer.pool import taught
from teamhub.missions.composer.scoring import divisions

Team = Mapping[int, Candidate]
"""Seat id → the person in it."""


def team_of(placements: Iterable[Placement], candidates: Iterable[Candidate]) -> dict[int, Candidate]:
    """Return seat id → person. Who is placed must be among the candidates."""
    people = {person.id: person for person in candidates}
    return {placed.seat: people[placed.person] for placed in placements}


def overlap(one: Seat, other: Seat) -> bool:
    """Tell whether two seats share a week."""
    return one.first <= other.last and other.first <= one.last


def can_teach(person: Candidate, skill: int) -> bool:
    return person.skills.get(skill, 0) >= MENTOR_LEVEL


def teachers(skill: int, seat: Seat, team: Team, need: Need) -> tuple[int, ...]:
    """Return who could teach the person in ``seat`` a skill: ids in the order of the need's seats."""
    return tuple(
        team[other.id].id
        for other in need.seats
        if other.id != seat.id
        and other.id in team
        and overlap(seat, other)
        and can_teach(team[other.id], skill)
    )


def is_taught(seat: Seat, team: Team, need: Need) -> bool:
    """Tell whether the person in a seat has the teachers a stretch seat demands."""
    wanted = taught(team[seat.id], seat)
    return all(any(teachers(skill, seat, team, need) for skill in skills) for skills in wanted)


def holds_together(team: Team, need: Need) -> bool:
    """Tell whether a full team of people who can hold their seats keeps the rules about the whole."""
    return len(divisions(team.values(), need)) >= need.min_divisions and all(
        is_taught(seat, team, need) for seat in need.seats
    )
