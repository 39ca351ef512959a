"""The office's work with the lists of skills and places, and its answers to what people suggest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.competence.events import (
    PlaceChanged,
    SkillChanged,
    SkillSuggested,
    SuggestionAnswered,
)
from teamhub.competence.models import Place, Skill, SkillSuggestion
from teamhub.competence.queries import find_skills
from teamhub.competence.states import Outcome
from teamhub.core import clock
from teamhub.core.changes import changed
from teamhub.core.db import db
from teamhub.core.errors import Conflict, DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command

MOST_WAITING = 20
LONGEST_CODE = 40
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})


@dataclass(frozen=True)
class SkillWords:
    """What a skill is called in three languages, its synonyms, parted by «|», and the area it belongs to."""

    nb: str
    nn: str
    en: str
    synonyms: str = ""
    area: str = ""

    def columns(self) -> dict[str, str]:
        """Return them as columns: a language without a name of its own has the one in bokmål."""
        said = {"nb": self.nb, "nn": self.nn or self.nb, "en": self.en or self.nb}
        return said | {"synonyms": tidy(self.synonyms), "area": self.area}


@command
def add_skill(actor: Actor, words: SkillWords) -> int:
    """Add a skill to the list and return its id; the one of that name when it says the same already."""
    authorize(actor, Action.COMPETENCE_CURATE)
    said = words.columns()
    same = _named(said["nb"])
    if same is not None and all(getattr(same, name) == value for name, value in said.items()):
        return same.id
    return _new(actor, said).id


@command
def change_skill(actor: Actor, skill_id: int, words: SkillWords, *, retired: bool, version: int) -> None:
    """Change what a skill is called, or retire it. Raises Conflict when somebody has, since ``version``."""
    authorize(actor, Action.COMPETENCE_CURATE)
    skill = _fresh_skill(skill_id)
    if skill.version != version:
        raise Conflict(_("Ferdigheten er endret siden du åpnet den."), skill)
    said = words.columns()
    _must_be_its_own(said["nb"], skill_id)
    changes = changed(skill, said | {"retired": retired})
    if changes:
        emit(db.session(), SkillChanged(actor_id=actor.id, object_id=skill_id, changes=changes))


@command
def add_place(actor: Actor, name: str) -> int:
    """Add a place one can work at and return its id; the one of that name when it is there already."""
    authorize(actor, Action.COMPETENCE_CURATE)
    same = db.session.scalar(select(Place.id).where(func.lower(Place.name) == name.lower()))
    if same is not None:
        return same
    place = Place(name=name)
    db.session.add(place)
    db.session.flush()
    changes = {"name": [None, name]}
    emit(db.session(), PlaceChanged(actor_id=actor.id, object_id=place.id, changes=changes))
    return place.id


@command
def change_place(actor: Actor, place_id: int, name: str, *, retired: bool, version: int) -> None:
    """Rename a place, or retire it. Raises Conflict when somebody else has, since ``version``."""
    authorize(actor, Action.COMPETENCE_CURATE)
    place = db.session.scalar(select(Place).where(Place.id == place_id).with_for_update())
    if place is None:
        raise DomainError(_("Stedet finnes ikke lenger."))
    if place.version != version:
        raise Conflict(_("Stedet er endret siden du åpnet det."), place)
    taken = select(Place.id).where(func.lower(Place.name) == name.lower(), Place.id != place_id)
    if db.session.scalar(taken.limit(1)) is not None:
        raise DomainError(_("Et annet sted heter dette."), field="name")
    changes = changed(place, {"name": name, "retired": retired})
    if changes:
        emit(db.session(), PlaceChanged(actor_id=actor.id, object_id=place_id, changes=changes))


@command
def suggest(actor: Actor, name: str, why: str) -> int:
    """Suggest a skill that is missing, and return the suggestion's id; the same again is one.

    Raises DomainError, with its field, when the list has it already by that name or a synonym.
    """
    authorize(actor, Action.COMPETENCE_MANAGE)
    known = next((skill for skill in find_skills(name) if skill.is_called(name)), None)
    if known is not None:
        raise DomainError(_("Den finnes alt: «%(name)s». Velg den fra lista.", name=known.name), field="name")
    mine = (SkillSuggestion.person_id == actor.id, SkillSuggestion.outcome.is_(None))
    waiting = list(db.session.scalars(select(SkillSuggestion).where(*mine)))
    if same := next((one for one in waiting if one.name.casefold() == name.casefold()), None):
        return same.id
    if len(waiting) >= MOST_WAITING:
        raise DomainError(_("Vent til kontoret har svart på noen av forslagene dine."), field="name")
    suggestion = SkillSuggestion(person_id=actor.id or 0, name=name, why=why)
    db.session.add(suggestion)
    db.session.flush()
    emit(db.session(), SkillSuggested(actor_id=actor.id, object_id=suggestion.id))
    return suggestion.id


@command
def accept(actor: Actor, suggestion_id: int, words: SkillWords) -> int:
    """Let a suggestion become a skill of the list, and return the skill's id."""
    authorize(actor, Action.COMPETENCE_CURATE)
    suggestion = _waiting(suggestion_id)
    skill = _new(actor, words.columns())
    _answer(actor, suggestion, Outcome.ACCEPTED, skill_id=skill.id)
    return skill.id


