"""What a person is in missions: part of every actor."""

from __future__ import annotations

from sqlalchemy import BindParameter, bindparam, literal, select

from teamhub.missions.models import Mission, Seat
from teamhub.missions.states import AGREED

_person: BindParameter[int] = bindparam("person_id")

MISSION_ROLES = (
    select(literal("missions_led"), literal(""), Mission.id).where(Mission.lead_id == _person),
    select(literal("missions_owned"), literal(""), Mission.id).where(Mission.owner_id == _person),
    select(literal("missions_joined"), literal(""), Seat.mission_id).where(
        Seat.person_id == _person, Seat.state.in_(AGREED)
    ),
)
"""The missions a person leads, owns and has an agreed seat in: a field of Actor, nothing, an id."""
