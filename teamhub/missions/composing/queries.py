"""Reads of teams that are kept to think about, and of the board's bounds."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from teamhub.core.db import db
from teamhub.missions.composer.needs import Bounds
from teamhub.missions.composing.models import TeamDraft, WeightBound


def drafts(mission_id: int) -> list[TeamDraft]:
    """Return the teams kept for a mission, the newest first, with their places."""
    return list(
        db.session.scalars(
            select(TeamDraft)
            .where(TeamDraft.mission_id == mission_id)
            .options(joinedload(TeamDraft.places))
            .order_by(TeamDraft.id.desc())
        ).unique()
    )


def bounds() -> Bounds:
    """Return what the board lets a lead choose: what it has set, and otherwise what is usual."""
    rows = db.session.execute(select(WeightBound.term, WeightBound.least, WeightBound.most))
    return Bounds(**{term: (least, most) for term, least, most in rows})
