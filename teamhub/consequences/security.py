"""Lets events that concern security leave a line in the security log, as the table says."""

from __future__ import annotations

from sqlalchemy.orm import Session

from teamhub.audit.security import record
from teamhub.consequences.table import TABLE
from teamhub.core.events import Event

KEPT = ("kind", "unit_id", "imported", "file", "created", "changed", "size", "path", "name", "mission_id")
"""What is taken from an event beside its object. Named one by one, so that no address or key slips in."""


def note(session: Session, event: Event) -> None:
    """Leave a line about ``event`` when its entry says so. Runs inside the command's transaction."""
    follows = TABLE.get(type(event))
    if follows is None or follows.security is None:
        return
    of_person = event.object_type == "person"
    data = {name: getattr(event, name) for name in KEPT if hasattr(event, name)}
    record(
        session,
        follows.security,
        actor_id=event.actor_id,
        subject_id=event.object_id if of_person else getattr(event, "person_id", None),
        data=data if of_person else data | {"object_id": event.object_id},
    )
