"""Finds the unit a row means: by the organisation's own reference, or by a name only one unit has."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.i18n import _
from teamhub.people.models import Unit
from teamhub.people.queries import in_force


@dataclass(frozen=True)
class Place:
    """A unit, and the division it belongs to."""

    id: int
    division_id: int | None


@dataclass(frozen=True)
class Places:
    """All units in force, by reference and by name."""

    by_reference: dict[str, Place]
    by_name: dict[str, list[Place]]

    def find(self, said: str) -> Place:
        """Return the unit somebody means by ``said``. Raises DomainError, saying why, when it is not sure."""
        if place := self.by_reference.get(said):
            return place
        named = self.by_name.get(said.casefold(), [])
        if len(named) == 1:
            return named[0]
        if named:
            raise DomainError(_("Flere enheter heter «%(name)s». Bruk referansen.", name=said))
        raise DomainError(_("Det finnes ingen enhet «%(name)s».", name=said))


def all_places() -> Places:
    """Return all units in force, at one query."""
    places = Places({}, {})
    rows = db.session.execute(
        select(Unit.id, Unit.division_id, Unit.external_ref, Unit.name).where(in_force(Unit))
    )
    for unit_id, division_id, reference, name in rows:
        place = Place(unit_id, division_id)
        if reference:
            places.by_reference[reference] = place
        places.by_name.setdefault(name.casefold(), []).append(place)
    return places
