"""Every mission at a glance, those that need attention first, each with its reason in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased
from werkzeug.datastructures import MultiDict

from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.i18n import _, _n, day, short_day
from teamhub.core.paging import Page, page_number
from teamhub.core.remember import remember
from teamhub.missions.models import Mission, Seat
from teamhub.missions.names import AXIS_NAMES
from teamhub.missions.queries import Report, divisions_of, latest_reports
from teamhub.missions.states import AXES, DAYS_UNTIL_SILENT, SPAN_REQUIRED, Light, Phase, SeatState, Status
from teamhub.people.models import Person

PAGE_SIZE = 50
SORTS = ("attention", "title", "report", "end")
SCOPES = ("active", "attention", "all")
LONGEST_ID = 10
SETTLING_DAYS = 21
"""A new mission has this long to find people from another area before it is told of."""


@dataclass(frozen=True)
class Overview:
    """A mission as the portfolio shows it. ``areas`` are the ids of the areas its team comes from."""

    id: int
    title: str
    phase: Phase
    status: Status
    starts_on: date | None
    ends_on: date | None
    created_on: date
    lead_id: int
    lead: str
    has_lead: bool
    owner_id: int
    owner: str
    areas: frozenset[int]
    open_seats: int
    report: Report | None


@dataclass(frozen=True)
class Concern:
    """Why a mission needs attention. ``kind`` is one of KINDS."""

    kind: str
    what: str
    why: str


@dataclass(frozen=True)
class Search:
    """What somebody looks for in the portfolio: everything the address says."""

    text: str = ""
    scope: str = "active"
    phase: str = ""
    division: int | None = None
    owner: int | None = None
    sort: str = "attention"
    page: int = 1

    @property
    def narrowed(self) -> bool:
        return bool(self.text or self.phase or self.division or self.owner or self.scope == "attention")


KINDS = ("red", "leaderless", "late", "silent", "narrow", "yellow")
"""Concerns in the order they are shown."""


def parse(args: MultiDict[str, str]) -> Search:
    """Read an address. What makes no sense is left out, so that an old link still opens."""
    return Search(
        text=args.get("q", "").strip()[:200],
        scope=args.get("scope", "") if args.get("scope") in SCOPES else "active",
        phase=args.get("phase", "") if args.get("phase") in list(Phase) else "",
        division=_number(args.get("division", "")),
        owner=_number(args.get("owner", "")),
        sort=args.get("sort", "") if args.get("sort") in SORTS else "attention",
        page=page_number(args),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_ID else None


@remember(20)
def overview() -> list[Overview]:
    """Return every mission, at four statements whatever their number: the same for everybody."""
    lead, owner = aliased(Person), aliased(Person)
    columns = (Mission.id, Mission.title, Mission.phase, Mission.status, Mission.starts_on, Mission.ends_on)
    rows: Sequence[Any] = db.session.execute(
        select(*columns, Mission.created_at, lead.id, lead.name, lead.is_active, owner.id, owner.name)
        .join(lead, lead.id == Mission.lead_id)
        .join(owner, owner.id == Mission.owner_id)
        .order_by(Mission.id)
    ).all()
    open_seats = {
        row[0]: row[1]
        for row in db.session.execute(
            select(Seat.mission_id, func.count())
            .where(Seat.state == SeatState.OPEN)
            .group_by(Seat.mission_id)
        )
    }
    reports, areas = latest_reports(None), divisions_of(None)
    return [
        _overview(row, areas.get(row[0], frozenset()), open_seats.get(row[0], 0), reports.get(row[0]))
        for row in rows
    ]


def _overview(row: Any, *told_by_others: Any) -> Overview:
    whole: list[Any] = [*row[:6], clock.local(row.created_at).date(), *row[7:], *told_by_others]
    return Overview(*whole)


def needs(mission: Overview) -> list[str]:
    """Return the kinds of attention a mission needs, the worst first; none when all is well, or it rests."""
    if mission.status != Status.ACTIVE:
        return []
    lights = mission.report.lights if mission.report else ()
    is_new = mission.created_on > clock.today() - timedelta(days=SETTLING_DAYS)
    true_of = {
        "red": Light.RED in lights,
        "leaderless": not mission.has_lead,
        "late": mission.ends_on is not None and mission.ends_on < clock.today(),
        "silent": _days_silent(mission) > DAYS_UNTIL_SILENT,
        "narrow": len(mission.areas) < SPAN_REQUIRED and not is_new,
        "yellow": Light.YELLOW in lights and Light.RED not in lights,
    }
    return [kind for kind in KINDS if true_of[kind]]


def concerns(mission: Overview) -> list[Concern]:
    """Return why a mission needs attention in words, the worst first: for the few that are shown."""
    return [_WORDS[kind](mission) for kind in needs(mission)]


def _last_heard(mission: Overview) -> date:
    return clock.local(mission.report.at).date() if mission.report else mission.created_on


def _days_silent(mission: Overview) -> int:
    return (clock.today() - _last_heard(mission)).days


def _light(kind: Light, mission: Overview) -> Concern:
    report = mission.report
    axes = [str(AXIS_NAMES[axis]) for axis in AXES if getattr(report, axis) == kind]
    return Concern(kind.value, ", ".join(axes), report.summary if report else "")


def _leaderless(mission: Overview) -> Concern:
    why = _("Kontoen til %(name)s er stengt. Eieren må velge en ny leder.", name=mission.lead)
    return Concern("leaderless", _("Uten leder"), why)


def _silent(mission: Overview) -> Concern:
    what = _("Stille siden %(day)s", day=short_day(_last_heard(mission)))
    why = _n("Ingen rapport på én dag.", "Ingen rapport på %(num)s dager.", _days_silent(mission))
    return Concern("silent", what, why)


def _late(mission: Overview) -> Concern:
    why = _("Skulle vært ferdig %(day)s.", day=day(mission.ends_on or clock.today()))
    return Concern("late", _("Over sluttdato"), why)


def _narrow(_mission: Overview) -> Concern:
    return Concern("narrow", _("Bare ett område"), _("Teamet trenger noen fra et annet område."))


_WORDS: dict[str, Callable[[Overview], Concern]] = {
    "red": partial(_light, Light.RED),
    "leaderless": _leaderless,
    "late": _late,
    "silent": _silent,
    "narrow": _narrow,
    "yellow": partial(_light, Light.YELLOW),
}


@dataclass(frozen=True)
class Portfolio:
    """A page of the portfolio, and every mission that needs attention, the worst first."""

    page: Page[Overview]
    attention: list[Overview]
    active: int
    owners: list[tuple[int, str]]


@dataclass(frozen=True)
class Survey:
    """Every mission in one order, and what is true of them all: the same for everybody."""

    missions: list[Overview]
    worst: dict[int, str]
    attention: list[Overview]
    active: int
    owners: list[tuple[int, str]]


@remember(20)
def survey(sort: str) -> Survey:
    """Return every mission in one of the orders of SORTS, with the worst kind of attention each needs."""
    everything = overview()
    worst = {mission.id: kinds[0] for mission in everything if (kinds := needs(mission))}
    in_need = [m for m in everything if m.id in worst]
    return Survey(
        sorted(everything, key=lambda m: _order(m, sort, worst)),
        worst,
        sorted(in_need, key=lambda m: _order(m, "attention", worst)),
        sum(m.status == Status.ACTIVE for m in everything),
        sorted({(m.owner_id, m.owner) for m in everything}, key=lambda pair: pair[1].casefold()),
    )


REMEMBERED = (overview, survey)
"""What must be forgotten when a mission changes."""


def find(search: Search) -> Portfolio:
    """Return the page asked for, and every mission that needs attention, the worst first."""
    found = survey(search.sort)
    shown = [m for m in found.missions if _is_wanted(m, search, found.worst)]
    start = (search.page - 1) * PAGE_SIZE
    page = Page(shown[start : start + PAGE_SIZE], search.page, PAGE_SIZE, len(shown))
    return Portfolio(page, found.attention, found.active, found.owners)


def _is_wanted(mission: Overview, search: Search, worst: dict[int, str]) -> bool:
    return (
        (search.scope == "all" or mission.status == Status.ACTIVE)
        and (search.scope != "attention" or mission.id in worst)
        and (not search.phase or mission.phase == search.phase)
        and (search.division is None or search.division in mission.areas)
        and (search.owner is None or search.owner == mission.owner_id)
        and (not search.text or _holds(mission, search.text))
    )


def _holds(mission: Overview, text: str) -> bool:
    told = f"{mission.title} {mission.lead} {mission.owner}".casefold()
    return all(word in told for word in text.casefold().split())


def _order(mission: Overview, sort: str, worst: dict[int, str]) -> tuple[object, ...]:
    title = mission.title.casefold()
    if sort == "title":
        return (title, mission.id)
    if sort == "end":
        return (mission.ends_on is None, mission.ends_on or date.max, mission.id)
    if sort == "report":
        return (mission.report is None, mission.report.at if mission.report else 0, mission.id)
    place = KINDS.index(worst[mission.id]) if mission.id in worst else len(KINDS)
    return (place, title, mission.id)