@command
def merge(actor: Actor, suggestion_id: int, skill_id: int) -> None:
    """Let a suggestion be a synonym of a skill that is on the list."""
    authorize(actor, Action.COMPETENCE_CURATE)
    suggestion = _waiting(suggestion_id)
    skill = _fresh_skill(skill_id)
    changes = changed(skill, {"synonyms": tidy(f"{skill.synonyms}|{suggestion.name}")})
    if changes:
        emit(db.session(), SkillChanged(actor_id=actor.id, object_id=skill_id, changes=changes))
    _answer(actor, suggestion, Outcome.MERGED, skill_id=skill_id)


@command
def decline(actor: Actor, suggestion_id: int, answer: str) -> None:
    """Say no to a suggestion, and why. Raises DomainError, with its field, without a word."""
    authorize(actor, Action.COMPETENCE_CURATE)
    suggestion = _waiting(suggestion_id)
    if not answer:
        raise DomainError(_("Skriv noen ord til den som foreslo den."), field="answer")
    _answer(actor, suggestion, Outcome.DECLINED, answer=answer)


def tidy(written: str) -> str:
    """Return synonyms, written with commas, lines or bars between them, as they are kept: each once."""
    found: dict[str, str] = {}
    for part in re.split(r"[|,;\n]", written):
        word = " ".join(part.split())
        if word:
            found.setdefault(word.casefold(), word)
    return "|".join(found.values())


def code_of(name: str, is_taken: Callable[[str], bool]) -> str:
    """Return a code for a skill from its name in bokmål: «Åpne data» → «apne-data»."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    base = "-".join(words)[: LONGEST_CODE - 4].strip("-") or "ferdighet"
    number, code = 1, base
    while is_taken(code):
        number += 1
        code = f"{base}-{number}"
    return code


def _new(actor: Actor, said: dict[str, str]) -> Skill:
    _must_be_its_own(said["nb"])
    codes = set(db.session.scalars(select(Skill.code)))
    skill = Skill(code=code_of(said["nb"], codes.__contains__), **said)
    db.session.add(skill)
    db.session.flush()
    changes = {name: [None, value] for name, value in said.items() if value}
    emit(db.session(), SkillChanged(actor_id=actor.id, object_id=skill.id, changes=changes))
    return skill


def _answer(
    actor: Actor,
    suggestion: SkillSuggestion,
    outcome: Outcome,
    *,
    skill_id: int | None = None,
    answer: str = "",
) -> None:
    suggestion.outcome, suggestion.skill_id, suggestion.answer = outcome, skill_id, answer
    suggestion.answered_at = clock.now()
    emit(
        db.session(),
        SuggestionAnswered(
            actor_id=actor.id,
            object_id=suggestion.id,
            person_id=suggestion.person_id,
            outcome=outcome.value,
            skill_id=skill_id,
        ),
    )


def _waiting(suggestion_id: int) -> SkillSuggestion:
    s = SkillSuggestion
    suggestion = db.session.scalar(select(s).where(s.id == suggestion_id).with_for_update(of=s))
    if suggestion is None or suggestion.outcome is not None:
        raise DomainError(_("Forslaget er alt besvart."))
    return suggestion


def _fresh_skill(skill_id: int) -> Skill:
    skill = db.session.scalar(select(Skill).where(Skill.id == skill_id).with_for_update())
    if skill is None:
        raise DomainError(_("Velg en ferdighet fra lista."), field="skill_id")
    return skill


def _named(nb: str) -> Skill | None:
    return db.session.scalar(select(Skill).where(func.lower(Skill.nb) == nb.lower()).limit(1))


def _must_be_its_own(nb: str, own_id: int | None = None) -> None:
    same = _named(nb)
    if same is not None and same.id != own_id:
        raise DomainError(_("En annen ferdighet heter dette."), field="nb")
