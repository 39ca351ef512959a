"""What a person says of themselves: skills, what they can be asked for, and when they are away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from sqlalchemy import delete, func, select

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.competence.events import SkillsChanged, TimeChanged, WaysChanged
from teamhub.competence.models import (
    Absence,
    Openness,
    PersonLanguage,
    PersonPlace,
    PersonSkill,
    Place,
    Skill,
    WorkingTime,
)
from teamhub.competence.queries import FULL, absence
from teamhub.competence.states import LEVELS, Assignment, WorkLanguage
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command

Way = TypeVar("Way", PersonLanguage, PersonPlace)

MOST_HOURS = 40
MOST_ABSENCES = 50


@command
def say(actor: Actor, skill_id: int, *, level: int | None, wants: bool, shared: bool) -> None:
    """Say how well one masters a skill, whether one wants to learn more, and whether others may know.

    Again replaces what was said. Raises DomainError, with its field, when it says nothing.
    """
    authorize(actor, Action.COMPETENCE_MANAGE)
    if db.session.scalar(select(Skill.id).where(Skill.id == skill_id)) is None:
        raise DomainError(_("Velg en ferdighet fra lista."), field="skill_id")
    if level is not None and level not in LEVELS:
        raise DomainError(_("Velg et nivå fra lista."), field="level")
    if level is None and not wants:
        raise DomainError(_("Velg et nivå, eller kryss av for at du vil lære mer."), field="level")
    said = db.session.get(PersonSkill, (actor.id or 0, skill_id))
    if said is None:
        said = PersonSkill(person_id=actor.id or 0, skill_id=skill_id)
        db.session.add(said)
    elif (said.level, said.wants, said.shared) == (level, wants, shared):
        return
    said.level, said.wants, said.shared = level, wants, shared
    emit(db.session(), SkillsChanged(actor_id=actor.id, object_id=actor.id or 0))


@command
def unsay(actor: Actor, skill_id: int) -> None:
    """Take back what one has said of a skill. Nothing happens when nothing was said."""
    authorize(actor, Action.COMPETENCE_MANAGE)
    said = db.session.get(PersonSkill, (actor.id or 0, skill_id))
    if said is not None:
        db.session.delete(said)
        emit(db.session(), SkillsChanged(actor_id=actor.id, object_id=actor.id or 0))


@command
def speak(actor: Actor, language: WorkLanguage, *, shared: bool) -> None:
    """Say that one can work in a language, and whether others may know. Again replaces what was said."""
    authorize(actor, Action.COMPETENCE_MANAGE)
    _say_a_way(actor, PersonLanguage, shared=shared, language=language)


@command
def unspeak(actor: Actor, language: WorkLanguage) -> None:
    """Take back that one can work in a language. Nothing happens when it was not said."""
    authorize(actor, Action.COMPETENCE_MANAGE)
    _unsay_a_way(actor, PersonLanguage, language=language)


@command
def work_at(actor: Actor, place_id: int, *, shared: bool) -> None:
    """Say that one can work at a place, and whether others may know. Raises DomainError, with its field."""
    authorize(actor, Action.COMPETENCE_MANAGE)
    if db.session.scalar(select(Place.id).where(Place.id == place_id)) is None:
        raise DomainError(_("Velg et sted fra lista."), field="place_id")
    _say_a_way(actor, PersonPlace, shared=shared, place_id=place_id)


@command
def leave(actor: Actor, place_id: int) -> None:
    """Take back that one can work at a place. Nothing happens when it was not said."""
    authorize(actor, Action.COMPETENCE_MANAGE)
    _unsay_a_way(actor, PersonPlace, place_id=place_id)


def _say_a_way(actor: Actor, model: type[Way], *, shared: bool, **which: object) -> None:
    said = db.session.get(model, {"person_id": actor.id, **which})
    if said is None:
        db.session.add(model(person_id=actor.id or 0, shared=shared, **which))
    elif said.shared == shared:
        return
    else:
        said.shared = shared
    emit(db.session(), WaysChanged(actor_id=actor.id, object_id=actor.id or 0))


def _unsay_a_way(actor: Actor, model: type[Way], **which: object) -> None:
    said = db.session.get(model, {"person_id": actor.id, **which})
    if said is not None:
        db.session.delete(said)
        emit(db.session(), WaysChanged(actor_id=actor.id, object_id=actor.id or 0))


@command
def have_time(actor: Actor, *, share: int, hours: Mapping[Assignment, int | None]) -> None:
    """Say what one can be asked for: the share of a full position, and the most hours a week by kind.

    A kind without hours is not to be asked for. Raises DomainError, with its field.
    """
    authorize(actor, Action.COMPETENCE_MANAGE)
    if not 1 <= share <= FULL:
        raise DomainError(_("Skriv et tall fra 1 til %(most)s.", most=FULL), field="share")
    for kind, most in hours.items():
        if most is not None and not 1 <= most <= MOST_HOURS:
            raise DomainError(_("Skriv et tall fra 1 til %(most)s.", most=MOST_HOURS), field=kind.value)
    for model in (WorkingTime, Openness):
        db.session.execute(delete(model).where(model.person_id == actor.id))
    if share != FULL:
        db.session.add(WorkingTime(person_id=actor.id or 0, share=share))
    rows = (Openness(person_id=actor.id or 0, kind=kind, hours=most) for kind, most in hours.items() if most)
    db.session.add_all(rows)
    emit(db.session(), TimeChanged(actor_id=actor.id, object_id=actor.id or 0))


@command
def be_away(actor: Actor, starts_on: date, ends_on: date) -> None:
    """Say that one is away for a period. The same one again is one. Raises DomainError, with its field."""
    authorize(actor, Action.COMPETENCE_MANAGE)
    if ends_on < starts_on or ends_on < clock.today():
        raise DomainError(_("Siste dag må være fram i tid, og etter den første."), field="ends_on")
    mine = Absence.person_id == actor.id
    if (db.session.scalar(select(func.count(Absence.id)).where(mine)) or 0) >= MOST_ABSENCES:
        raise DomainError(_("Du har skrevet opp for mange perioder. Slett noen først."), field="starts_on")
    same = (mine, Absence.starts_on == starts_on, Absence.ends_on == ends_on)
    if db.session.scalar(select(Absence.id).where(*same)) is None:
        db.session.add(Absence(person_id=actor.id or 0, starts_on=starts_on, ends_on=ends_on))
        emit(db.session(), TimeChanged(actor_id=actor.id, object_id=actor.id or 0))


@command
def be_back(actor: Actor, absence_id: int) -> None:
    """Strike out a period one is away. Nothing happens when it is gone already."""
    authorize(actor, Action.COMPETENCE_MANAGE)
    period = absence(actor, absence_id)
    if period is not None:
        db.session.delete(period)
        emit(db.session(), TimeChanged(actor_id=actor.id, object_id=actor.id or 0))
