"""What somebody looks for among challenges: read from an address, and put as conditions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, union
from werkzeug.datastructures import MultiDict

from teamhub.access.actor import Actor
from teamhub.challenges.likeness import INDEX
from teamhub.challenges.models import Challenge, Support
from teamhub.challenges.names import STATES, THEMES
from teamhub.challenges.queries import visible_to
from teamhub.challenges.states import UNANSWERED, State
from teamhub.challenges.voices import Follower
from teamhub.core import clock
from teamhub.core.paging import id_in, place_id

LONGEST_SEARCH = 200
RECENT_DAYS = 30
SORTS = ("fair", "new", "old", "due", "units")
SCOPES = ("all", "unit", "mine", "following", "unanswered", "desk")
FIRST_BY = {"all": "fair", "unanswered": "due", "desk": "due"}
"""The order of each scope until somebody chooses one; the newest first where nothing is said."""
DENSITIES = ("compact", "normal", "roomy")
TOGGLES = ("many", "recent", "late", "people")

WAITING = Challenge.state.in_((*UNANSWERED, State.ASSESSING))
"""Those the office owes an answer."""

SHOWN = Challenge.state.not_in((State.DRAFT, State.WITHDRAWN))


@dataclass(frozen=True)
class Search:
    """What somebody looks for, in which order: everything the address says.

    ``after`` and ``before`` are ids of challenges to go on from.
    """

    text: str = ""
    scope: str = "all"
    states: frozenset[str] = frozenset()
    divisions: frozenset[int] = frozenset()
    themes: frozenset[str] = frozenset()
    many: bool = False
    recent: bool = False
    late: bool = False
    people: bool = False
    sort: str = "fair"
    density: str = ""
    after: int | None = None
    before: int | None = None

    @property
    def narrowed(self) -> bool:
        facets = self.states or self.divisions or self.themes
        return bool(self.text or facets or any(getattr(self, toggle) for toggle in TOGGLES))

    @property
    def is_for_everybody(self) -> bool:
        """Tell whether it finds the same for all who ask, by facets alone."""
        return self.scope == "all" and not self.text

    @property
    def address(self) -> str:
        """The query string of this view, always written the same way: what is found, and in which order."""
        said: list[tuple[str, Any]] = [("q", self.text)] if self.text else []
        if self.scope != "all":
            said.append(("desk", 1) if self.scope == "desk" else ("scope", self.scope))
        said += [("state", value) for value in sorted(self.states)]
        said += [("division", value) for value in sorted(self.divisions)]
        said += [("theme", value) for value in sorted(self.themes)]
        said += [(toggle, 1) for toggle in TOGGLES if getattr(self, toggle)]
        if self.sort != FIRST_BY.get(self.scope, "new"):
            said.append(("sort", self.sort))
        return urlencode(said)


def parse(args: MultiDict[str, str]) -> Search:
    """Read an address. What makes no sense is left out, so that an old link still opens."""
    scope = "desk" if args.get("desk") == "1" else args.get("scope", "all")
    scope = scope if scope in SCOPES else "all"
    sort, density = args.get("sort", ""), args.get("density", "")
    return Search(
        text=args.get("q", "").strip()[:LONGEST_SEARCH],
        scope=scope,
        states=frozenset(args.getlist("state")) & frozenset(STATES),
        divisions=frozenset(filter(None, map(id_in, args.getlist("division")))),
        themes=frozenset(args.getlist("theme")) & frozenset(THEMES),
        sort=sort if sort in SORTS else FIRST_BY.get(scope, "new"),
        density=density if density in DENSITIES else "",
        after=place_id(args, "after"),
        before=place_id(args, "before"),
        **{toggle: args.get(toggle) == "1" for toggle in TOGGLES},
    )


_wanting: list[Callable[[], Select[int, int]]] = []


def people_wanted_by(source: Callable[[], Select[int, int]]) -> None:
    """Let the missions room tell which challenges want people; it stands above this one.

    ``source`` gives a select with a row, ``challenge_id`` and ``seat_id``, for each person wanted.
    """
    if source not in _wanting:
        _wanting.append(source)


def wanting() -> list[Select[int, int]]:
    """Return the selects of challenges that want people."""
    return [source() for source in _wanting]


def toggles() -> dict[str, ColumnElement[bool]]:
    """Return the condition each choice of yes or no stands for."""
    wanted = [Challenge.id.in_(rows.with_only_columns(rows.selected_columns[0])) for rows in wanting()]
    return {
        "many": Challenge.support_units >= 2,
        "recent": func.coalesce(Challenge.submitted_at > clock.now() - timedelta(days=RECENT_DAYS), false()),
        "late": and_(WAITING, func.coalesce(Challenge.due_on < clock.today(), false())),
        # Only what has become a mission can want people: asked first, for it spares looking.
        "people": and_(Challenge.state == State.MISSION, or_(*wanted)) if wanted else false(),
    }


def narrow(statement: Any, actor: Actor, search: Search) -> Any:
    """Leave in ``statement`` what the whole search lets through."""
    statement = within(statement, actor, search)
    for column, chosen in (
        (Challenge.state, search.states),
        (Challenge.division_id, search.divisions),
        (Challenge.theme, search.themes),
    ):
        if chosen:
            statement = statement.where(column.in_(sorted(chosen)))
    conditions = toggles()
    return statement.where(*(conditions[toggle] for toggle in TOGGLES if getattr(search, toggle)))


def within(statement: Any, actor: Actor, search: Search) -> Any:
    """Leave in ``statement`` what everything but the facets lets through."""
    statement = statement.where(in_scope(actor, search.scope))
    if search.text:
        matches = INDEX.matches(search.text)
        statement = statement.where(matches if matches is not None else Challenge.id < 0)
    return statement


def _following(actor: Actor) -> ColumnElement[bool]:
    """Those one has asked to hear of, or feels."""
    return Challenge.id.in_(
        union(
            select(Follower.challenge_id).where(Follower.person_id == actor.id),
            select(Support.challenge_id).where(Support.person_id == actor.id),
        )
    )


def in_scope(actor: Actor, scope: str) -> ColumnElement[bool]:
    """Return the condition on challenges that they are in a scope, and may be seen there."""
    if scope == "mine":
        return (Challenge.proposer_id == actor.id) & visible_to(actor)
    if scope == "unit":
        return SHOWN & (Challenge.unit_id == actor.unit_id)
    if scope == "following":
        return SHOWN & _following(actor)
    if scope == "unanswered":
        return Challenge.state.in_(UNANSWERED)
    if scope == "desk":
        return WAITING
    return SHOWN
