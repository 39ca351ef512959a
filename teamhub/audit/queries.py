"""Reads of the change log."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import column, select, table

from teamhub.audit.models import Entry
from teamhub.audit.names import SENTENCES, sentence
from teamhub.core.db import db
from teamhub.core.i18n import _

# This package stands below the one that knows people, so it names their table instead of importing it.
PERSON = table("person", column("id"), column("name"))


@dataclass(frozen=True)
class Line:
    """One thing that happened: when, who, and the whole sentence."""

    at: datetime
    who: str
    text: str


def activity(
    object_type: str,
    object_id: int,
    most: int = 20,
    *,
    without: Collection[str] = (),
    masked: Collection[int | None] = (),
) -> list[Line]:
    """Return the latest that has happened to an object, newest first, at one query.

    Whether the reader may see the object is for the caller to know. ``without`` names kinds of events
    that the page shows in another way, or keeps to itself; ``masked`` ids of persons who are not named.
    """
    kinds = SENTENCES.keys() - set(without)
    rows = db.session.execute(
        select(Entry.at, Entry.actor_id, PERSON.c.name, Entry.kind, Entry.data)
        .outerjoin(PERSON, PERSON.c.id == Entry.actor_id)
        .where(Entry.object_type == object_type, Entry.object_id == object_id, Entry.kind.in_(kinds))
        .order_by(Entry.id.desc())
        .limit(most)
    )
    return [
        _line(at, _("Innmelderen") if who in masked else name or _("Teamhub"), kind, data)
        for at, who, name, kind, data in rows
    ]


def _line(at: datetime, who: str, kind: str, data: dict[str, object]) -> Line:
    return Line(at, who, sentence(kind, who, data))
