"""People from a file: found by reference, else by e-mail. Managers are joined on when everybody is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import aliased

from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.i18n import _
from teamhub.exchange.fields import REFERENCE
from teamhub.exchange.places import Places, all_places
from teamhub.exchange.readers import Row
from teamhub.exchange.rows import Outcome, RowReader, Values, batches
from teamhub.people.models import Person

BATCH = 500
COMPARED = ("email", "name", "job_title", "unit_id", "locale")


@dataclass
class _Everybody:
    """What is remembered across batches: who is to have which manager, who is new, who has changed.

    People go by their e-mail; ``emails`` finds it by e-mail or reference.
    """

    managers: list[tuple[Row, str, str]] = field(default_factory=list)
    emails: dict[str, str] = field(default_factory=dict)
    created: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)


@dataclass
class _Batch:
    """What a batch of rows comes to: new people, and changes by the id of the changed one."""

    new: list[dict[str, Any]] = field(default_factory=list)
    changes: dict[int, dict[str, Any]] = field(default_factory=dict)


def take(reader: RowReader, outcome: Outcome) -> None:
    """Create and change people as the file says. Nobody's account is closed, and no password is set."""
    places, everybody = all_places(), _Everybody()
    seen = 0
    for rows in batches(reader.read(), BATCH):
        seen += len(rows)
        batch = _sort_out(rows, reader, places, everybody)
        if not reader.errors:
            if batch.new:
                db.session.execute(insert(Person), batch.new)
            _change(batch.changes)
    if everybody.managers:
        _join_managers(reader, everybody)
    outcome.created, outcome.changed = len(everybody.created), len(everybody.changed)
    outcome.unchanged = seen - outcome.created - outcome.changed


def _sort_out(rows: list[Values], reader: RowReader, places: Places, everybody: _Everybody) -> _Batch:
    """Compare a batch of rows with who is there, at one query."""
    batch = _Batch()
    by_reference, by_email = _those_there(rows)
    for row in rows:
        email, reference = row.fields["email"], row.fields.get(REFERENCE) or None
        everybody.emails |= {email: email} | ({reference: email} if reference else {})
        old = by_reference.get(reference) or by_email.get(email)
        if _is_somebody_else(old, by_email.get(email), reference):
            reader.refuse(row.row, "email", _("Adressen «%(email)s» er en annens.", email=email))
            continue
        wanted = _wanted(row, reader, places)
        if "manager" in row.fields:
            everybody.managers.append((row.row, email, row.fields["manager"]))
        if old is None:
            batch.new.append({"job_title": "", "locale": None} | wanted | {REFERENCE: reference})
            everybody.created.add(email)
        elif different := _differences(old, wanted, reference):
            batch.changes[old.id] = different
            everybody.changed.add(email)
    return batch


def _differences(old: Any, wanted: dict[str, Any], reference: str | None) -> dict[str, Any]:
    different = {name: value for name, value in wanted.items() if value != getattr(old, name)}
    return different | ({REFERENCE: reference} if reference and old.external_ref is None else {})


def _is_somebody_else(old: Any, has_the_address: Any, reference: str | None) -> bool:
    """Tell whether the row's address or reference already belongs to another person than the row's."""
    if old is None:
        return False
    if has_the_address is not None and has_the_address.id != old.id:
        return True
    return bool(reference and old.external_ref and old.external_ref != reference)


def _wanted(row: Values, reader: RowReader, places: Places) -> dict[str, Any]:
    wanted: dict[str, Any] = {
        name: row.fields[name] for name in ("email", "name", "job_title", "locale") if name in row.fields
    }
    try:
        wanted["unit_id"] = places.find(row.fields["unit"]).id
    except DomainError as error:
        reader.refuse(row.row, "unit", str(error))
    return wanted


def _those_there(rows: list[Values]) -> tuple[dict[Any, Any], dict[str, Any]]:
    references = [row.fields[REFERENCE] for row in rows if row.fields.get(REFERENCE)]
    emails = [row.fields["email"] for row in rows]
    found = db.session.execute(
        select(Person.id, Person.external_ref, *(getattr(Person, name) for name in COMPARED)).where(
            or_(Person.external_ref.in_(references), Person.email.in_(emails))
        )
    ).all()
    return (
        {person.external_ref: person for person in found if person.external_ref},
        {person.email: person for person in found},
    )


def _change(changes: dict[int, dict[str, Any]]) -> None:
    if not changes:
        return
    changed = list(db.session.scalars(select(Person).where(Person.id.in_(changes)).with_for_update()))
    for person in changed:
        for name, value in changes[person.id].items():
            setattr(person, name, value)
    db.session.flush()
    for person in changed:
        db.session.expunge(person)


# -- managers ----------------------------------------------------------------------------------------


def _join_managers(reader: RowReader, everybody: _Everybody) -> None:
    """Set the managers the file names, by reference or e-mail. An empty cell means nobody."""
    emails, before, ids = _who_leads_whom()
    emails |= everybody.emails
    managers = dict(before)
    for row, email, said in everybody.managers:
        managers[email] = emails.get(said) or emails.get(said.casefold())
        if said and managers[email] is None and not _is_in_a_faulty_row(said, reader):
            reader.refuse(row, "manager", _("Det finnes ingen person «%(who)s».", who=said))
    for row, email, _said in everybody.managers:
        if _leads_oneself(email, managers):
            reader.refuse(row, "manager", _("Personen blir sin egen leder, direkte eller via andre."))
        elif managers[email] != before.get(email):
            everybody.changed |= {email} - everybody.created
    if not reader.errors:
        moved = {ids[who]: ids[to] if to else None for who, to in managers.items() if to != before.get(who)}
        for some in batches(moved.items(), BATCH):
            _change({who: {"manager_id": to} for who, to in some})


def _is_in_a_faulty_row(said: str, reader: RowReader) -> bool:
    """One fault is reported once, not again for all who have that person as manager."""
    return reader.has_seen("email", said.casefold()) or reader.has_seen(REFERENCE, said)


def _who_leads_whom() -> tuple[dict[str, str], dict[str, str | None], dict[str, int]]:
    """Return everybody's e-mail by e-mail and reference, everybody's manager, and everybody's id."""
    emails: dict[str, str] = {}
    managers: dict[str, str | None] = {}
    ids: dict[str, int] = {}
    boss = aliased(Person)
    rows = db.session.execute(
        select(Person.id, Person.external_ref, Person.email, boss.email).outerjoin(
            boss, boss.id == Person.manager_id
        )
    )
    for person_id, reference, email, manager in rows:
        emails |= {email: email} | ({reference: email} if reference else {})
        managers[email] = manager
        ids[email] = person_id
    return emails, managers, ids


def _leads_oneself(email: str, managers: dict[str, str | None]) -> bool:
    passed: set[str] = set()
    above = managers[email]
    while above is not None and above not in passed:
        if above == email:
            return True
        passed.add(above)
        above = managers.get(above)
    return False
