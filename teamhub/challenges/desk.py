"""Reads of the office's desk: the queue by deadline, whose each one is, and the share answered in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, false, func, select
from sqlalchemy.orm import aliased
from werkzeug.datastructures import MultiDict

from teamhub.access.actor import Actor, Role
from teamhub.challenges.likeness import MOST_ALIKE, Similar, similar
from teamhub.challenges.models import Answer, Challenge
from teamhub.challenges.office import AnswerTemplate
from teamhub.challenges.states import UNANSWERED, State
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.paging import Page, page_number
from teamhub.core.remember import remember
from teamhub.people.models import Office, Person, Unit
from teamhub.people.queries import in_force

PAGE_SIZE = 25
SHARE_DAYS = 90
REVIEW_SOON = timedelta(days=14)
SCOPES = ("all", "mine", "free", "late", "board")
WAITING = (*UNANSWERED, State.ASSESSING)
MOST_LATE = 5
LONGEST_ID = 10


@dataclass(frozen=True)
class Queue:
    """Which part of the desk somebody looks at: everything its address says. ``chosen`` is open beside."""

    scope: str = "all"
    page: int = 1
    chosen: int | None = None


@dataclass(frozen=True)
class QueueRow:
    """A challenge in the queue."""

    id: int
    title: str
    state: State
    due_on: date | None
    theme: str | None
    must_do: bool
    unit: str | None
    handler_id: int | None
    handler: str | None
    line_unit_id: int | None
    support_units: int


@dataclass(frozen=True)
class Counts:
    """How many lie in each part of the desk."""

    all: int
    mine: int
    free: int
    late: int
    board: int


@dataclass(frozen=True)
class Share:
    """Of those whose answer came or was due in the last months: how many had it in time, and of how many."""

    in_time: int
    of: int

    @property
    def percent(self) -> int | None:
        """The share as a whole percent, never rounded up to all; None when there is nothing to tell of."""
        return 100 * self.in_time // self.of if self.of else None


@dataclass(frozen=True)
class Handler:
    """Somebody at the portfolio office."""

    id: int
    name: str


@dataclass(frozen=True)
class Late:
    """A challenge whose proposer should have heard by now, and who at the office has it."""

    id: int
    title: str
    state: State
    due_on: date | None
    handler: str | None


@dataclass(frozen=True)
class Words:
    """An answer template, to begin an answer with."""

    id: int
    name: str
    decision: str | None
    body: str


def parse(args: MultiDict[str, str]) -> Queue:
    """Read an address. What makes no sense is left out, so that an old link still opens."""
    scope, chosen = args.get("who", ""), args.get("chosen", "")
    return Queue(
        scope=scope if scope in SCOPES else "all",
        page=page_number(args),
        chosen=int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < LONGEST_ID else None,
    )


def rows(actor: Actor, queue: Queue, counts: Counts) -> Page[QueueRow]:
    """Return a page of the queue, the shortest date first, at one query."""
    handler = aliased(Person)
    c = Challenge
    found = db.session.execute(
        select(
            *(c.id, c.title, c.state, c.due_on, c.theme, c.must_do),
            func.coalesce(Unit.name, c.submitted_by),
            *(c.handler_id, handler.name, c.line_unit_id, c.support_units),
        )
        .outerjoin(Unit, Unit.id == c.unit_id)
        .outerjoin(handler, handler.id == c.handler_id)
        .where(_within(actor, queue.scope))
        .order_by(c.due_on.is_(None), c.due_on, c.id)
        .limit(PAGE_SIZE)
        .offset((queue.page - 1) * PAGE_SIZE)
    )
    total: int = getattr(counts, queue.scope)
    return Page([QueueRow(*row) for row in found], queue.page, PAGE_SIZE, total)


def following(found: list[QueueRow], id_: int, due_on: date | None) -> int | None:
    """Return which comes after one that was answered: the next by date, or else the first of the others."""
    others = [row for row in found if row.id != id_]
    later = (row.id for row in others if _place(row.due_on, row.id) > _place(due_on, id_))
    return next(later, others[0].id if others else None)


def _place(due_on: date | None, id_: int) -> tuple[bool, date, int]:
    return due_on is None, due_on or date.max, id_


def counts(actor: Actor) -> Counts:
    """Return how many lie in each part of the desk, at one query."""
    parts = (func.count().filter(_within(actor, scope)) for scope in SCOPES)
    looked_at = Challenge.state.in_((*WAITING, State.LINE, State.CANDIDATE, State.HOLD))
    numbers: list[int] = list(db.session.execute(select(*parts).where(looked_at)).one())
    return Counts(*numbers)


@remember(20)
def share_in_time() -> Share:
    """Return how many of the last months' first answers came in time, at one query: the same for everybody.

    Those who should have had an answer by now, and have none, count too.
    """
    c = Challenge
    since = clock.now() - timedelta(days=SHARE_DAYS)
    silent = select(func.count()).where(
        c.state == State.SUBMITTED, c.first_answer_at.is_(None), c.due_on < clock.today()
    )
    answered, in_time, late = db.session.execute(
        select(
            func.count(c.answered_in_time),
            func.count().filter(c.answered_in_time.is_(True)),
            silent.scalar_subquery(),
        ).where(c.first_answer_at >= since)
    ).one()
    return Share(in_time, answered + late)


@remember(30)
def handlers() -> list[Handler]:
    """Return who works at the portfolio office today, by name, at one query."""
    found = db.session.execute(
        select(Person.id, Person.name)
        .join(Office, Office.person_id == Person.id)
        .where(Office.kind == Role.PORTFOLIO_OFFICE, in_force(Office), Person.is_active)
        .distinct()
        .order_by(Person.name, Person.id)
    )
    return [Handler(*row) for row in found]


def templates() -> list[Words]:
    """Return the answer templates by name, at one query."""
    t = AnswerTemplate
    found = db.session.execute(select(t.id, t.name, t.decision, t.body).order_by(t.name, t.id).limit(200))
    return [Words(*row) for row in found]


def alike(challenge: Challenge, *, most: int = MOST_ALIKE) -> list[Similar]:
    """Return the challenges that resemble one, best first."""
    return similar(f"{challenge.title} {challenge.situation}", most=most, besides=challenge.id)


def late(*, most: int = MOST_LATE) -> list[Late]:
    """Return those that have waited longest past their date, with who at the office has them."""
    c = Challenge
    found = db.session.execute(
        select(c.id, c.title, c.state, c.due_on, Person.name)
        .outerjoin(Person, Person.id == c.handler_id)
        .where(_late())
        .order_by(c.due_on, c.id)
        .limit(most)
    )
    return [Late(*row) for row in found]


def newest_answer(challenge_id: int) -> Answer | None:
    """Return the latest official step of a challenge."""
    of = select(Answer).where(Answer.challenge_id == challenge_id)
    return db.session.scalar(of.order_by(Answer.id.desc()).limit(1))


def _late() -> ColumnElement[bool]:
    return Challenge.state.in_((State.SUBMITTED, State.ASSESSING)) & (Challenge.due_on < clock.today())


def _within(actor: Actor, scope: str) -> ColumnElement[bool]:
    """Return the condition of a part of the desk. A unit that owes a report lies there once it is late."""
    c = Challenge
    unreported = (c.state == State.LINE) & (c.due_on < clock.today())
    waiting = c.state.in_(WAITING) | unreported
    return {
        "all": waiting,
        "mine": waiting & (c.handler_id == actor.id if actor.id is not None else false()),
        "free": waiting & c.handler_id.is_(None),
        "late": _late() | unreported,
        "board": (c.state == State.CANDIDATE)
        | ((c.state == State.HOLD) & (c.due_on <= clock.today() + REVIEW_SOON)),
    }[scope]
