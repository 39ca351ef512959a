"""What a person is in missions: part of every actor."""

from __future__ import annotations

from sqlalchemy import literal, select, union_all

from teamhub.core.db import db
from teamhub.missions.models import Mission, Seat
from teamhub.missions.states import AGREED


def mission_roles(person_id: int) -> dict[str, frozenset[int]]:
    """Return the missions a person leads, owns and has an agreed seat in, as Actor fields, at one query."""
    found: dict[str, set[int]] = {"missions_led": set(), "missions_owned": set(), "missions_joined": set()}
    rows = db.session.execute(
        union_all(
            select(literal("missions_led"), Mission.id).where(Mission.lead_id == person_id),
            select(literal("missions_owned"), Mission.id).where(Mission.owner_id == person_id),
            select(literal("missions_joined"), Seat.mission_id).where(
                Seat.person_id == person_id, Seat.state.in_(AGREED)
            ),
        )
    )
    for role, mission_id in rows:
        found[role].add(mission_id)
    return {role: frozenset(ids) for role, ids in found.items()}
