"""The words of a notification, made when it is read, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from teamhub.consequences.table import TOLD
from teamhub.core import clock
from teamhub.core.i18n import _, day, weekday
from teamhub.missions.names import PHASES
from teamhub.missions.states import Phase

DATES = ("due", "starts", "ends")
NEAR_DAYS = 6


@dataclass(frozen=True)
class Words:
    """The headline, and what it means for the reader; ``names_it`` tells that the headline has the title."""

    says: str
    means: str
    names_it: bool


def words(told: str, data: Mapping[str, Any], *, who: str | None, title: str) -> Words | None:
    """Return what a notification says; None when nobody is told in that way any more.

    What it means is left out when it would need something that was not there when it happened.
    """
    entry = TOLD.get(told)
    if entry is None:
        return None
    values = _in_words(data) | {"who": who or _("Noen"), "title": title}
    says = _filled(str(entry.says), values)
    means = _filled(str(entry.means), values) if entry.means is not None else ""
    return Words(says, means, "%(title)s" in str(entry.says)) if says else None


def due_of(data: Mapping[str, Any]) -> date | None:
    """Return the date a notification is about, if there is one."""
    return _date(data.get("due"))


def near_day(value: date) -> str:
    """Return a date as one says it of something close: «i morgen», «fredag 27. november»."""
    days = (value - clock.today()).days
    near = {-1: _("i går"), 0: _("i dag"), 1: _("i morgen")}
    if days in near:
        return near[days]
    return weekday(value) if timedelta(0) < value - clock.today() <= timedelta(NEAR_DAYS) else day(value)


def _in_words(data: Mapping[str, Any]) -> dict[str, Any]:
    said = dict(data)
    for name in DATES:
        value = _date(data.get(name))
        if name in said:
            said[name] = (near_day(value) if name == "due" else day(value)) if value else None
    if data.get("phase") in set(Phase):
        said["phase"] = str(PHASES[Phase(data["phase"])])
    return said


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


class _Missing(Exception):
    """A text needs what is not there."""


class _Given(dict[str, Any]):
    def __getitem__(self, name: str) -> Any:
        value = self.get(name)
        if value is None or value == "":
            raise _Missing
        return value


def _filled(text: str, values: dict[str, Any]) -> str:
    try:
        return text % _Given(values)
    except _Missing:
        return ""
