"""The inbox: notifications grouped by what they are about, the latest first, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import and_, case, func, or_, select

from teamhub.access.actor import Actor
from teamhub.challenges.models import Challenge
from teamhub.consequences.kinds import Kind
from teamhub.consequences.table import TOLD
from teamhub.core.db import db
from teamhub.missions.models import Invitation, Mission
from teamhub.missions.owed import owes_answer
from teamhub.notifications.doing import About, offered
from teamhub.notifications.models import Notification
from teamhub.notifications.queries import OF_TAB, is_muted, shown_to, title, with_titles
from teamhub.notifications.states import Tab
from teamhub.notifications.things import place_of
from teamhub.notifications.wording import Words, due_of, words
from teamhub.people.models import Person
from teamhub.tasks.models import Task

GROUPS_A_PAGE = 20
MOST_IN_A_GROUP = 15
"""So many of a group are there to read; the rest is known by number."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Item:
    """One thing one is told, in words, with the page it is about and what can be done at once."""

    id: int
    kind: Kind
    at: datetime
    is_new: bool
    asks: bool
    about: int | None
    who: str | None
    due_on: date | None
    words: Words
    endpoint: str
    arguments: dict[str, Any]
    does: str | None


@dataclass(frozen=True)
class Group:
    """All one is told about an object: what must be answered first, then the latest."""

    object_type: str
    object_id: int
    title: str
    shown_at: datetime
    last_id: int
    total: int
    unread: int
    is_muted: bool
    items: list[Item]

    @property
    def first(self) -> list[Item]:
        """What is read without unfolding: all that must be answered, or else the latest."""
        return [item for item in self.items if item.asks] or self.items[:1]

    @property
    def rest(self) -> list[Item]:
        return [item for item in self.items if item not in self.first]


@dataclass(frozen=True)
class Page:
    """A page of groups, and the place where the next one begins."""

    groups: list[Group] = field(default_factory=list)
    next: str = ""


Place = tuple[datetime, int]


def read_place(text: str) -> Place | None:
    """Return the place in the inbox that an address names; None when it makes no sense."""
    moment, _, id_ = text.partition("-")
    if not (moment.isascii() and moment.isdigit() and id_.isascii() and id_.isdigit()):
        return None
    try:
        return EPOCH + int(moment) * MICROSECOND, int(id_) % 2**31
    except OverflowError:
        return None


def _written_place(moment: datetime, id_: int) -> str:
    return f"{(moment - EPOCH) // MICROSECOND}-{id_}"


def page(actor: Actor, tab: Tab = Tab.ALL, after: Place | None = None, most: int = GROUPS_A_PAGE) -> Page:
    """Return a page of the actor's inbox, at one query."""
    rows = db.session.execute(_statement(actor, tab, after, most))
    found = [list(each) for _, each in groupby(rows, key=lambda row: (row.object_type, row.object_id))]
    after_this = _written_place(found[most - 1][0].shown_at, found[most - 1][0].last) if found[most:] else ""
    groups = (_group(actor, each) for each in found[:most])
    return Page([group for group in groups if group.items], after_this)


@dataclass(frozen=True)
class News:
    """One unread thing, as «I dag» shows it."""

    words: Words
    title: str
    at: datetime
    endpoint: str
    arguments: dict[str, Any]


def news(actor: Actor, most: int) -> list[News]:
    """Return the latest the actor has not read of what concerns or follows, at one cheap query."""
    n = Notification
    own = (n.told, n.object_type, n.object_id, n.data, n.created_at)
    statement = (
        select(*own, Person.name.label("who"), title().label("title"))
        .outerjoin(Person, Person.id == n.actor_id)
        .where(shown_to(actor), n.read_at.is_(None), OF_TAB[Tab.FOLLOWED])
        .order_by(n.show_at.desc(), n.id.desc())
        .limit(most)
    )
    found = []
    for row in db.session.execute(with_titles(statement, n)):
        said = words(row.told, row.data, who=row.who, title=row.title)
        if said is not None:
            place = place_of(row.object_type, row.object_id, str(row.data.get("place", "")))
            found.append(News(said, row.title, row.created_at, *place))
    return found


