"""The list of challenges: search, facets with counts, order, pages, and the office's desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, union
from werkzeug.datastructures import MultiDict

from teamhub.access.actor import Actor
from teamhub.challenges.likeness import INDEX
from teamhub.challenges.models import Challenge, Support
from teamhub.challenges.names import STATES, THEMES
from teamhub.challenges.queries import visible_to
from teamhub.challenges.states import OPEN, UNANSWERED, State
from teamhub.challenges.voices import Follower
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.paging import Page, page_number
from teamhub.core.remember import remember
from teamhub.people.models import Unit

PAGE_SIZE = 20
LONGEST_SEARCH = 200
RECENT_DAYS = 30
SORTS = ("new", "old", "due", "units")
SCOPES = ("all", "unit", "mine", "following", "unanswered", "desk")
SHOWN = 400


WAITING = Challenge.state.in_((*UNANSWERED, State.ASSESSING))
"""Those the office owes an answer."""


@dataclass(frozen=True)
class Search:
    """What somebody looks for: everything the address says."""

    text: str = ""
    scope: str = "all"
    states: frozenset[str] = frozenset()
    divisions: frozenset[int] = frozenset()
    themes: frozenset[str] = frozenset()
    many: bool = False
    recent: bool = False
    late: bool = False
    sort: str = "new"
    page: int = 1

    @property
    def narrowed(self) -> bool:
        facets = self.states or self.divisions or self.themes
        return bool(self.text or facets or self.many or self.recent or self.late)


@dataclass(frozen=True)
class ChallengeRow:
    """A challenge in the list."""

    id: int
    title: str
    situation: str
    affected: str
    state: State
    due_on: date | None
    submitted_at: datetime | None
    submitted_by: str | None
    unit: str | None
    division_id: int | None
    support_people: int
    support_units: int
    line_unit_id: int | None


@dataclass(frozen=True)
class Facets:
    """How many challenges each choice would show, given the choices in the other facets."""

    states: dict[str, int]
    divisions: dict[int, int]
    themes: dict[str, int]
    total: int


def parse(args: MultiDict[str, str]) -> Search:
    """Read an address. What makes no sense is left out, so that an old link still opens."""
    sort = args.get("sort", "")
    desk = args.get("desk") == "1"
    scope = "desk" if desk else args.get("scope", "all")
    return Search(
        text=args.get("q", "").strip()[:LONGEST_SEARCH],
        scope=scope if scope in SCOPES else "all",
        states=frozenset(args.getlist("state")) & frozenset(STATES),
        divisions=frozenset(int(v) for v in args.getlist("division") if v.isascii() and v.isdigit()),
        themes=frozenset(args.getlist("theme")) & frozenset(THEMES),
        many=args.get("many") == "1",
        recent=args.get("recent") == "1",
        late=args.get("late") == "1",
        sort=sort if sort in SORTS else "due" if desk else "new",
        page=page_number(args),
    )


def find(actor: Actor, search: Search) -> tuple[Page[ChallengeRow], Facets]:
    """Return the page of challenges asked for and the counts beside it, at two statements."""
    facets = _facets(actor, search)
    narrowed = narrow(
        select(
            Challenge.id,
            Challenge.title,
            Challenge.situation if search.text else func.substr(Challenge.situation, 1, SHOWN),
            func.substr(Challenge.affected, 1, 200),
            Challenge.state,
            Challenge.due_on,
            Challenge.submitted_at,
            Challenge.submitted_by,
            Unit.name,
            Challenge.division_id,
            Challenge.support_people,
            Challenge.support_units,
            Challenge.line_unit_id,
        ).outerjoin(Unit, Unit.id == Challenge.unit_id),
        actor,
        search,
    )
    rows = db.session.execute(
        narrowed.order_by(*order_of(search.sort)).limit(PAGE_SIZE).offset((search.page - 1) * PAGE_SIZE)
    )
    found = [ChallengeRow(*row) for row in rows]
    return Page(found, search.page, PAGE_SIZE, facets.total), facets


def spans(rows: Iterable[ChallengeRow]) -> dict[int, set[int]]:
    """Return which areas each challenge is felt in: its own, and those of its supporters."""
    areas: dict[int, set[int]] = {r.id: {r.division_id} if r.division_id else set() for r in rows}
    supported = [row.id for row in rows if row.support_units]
    if supported:
        for challenge_id, division_id in db.session.execute(
            select(Support.challenge_id, Unit.division_id)
            .join(Unit, Unit.id == Support.unit_id)
            .where(Support.challenge_id.in_(supported), Unit.division_id.is_not(None))
            .distinct()
        ):
            areas[challenge_id].add(division_id or 0)
    return areas


@remember(20)
def standing() -> tuple[int, int]:
    """Return how many challenges are open, and how many of them should have been answered by now."""
    row = db.session.execute(
        select(
            func.count(),
            func.count().filter(WAITING, Challenge.due_on < clock.today()),
        ).where(Challenge.state.in_(OPEN))
    ).one()
    return row[0], row[1]


def _facets(actor: Actor, search: Search) -> Facets:
    """Count per state, area and theme together, then add up for each facet what the others let through."""
    groups = groups_of_all() if _is_plain(search) else _groups(actor, search)
    states: Counter[str] = Counter()
    divisions: Counter[int] = Counter()
    themes: Counter[str] = Counter()
    total = 0
    for state, division_id, theme, number in groups:
        by_state = not search.states or state in search.states
        by_division = not search.divisions or division_id in search.divisions
        by_theme = not search.themes or theme in search.themes
        states[state] += number * (by_division and by_theme)
        if division_id is not None:
            divisions[division_id] += number * (by_state and by_theme)
        if theme is not None:
            themes[theme] += number * (by_state and by_division)
        total += number * (by_state and by_division and by_theme)
    return Facets(states, divisions, themes, total)


Group = tuple[str, int | None, str | None, int]


def _is_plain(search: Search) -> bool:
    """Tell whether a search narrows by nothing but facets, hence counts the same for everybody."""
    return search.scope == "all" and not (search.text or search.many or search.recent or search.late)


@remember(20)
def groups_of_all() -> list[Group]:
    """Return the counts when nothing but facets narrows: the same for everybody."""
    return _rows_in_groups(_grouped().where(Challenge.state.not_in((State.DRAFT, State.WITHDRAWN))))


def _groups(actor: Actor, search: Search) -> list[Group]:
    return _rows_in_groups(_within(_grouped(), actor, search))


def _grouped() -> Any:
    columns = (Challenge.state, Challenge.division_id, Challenge.theme)
    return select(*columns, func.count()).group_by(*columns)


def _rows_in_groups(statement: Any) -> list[Group]:
    return [tuple(row) for row in db.session.execute(statement)]


def narrow(statement: Any, actor: Actor, search: Search) -> Any:
    """Leave in ``statement`` what the whole search lets through."""
    statement = _within(statement, actor, search)
    for column, chosen in (
        (Challenge.state, search.states),
        (Challenge.division_id, search.divisions),
        (Challenge.theme, search.themes),
    ):
        if chosen:
            statement = statement.where(column.in_(sorted(chosen)))
    return statement


def _within(statement: Any, actor: Actor, search: Search) -> Any:
    """Leave in ``statement`` what everything but the three facets lets through."""
    statement = statement.where(_scope(actor, search.scope))
    if search.text:
        matches = INDEX.matches(search.text)
        statement = statement.where(matches if matches is not None else Challenge.id < 0)
    if search.many:
        statement = statement.where(Challenge.support_units >= 2)
    if search.recent:
        statement = statement.where(Challenge.submitted_at > clock.now() - timedelta(days=RECENT_DAYS))
    if search.late:
        statement = statement.where(WAITING, Challenge.due_on < clock.today())
    return statement


def _following(actor: Actor) -> ColumnElement[bool]:
    """Those one has asked to hear of, or feels."""
    return Challenge.id.in_(
        union(
            select(Follower.challenge_id).where(Follower.person_id == actor.id),
            select(Support.challenge_id).where(Support.person_id == actor.id),
        )
    )


def _scope(actor: Actor, scope: str) -> ColumnElement[bool]:
    if scope == "mine":
        return (Challenge.proposer_id == actor.id) & visible_to(actor)
    shown = Challenge.state.not_in((State.DRAFT, State.WITHDRAWN))
    if scope == "unit":
        return shown & (Challenge.unit_id == actor.unit_id)
    if scope == "following":
        return shown & _following(actor)
    if scope == "unanswered":
        return Challenge.state.in_(UNANSWERED)
    if scope == "desk":
        return WAITING
    return shown


def order_of(sort: str) -> tuple[Any, ...]:
    """Return the columns to order by; the id last, so that pages never overlap."""
    return {
        "new": (Challenge.submitted_at.desc(), Challenge.id.desc()),
        "old": (Challenge.submitted_at.asc(), Challenge.id.asc()),
        "due": (Challenge.due_on.is_(None), Challenge.due_on.asc(), Challenge.id.asc()),
        "units": (Challenge.support_units.desc(), Challenge.support_people.desc(), Challenge.id.desc()),
    }[sort]
