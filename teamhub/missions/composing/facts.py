"""What is read for the composer: who may be asked, and all that is known of their time, skills and offers.

Only what people share is read: what somebody keeps to themselves is in nothing that comes out of here.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import and_, case, literal, null, or_, select, union_all

from teamhub.challenges.voices import Offer
from teamhub.competence.models import Absence, Openness, PersonLanguage, PersonPlace, PersonSkill, WorkingTime
from teamhub.competence.states import Assignment
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.missions.models import Invitation, Mission, MissionChallenge, Seat
from teamhub.missions.states import AGREED, GOING_ON, SeatState
from teamhub.people.models import Person, Unit


def people_of(named: set[int], held: set[int]) -> list[Any]:
    """Return those who are open to a seat, and those named, with unit, position and hours.

    Of those who have left, only who still has a seat (``held``).
    """
    seat = and_(Openness.person_id == Person.id, Openness.kind == Assignment.SEAT)
    asked = or_(Openness.person_id.is_not(None), Person.id.in_(sorted(named)))
    columns = (
        Person.id,
        Person.name,
        Person.unit_id,
        Unit.name.label("unit"),
        Unit.division_id,
        WorkingTime.share,
        Openness.hours,
    )
    return list(
        db.session.execute(
            select(*columns)
            .join(Unit, Unit.id == Person.unit_id)
            .outerjoin(Openness, seat)
            .outerjoin(WorkingTime, WorkingTime.person_id == Person.id)
            .where(or_(Person.is_active & asked, Person.id.in_(sorted(held))))
        )
    )


def facts_of(skills: set[int], mission_id: int, since: date) -> list[Any]:
    """Return all that is known of people's time, skills and offers, each row with what it is about first.

    «seat»: person, unit, mission, share, first and last day, state, of agreed contracts that end no earlier
    than ``since``. «skill»: person, skill, level, wish, as they share it. «place»: person, place, and
    «language»: person, and the language where a state is, as they share them. «offer»: person. «away»:
    person, first and last day. «no»: person, who has declined a seat of this mission, or whose manager has.
    What has most columns stands first, for PostgreSQL takes the types from there.
    """
    s, p, spoken = PersonSkill, PersonPlace, PersonLanguage
    contracts = (
        select(
            literal("seat"), Seat.person_id, Person.unit_id, Seat.mission_id, Seat.share,
            Seat.starts_on, Seat.ends_on, Seat.state,
        )
        .join(Mission, Mission.id == Seat.mission_id)
        .join(Person, Person.id == Seat.person_id)
        .where(
            Seat.ends_on >= since,
            or_(
                and_(Seat.state.in_(AGREED), Mission.status.in_(GOING_ON)),
                Seat.state == SeatState.DONE,
            ),
        )
    )  # fmt: skip
    wish = case((s.wants.is_(True), 1), else_=0)
    shared = select(
        literal("skill"), s.person_id, s.skill_id, s.level, wish, null(), null(), literal("")
    ).where(s.shared.is_(True), s.skill_id.in_(sorted(skills)))
    places = select(
        literal("place"), p.person_id, p.place_id, null(), null(), null(), null(), literal("")
    ).where(p.shared.is_(True))
    languages = select(
        literal("language"), spoken.person_id, null(), null(), null(), null(), null(), spoken.language
    ).where(spoken.shared.is_(True))
    offers = (
        select(literal("offer"), Offer.person_id, null(), null(), null(), null(), null(), literal(""))
        .join(MissionChallenge, MissionChallenge.challenge_id == Offer.challenge_id)
        .where(MissionChallenge.mission_id == mission_id)
    )
    away = select(
        literal("away"), Absence.person_id, null(), null(), null(),
        Absence.starts_on, Absence.ends_on, literal(""),
    ).where(Absence.ends_on >= clock.today())  # fmt: skip
    declined = _declined(mission_id)
    return list(db.session.execute(union_all(contracts, shared, places, languages, offers, away, declined)))


def _declined(mission_id: int) -> Any:
    i = Invitation
    said_no = or_(i.person_says.is_(False), i.manager_says.is_(False))
    return select(literal("no"), i.person_id, null(), null(), null(), null(), null(), literal("")).where(
        i.mission_id == mission_id, said_no
    )
