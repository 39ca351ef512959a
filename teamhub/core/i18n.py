"""Texts, dates and numbers in the reader's language. The texts in the code are bokmål."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from flask_babel import force_locale, get_locale, get_translations, gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from teamhub.core import clock

LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
DEFAULT_LANGUAGE = "nb"

__all__ = ["DEFAULT_LANGUAGE", "LANGUAGES", "LazyString", "_", "_l", "_n", "in_language"]


def _(text: str, **values: object) -> str:
    """Return ``text`` in the reader's language, with ``values`` filled in."""
    return str(gettext(text, **values))


def _n(one: str, many: str, num: int, **values: object) -> str:
    """Return ``one`` or ``many`` in the reader's language, by ``num``, which both may name."""
    return str(ngettext(one, many, num, **values))


def _l(text: str, **values: object) -> LazyString:
    """Return a text that finds its language when it is shown: for what is written once, at import."""
    return lazy_gettext(text, **values)


def in_template(text: str) -> str:
    """Look a text up for Jinja. The source's own language needs no looking up, and a page has hundreds."""
    return text if language() == DEFAULT_LANGUAGE else str(gettext(text))


def plural_in_template(one: str, many: str, num: int) -> str:
    """Look a text with a number up for Jinja."""
    if language() == DEFAULT_LANGUAGE:
        return one if num == 1 else many
    return str(get_translations().ungettext(one, many, num))


def in_language(text: LazyString, code: str) -> str:
    """Return a text in a language that need not be the reader's."""
    with force_locale(code):
        return str(text)


def language() -> str:
    """Return the code of the reader's language: nb, nn or en."""
    locale = get_locale()
    return str(locale.language) if locale else DEFAULT_LANGUAGE


def formats() -> str:
    """Return the locale that dates and numbers are written in: English as in Europe, day before month."""
    return {"en": "en_GB"}.get(language(), language())


def _date(value: date) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value


@lru_cache(maxsize=4_000)
def _written(value: date, skeleton: str, locale: str) -> str:
    """Kept, for a list says the same few dates many times and formatting one is slow."""
    if skeleton == "yMMMMd":  # whose nearest relative has the month cut short
        return str(format_date(value, "long", locale=locale))
    return str(format_skeleton(skeleton, value, locale=locale, fuzzy=True))


def day(value: date, *, year: bool | None = None) -> str:
    """Return a date, or a moment's, without weekday: «27. november», with the year if not this one."""
    value = _date(value)
    with_year = value.year != clock.today().year if year is None else year
    return _written(value, "yMMMMd" if with_year else "MMMMd", formats())


def short_day(value: date) -> str:
    """Return a short date for lists and tables: «27. nov.», with the year when it is not this one."""
    value = _date(value)
    skeleton = "MMMd" if value.year == clock.today().year else "yMMMd"
    return _written(value, skeleton, formats())


def weekday(value: date) -> str:
    """Return a date as one says it: «fredag 27. november»."""
    return format_date(value, "EEEE d. MMMM" if language() != "en" else "EEEE d MMMM", locale=formats())


def moment(value: datetime) -> str:
    """Return a point in time as people say it: «i dag 08:12», «fredag 10:05», «18. november 14:30»."""
    there = clock.local(value)
    days = (clock.today() - there.date()).days
    time = there.strftime("%H:%M")
    if days == 0:
        return _("i dag %(time)s", time=time)
    if days == 1:
        return _("i går %(time)s", time=time)
    return f"{day(there.date())} {time}"


def file_size(size: int) -> str:
    """Return a number of bytes as people read it: «340 kB», «1,2 MB»."""
    if size < 1_000_000:
        return f"{number(max(1, round(size / 1000)))} kB"
    return f"{number(round(size / 1_000_000, 1))} MB"


def number(value: float) -> str:
    """Return a number with the language's own separators: «1 355»."""
    return _numbered(value, formats())


@lru_cache(maxsize=4_000)
def _numbered(value: float, locale: str) -> str:
    return str(format_decimal(value, locale=locale))
