"""What a person is in missions: part of every actor."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BindParameter, bindparam, literal, or_, select

from teamhub.missions.accord import MissionPartner
from teamhub.missions.models import Mission, Seat
from teamhub.missions.states import AGREED
from teamhub.people.models import Office

_person: BindParameter[int] = bindparam("person_id")
_today: BindParameter[date] = bindparam("today")

MISSION_ROLES = (
    select(literal("missions_led"), literal(""), Mission.id).where(Mission.lead_id == _person),
    select(literal("missions_owned"), literal(""), Mission.id).where(Mission.owner_id == _person),
    select(literal("missions_joined"), literal(""), Seat.mission_id).where(
        Seat.person_id == _person, Seat.state.in_(AGREED)
    ),
    select(literal("missions_partnered"), literal(""), MissionPartner.mission_id)
    .join(Office, (Office.person_id == MissionPartner.person_id) & (Office.kind == MissionPartner.kind))
    .where(
        MissionPartner.person_id == _person,
        Office.valid_from <= _today,
        or_(Office.valid_to.is_(None), Office.valid_to >= _today),
    ),
)
"""The missions a person leads, owns, has an agreed seat in, and follows by an office they hold today.

Each gives the name of a field of Actor, nothing, and an id.
"""
