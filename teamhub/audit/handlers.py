"""Writes a line in the change log for every event."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy.orm import Session

from teamhub.audit.models import Entry
from teamhub.core.events import Event

_OWN_COLUMNS = {"actor_id", "object_id"}


def write_entry(session: Session, event: Event) -> None:
    """Keep ``event`` as a row. Runs inside the command's transaction."""
    data = {key: value for key, value in asdict(event).items() if key not in _OWN_COLUMNS}
    entry = Entry(
        actor_id=event.actor_id,
        kind=type(event).__name__,
        object_type=event.object_type,
        object_id=event.object_id,
        data=data,
    )
    session.add(entry)
    session.info["last_entry"] = entry


def last_entry(session: Session) -> int:
    """Return the id of the row of the event that is being handled, for handlers that come after."""
    entry: Entry = session.info["last_entry"]
    session.flush()
    return entry.id
