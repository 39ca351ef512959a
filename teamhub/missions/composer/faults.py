"""What is wrong with a team put together by hand: the rules the composer keeps, told one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from teamhub.missions.composer.needs import Candidate, Need, Seat
from teamhub.missions.composer.pool import is_skilled, lacking, most_share, taught, to_learn
from teamhub.missions.composer.scoring import divisions
from teamhub.missions.composer.teams import Team, teachers


class Wrong(StrEnum):
    """A rule that is broken, and what ``amount`` of such a fault tells."""

    EMPTY = "empty"
    TWICE = "twice"
    NOT_ACCEPTING = "not_accepting"
    EXCLUDED = "excluded"
    PRESENT = "present"
    TIME = "time"
    """Percent of time that are missing in ``week``, the one where most are."""
    HOURS = "hours"
    """Percent of time above the hours a person accepts."""
    SKILL = "skill"
    """Levels that are missing."""
    LEARNS_NOTHING = "learns_nothing"
    NO_TEACHER = "no_teacher"
    FROM_DIVISION = "from_division"
    NOT_DIVISION = "not_division"
    PLACE = "place"
    LANGUAGE = "language"
    LOCK = "lock"
    SPAN = "span"
    """Divisions that are missing."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A broken rule: in which seat, and by whom. Only ``SPAN`` is about the team as a whole."""

    wrong: Wrong
    seat: int | None = None
    person: int | None = None
    skill: int | None = None
    week: str | None = None
    amount: int = 0


def faults(need: Need, team: Team) -> tuple[Fault, ...]:
    """Return all that is wrong with a team, whole or not, seat by seat; nothing for one that was proposed."""
    found = [fault for seat in need.seats for fault in _of_seat(need, seat, team)]
    missing = need.min_divisions - len(divisions(team.values(), need))
    return (*found, *[Fault(Wrong.SPAN, amount=missing)] * (missing > 0))


def _of_seat(need: Need, seat: Seat, team: Team) -> Iterator[Fault]:
    person = team.get(seat.id)
    if person is None:
        yield Fault(Wrong.EMPTY, seat.id)
        return
    seats_of = Counter(other.id for other in team.values())
    locked = {lock.seat: lock.person for lock in need.locked}
    away = {
        Wrong.TWICE: seats_of[person.id] > 1,
        Wrong.NOT_ACCEPTING: not person.accepts,
        Wrong.EXCLUDED: person.id in need.excluded,
        Wrong.PRESENT: person.id in {present.person for present in need.present},
        Wrong.LOCK: locked.get(seat.id, person.id) != person.id,
    }
    yield from (Fault(wrong, seat.id, person.id) for wrong, is_so in away.items() if is_so)
    yield from _of_time(need, seat, person)
    yield from _of_origin(seat, person)
    yield from _of_skills(need, seat, team)


def _of_time(need: Need, seat: Seat, person: Candidate) -> Iterator[Fault]:
    week = min(range(*need.period(seat)), key=lambda week: person.free[week])
    short, above = seat.share - person.free[week], seat.share - most_share(person)
    if short > 0:
        yield Fault(Wrong.TIME, seat.id, person.id, week=need.weeks[week], amount=short)
    if above > 0:
        yield Fault(Wrong.HOURS, seat.id, person.id, amount=above)


def _of_origin(seat: Seat, person: Candidate) -> Iterator[Fault]:
    there = {
        Wrong.FROM_DIVISION: seat.from_division in {None, person.division},
        Wrong.NOT_DIVISION: seat.not_division is None or seat.not_division != person.division,
        Wrong.PLACE: seat.place is None or seat.place in person.places,
        Wrong.LANGUAGE: seat.language is None or seat.language in person.languages,
    }
    yield from (Fault(wrong, seat.id, person.id) for wrong, is_so in there.items() if not is_so)


def _of_skills(need: Need, seat: Seat, team: Team) -> Iterator[Fault]:
    person = team[seat.id]
    asked = {skill.skill: skill.level for skill in seat.skills}
    learning = to_learn(person, seat) if seat.stretch else frozenset[int]()
    for skill in sorted(lacking(person, seat) - learning):
        short = asked[skill] - person.skills.get(skill, 0)
        yield Fault(Wrong.SKILL, seat.id, person.id, skill, amount=short)
    if seat.stretch and not learning:
        yield Fault(Wrong.LEARNS_NOTHING, seat.id, person.id)
    elif is_skilled(person, seat):
        for skills in taught(person, seat):
            if not any(teachers(skill, seat, team, need) for skill in skills):
                yield Fault(Wrong.NO_TEACHER, seat.id, person.id, min(skills))
