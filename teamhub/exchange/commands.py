"""Imports: all of a file or nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.core.db import db
from teamhub.core.events import emit
from teamhub.core.transaction import command
from teamhub.exchange import challenges, people, skills, themes, units
from teamhub.exchange.events import Imported
from teamhub.exchange.mapping import Mapping
from teamhub.exchange.readers import open_table
from teamhub.exchange.rows import Outcome, RowReader

IMPORTERS: dict[str, Callable[[RowReader, Outcome], None]] = {
    "units": units.take,
    "people": people.take,
    "challenges": challenges.take,
    "skills": skills.take,
    "themes": themes.take,
}


class _TakenBack(Exception):
    """Ends the transaction without keeping anything: the outcome is what the caller wants to know."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def import_file(actor: Actor, path: Path, mapping: Mapping, *, dry_run: bool = False) -> Outcome:
    """Take in a file, and return what was done. With an error in any row, or on a dry run, nothing is kept.

    Raises FileRefused when the file cannot be read as a table, or lacks columns.
    """
    try:
        return _import(actor, path, mapping, dry_run=dry_run)
    except _TakenBack as taken_back:
        return taken_back.outcome


@command
def _import(actor: Actor, path: Path, mapping: Mapping, *, dry_run: bool) -> Outcome:
    authorize(actor, Action.DATA_IMPORT)
    outcome = Outcome()
    with open_table(path, mapping.known()) as table:
        IMPORTERS[mapping.kind](RowReader(table, mapping, outcome.errors), outcome)
    outcome.errors.sort()
    if outcome.errors or dry_run:
        raise _TakenBack(outcome)
    if outcome.created or outcome.changed:
        emit(
            db.session(),
            Imported(
                actor_id=actor.id,
                object_id=0,
                imported=mapping.kind,
                file=path.name,
                created=outcome.created,
                changed=outcome.changed,
                unchanged=outcome.unchanged,
            ),
        )
    return outcome
