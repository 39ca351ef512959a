"""Announces which open pages an event concerns, as part of the command."""

from __future__ import annotations

from sqlalchemy.orm import Session

from teamhub.consequences.table import TABLE
from teamhub.core.announce import announce
from teamhub.core.events import Event


def announce_changes(session: Session, event: Event) -> None:
    """Tell the pages that show what ``event`` changed."""
    follows = TABLE.get(type(event))
    if follows is not None and follows.live is not None:
        announce(session, *follows.live(event))
