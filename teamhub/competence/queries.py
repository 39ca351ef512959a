"""Reads of the list of skills, and of what one says of oneself."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import select

from teamhub.access.actor import Actor
from teamhub.competence.models import Absence, Openness, PersonSkill, Skill, WorkingTime
from teamhub.competence.states import Assignment
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.i18n import language

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
class Work:
    """Something one has done in a mission, and the skill one has put it to, if any."""

    seat_id: int
    mission_id: int
    mission: str
    role: str
    text: str
    evidence_id: int | None
    skill: str


_work: list[Callable[[Actor], list[Work]]] = []


def work_from(source: Callable[[Actor], list[Work]]) -> None:
    """Let the missions room tell what one has done there; it stands above this one."""
    if source not in _work:
        _work.append(source)


def my_work(actor: Actor) -> list[Work]:
    """Return what the actor has done in missions that is confirmed, once for each skill it is put to."""
    return [work for source in _work for work in source(actor)]


def skill_choices() -> list[tuple[int, str]]:
    """Return the skills a seat can ask for, by name in the reader's language."""
    skills = db.session.scalars(select(Skill))
    return sorted(((skill.id, skill.name(language())) for skill in skills), key=lambda pair: pair[1])


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
    share = db.session.scalar(select(WorkingTime.share).where(WorkingTime.person_id == actor.id))
    hours = db.session.execute(select(Openness.kind, Openness.hours).where(Openness.person_id == actor.id))
    away = select(Absence).where(Absence.person_id == actor.id, Absence.ends_on >= clock.today())
    absences = list(db.session.scalars(away.order_by(Absence.starts_on, Absence.id)))
    return MyTime(share or FULL, {Assignment(kind): most for kind, most in hours}, absences)


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


def absence(actor: Actor, absence_id: int) -> Absence | None:
    """Return a period the actor is away."""
    return db.session.scalar(select(Absence).where(Absence.id == absence_id, Absence.person_id == actor.id))
