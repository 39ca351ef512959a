"""What follows in this room from what happens in others."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from teamhub.core.i18n import _
from teamhub.tasks.models import BoardColumn


def make_columns(session: Session, event: Any) -> None:
    """Give a mission that has just started a board to begin with. One that has columns keeps them."""
    mission_id = event.object_id
    has = session.scalar(
        select(func.count()).select_from(BoardColumn).where(BoardColumn.mission_id == mission_id)
    )
    if has:
        return
    names = (_("Skal gjøres"), _("Pågår"), _("Prøves ut"), _("Ferdig"))
    session.add_all(
        BoardColumn(mission_id=mission_id, name=name, position=position, is_done=position == len(names) - 1)
        for position, name in enumerate(names)
    )
