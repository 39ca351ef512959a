"""Reads of the list of skills, and of what one says of oneself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, cast, func, literal, null, select, true, union_all
from sqlalchemy.orm import joinedload

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, can
from teamhub.competence.models import (
    Absence,
    Openness,
    PersonLanguage,
    PersonPlace,
    PersonSkill,
    Place,
    Skill,
    SkillSuggestion,
    WorkingTime,
)
from teamhub.competence.names import WORK_LANGUAGES
from teamhub.competence.states import Assignment, WorkLanguage
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.i18n import language
from teamhub.core.remember import remember
from teamhub.core.text import stems

FULL = 100
"""Percent of a full position, for who says nothing else."""


@dataclass(frozen=True)
class MySkill:
    """What one says of a skill oneself."""

    skill_id: int
    name: str
    level: int | None
    wants: bool
    shared: bool


@dataclass(frozen=True)
class MyTime:
    """What one can be asked for: the share of a full position, and hours a week by kind of assignment."""

    share: int
    hours: dict[Assignment, int]
    absences: list[Absence]


@dataclass(frozen=True)
class SkillNames:
    """A skill of the list as it is called in each language, with its synonyms."""

    id: int
    nb: str
    nn: str
    en: str
    synonyms: str
    retired: bool

    @property
    def name(self) -> str:
        """What it is called in the reader's language."""
        return {"nn": self.nn, "en": self.en}.get(language(), self.nb)

    @property
    def words(self) -> list[str]:
        """All it is called, by name and synonym."""
        return [self.nb, self.nn, self.en, *(word for word in self.synonyms.split("|") if word)]

    def is_called(self, name: str) -> bool:
        """Tell whether ``name`` is one of its names or synonyms, whatever its letter case."""
        return name.casefold() in {word.casefold() for word in self.words}


@dataclass(frozen=True)
class Lists:
    """What people choose from: skills, and places by name with id and whether they are retired."""

    skills: list[SkillNames]
    places: list[tuple[str, int, bool]]


@remember(30)
def lists() -> Lists:
    """Return the lists of skills and of places, at one statement."""
    s, p = Skill, Place
    rows = db.session.execute(
        union_all(
            select(literal("skill"), s.id, s.nb, s.nn, s.en, s.synonyms, s.retired),
            select(literal("place"), p.id, p.name, p.name, p.name, literal(""), p.retired),
        )
    ).all()
    skills = [SkillNames(*row[1:6], retired=bool(row[6])) for row in rows if row[0] == "skill"]
    return Lists(skills, sorted((row[2], row[1], bool(row[6])) for row in rows if row[0] == "place"))


def skill_choices(*, kept: Collection[int] = ()) -> list[tuple[int, str]]:
    """Return the skills that are offered, and those ``kept`` though retired, as the reader calls them."""
    pairs = [(skill.id, skill.name) for skill in lists().skills if not skill.retired or skill.id in kept]
    return sorted(pairs, key=lambda pair: pair[1].casefold())


def find_skills(text: str) -> list[SkillNames]:
    """Return the skills that are offered and match ``text`` by a name or a synonym, the nearest first.

    Every word must begin a word of it, in any of the three languages and however it is bent.
    """
    wanted = stems(text, keep_stop_words=True)
    if not wanted:
        return []
    found = []
    for skill in lists().skills:
        near = min(
            (place for word in skill.words if (place := _nearness(wanted, word)) is not None), default=None
        )
        if near is not None and not skill.retired:
            found.append((near, skill.name.casefold(), skill))
    return [skill for _near, _name, skill in sorted(found, key=lambda row: row[:2])]


def _nearness(wanted: list[str], word: str) -> int | None:
    """Return 0 for the very word, 1 for one that begins so, 2 for one with it inside; None for none of it."""
    there = stems(word, keep_stop_words=True)
    if there == wanted:
        return 0
    if not all(any(part.startswith(stem) for part in there) for stem in wanted):
        return None
    return 1 if there[0].startswith(wanted[0]) else 2


def listed_skills(text: str) -> list[Skill]:
    """Return the list as the office sees it, retired ones last, or those of them that match ``text``."""
    found = db.session.scalars(select(Skill).order_by(Skill.retired, func.lower(Skill.nb)))
    wanted = text.casefold()
    return [s for s in found if wanted in f"{s.nb}|{s.nn}|{s.en}|{s.synonyms}|{s.area}".casefold()]


def skill(skill_id: int) -> Skill | None:
    """Return a skill of the list."""
    return db.session.get(Skill, skill_id)


def listed_places() -> list[Place]:
    """Return the places as the office sees them, retired ones last."""
    return list(db.session.scalars(select(Place).order_by(Place.retired, func.lower(Place.name))))


def place(place_id: int) -> Place | None:
    """Return a place one can work at."""
    return db.session.get(Place, place_id)


def waiting_suggestions() -> list[SkillSuggestion]:
    """Return the suggested skills the office has not answered, the oldest first, with who suggested them."""
    s = SkillSuggestion
    waiting = select(s).where(s.outcome.is_(None)).order_by(s.id).limit(100)
    return list(db.session.scalars(waiting.options(joinedload(s.person))))


