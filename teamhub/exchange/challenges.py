"""Challenges from a file. Nobody here proposed them: who did stands as text, and no clock runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Table, delete, insert, select

from teamhub.challenges.models import Challenge, ChallengeTag, search_stems
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.exchange.fields import REFERENCE
from teamhub.exchange.places import Places, all_places
from teamhub.exchange.rows import Outcome, RowReader, Values, batches

BATCH = 500
TEXTS = ("title", "situation", "affected", "suggestion")
_TAG = cast("Table", ChallengeTag.__table__)
COMPARED = (*TEXTS, "evidence", "submitted_by", "submitted_at", "unit_id", "division_id")


@dataclass
class _Batch:
    """What a batch of rows comes to: new challenges, and changes by the id of the changed one."""

    new: list[dict[str, Any]] = field(default_factory=list)
    changes: dict[int, dict[str, Any]] = field(default_factory=dict)
    tags: dict[str, frozenset[str]] = field(default_factory=dict)


def take(reader: RowReader, outcome: Outcome) -> None:
    """Create and change challenges as the file says, matched on its reference."""
    places = all_places()
    submitters: set[str] = set()
    for rows in batches(reader.read(), BATCH):
        batch = _sort_out(rows, reader, outcome, places)
        submitters |= {row.fields.get("submitted_by") or "" for row in rows}
        if not outcome.errors:
            _write(batch)
    outcome.submitters = len(submitters - {""})


def _sort_out(rows: list[Values], reader: RowReader, outcome: Outcome, places: Places) -> _Batch:
    """Compare a batch of rows with what is there, at two queries."""
    batch = _Batch()
    there = _those_there([row.fields[REFERENCE] for row in rows])
    tags = _tags_of([old.id for old in there.values()])
    for row in rows:
        wanted = _wanted(row, reader, places)
        reference = row.fields[REFERENCE]
        old = there.get(reference)
        new_tags = row.tags is not None and row.tags != (
            tags.get(old.id, frozenset()) if old else frozenset()
        )
        if new_tags and row.tags is not None:
            batch.tags[reference] = row.tags
        if old is None:
            batch.new.append(_new(reference, wanted))
            outcome.created += 1
            continue
        changes = {name: value for name, value in wanted.items() if value != getattr(old, name)}
        if changes:
            batch.changes[old.id] = changes
        if changes or new_tags:
            outcome.changed += 1
        else:
            outcome.unchanged += 1
    return batch


def _wanted(row: Values, reader: RowReader, places: Places) -> dict[str, Any]:
    """What the file says of a challenge, by our columns. An empty text is empty, not missing."""
    wanted = {name: value for name, value in row.fields.items() if name not in {REFERENCE, "unit"}}
    if "submitted_by" in wanted:
        wanted["submitted_by"] = wanted["submitted_by"] or None
    if wanted.get("submitted_at", "") is None:
        del wanted["submitted_at"]
    if "unit" in row.fields:
        wanted |= {"unit_id": None, "division_id": None}
        try:
            if said := row.fields["unit"]:
                place = places.find(said)
                wanted |= {"unit_id": place.id, "division_id": place.division_id}
        except DomainError as error:
            reader.refuse(row.row, "unit", str(error))
    return wanted


def _new(reference: str, wanted: dict[str, Any]) -> dict[str, Any]:
    blank = dict.fromkeys((*TEXTS, "evidence"), "") | dict.fromkeys(
        ("submitted_by", "unit_id", "division_id")
    )
    challenge = blank | {"submitted_at": clock.now()} | wanted
    return challenge | {
        "external_ref": reference,
        "state": State.SUBMITTED,
        "state_since": challenge["submitted_at"],
        "stems": search_stems(*(challenge[name] for name in TEXTS)),
    }


def _write(batch: _Batch) -> None:
    if batch.new:
        db.session.execute(insert(Challenge), batch.new)
    _change(batch.changes)
    _retag(batch.tags)


def _change(changes: dict[int, dict[str, Any]]) -> None:
    if not changes:
        return
    changed = list(db.session.scalars(select(Challenge).where(Challenge.id.in_(changes)).with_for_update()))
    for challenge in changed:
        for name, value in changes[challenge.id].items():
            setattr(challenge, name, value)
        challenge.refresh_stems()
    db.session.flush()
    for challenge in changed:
        db.session.expunge(challenge)


def _retag(tags: dict[str, frozenset[str]]) -> None:
    if not tags:
        return
    named = select(Challenge.external_ref, Challenge.id).where(Challenge.external_ref.in_(tags))
    ids = {row.external_ref: row.id for row in db.session.execute(named)}
    db.session.execute(delete(ChallengeTag).where(ChallengeTag.challenge_id.in_(ids.values())))
    rows = [
        {"challenge_id": ids[reference], "tag": tag}
        for reference, some in tags.items()
        for tag in sorted(some)
    ]
    if rows:
        db.session.execute(insert(_TAG), rows)


def _those_there(references: list[str]) -> dict[str, Any]:
    columns = [getattr(Challenge, name) for name in COMPARED]
    rows = db.session.execute(
        select(Challenge.id, Challenge.external_ref, *columns).where(Challenge.external_ref.in_(references))
    )
    return {row.external_ref: row for row in rows}


def _tags_of(ids: list[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    rows = db.session.execute(
        select(ChallengeTag.challenge_id, ChallengeTag.tag).where(ChallengeTag.challenge_id.in_(ids))
    )
    for challenge_id, tag in rows:
        found.setdefault(challenge_id, set()).add(tag)
    return {challenge_id: frozenset(tags) for challenge_id, tags in found.items()}
