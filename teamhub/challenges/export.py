"""The list of challenges as a table to take along: just what the address shows, all pages of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from teamhub.access.actor import Actor
from teamhub.challenges import ordering
from teamhub.challenges.explore import Search, in_scope
from teamhub.challenges.models import Challenge
from teamhub.challenges.names import STATES, THEMES
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.i18n import _
from teamhub.core.sheets import Cell, Sheet
from teamhub.people.models import Unit

BATCH = 500


def sheet(actor: Actor, search: Search) -> Sheet:
    """Return all challenges a search finds, in its order, in the reader's language. Names nobody."""
    head = (
        _("Nummer"), _("Tittel"), _("Hva skjer i dag?"), _("Hvem det gjelder"), _("Status"), _("Frist"),
        _("Meldt inn"), _("Enhet"), _("Område"), _("Tema"), _("Enheter"), _("Personer"),
    )  # fmt: skip
    return Sheet(_("Utfordringer"), head, _rows(actor, search))


def _rows(actor: Actor, search: Search) -> Iterator[tuple[Cell, ...]]:
    ids, found = ordering.everything(actor, search), _table().where(in_scope(actor, search.scope))
    for start in range(0, len(ids), BATCH):
        some = list(ids[start : start + BATCH])
        by_id = {row.id: row for row in db.session.execute(found.where(Challenge.id.in_(some)))}
        for row in (by_id[id_] for id_ in some if id_ in by_id):
            said = row._asdict() | {"state": str(STATES[row.state]), "submitted_at": _day(row.submitted_at)}
            yield tuple((said | {"theme": str(THEMES[row.theme]) if row.theme in THEMES else None}).values())


def _table() -> Select[Any]:
    division = aliased(Unit)
    columns: tuple[Any, ...] = (
        Challenge.id, Challenge.title, Challenge.situation, Challenge.affected, Challenge.state,
        Challenge.due_on, Challenge.submitted_at, Unit.name.label("unit"), division.name.label("division"),
        Challenge.theme, Challenge.support_units, Challenge.support_people,
    )  # fmt: skip
    return (
        select(*columns)
        .outerjoin(Unit, Unit.id == Challenge.unit_id)
        .outerjoin(division, division.id == Challenge.division_id)
    )


def _day(moment: datetime | None) -> Cell:
    return clock.local(moment).date() if moment else None
