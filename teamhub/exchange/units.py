"""Units from a file, in whatever order: the tree is laid out again, and what moved keeps its history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from teamhub.access.actor import SYSTEM
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.exchange.fields import REFERENCE
from teamhub.exchange.rows import Outcome, RowReader, Values
from teamhub.people.events import UnitMoved
from teamhub.people.models import DIVISION_LEVEL, LEVELS, Unit, UnitPlacement
from teamhub.people.queries import area_code

OWN = ("name", "kind", "leader_title", "code", "valid_from")
"""Fields that are kept as the file says; parent and level make the tree."""


def take(reader: RowReader, outcome: Outcome) -> None:
    """Create and change units as the file says, matched on its reference."""
    rows = {row.fields[REFERENCE]: row for row in reader.read()}
    there = {unit.external_ref or f"#{unit.id}": unit for unit in db.session.scalars(select(Unit))}
    parents = _parents(rows, there)
    ordered = _top_down(parents)
    _check_parents(reader, rows, parents, set(ordered))
    _check_dates(reader, rows, there)
    levels = _check_levels(reader, rows, parents, there, ordered)
    if reader.errors:
        return
    before = {reference: _state(unit) for reference, unit in there.items()}
    for reference in ordered:
        row, unit = rows.get(reference), there.get(reference)
        if unit is None:
            unit = there[reference] = _new(reference, levels[reference])
        parent = there[parents[reference]] if parents[reference] else None
        _place(unit, parent, levels[reference])
        if row:
            _fill(unit, row)
            _count(outcome, before.get(reference), unit)
        _keep_history(unit, before.get(reference), row)
    db.session.flush()


def _parents(rows: dict[str, Values], there: dict[str, Unit]) -> dict[str, str]:
    """Return the parent of every unit by reference, as it will be; at the top it is empty."""
    names = {unit.id: reference for reference, unit in there.items()}
    parents = {
        reference: names[unit.parent_id] if unit.parent_id else "" for reference, unit in there.items()
    }
    for reference, row in rows.items():
        parents[reference] = row.fields.get("parent", parents.get(reference, ""))
    return parents


def _top_down(parents: dict[str, str]) -> list[str]:
    """Return the references, each after its parent. What hangs in a circle or in nothing is left out."""
    below: dict[str, list[str]] = {}
    for reference, parent in parents.items():
        below.setdefault(parent, []).append(reference)
    ordered = list(below.get("", []))
    for reference in ordered:
        ordered += below.get(reference, [])
    return ordered


def _check_parents(
    reader: RowReader, rows: dict[str, Values], parents: dict[str, str], placed: set[str]
) -> None:
    for reference, row in rows.items():
        parent = parents[reference]
        if parent and parent not in parents and not reader.has_seen(REFERENCE, parent):
            reader.refuse(row.row, "parent", _("Det finnes ingen enhet «%(name)s».", name=parent))
        elif reference not in placed and _is_in_a_circle(reference, parents):
            reader.refuse(row.row, "parent", _("Enheten står under seg selv, direkte eller via andre."))


def _check_dates(reader: RowReader, rows: dict[str, Values], there: dict[str, Unit]) -> None:
    """A unit that is in use may not vanish until a day to come."""
    for reference, row in rows.items():
        unit, starts = there.get(reference), row.fields.get("valid_from")
        if unit and starts and starts > clock.today() and starts != unit.valid_from:
            reader.refuse(row.row, "valid_from", _("Enheten finnes alt. Datoen kan ikke være fram i tid."))


def _is_in_a_circle(reference: str, parents: dict[str, str]) -> bool:
    passed = set()
    above = parents[reference]
    while above in parents and above not in passed:
        if above == reference:
            return True
        passed.add(above)
        above = parents[above]
    return False


def _check_levels(
    reader: RowReader,
    rows: dict[str, Values],
    parents: dict[str, str],
    there: dict[str, Unit],
    ordered: Iterable[str],
) -> dict[str, int]:
    """Return the level of every unit: the file's, else the one it has, else the one below its parent's.

    A level may be skipped: some units answer to a director though others like them have a chief between.
    """
    levels: dict[str, int] = {}
    for reference in ordered:
        row, unit = rows.get(reference), there.get(reference)
        said = row.fields.get("level") if row else None
        above = levels[parents[reference]] if parents[reference] else -1
        level = said if said is not None else unit.level if unit and unit.level > above else above + 1
        levels[reference] = level
        if row and not 0 <= level < LEVELS:
            column = "level" if said is not None else "parent"
            reader.refuse(row.row, column, _("Nivåene går fra 0 til %(last)d.", last=LEVELS - 1))
        elif row and level <= above:
            reader.refuse(row.row, "level", _("Må være under enheten over, som er på nivå %(n)d.", n=above))
    return levels


def _new(reference: str, level: int) -> Unit:
    unit = Unit(
        external_ref=reference, name="", code="", kind="", leader_title="",
        level=level, path="", valid_from=clock.today(),
    )  # fmt: skip
    db.session.add(unit)
    return unit


def _place(unit: Unit, parent: Unit | None, level: int) -> None:
    if unit in db.session.new:
        db.session.flush()  # the path holds the unit's own id
    placed = {
        "parent_id": parent.id if parent else None,
        "level": level,
        "path": (parent.path if parent else "/") + f"{unit.id}/",
        "division_id": unit.id if level == DIVISION_LEVEL else parent.division_id if parent else None,
    }
    _set(unit, placed)


def _fill(unit: Unit, row: Values) -> None:
    said = {name: row.fields[name] for name in OWN if name in row.fields}
    if said.get("valid_from", "") is None:
        del said["valid_from"]
    code = said.get("code") or unit.code
    said["code"] = code or (area_code(said["name"]) if unit.level == DIVISION_LEVEL else "")
    _set(unit, said)


def _set(unit: Unit, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if getattr(unit, name) != value:
            setattr(unit, name, value)


def _state(unit: Unit) -> tuple[Any, ...]:
    return (unit.name, unit.parent_id, unit.level, unit.kind, unit.leader_title, unit.code, unit.valid_from)


def _count(outcome: Outcome, before: tuple[Any, ...] | None, unit: Unit) -> None:
    if before is None:
        outcome.created += 1
    elif before != _state(unit):
        outcome.changed += 1
    else:
        outcome.unchanged += 1


def _keep_history(unit: Unit, before: tuple[Any, ...] | None, row: Values | None) -> None:
    """Let the last placement end where a new name or place begins: on the file's date, else today."""
    if before and before[:2] == (unit.name, unit.parent_id):
        return
    starts = unit.valid_from if before is None else _start_of_change(row)
    if before:
        _tell_moved(unit, before, starts)
        last = db.session.scalar(
            select(UnitPlacement)
            .where(UnitPlacement.unit_id == unit.id, UnitPlacement.valid_to.is_(None))
            .order_by(UnitPlacement.valid_from.desc())
            .limit(1)
        )
        if last and last.valid_from >= starts:
            last.name, last.parent_id = unit.name, unit.parent_id
            return
        if last:
            last.valid_to = starts - timedelta(days=1)
    db.session.add(
        UnitPlacement(unit_id=unit.id, parent_id=unit.parent_id, name=unit.name, valid_from=starts)
    )


def _tell_moved(unit: Unit, before: tuple[Any, ...], starts: date) -> None:
    """Record the move, or the new name, with what it was. The system does it, on behalf of the file."""
    name, parent_id = before[:2]
    changes = {"name": [name, unit.name], "parent_id": [parent_id, unit.parent_id]}
    emit(
        db.session(),
        UnitMoved(
            actor_id=SYSTEM.id,
            object_id=unit.id,
            name=unit.name,
            parent_id=unit.parent_id,
            valid_from=starts.isoformat(),
            changes={field: change for field, change in changes.items() if change[0] != change[1]},
        ),
    )


def _start_of_change(row: Values | None) -> date:
    said: date | None = row.fields.get("valid_from") if row else None
    return said or clock.today()
