"""Reads of the security log, for the few who may: newest first, in pages that begin after a line's number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, column, func, or_, select, table

from teamhub.audit.models import SecurityEntry
from teamhub.audit.names import DETAILS
from teamhub.audit.queries import PERSON
from teamhub.audit.states import Outcome, SecurityKind
from teamhub.core.db import db
from teamhub.core.i18n import LazyString

PAGE = 50
LONGEST_NUMBER = 18

UNIT = table("unit", column("id"), column("name"))
_actor, _subject = PERSON.alias("actor"), PERSON.alias("subject")


@dataclass(frozen=True)
class Search:
    """What is asked for. ``before`` is the number the page comes before; None begins with the newest."""

    kind: SecurityKind | None = None
    outcome: Outcome | None = None
    person: str = ""
    before: int | None = None

    @property
    def narrowed(self) -> bool:
        return bool(self.kind or self.outcome or self.person)


@dataclass(frozen=True)
class SecurityRow:
    """A line as it is shown: ``who`` did what to ``whom``, with ``details`` as pairs of word and value."""

    id: int
    at: datetime
    kind: SecurityKind
    outcome: Outcome
    who: str | None
    whom: str | None
    address: str | None
    details: list[tuple[LazyString, str, Any]]


@dataclass(frozen=True)
class SecurityPage:
    """``rows`` of a page; ``older`` is the number the next one comes before, None on the last.

    ``unreadable`` tells that somebody has put something in a line that no line can hold.
    """

    rows: list[SecurityRow] = field(default_factory=list)
    older: int | None = None
    unreadable: bool = False


@dataclass(frozen=True)
class Verification:
    """When the log was last verified, and how many findings there were."""

    at: datetime
    findings: int


def parse(args: Mapping[str, str]) -> Search:
    """Read a search off the address. What makes no sense is left out."""
    before = args.get("before", "")
    is_number = before.isascii() and before.isdigit() and len(before) <= LONGEST_NUMBER
    kind, outcome = args.get("kind", ""), args.get("outcome", "")
    return Search(
        kind=SecurityKind(kind) if kind in list(SecurityKind) else None,
        outcome=Outcome(outcome) if outcome in list(Outcome) else None,
        person=args.get("person", "").strip()[:100],
        before=int(before) if is_number else None,
    )


def find(search: Search) -> SecurityPage:
    """Return a page of lines, at one query, and one for names of units where there are any."""
    statement = _narrowed(
        select(
            SecurityEntry.id,
            SecurityEntry.at,
            SecurityEntry.kind,
            SecurityEntry.outcome,
            SecurityEntry.address,
            SecurityEntry.data,
            _actor.c.name.label("who"),
            # One who acts on oneself is named once.
            case((SecurityEntry.subject_id.is_distinct_from(SecurityEntry.actor_id), _subject.c.name)).label(
                "whom"
            ),
        )
        .outerjoin(_actor, _actor.c.id == SecurityEntry.actor_id)
        .outerjoin(_subject, _subject.c.id == SecurityEntry.subject_id),
        search,
    )
    try:
        found = db.session.execute(statement.order_by(SecurityEntry.id.desc()).limit(PAGE + 1)).all()
    except ValueError:
        return SecurityPage(unreadable=True)
    shown = found[:PAGE]
    units = _unit_names({_data(row).get("unit_id") for row in shown} - {None})
    return SecurityPage([_row(row, units) for row in shown], shown[-1].id if len(found) > PAGE else None)


def last_verification() -> Verification | None:
    """Return how the latest verification from the page went; None when there is none in the log."""
    try:
        row = db.session.execute(
            select(SecurityEntry.at, SecurityEntry.data)
            .where(SecurityEntry.kind == SecurityKind.LOG_VERIFIED)
            .order_by(SecurityEntry.id.desc())
            .limit(1)
        ).one_or_none()
    except ValueError:
        return None
    return Verification(row.at, _data(row).get("count", 0)) if row else None


def _narrowed(statement: Select[Any], search: Search) -> Select[Any]:
    if search.kind:
        statement = statement.where(SecurityEntry.kind == search.kind)
    if search.outcome:
        statement = statement.where(SecurityEntry.outcome == search.outcome)
    if search.before is not None:
        statement = statement.where(SecurityEntry.id < search.before)
    if search.person:
        meant = select(PERSON.c.id).where(
            func.lower(PERSON.c.name).contains(search.person.lower(), autoescape=True)
        )
        statement = statement.where(
            or_(SecurityEntry.actor_id.in_(meant), SecurityEntry.subject_id.in_(meant))
        )
    return statement


def _unit_names(ids: set[Any]) -> dict[int, str]:
    if not ids:
        return {}
    rows = db.session.execute(select(UNIT).where(UNIT.c.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _data(row: Any) -> dict[str, Any]:
    """Return what a line holds beside its columns; nothing when somebody has put another thing there."""
    return row.data if isinstance(row.data, dict) else {}


def _row(row: Any, units: dict[int, str]) -> SecurityRow:
    said = _data(row)
    if (unit_id := said.get("unit_id")) in units:
        said = said | {"unit_id": units[unit_id]}
    details = [(word, key, said[key]) for key, word in DETAILS.items() if said.get(key)]
    return SecurityRow(row.id, row.at, row.kind, row.outcome, row.who, row.whom, row.address, details)
