"""What the change log tells about one thing, for the page of that thing."""

from __future__ import annotations

from sqlalchemy import select

from teamhub.audit.models import Entry
from teamhub.core.db import db
from teamhub.core.i18n import _
from teamhub.people.models import Person
from teamhub.tasks.queries import Happened

MOST_SHOWN = 50


def of(object_type: str, object_id: int) -> list[Happened]:
    """Return the latest that has happened to a thing, newest first, at one query."""
    rows = db.session.execute(
        select(Entry.kind, Entry.at, Person.name, Entry.data)
        .outerjoin(Person, Person.id == Entry.actor_id)
        .where(Entry.object_type == object_type, Entry.object_id == object_id)
        .order_by(Entry.id.desc())
        .limit(MOST_SHOWN)
    )
    return [Happened(kind, at, name or _("Teamhub"), data) for kind, at, name, data in rows]
