"""The list of challenges as a table to take along: just what the address shows, all pages of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from teamhub.access.actor import Actor
from teamhub.challenges.explore import Search
from teamhub.challenges.listing import in_order
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
    division = aliased(Unit)
    columns: tuple[Any, ...] = (
        Challenge.id, Challenge.title, Challenge.situation, Challenge.affected, Challenge.state,
        Challenge.due_on, Challenge.submitted_at, Unit.name.label("unit"), division.name.label("division"),
        Challenge.theme, Challenge.support_units, Challenge.support_people,
    )  # fmt: skip
    found, keys = in_order(actor, search)
    statement = (
        select(*columns)
        .join_from(found, Challenge, Challenge.id == found.c.id)
        .outerjoin(Unit, Unit.id == Challenge.unit_id)
        .outerjoin(division, division.id == Challenge.division_id)
        .order_by(*(key.order() for key in keys))
    )
    for row in db.session.execute(statement.execution_options(yield_per=BATCH)):
        said = row._asdict() | {"state": str(STATES[row.state]), "submitted_at": _day(row.submitted_at)}
        yield tuple((said | {"theme": str(THEMES[row.theme]) if row.theme in THEMES else None}).values())


def _day(moment: datetime | None) -> Cell:
    return clock.local(moment).date() if moment else None
