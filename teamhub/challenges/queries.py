"""Reads of one challenge, and of what waits for somebody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import joinedload

from teamhub.access.actor import Actor, Role
from teamhub.access.policy import Action, can
from teamhub.challenges.events import ChallengeEvent
from teamhub.challenges.models import Answer, Challenge, ChallengeComment, Support
from teamhub.challenges.names import STATES
from teamhub.challenges.states import UNANSWERED, State
from teamhub.core.db import db
from teamhub.core.events import Event
from teamhub.core.i18n import _, _n
from teamhub.core.waiting import Waiting
from teamhub.people.models import Person


@dataclass(frozen=True)
class Experience:
    """One «gjelder oss også»: which unit, in which area, and what it is like there."""

    person_id: int | None
    unit_id: int
    unit: str
    division_id: int | None
    text: str


@dataclass(frozen=True)
class MissionLink:
    """A mission that answers a challenge."""

    id: int
    title: str


_missions_of: list[Callable[[int], list[MissionLink]]] = []


def missions_from(source: Callable[[int], list[MissionLink]]) -> None:
    """Let the missions room tell which missions answer a challenge; it stands above this one."""
    if source not in _missions_of:
        _missions_of.append(source)


def missions_of(challenge: Challenge) -> list[MissionLink]:
    """Return the missions a challenge has led to."""
    if challenge.state in {State.DRAFT, *UNANSWERED, State.ASSESSING, State.LINE}:
        return []
    return [link for source in _missions_of for link in source(challenge.id)]


class AsksFor(Protocol):
    """A call somebody answers: a question put to all or some for a period."""

    @property
    def question(self) -> str: ...


_calls: list[Callable[[int, Actor], AsksFor | None]] = []


def calls_from(source: Callable[[int, Actor], AsksFor | None]) -> None:
    """Let the calls room tell which call somebody may answer; it stands above this one."""
    if source not in _calls:
        _calls.append(source)


def open_call(call_id: int | None, actor: Actor) -> AsksFor | None:
    """Return the open call of an id, if ``actor`` may answer it."""
    if call_id is None:
        return None
    return next((call for source in _calls if (call := source(call_id, actor)) is not None), None)


def family(challenge_id: int) -> Select[int]:
    """Return the ids of a challenge and of those that live on in it."""
    return select(Challenge.id).where(
        or_(Challenge.id == challenge_id, Challenge.merged_into_id == challenge_id)
    )


def felt_by(challenge_id: int) -> CompoundSelect[Any]:
    """Return who feels a challenge beside its proposer, with their units: what they said, and merged ones.

    Columns ``person_id``, ``unit_id`` and ``experience``; a merged challenge has its text of its own.
    """
    proposed_by = select(Challenge.proposer_id).where(Challenge.id == challenge_id).scalar_subquery()
    said = select(Support.person_id, Support.unit_id, Support.experience).where(
        Support.challenge_id.in_(family(challenge_id)), Support.person_id.is_distinct_from(proposed_by)
    )
    merged = select(Challenge.proposer_id, Challenge.unit_id, literal("")).where(
        Challenge.merged_into_id == challenge_id,
        Challenge.unit_id.is_not(None),
        or_(Challenge.proposer_id.is_(None), Challenge.proposer_id.is_distinct_from(proposed_by)),
    )
    return union_all(said, merged)


whose = func.coalesce(Challenge.written_by_id, Challenge.proposer_id)
"""Who wrote a challenge, and has it to oneself while it is a draft."""


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the SQL of CHALLENGE_VIEW: all but other people's drafts."""
    draft = Challenge.state == State.DRAFT
    own_draft = and_(draft, whose == actor.id)
    rest = ~draft if Role.EMPLOYEE in actor.roles else and_(~draft, Challenge.proposer_id == actor.id)
    return or_(own_draft, rest)


def get(actor: Actor, challenge_id: int) -> Challenge | None:
    """Return a challenge with its unit, area, proposer and line unit, if ``actor`` may see it."""
    challenge = db.session.scalar(
        select(Challenge)
        .where(Challenge.id == challenge_id)
        .options(
            joinedload(Challenge.unit),
            joinedload(Challenge.division),
            joinedload(Challenge.line_unit),
            joinedload(Challenge.proposer),
            joinedload(Challenge.written_by),
        )
    )
    return challenge if challenge and can(actor, Action.CHALLENGE_VIEW, challenge) else None


def masked(event: Event) -> frozenset[int | None]:
    """Return ids of persons who are not named where an event is told of: a shielded proposer and writer."""
    if event.object_type != ChallengeEvent.object_type:
        return frozenset()
    whose_it_is = select(Challenge.proposer_id, Challenge.written_by_id)
    row = db.session.execute(
        whose_it_is.where(Challenge.id == event.object_id, Challenge.shielded)
    ).one_or_none()
    return frozenset(row or ())


