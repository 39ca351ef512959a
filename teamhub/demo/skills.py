"""What the demo's people say they can, want to learn and have time for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from teamhub.competence.models import (
    Openness,
    PersonLanguage,
    PersonPlace,
    PersonSkill,
    Place,
    Skill,
    SkillSuggestion,
)
from teamhub.competence.states import LEVELS, Assignment, WorkLanguage
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.demo.organisation import Organisation
from teamhub.demo.written import read, store

SAY, SHARE, WANT, ARE_OPEN = 0.5, 0.7, 0.3, 0.5
"""How many say anything of themselves; of what they say, how much is shared and wished for; and are open."""
SPEAK, GO = 0.3, 0.3
"""How many say which languages they can work in, and which places they can work at."""
MOST_SKILLS = 4
HOURS = (2, 4, 8, 8, 12, 16)


def make(organisation: Organisation, rng: Random) -> None:
    """Make and store it. The personas say something too, for whoever tries the demo to find."""
    skills = sorted(db.session.scalars(select(Skill.id)))
    personas = {person.id for person in organisation.personas.values()}
    everybody = sorted({id_ for place in organisation.working for id_ in place.staff} | personas)
    saying = [id_ for id_ in everybody if rng.random() < SAY or id_ in personas]
    store(PersonSkill, list(_said(saying, skills, rng)))
    store(Openness, list(_open(saying, rng)))
    _name_synonyms()
    store(SkillSuggestion, _suggested(organisation))
    store(PersonLanguage, list(_ways(saying, "language", [*WorkLanguage], SPEAK, rng)))
    store(PersonPlace, list(_ways(saying, "place_id", sorted(db.session.scalars(select(Place.id))), GO, rng)))


def _said(people: list[int], skills: list[int], rng: Random) -> Iterator[dict[str, Any]]:
    for person_id in people:
        for skill_id in rng.sample(skills, rng.randint(1, MOST_SKILLS)):
            wants = rng.random() < WANT
            level = rng.choice(LEVELS) if not wants or rng.random() < WANT else None
            said = {"level": level, "wants": wants, "shared": rng.random() < SHARE}
            yield {"person_id": person_id, "skill_id": skill_id} | said


def _open(people: list[int], rng: Random) -> Iterator[dict[str, Any]]:
    for person_id in people:
        for kind in Assignment:
            if rng.random() < ARE_OPEN:
                yield {"person_id": person_id, "kind": kind, "hours": rng.choice(HOURS)}


def _name_synonyms() -> None:
    """Other words and areas for the skills that come with an installation."""
    said = read("competence")["skills"]
    for skill in db.session.scalars(select(Skill)):
        skill.synonyms, skill.area = said[skill.code]["synonyms"], said[skill.code]["area"]


def _suggested(organisation: Organisation) -> list[dict[str, Any]]:
    """What two of the personas miss on the list, for the office to answer."""
    return [
        {
            "id": n,
            "person_id": organisation.persona(one["who"]).id,
            "name": one["name"],
            "why": one["why"],
            "created_at": clock.now() - timedelta(days=n),
            "answer": "",
        }
        for n, one in enumerate(read("competence")["suggestion"], 1)
    ]


def _ways(
    people: list[int], what: str, known: list[Any], how_many: float, rng: Random
) -> Iterator[dict[str, Any]]:
    for person_id in people:
        if rng.random() < how_many:
            for one in rng.sample(known, rng.randint(1, 2)):
                yield {"person_id": person_id, what: one, "shared": rng.random() < SHARE}
