"""The one exporter: rows as CSV and XLSX that no spreadsheet takes for anything but text and numbers."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO

import xlsxwriter

Cell = str | int | date | None

BOM = "\ufeff"
"""Tells Norwegian Excel that a file is UTF-8; with «;» between cells it opens as it should."""

# Where a reader may begin a cell: at the start, and, with another separator or no quotes, inside one too.
_SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20"
_AT_START, _IN_NEW_LINE = rf"(?='*[{_SIGNS}\t\r\n\0])", rf"(?='*[{_SIGNS}])"
_HARMFUL, _MADE_HARMLESS = (
    re.compile(rf"(?:\A|(?<=[,;\t])){mark}{_AT_START}|(?<=[\r\n]){mark}{_IN_NEW_LINE}") for mark in ("", "'")
)


@dataclass(frozen=True)
class Sheet:
    """A table to hand out: ``name`` of the tab, one ``head`` for each column, and the rows."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def harmless(text: str) -> str:
    """Return a text in which no reader finds a formula: «'» is put before what would begin one.

    Source: OWASP, CSV injection. ``unescaped`` gives the text back exactly.
    """
    return _HARMFUL.sub("'", text)


def unescaped(text: str) -> str:
    """Return what ``harmless`` was given."""
    return _MADE_HARMLESS.sub("", text)


def as_csv(sheet: Sheet) -> bytes:
    """Return a sheet as CSV: UTF-8 with a mark, «;» between cells, dates as 2026-11-28."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow([harmless(word) for word in sheet.head])
    for row in sheet.rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else _in_csv(cell) for cell in row])
    return (BOM + out.getvalue()).encode()


def _in_csv(cell: int | date | None) -> int | str:
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else cell


def as_xlsx(sheet: Sheet) -> bytes:
    """Return a sheet as an Excel workbook whose texts are texts, numbers numbers and dates dates."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": True}) as book:
        page = book.add_worksheet(sheet.name)
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        page.freeze_panes(1, 0)
        for column, word in enumerate(sheet.head):
            page.write_string(0, column, harmless(word), bold)
        for number, row in enumerate(sheet.rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(number, column, harmless(cell))
                elif isinstance(cell, date):
                    page.write_datetime(number, column, cell, day)
                elif cell is not None:
                    page.write_number(number, column, cell)
    return out.getvalue()


WRITERS: dict[str, Callable[[Sheet], bytes]] = {"csv": as_csv, "xlsx": as_xlsx}
"""By the ending of a file's name."""
