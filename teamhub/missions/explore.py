"""The list of missions: search, filters, order and pages, all in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select, union_all
from sqlalchemy.orm import aliased
from werkzeug.datastructures import MultiDict

from teamhub.access.actor import Actor
from teamhub.core.db import db
from teamhub.core.paging import Page, page_number
from teamhub.missions.models import Mission, Seat
from teamhub.missions.states import AGREED, Phase, SeatState, Status
from teamhub.people.models import Person, Unit

PAGE_SIZE = 20
SORTS = ("new", "title", "end")
SCOPES = ("active", "mine", "all")


@dataclass(frozen=True)
class Search:
    """What somebody looks for among missions: everything the address says."""

    text: str = ""
    scope: str = "active"
    phase: str = ""
    division: int | None = None
    sort: str = "new"
    page: int = 1

    @property
    def narrowed(self) -> bool:
        return bool(self.text or self.phase or self.division)


@dataclass(frozen=True)
class MissionRow:
    """A mission in the list."""

    id: int
    title: str
    goal: str
    phase: Phase
    status: Status
    starts_on: date | None
    ends_on: date | None
    lead: str
    lead_division_id: int | None
    open_seats: int


def parse(args: MultiDict[str, str]) -> Search:
    """Read an address. What makes no sense is left out, so that an old link still opens."""
    division, sort = args.get("division", ""), args.get("sort", "")
    return Search(
        text=args.get("q", "").strip()[:200],
        scope=args.get("scope", "") if args.get("scope") in SCOPES else "active",
        phase=args.get("phase", "") if args.get("phase") in list(Phase) else "",
        division=int(division) if division.isascii() and division.isdigit() else None,
        sort=sort if sort in SORTS else "new",
        page=page_number(args),
    )


def find(actor: Actor, search: Search) -> Page[MissionRow]:
    """Return the page of missions asked for with their number, at one statement."""
    total = _narrow(select(func.count()).select_from(Mission), actor, search)
    lead, unit = aliased(Person), aliased(Unit)
    open_seats = (
        select(func.count())
        .select_from(Seat)
        .where(Seat.mission_id == Mission.id, Seat.state == SeatState.OPEN)
        .scalar_subquery()
    )
    statement = (
        select(
            Mission.id,
            Mission.title,
            Mission.goal,
            Mission.phase,
            Mission.status,
            Mission.starts_on,
            Mission.ends_on,
            lead.name,
            unit.division_id,
            open_seats,
            total.scalar_subquery(),
        )
        .join(lead, lead.id == Mission.lead_id)
        .join(unit, unit.id == lead.unit_id)
    )
    order = {
        "new": (Mission.id.desc(),),
        "title": (func.lower(Mission.title), Mission.id),
        "end": (Mission.ends_on.is_(None), Mission.ends_on, Mission.id),
    }[search.sort]
    rows = db.session.execute(
        _narrow(statement, actor, search)
        .order_by(*order)
        .limit(PAGE_SIZE)
        .offset((search.page - 1) * PAGE_SIZE)
    ).all()
    number = rows[0][-1] if rows else db.session.scalar(total) if search.page > 1 else 0
    return Page([MissionRow(*row[:-1]) for row in rows], search.page, PAGE_SIZE, number or 0)


def _narrow(statement: Any, actor: Actor, search: Search) -> Any:
    if search.scope == "active":
        statement = statement.where(Mission.status == Status.ACTIVE)
    elif search.scope == "mine":
        mine = actor.missions_led | actor.missions_owned | actor.missions_joined | actor.missions_partnered
        statement = statement.where(Mission.id.in_(sorted(mine)))
    if search.phase:
        statement = statement.where(Mission.phase == search.phase)
    if search.division:
        statement = statement.where(Mission.id.in_(_missions_in(search.division)))
    for word in search.text.split()[:6]:
        statement = statement.where(
            or_(Mission.title.icontains(word, autoescape=True), Mission.goal.icontains(word, autoescape=True))
        )
    return statement


def _missions_in(division_id: int) -> Any:
    """Missions somebody from an area leads or has an agreed seat in."""
    from_there = (
        select(Person.id).join(Unit, Unit.id == Person.unit_id).where(Unit.division_id == division_id)
    )
    return union_all(
        select(Mission.id).where(Mission.lead_id.in_(from_there)),
        select(Seat.mission_id).where(Seat.person_id.in_(from_there), Seat.state.in_(AGREED)),
    )