def comments(challenge_id: int, *, most: int = 500) -> list[ChallengeComment]:
    """Return the conversation under a challenge, oldest first, with author and unit."""
    return list(
        db.session.scalars(
            select(ChallengeComment)
            .where(ChallengeComment.challenge_id == challenge_id)
            .options(joinedload(ChallengeComment.author).joinedload(Person.unit))
            .order_by(ChallengeComment.id)
            .limit(most)
        )
    )


def answers(challenge_id: int) -> list[Answer]:
    """Return the official steps of a challenge, newest first, with who took them."""
    return list(
        db.session.scalars(
            select(Answer)
            .where(Answer.challenge_id == challenge_id)
            .options(joinedload(Answer.author))
            .order_by(Answer.id.desc())
        )
    )


@dataclass(frozen=True)
class Mine:
    """A challenge a person has proposed, or whose unit the person leads is asked about it."""

    id: int
    title: str
    state: State
    due_on: date | None
    proposer_id: int | None
    line_unit_id: int | None


def mine(actor: Actor, *, most: int = 40) -> list[Mine]:
    """Return a person's own challenges and those put to units the person leads, the latest moved first."""
    c = Challenge
    ids = [
        select(c.id).where(c.proposer_id == actor.id, or_(c.written_by_id.is_(None), c.state != State.DRAFT)),
        select(c.id).where(c.written_by_id == actor.id, c.state == State.DRAFT),
    ]
    if actor.managed_units:
        asked = Challenge.line_unit_id.in_(sorted(actor.managed_units))
        ids.append(select(Challenge.id).where(asked, Challenge.state.in_(_WITH_UNIT)))
    columns = (Challenge.id, Challenge.title, Challenge.state, Challenge.due_on)
    rows = db.session.execute(
        select(*columns, Challenge.proposer_id, Challenge.line_unit_id)
        .where(Challenge.id.in_(union_all(*ids)))  # each part by its own index
        .order_by(Challenge.state_since.desc(), Challenge.id.desc())
        .limit(most)
    )
    return [Mine(*row) for row in rows]


def waiting_for(actor: Actor, own: list[Mine]) -> list[Waiting]:
    """Return what waits for a person among challenges: in ``own``, from ``mine``, and on the desks."""
    found = [_waiting(actor, challenge) for challenge in own]
    return [w for w in found if w is not None] + _desks(actor)


_WITH_UNIT = (State.SUBMITTED, State.CLARIFICATION, State.ASSESSING, State.CANDIDATE, State.LINE)


def _waiting(actor: Actor, c: Mine) -> Waiting | None:
    """Tell what a challenge asks of ``actor``; None when it is somebody else's turn."""
    title, here = c.title or _("Uten tittel"), {"challenge_id": c.id}
    if c.state == State.DRAFT:
        what = _("Fortsett på kladden din")
        return Waiting("draft", title, what, "challenges.propose", {"draft": c.id}, None, c.id)
    if c.proposer_id == actor.id and c.state == State.CLARIFICATION:
        what = _("Svar på spørsmålet fra porteføljekontoret")
        return Waiting("clarify", title, what, "challenges.show", here, c.due_on, c.id)
    if c.line_unit_id not in actor.managed_units:
        return None
    if c.state == State.LINE:
        what = _("Fortell hva enheten har gjort")
        return Waiting("line_report", title, what, "challenges.show", here, c.due_on, c.id)
    return Waiting("line_offer", title, _("Kan enheten din løse denne?"), "challenges.show", here, None, c.id)


def _desks(actor: Actor) -> list[Waiting]:
    """The office's queue and the board's candidates, as one line each."""
    states = [State.SUBMITTED] * (Role.PORTFOLIO_OFFICE in actor.roles)
    states += [State.CANDIDATE] * (Role.BOARD_MEMBER in actor.roles)
    if not states:
        return []
    rows = db.session.execute(
        select(Challenge.state, func.count(), func.min(Challenge.due_on))
        .where(Challenge.state.in_(states))
        .group_by(Challenge.state)
    )
    return [_desk(State(row[0]), row[1], row[2]) for row in rows]


def _desk(state: State, number: int, due_on: date | None) -> Waiting:
    if state == State.CANDIDATE:
        title = _n("%(num)d kandidat til beslutning", "%(num)d kandidater til beslutning", number)
        return Waiting(
            "candidate", title, _("Avgjør i porteføljestyret"), "challenges.index", {"state": state}
        )
    title = _n("%(num)d utfordring venter på svar", "%(num)d utfordringer venter på svar", number)
    return Waiting("desk", title, str(STATES[state]), "challenges.index", {"desk": 1}, due_on)
