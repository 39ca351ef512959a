"""The same thing sent twice: by a double click, or a browser or a proxy that tries again (quality.md R49)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from teamhub.core import clock
from teamhub.core.db import db

DOUBLE_CLICK = timedelta(minutes=2)
"""The same words from the same person within this time are the same thing."""


def just_made(model: Any, *same: Any, at: Any = None) -> int | None:
    """Return the id of the row that is ``same`` and was made a moment ago, by ``at`` or else ``created_at``.

    For commands, before they make one: those of one person wait for each other (transaction.py).
    """
    made_at = model.created_at if at is None else at
    found = select(model.id).where(made_at > clock.now() - DOUBLE_CLICK, *same)
    return db.session.scalar(found.order_by(model.id.desc()).limit(1))