def _statement(actor: Actor, tab: Tab, after: Place | None, most: int) -> Any:
    n = Notification
    shown = (
        select(n.id, n.object_type, n.object_id, n.show_at, n.read_at, n.asks)
        .where(shown_to(actor), OF_TAB[tab])
        .cte("shown")
    )
    groups = _groups(shown.c, after, most)
    same = and_(groups.c.object_type == shown.c.object_type, groups.c.object_id == shown.c.object_id)
    order = (shown.c.asks.desc(), shown.c.show_at.desc(), shown.c.id.desc())
    within = (shown.c.object_type, shown.c.object_id)
    place = func.row_number().over(partition_by=within, order_by=order).label("place")
    columns = (groups.c.shown_at, groups.c.last, groups.c.total, groups.c.unread)
    ranked = select(shown.c.id, *columns, place).join(groups, same).cte("ranked")
    r = ranked.c
    statement = (
        select(*_own_columns(), r.shown_at, r.last, r.total, r.unread, *_facts(actor))
        .join(ranked, and_(r.id == n.id, r.place <= MOST_IN_A_GROUP))
        .outerjoin(Person, Person.id == n.actor_id)
        .order_by(r.shown_at.desc(), r.last.desc(), r.place)
    )
    invitation = and_(n.object_type == "mission", Invitation.id == n.about)
    return with_titles(statement, n).outerjoin(Invitation, invitation)


def _groups(shown: Any, after: Place | None, most: int) -> Any:
    """The objects on the page, with one more to tell whether there is a next page."""
    shown_at, last = func.max(shown.show_at), func.max(shown.id)
    groups = (
        select(
            shown.object_type,
            shown.object_id,
            shown_at.label("shown_at"),
            last.label("last"),
            func.count().label("total"),
            func.count().filter(shown.read_at.is_(None)).label("unread"),
        )
        .group_by(shown.object_type, shown.object_id)
        .order_by(shown_at.desc(), last.desc())
        .limit(most + 1)
    )
    if after is not None:
        groups = groups.having(or_(shown_at < after[0], and_(shown_at == after[0], last < after[1])))
    return groups.cte("groups")


def _own_columns() -> tuple[Any, ...]:
    n = Notification
    own = (n.id, n.kind, n.told, n.object_type, n.object_id, n.about, n.data, n.created_at, n.read_at, n.asks)
    return (*own, is_muted(n).label("is_muted"), Person.name.label("who"))


def _facts(actor: Actor) -> tuple[Any, ...]:
    """What the object is called, and what the rules ask of it."""
    return (
        title().label("title"),
        func.coalesce(Task.mission_id, Mission.id).label("mission_id"),
        Challenge.state,
        Challenge.proposer_id,
        Challenge.line_unit_id,
        Task.assignee_id,
        Task.done_at,
        case((owes_answer(actor), 1), else_=0).label("owes"),
        case((Invitation.person_id == actor.id, 1), else_=0).label("invited"),
    )


def _group(actor: Actor, rows: list[Any]) -> Group:
    first = rows[0]
    return Group(
        first.object_type,
        first.object_id,
        first.title,
        first.shown_at,
        first.last,
        first.total,
        first.unread,
        bool(first.is_muted),
        [item for row in rows for item in _item(actor, row)],
    )


def _item(actor: Actor, row: Any) -> Iterator[Item]:
    """Return the row in words; nothing when there are no words for it any more."""
    said = words(row.told, row.data, who=row.who, title=row.title)
    if said is None:
        return
    about = About(
        row.object_id,
        row.mission_id,
        row.state,
        row.proposer_id,
        row.line_unit_id,
        row.assignee_id,
        row.done_at,
        owes=bool(row.owes),
        invited=bool(row.invited),
    )
    does = offered(actor, TOLD[row.told].does, about)
    endpoint, arguments = _place(row, does)
    yield Item(
        id=row.id,
        kind=Kind(row.kind),
        at=row.created_at,
        is_new=row.read_at is None,
        asks=row.asks,
        about=row.about,
        who=row.who,
        due_on=due_of(row.data) if row.asks or row.kind == Kind.DEADLINE else None,
        words=said,
        endpoint=endpoint,
        arguments=arguments,
        does=does,
    )


def _place(row: Any, does: str | None) -> tuple[str, dict[str, Any]]:
    """Where one reads on: the object's page, or the request one is to answer."""
    if does in {"answer_invitation", "answer_release"}:
        return "missions.requests", {"_anchor": f"i{row.about}"}
    return place_of(row.object_type, row.object_id, str(row.data.get("place", "")))
