"""From a file's rows to checked values: every fault is kept with its row, column and reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from teamhub.core.i18n import _, _n
from teamhub.exchange import cells
from teamhub.exchange.cells import CellRefused
from teamhub.exchange.fields import KINDS, Field
from teamhub.exchange.mapping import Mapping, Source
from teamhub.exchange.readers import Cell, FileRefused, Row, Table, plain

T = TypeVar("T")


@dataclass(frozen=True, order=True)
class RowError:
    """One thing wrong. ``column`` is the file's own name, empty when it is about the row as a whole."""

    row: int
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = _("Rad %(row)d", row=self.row)
        if self.line != self.row:
            where += " " + _("(linje %(line)d)", line=self.line)
        if self.column:
            where += ", " + _("kolonne «%(column)s»", column=self.column)
        return f"{where}: {self.reason}"


@dataclass
class Outcome:
    """What an import did, or would do. ``submitters`` counts the organisations challenges came from."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    submitters: int = 0
    errors: list[RowError] = field(default_factory=list)


@dataclass(frozen=True)
class Values:
    """One row, checked: only the fields the file has. ``tags`` is None when it has no columns for them."""

    row: Row
    fields: dict[str, Any]
    tags: frozenset[str] | None


@dataclass
class RowReader:
    """Reads a table by a mapping. Faults are added to ``errors``; rows that have any are left out."""

    table: Table
    mapping: Mapping
    errors: list[RowError]
    _places: dict[str, int] = field(init=False)
    _seen: dict[tuple[str, Any], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._places = {}
        for place, name in enumerate(self.table.header):
            if plain(name) in self.mapping.known() and self._places.setdefault(plain(name), place) != place:
                raise FileRefused(_("Kolonnen «%(name)s» står to ganger i overskriften.", name=name))
        if missing := self._missing():
            raise FileRefused(
                _n(
                    "Fila mangler kolonnen %(names)s.",
                    "Fila mangler kolonnene %(names)s.",
                    len(missing),
                    names=", ".join(f"«{name}»" for name in missing),
                )
            )

    @property
    def fields(self) -> list[Field]:
        """The fields the file has a column for."""
        return [each for each in KINDS[self.mapping.kind] if self._columns(each.name)]

    def column(self, name: str) -> str:
        """Return the file's own name of the column a field comes from."""
        columns = self._columns(name)
        return self.table.header[self._places[plain(columns[0])]] if columns else name

    def refuse(self, row: Row, name: str, reason: str) -> None:
        """Note what is wrong with a field of a row."""
        self.errors.append(RowError(row.number, row.line, self.column(name) if name else "", reason))

    def has_seen(self, name: str, value: object) -> bool:
        """Tell whether a row so far, sound or not, has this value in a unique field."""
        return (name, value) in self._seen

    def read(self) -> Iterator[Values]:
        """Yield the rows that have no faults."""
        parsers = [(each, self._parser(each)) for each in self.fields]
        for row in self.table.rows:
            before = len(self.errors)
            values = self._values(row, parsers) if self._is_whole(row) else None
            if values and len(self.errors) == before:
                yield values

    def _values(self, row: Row, parsers: list[tuple[Field, Callable[[Row], object]]]) -> Values:
        found = {each.name: self._field(row, each, parse) for each, parse in parsers}
        for column in self.mapping.numbers:
            self._try(row, column, cells.whole_number)
        tags = None
        if self.mapping.tags:
            tags = frozenset(
                tag for column, tag in self.mapping.tags.items() if self._try(row, column, cells.yes_or_no)
            )
        return Values(row, found, tags)

    def _field(self, row: Row, what: Field, parse: Callable[[Row], object]) -> object:
        before = len(self.errors)
        value = parse(row)
        if len(self.errors) > before:
            return None
        empty = value in ("", None)
        if empty and (what.required or what.name in self.mapping.required):
            self.refuse(row, what.name, _("Mangler. Feltet må fylles ut."))
        elif what.longest and isinstance(value, str) and len(value) > what.longest:
            self.refuse(
                row,
                what.name,
                _("Er %(long)d tegn. Det er plass til %(max)d.", long=len(value), max=what.longest),
            )
        elif what.unique and not empty:
            self._is_first(row, what, value)
        return value

    def _is_first(self, row: Row, what: Field, value: object) -> None:
        first = self._seen.setdefault((what.name, value), row.number)
        if first != row.number:
            self.refuse(row, what.name, _("«%(value)s» står også i rad %(row)d.", value=value, row=first))

    def _parser(self, what: Field) -> Callable[[Row], object]:
        source = self.mapping.sources[what.name]
        columns = self._columns(what.name)
        parse: Callable[..., object] = what.parse
        is_date = parse in {cells.day, cells.past_moment}
        if is_date and self.mapping.dates:
            parse = partial(parse, formats=self.mapping.dates)
        if source.together:
            return lambda row: self._together(row, source, parse)
        if is_date:
            return lambda row: self._try(row, columns[0], parse, as_date=True)
        if not source.values:  # a long text is not to be folded in vain
            return lambda row: self._try(row, columns[0], parse)
        return lambda row: self._try(
            row, columns[0], lambda value: parse(source.values.get(plain(str(value)), value))
        )

    def _together(self, row: Row, source: Source, parse: Callable[[Any], object]) -> str:
        parts = [
            (label, self._try(row, column, parse))
            for column, label in zip(source.columns, source.labels, strict=True)
        ]
        return " – ".join(f"{label}{part}" for label, part in parts if part)

    def _try(self, row: Row, column: str, parse: Callable[[Any], object], *, as_date: bool = False) -> object:
        cell = self._cell(row, column)
        try:
            return parse((_day_of(cell) if as_date else None) or cells.written(cell))
        except CellRefused as error:
            self.errors.append(RowError(row.number, row.line, self._name(column), str(error)))
            return None

    def _is_whole(self, row: Row) -> bool:
        """Tell whether a row has the header's number of cells; empty ones beyond that do no harm."""
        wanted, problem = len(self.table.header), row.problem
        extra = any(str(cell).strip() for cell in row.cells[wanted:])
        if not problem and (extra or len(row.cells) < wanted):
            problem = _(
                "Raden har %(found)d felt, men overskriften har %(wanted)d.",
                found=len(row.cells),
                wanted=wanted,
            )
        if problem:
            self.refuse(row, "", problem)
        return not problem

    def _cell(self, row: Row, column: str) -> Cell:
        return row.cells[self._places[plain(column)]]

    def _name(self, column: str) -> str:
        return self.table.header[self._places[plain(column)]]

    def _columns(self, name: str) -> tuple[str, ...]:
        """The columns a field is read from: those of its names that the file has."""
        source = self.mapping.sources.get(name)
        there = tuple(c for c in source.columns if plain(c) in self._places) if source else ()
        return there if source and source.together else there[:1]

    def _missing(self) -> list[str]:
        """The columns the file must have and has not, by all the names they may have."""
        named = [*self.mapping.numbers, *self.mapping.tags]
        for each in KINDS[self.mapping.kind]:
            source = self.mapping.sources.get(each.name)
            if source and source.fixed:
                named += source.columns
            elif each.required or each.name in self.mapping.required:
                names = source.columns if source else (each.name,)
                named += () if self._columns(each.name) else [_one_of(names)]
        return [name for name in dict.fromkeys(named) if plain(name) not in self._places]


def _one_of(names: tuple[str, ...]) -> str:
    *most, last = names
    return _("%(names)s eller %(last)s", names=", ".join(most), last=last) if most else last


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield ``items`` in lists of at most ``size``."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _day_of(cell: Cell) -> date | None:
    """What a workbook's bare number means where a date is expected."""
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return cells.excels_day(float(cell)) if is_number else None  # type: ignore[arg-type]
