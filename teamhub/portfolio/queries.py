"""Every mission at a glance, those that need attention first, each with its reason in words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import aliased
from werkzeug.datastructures import MultiDict

from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.i18n import _, _n, day, short_day
from teamhub.core.paging import Page, page_number
from teamhub.core.remember import remember
from teamhub.missions.models import Mission, Seat, StatusReport
from teamhub.missions.names import AXIS_NAMES
from teamhub.missions.queries import Report, divisions_of
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
    rows = db.session.execute(
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
    reports, areas = _latest_reports(), divisions_of(None)
    return [
        Overview(
            *row[:6],
            clock.local(row[6]).date(),
            *row[7:],
            areas.get(row[0], frozenset()),
            open_seats.get(row[0], 0),
            reports.get(row[0]),
        )
        for row in rows
    ]


def _latest_reports() -> dict[int, Report]:
    latest = select(func.max(StatusReport.id)).group_by(StatusReport.mission_id)
    axes = (getattr(StatusReport, axis) for axis in AXES)
    rows = db.session.execute(
        select(StatusReport.mission_id, StatusReport.at, *axes, StatusReport.summary).where(
            StatusReport.id.in_(latest)
        )
    )
    return {row[0]: Report(*row) for row in rows}


def concerns(mission: Overview) -> list[Concern]:
    """Return why a mission needs attention, the worst first; nothing when all is well, or it rests."""
    if mission.status != Status.ACTIVE:
        return []
    found = [
        *_lights(mission),
        *_leaderless(mission),
        *_silence(mission),
        *_overdue(mission),
        *_narrow(mission),
    ]
    return sorted(found, key=lambda c: KINDS.index(c.kind))


def _lights(mission: Overview) -> list[Concern]:
    report = mission.report
    if report is None:
        return []
    for kind, light in (("red", Light.RED), ("yellow", Light.YELLOW)):
        axes = [str(AXIS_NAMES[a]) for a in AXES if getattr(report, a) == light]
        if axes:
            return [Concern(kind, ", ".join(axes), report.summary)]
    return []


def _leaderless(mission: Overview) -> list[Concern]:
    if mission.has_lead:
        return []
    why = _("Kontoen til %(name)s er stengt. Eieren må velge en ny leder.", name=mission.lead)
    return [Concern("leaderless", _("Uten leder"), why)]


def _silence(mission: Overview) -> list[Concern]:
    last = clock.local(mission.report.at).date() if mission.report else mission.created_on
    days = (clock.today() - last).days
    if days <= DAYS_UNTIL_SILENT:
        return []
    what = _("Stille siden %(day)s", day=short_day(last))
    return [Concern("silent", what, _n("Ingen rapport på én dag.", "Ingen rapport på %(num)s dager.", days))]


def _overdue(mission: Overview) -> list[Concern]:
    if mission.ends_on is None or mission.ends_on >= clock.today():
        return []
    why = _("Skulle vært ferdig %(day)s.", day=day(mission.ends_on))
    return [Concern("late", _("Over sluttdato"), why)]


def _narrow(mission: Overview) -> list[Concern]:
    is_new = mission.created_on > clock.today() - timedelta(days=SETTLING_DAYS)
    if len(mission.areas) >= SPAN_REQUIRED or is_new:
        return []
    return [Concern("narrow", _("Bare ett område"), _("Teamet trenger noen fra et annet område."))]


@dataclass(frozen=True)
class Portfolio:
    """A page of the portfolio, and the missions that need attention, the worst first."""

    page: Page[Overview]
    attention: list[tuple[Overview, Concern]]
    active: int
    owners: list[tuple[int, str]]


def find(search: Search) -> Portfolio:
    """Return the page asked for, with why each mission on it needs attention."""
    everything = overview()
    worries: dict[int, list[Concern]] = defaultdict(list)
    for mission in everything:
        if found := concerns(mission):
            worries[mission.id] = found
    shown = [m for m in everything if _is_wanted(m, search, worries)]
    shown.sort(key=lambda m: _order(m, search.sort, worries))
    start = (search.page - 1) * PAGE_SIZE
    page = Page(shown[start : start + PAGE_SIZE], search.page, PAGE_SIZE, len(shown))
    attention = [(m, worries[m.id][0]) for m in everything if m.id in worries]
    attention.sort(key=lambda pair: (KINDS.index(pair[1].kind), pair[0].title))
    active = sum(m.status == Status.ACTIVE for m in everything)
    owners = sorted({(m.owner_id, m.owner) for m in everything}, key=lambda pair: pair[1].casefold())
    return Portfolio(page, attention, active, owners)


def _is_wanted(mission: Overview, search: Search, worries: dict[int, list[Concern]]) -> bool:
    words = search.text.casefold().split()
    told = f"{mission.title} {mission.lead} {mission.owner}".casefold()
    return (
        (search.scope == "all" or mission.status == Status.ACTIVE)
        and (search.scope != "attention" or mission.id in worries)
        and (not search.phase or mission.phase == search.phase)
        and (search.division is None or search.division in mission.areas)
        and (search.owner is None or search.owner == mission.owner_id)
        and all(word in told for word in words)
    )


def _order(mission: Overview, sort: str, worries: dict[int, list[Concern]]) -> tuple[object, ...]:
    title = mission.title.casefold()
    if sort == "title":
        return (title, mission.id)
    if sort == "end":
        return (mission.ends_on is None, mission.ends_on or date.max, mission.id)
    if sort == "report":
        return (mission.report is None, mission.report.at if mission.report else 0, mission.id)
    worst = KINDS.index(worries[mission.id][0].kind) if mission.id in worries else len(KINDS)
    return (worst, title, mission.id)
