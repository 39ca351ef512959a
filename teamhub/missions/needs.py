"""All that seats ask for, as plain values with names: for pages, and for whoever puts teams together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from teamhub.competence.models import Skill
from teamhub.competence.names import WORK_LANGUAGES
from teamhub.competence.states import WorkLanguage
from teamhub.core.i18n import language
from teamhub.missions.models import Seat
from teamhub.missions.team import seats
from teamhub.people.models import Unit


@dataclass(frozen=True)
class AskedSkill:
    """A skill a seat asks for. No ``level`` is any; who lacks a ``required`` one cannot fill the seat."""

    skill_id: int
    name: str
    level: int | None
    required: bool

    @property
    def least(self) -> int:
        """The lowest level that will do, 1–4."""
        return self.level or 1


@dataclass(frozen=True)
class SeatNeed:
    """What a seat asks for. ``skills`` begins with its first one, then further required ones, then wishes."""

    seat_id: int
    role: str
    share: int
    starts_on: date
    ends_on: date
    stretch: bool
    skills: tuple[AskedSkill, ...]
    from_division_id: int | None
    from_division: str | None
    not_division_id: int | None
    not_division: str | None
    place_id: int | None
    place: str | None
    language: WorkLanguage | None
    language_name: str | None


def needs_of(mission_id: int) -> dict[int, SeatNeed]:
    """Return what each seat of a mission asks for, by the seat's id, at one statement."""
    return needs_from(seats(mission_id, in_full=True))


def needs_from(seats_in_full: Iterable[Seat]) -> dict[int, SeatNeed]:
    """Return the same of seats that are loaded in full already."""
    return {seat.id: _need(seat) for seat in seats_in_full}


def skill_names(seats_in_full: Iterable[Seat]) -> dict[int, str]:
    """Return what all skills that seats ask for are called, by id."""
    return {asked.skill_id: asked.name for seat in seats_in_full for asked in _skills(seat)}


def _need(seat: Seat) -> SeatNeed:
    return SeatNeed(
        seat_id=seat.id,
        role=seat.role,
        share=seat.share,
        starts_on=seat.starts_on,
        ends_on=seat.ends_on,
        stretch=seat.stretch,
        skills=_skills(seat),
        from_division_id=seat.from_division_id,
        from_division=_name(seat.from_division),
        not_division_id=seat.not_division_id,
        not_division=_name(seat.not_division),
        place_id=seat.place_id,
        place=seat.place.name if seat.place else None,
        language=WorkLanguage(seat.language) if seat.language else None,
        language_name=str(WORK_LANGUAGES[WorkLanguage(seat.language)]) if seat.language else None,
    )


def _skills(seat: Seat) -> tuple[AskedSkill, ...]:
    first = [_asked(seat.skill, seat.level, required=True)] if seat.skill else []
    return (*first, *(_asked(more.skill, more.level, required=more.required) for more in seat.more))


def _asked(skill: Skill, level: int | None, *, required: bool) -> AskedSkill:
    return AskedSkill(skill.id, skill.name(language()), level, required)


def _name(unit: Unit | None) -> str | None:
    return unit.name if unit else None
