"""Words for tasks: how near a date is, and what has happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from babel.dates import format_skeleton

from teamhub.core import clock
from teamhub.core.i18n import _, _l, _n, formats, short_day, weekday
from teamhub.core.jinja import nearness
from teamhub.tasks.history import Happened

WEEK = 7

FIELDS = {
    "title": _l("tittelen"),
    "description": _l("beskrivelsen"),
    "assignee_id": _l("ansvarlig"),
    "due_on": _l("fristen"),
}

SENTENCES: dict[str, Callable[[str, dict[str, Any]], str]] = {
    "TaskAdded": lambda who, _data: _("%(name)s la inn oppgaven", name=who),
    "TaskMoved": lambda who, data: _(
        "%(name)s flyttet fra %(old)s til %(new)s", name=who, old=data["old"], new=data["new"]
    ),
    "TaskChanged": lambda who, data: _(
        "%(name)s endret %(fields)s",
        name=who,
        fields=", ".join(str(FIELDS[f]) for f in data["fields"] if f in FIELDS),
    ),
    "TaskDone": lambda who, _data: _("%(name)s merket den som ferdig", name=who),
    "TaskReopened": lambda who, _data: _("%(name)s åpnet den igjen", name=who),
    "TaskDeleted": lambda who, _data: _("%(name)s slettet den", name=who),
    "TaskRestored": lambda who, _data: _("%(name)s angret slettingen", name=who),
    "TaskReminded": lambda who, _data: _("%(name)s minnet om fristen", name=who),
}


def sentences(happened: list[Happened]) -> list[tuple[Any, str]]:
    """Return a history as moments and sentences, without what says nothing new."""
    return [
        (line.at, SENTENCES[line.kind](line.who, line.data)) for line in happened if line.kind in SENTENCES
    ]


def due_words(due: date | None) -> tuple[str, str]:
    """Return a date in few words with its nearness: «2 dager over», «i morgen», «fre. 27. nov.»."""
    return _due_words(due, clock.today(), formats()) if due else ("", "ok")


@lru_cache(maxsize=2_000)
def _due_words(due: date, today: date, in_language: str) -> tuple[str, str]:
    """Kept, for a board says the same few dates many times and formatting a date is slow."""
    days = (due - today).days
    if days < 0:
        return _n("én dag over", "%(num)s dager over", -days), "over"
    if days <= 1:
        return (_("i morgen") if days else _("i dag")), "soon"
    if days < WEEK:
        return str(format_skeleton("MMMEd", due, locale=in_language, fuzzy=True)), nearness(due)
    return short_day(due), nearness(due)


def due_sentence(due: date) -> str:
    """Return a deadline as one says it on the task's own page."""
    late = (clock.today() - due).days
    if late > 0:
        return _n("Frist %(day)s, én dag over", "Frist %(day)s, %(num)s dager over", late, day=weekday(due))
    return _("Frist %(day)s", day=weekday(due))


def limit_words(over: int) -> str:
    """Return what a column over its limit should do."""
    return _n(
        "Én over grensa. Gjør ferdig før dere starter noe nytt.",
        "%(num)s over grensa. Gjør ferdig før dere starter noe nytt.",
        over,
    )