def my_suggestions(actor: Actor) -> list[SkillSuggestion]:
    """Return the actor's latest suggestions, newest first."""
    s = SkillSuggestion
    return list(db.session.scalars(select(s).where(s.person_id == actor.id).order_by(s.id.desc()).limit(10)))


def suggestion(actor: Actor, suggestion_id: int) -> SkillSuggestion | None:
    """Return a suggested skill with who and what it became, if it is the actor's, or the actor curates."""
    s = SkillSuggestion
    return db.session.scalar(
        select(s)
        .where(s.id == suggestion_id, suggestions_visible_to(actor))
        .options(joinedload(s.person), joinedload(s.skill))
    )


def suggestions_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition on suggestions that the actor may see them."""
    if can(actor, Action.COMPETENCE_CURATE):
        return true()
    return SkillSuggestion.person_id == (actor.id if can(actor, Action.COMPETENCE_MANAGE) else None)


def place_choices(*, kept: int | None = None) -> list[tuple[int, str]]:
    """Return the places that are offered, and the one that is ``kept`` though it is retired."""
    return [(id_, name) for name, id_, retired in lists().places if not retired or id_ == kept]


def my_skills(actor: Actor) -> list[MySkill]:
    """Return what the actor says of each skill, by name."""
    s = PersonSkill
    rows = db.session.execute(
        select(s.level, s.wants, s.shared, Skill)
        .join(Skill, Skill.id == s.skill_id)
        .where(s.person_id == actor.id)
    )
    said = language()
    mine = [MySkill(row.Skill.id, row.Skill.name(said), row.level, row.wants, row.shared) for row in rows]
    return sorted(mine, key=lambda skill: skill.name.casefold())


def my_time(actor: Actor) -> MyTime:
    """Return when and for what the actor can be asked; absences that are over are left out."""
    position = select(cast(null(), String), WorkingTime.share).where(WorkingTime.person_id == actor.id)
    opens = select(Openness.kind, Openness.hours).where(Openness.person_id == actor.id)
    rows: Sequence[Any] = db.session.execute(union_all(position, opens)).all()
    share = next((most for kind, most in rows if kind is None), FULL)
    away = select(Absence).where(Absence.person_id == actor.id, Absence.ends_on >= clock.today())
    absences = list(db.session.scalars(away.order_by(Absence.starts_on, Absence.id)))
    return MyTime(share, {Assignment(kind): most for kind, most in rows if kind}, absences)


@dataclass(frozen=True)
class Shared:
    """What a person shares of a skill, with those who put a team together."""

    person_id: int
    level: int | None
    wants: bool


def sharing(
    skill_id: int, *, level: int, to_learn: bool, people: Collection[int] | None = None, most: int = 50
) -> dict[int, Shared]:
    """Return who shares that they have a skill at ``level`` or above, or, ``to_learn``, that they want it.

    Only those who are open to a seat in a team, unless ``people`` says whom it is about. What is not shared
    is not asked for: it can be seen in nothing that comes out.
    """
    s = PersonSkill
    fits = s.wants.is_(True) if to_learn else s.level >= level
    statement = select(s.person_id, s.level, s.wants).where(s.skill_id == skill_id, s.shared.is_(True))
    if people is not None:
        statement = statement.where(s.person_id.in_(people))
    else:
        open_to_it = select(Openness.person_id).where(Openness.kind == Assignment.SEAT)
        statement = statement.where(fits, s.person_id.in_(open_to_it))
    rows = db.session.execute(statement.order_by(s.level.desc().nulls_last(), s.person_id).limit(most))
    return {row.person_id: Shared(*row) for row in rows}


def work_language(code: str) -> WorkLanguage | None:
    """Return the language of a code, if there is one."""
    return WorkLanguage(code) if code in list(WorkLanguage) else None


@dataclass(frozen=True)
class MyWay:
    """A language or a place one can work in or at. One of ``language`` and ``place_id`` is set."""

    name: str
    shared: bool
    language: WorkLanguage | None = None
    place_id: int | None = None


def my_ways(actor: Actor) -> list[MyWay]:
    """Return the languages and then the places the actor can work in and at, by name, at one statement."""
    spoken, where = PersonLanguage, PersonPlace
    languages = select(spoken.language, cast(null(), Integer), literal(""), spoken.shared)
    places = select(cast(null(), String), where.place_id, Place.name, where.shared)
    places = places.join(Place, Place.id == where.place_id)
    rows: Sequence[Any] = db.session.execute(
        union_all(languages.where(spoken.person_id == actor.id), places.where(where.person_id == actor.id))
    ).all()
    mine = [_way(*row) for row in rows]
    return sorted(mine, key=lambda way: (way.place_id is not None, way.name.casefold()))


def _way(code: str | None, place_id: int | None, name: str, shared: bool) -> MyWay:  # noqa: FBT001 - a row
    if code is None:
        return MyWay(name, shared, place_id=place_id)
    spoken = WorkLanguage(code)
    return MyWay(str(WORK_LANGUAGES[spoken]), shared, language=spoken)


def absence(actor: Actor, absence_id: int) -> Absence | None:
    """Return a period the actor is away."""
    return db.session.scalar(select(Absence).where(Absence.id == absence_id, Absence.person_id == actor.id))
