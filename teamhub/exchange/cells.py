"""What a cell may say: texts, dates, numbers and choices. Each refuses with a reason fit for the reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from teamhub.core import clock
from teamhub.core.errors import DomainError
from teamhub.core.i18n import LANGUAGES, _
from teamhub.core.text import has_national_id
from teamhub.exchange.readers import Cell

DATE_FORMATS = (
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d/%m/%Y",
    "%d-%m-%Y",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y%m%d",
)
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 1, 1)
EXCELS_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a day, counted from by Excel
NOON = time(12)

YES = frozenset({"true", "ja", "j", "yes", "y", "1", "x", "sann", "sant"})
NO = frozenset({"false", "nei", "n", "no", "0", "", "usann", "usant"})
YES_OR_NO = YES | NO

_LANGUAGE_NAMES = {
    "bokmål": "nb", "norsk": "nb", "no": "nb", "nb-no": "nb", "nynorsk": "nn", "nn-no": "nn",
    "engelsk": "en", "english": "en", "en-gb": "en", "en-us": "en",
}  # fmt: skip
_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")

Parse = Callable[[str | date], object]


class CellRefused(DomainError):
    """A cell says something it may not say."""


def written(cell: Cell) -> str | date:
    """Return a cell as its text, line breaks alike; dates as they are. Raises CellRefused on damage."""
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()
    if _HALF_A_CHARACTER.search(text):
        raise CellRefused(_("Teksten har tegn som ikke lar seg lese. Er fila lagret i et annet tegnsett?"))
    if "\x00" in text:
        raise CellRefused(_("Teksten har et usynlig tegn (NUL) som må bort."))
    return text


def text(value: str | date) -> str:
    """A text of several lines."""
    said = str(value)
    if has_national_id(said):
        raise CellRefused(_("Her ser det ut til å stå et fødselsnummer. Ta det bort."))
    return said


def line(value: str | date) -> str:
    """A text of one line."""
    return text(" ".join(str(value).split("\n")))


def code(value: str | date) -> str:
    """A few letters, upper case."""
    return line(value).upper()


def email(value: str | date) -> str:
    """An address, in small letters."""
    address = str(value).casefold()
    if address and not _EMAIL.fullmatch(address):
        raise CellRefused(_("«%(value)s» er ikke en e-postadresse.", value=value))
    return address


def language(value: str | date) -> str | None:
    """A language by code or name; nothing when the browser is to decide."""
    said = str(value).casefold()
    found = _LANGUAGE_NAMES.get(said, said)
    if found and found not in LANGUAGES:
        raise CellRefused(_("«%(value)s» er ikke et språk Teamhub kan. Skriv nb, nn eller en.", value=value))
    return found or None


def whole_number(value: str | date) -> int | None:
    """A whole number; nothing when the cell is empty."""
    said = str(value).replace("\u00a0", "").replace(" ", "")
    if not said:
        return None
    if not re.fullmatch(r"-?[0-9]{1,15}", said):
        raise CellRefused(_("«%(value)s» er ikke et helt tall.", value=value))
    return int(said)


def yes_or_no(value: str | date) -> bool:
    """Yes or no, in the ways programs write it; an empty cell is no."""
    said = str(value).casefold()
    if said not in YES_OR_NO:
        raise CellRefused(_("«%(value)s» er verken ja eller nei.", value=value))
    return said in YES


def day(value: str | date, formats: tuple[str, ...] = DATE_FORMATS) -> date | None:
    """A date; nothing when the cell is empty."""
    found = _moment(value, formats)
    return clock.local(found).date() if found else None


def past_moment(value: str | date, formats: tuple[str, ...] = DATE_FORMATS) -> datetime | None:
    """A point in time that has been; a date alone is noon, so that it is that day wherever one reads it."""
    found = _moment(value, formats)
    if found and clock.local(found).date() > clock.today():
        raise CellRefused(_("«%(value)s» er fram i tid.", value=value))
    return found


def _moment(value: str | date, formats: tuple[str, ...]) -> datetime | None:
    if value == "":
        return None
    found = _read(value, formats)
    if found is None or not EARLIEST <= found.date() < LATEST:
        raise CellRefused(_("«%(value)s» er ikke en dato. Skriv for eksempel 31.12.2026.", value=value))
    if found.time() == time(0) and found.tzinfo is None:
        found = datetime.combine(found.date(), NOON)
    return found if found.tzinfo else found.replace(tzinfo=clock.OSLO)


def _read(value: str | date, formats: tuple[str, ...]) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time(0))
    for form in formats:
        try:
            return datetime.strptime(value, form)  # noqa: DTZ007 - the caller adds the zone
        except ValueError:
            continue
    return None


def excels_day(number: float) -> datetime | None:
    """Return the day a workbook means by a bare number, where a date is expected."""
    return EXCELS_DAY_ZERO + timedelta(days=number) if 20_000 <= number < 73_051 else None
