"""Reads of what was done: a person's own finished seats, and what they let it say of their skills."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, Text, cast, func, literal, null, select

from teamhub.access.actor import Actor
from teamhub.competence.evidence import Work
from teamhub.competence.models import PersonSkill, Skill
from teamhub.core.db import db
from teamhub.core.i18n import language
from teamhub.missions.models import Mission, Seat, SkillEvidence
from teamhub.missions.states import SeatState

MOST_SHOWN = 2
"""So much evidence of one skill is shown of each person."""


@dataclass(frozen=True)
class Finished:
    """A seat that is over, as the person in it sees it."""

    seat_id: int
    mission_id: int
    mission: str
    role: str
    skill_id: int | None
    text: str


def my_work(actor: Actor) -> list[Work]:
    """Return the actor's finished seats, the latest first, with the skills each is put to: one statement."""
    e = SkillEvidence
    rows = db.session.execute(
        select(
            Seat.id,
            Mission.id.label("mission_id"),
            Mission.title,
            Seat.role,
            Seat.done_text,
            e.id,
            e.text,
            Skill,
        )
        .join(Mission, Mission.id == Seat.mission_id)
        .outerjoin(e, (e.seat_id == Seat.id) & (e.person_id == Seat.person_id))
        .outerjoin(Skill, Skill.id == e.skill_id)
        .where(Seat.person_id == actor.id, Seat.state == SeatState.DONE)
        .order_by(Seat.done_at.desc(), Seat.id.desc(), e.id)
    )
    said = language()
    return [
        Work(
            seat_id,
            mission_id,
            title,
            role,
            text or done or "",
            evidence_id,
            skill.name(said) if skill else "",
        )
        for seat_id, mission_id, title, role, done, evidence_id, text, skill in rows
    ]


def my_seat(actor: Actor, seat_id: int) -> Finished | None:
    """Return a seat the actor had, when it is over."""
    columns = (
        Seat.id,
        Mission.id,
        Mission.title,
        Seat.role,
        Seat.skill_id,
        func.coalesce(Seat.done_text, ""),
    )
    mine = (Seat.id == seat_id, Seat.person_id == actor.id, Seat.state == SeatState.DONE)
    row = db.session.execute(
        select(*columns).join(Mission, Mission.id == Seat.mission_id).where(*mine)
    ).one_or_none()
    return Finished(*row) if row else None


def evidence(actor: Actor, evidence_id: int) -> SkillEvidence | None:
    """Return something the actor has put to a skill."""
    mine = (SkillEvidence.id == evidence_id, SkillEvidence.person_id == actor.id)
    return db.session.scalar(select(SkillEvidence).where(*mine))


NOTHING_DONE = (
    cast(null(), Text).label("text"),
    cast(null(), String).label("title"),
    literal(0).label("evidence_id"),
)
"""In the place of what ``shown_of`` gives, for statements that are put together with it."""


def shown_of(skill_id: int, people: Collection[int]) -> Any:
    """Return a select of what people have put to a skill they share, with the mission it was done in."""
    e, s = SkillEvidence, PersonSkill
    shares = (s.person_id == e.person_id) & (s.skill_id == e.skill_id) & s.shared.is_(True)
    return (
        select(e.person_id, literal(0).label("share"), e.text, Mission.title, e.id.label("evidence_id"))
        .join(s, shares)
        .join(Seat, Seat.id == e.seat_id)
        .join(Mission, Mission.id == Seat.mission_id)
        .where(e.skill_id == skill_id, e.person_id.in_(people))
    )
