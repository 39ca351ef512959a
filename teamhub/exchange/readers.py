"""Rows out of a file, whatever program saved it: CSV in any usual encoding and delimiter, or a workbook."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
import zipfile
from collections import deque
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from teamhub.core.errors import DomainError
from teamhub.core.i18n import _

Cell = str | float | bool | date | datetime | time | timedelta

DELIMITERS = ";\t,"
HEAD_BYTES = 65_536
CHUNK_BYTES = 1 << 20
LONGEST_CELL = 131_072
LARGEST_WORKBOOK = 100_000_000
"""Bytes a workbook may unfold to."""

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UNREADABLE = re.compile("[\udc80-\udcff]")
_NO_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
_BEYOND_ASCII = re.compile("[^\x00-\x7f\udc80-\udcff]")


class FileRefused(DomainError):
    """The file as a whole cannot be read. The message says why."""


@dataclass(frozen=True)
class Row:
    """One row. ``number`` counts as a spreadsheet does, ``line`` as a text editor does.

    ``problem`` says why the cells could not be told apart, if they could not.
    """

    number: int
    line: int
    cells: list[Cell]
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """A file's header and its rows, which are read as one asks for them."""

    header: list[str]
    rows: Iterator[Row]


@contextmanager
def open_table(path: Path, known: Collection[str] = ()) -> Iterator[Table]:
    """Open a file as a table. ``known`` are column names, as ``plain`` writes them, that tell the delimiter.

    Raises FileRefused when the file is not there, is empty, or is no table at all.
    """
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        raise FileRefused(_("Får ikke lest %(path)s: %(why)s", path=path, why=error.strerror)) from error
    if head.startswith((_ZIP, _OLD_EXCEL)):
        yield _table(_workbook_rows(path, zipped=head.startswith(_ZIP)))
        return
    encoding = encoding_of(path, head)
    errors = "surrogateescape" if encoding in {"utf-8", "utf-8-sig", "cp1252"} else "strict"
    with path.open(encoding=encoding, errors=errors, newline="") as text:
        yield _table(_csv_rows(text, known, encoding))


@lru_cache(maxsize=1_000)
def plain(name: str) -> str:
    """Return a column name without what people write differently: case, spaces, hyphens, underscores."""
    return _NO_LETTER_OR_DIGIT.sub("", unicodedata.normalize("NFC", name).casefold())


def encoding_of(path: Path, head: bytes) -> str:
    """Return the encoding of a text file that begins with ``head``.

    Without a mark: zeros in every other byte are UTF-16; what reads as UTF-8 is UTF-8, also when a few
    bytes of it are damaged; all else is Windows-1252.
    """
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[first::2].count(0) > len(head) // 4:
            return encoding
    return "utf-8" if _is_mostly_utf8(path) else "cp1252"


def _is_mostly_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    good = bad = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            text = decoder.decode(chunk)
            if not text.isascii():
                good += len(_BEYOND_ASCII.findall(text))
                bad += len(_UNREADABLE.findall(text))
    return bad == 0 or bad < good


def _table(rows: Iterator[Row]) -> Table:
    header = next(rows, None)
    if header is None:
        raise FileRefused(_("Fila er tom."))
    if header.problem:
        raise FileRefused(_("Overskriften kan ikke leses: %(why)s", why=header.problem))
    return Table([str(cell).strip() for cell in header.cells], rows)


# -- CSV ---------------------------------------------------------------------------------------------


def _csv_rows(file: io.TextIOWrapper, known: Collection[str], encoding: str) -> Iterator[Row]:
    try:
        before = _skip_separator_line(file)
        delimiter = _delimiter(file, known)
        yield from _read(_Lines(file), delimiter, before)
    except UnicodeError as error:
        raise FileRefused(_("Fila er ikke gyldig %(name)s.", name=encoding.upper())) from error


class _Lines:
    """The lines of a file, with a way back to the second line of the row that is being read."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        self._file = file
        self._of_row: list[str] = []
        self._again: deque[str] = deque()
        self.behind = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._file)
        self._of_row.append(line)
        return line

    def begin_row(self) -> None:
        self.behind += len(self._of_row)
        self._of_row = []

    def give_up_row(self) -> None:
        """A quotation mark that is not closed has swallowed the rows after it: let them be read."""
        self._again.extendleft(reversed(self._of_row[1:]))
        del self._of_row[1:]


def _read(lines: _Lines, delimiter: str, before: int) -> Iterator[Row]:
    """Go on after a row that cannot be read, so that all that is wrong is found at once."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = before
    while True:
        number += 1
        lines.begin_row()
        line = before + lines.behind + 1
        try:
            cells: list[Cell] = [_composed(cell) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            lines.give_up_row()
            yield Row(number, line, [], problem=_why(str(error)))
            continue
        if any(str(cell).strip() for cell in cells):
            yield Row(number, line, cells)


def _composed(cell: str) -> str:
    """A letter and its ring or dots as one character: files from macOS have them apart (NFD)."""
    return cell if cell.isascii() else unicodedata.normalize("NFC", cell)


def _skip_separator_line(file: io.TextIOWrapper) -> int:
    """Pass over Excel's «sep=;». Returns how many lines that was."""
    if re.fullmatch(r"\ufeff?sep=.\r?\n?", file.readline(), re.IGNORECASE):
        return 1
    file.seek(0)
    return 0


def _delimiter(file: io.TextIOWrapper, known: Collection[str]) -> str:
    """Return the delimiter by which the header has most columns we know, then most columns."""
    place = file.tell()
    sample = file.read(HEAD_BYTES)
    file.seek(place)

    def fit(delimiter: str) -> tuple[int, int]:
        header = next(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), [])
        return len({plain(name) for name in header} & set(known)), len(header)

    return max(DELIMITERS, key=fit)


def _why(error: str) -> str:
    if "end of data" in error:
        return _("Et anførselstegn åpnes her, men lukkes aldri.")
    if "expected after" in error:
        return _("Et anførselstegn inne i en tekst må skrives dobbelt.")
    if "field limit" in error:
        return _(
            "En celle er lengre enn %(max)d tegn. Kanskje lukkes ikke et anførselstegn.", max=LONGEST_CELL
        )
    return _("Raden kan ikke leses (%(why)s).", why=error)


# -- workbooks ---------------------------------------------------------------------------------------


def _workbook_rows(path: Path, *, zipped: bool) -> Iterator[Row]:
    """The rows of the first sheet. Formulas count as the value that was last saved with them."""
    try:
        if zipped:
            _check_size(path)
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        for number, cells in enumerate(sheet.iter_rows(), 1):
            if any(str(cell).strip() for cell in cells):
                yield Row(
                    number, number, [_composed(cell) if isinstance(cell, str) else cell for cell in cells]
                )
    except (CalamineError, zipfile.BadZipFile, OSError) as error:
        raise FileRefused(_("Regnearket kan ikke leses: %(why)s", why=error)) from error


def _check_size(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > LARGEST_WORKBOOK:
        raise FileRefused(_("Regnearket blir for stort når det pakkes ut. Lagre det som CSV, og prøv igjen."))
