"""Reads of one challenge, and of what waits for somebody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, func, or_, select, union_all
from sqlalchemy.orm import joinedload

from teamhub.access.actor import Actor, Role
from teamhub.access.policy import Action, can
from teamhub.challenges.models import Answer, Challenge, ChallengeComment, Support, search_stems
from teamhub.challenges.names import STATES
from teamhub.challenges.states import UNANSWERED, State
from teamhub.core.db import db
from teamhub.core.fulltext import Index
from teamhub.core.i18n import _, _n
from teamhub.core.waiting import Waiting
from teamhub.people.models import Person, Unit

INDEX = Index("challenge_fts", Challenge.id, Challenge.stems)

SHORTEST_TITLE = 8
"""Characters of a title before it is worth looking for similar ones."""

CANDIDATES = 40
ALIKE = 45
MOST_ALIKE = 3


@dataclass(frozen=True)
class Similar:
    """A challenge that resembles what somebody is writing."""

    id: int
    title: str
    state: State
    unit: str | None
    submitted_at: datetime | None
    support_units: int
    support_people: int


@dataclass(frozen=True)
class Experience:
    """One «gjelder oss også»: which unit, in which area, and what it is like there."""

    person_id: int
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


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the SQL of CHALLENGE_VIEW: all but other people's drafts."""
    own = Challenge.proposer_id == actor.id
    return or_(own, Challenge.state != State.DRAFT) if Role.EMPLOYEE in actor.roles else own


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
        )
    )
    return challenge if challenge and can(actor, Action.CHALLENGE_VIEW, challenge) else None


def experiences(challenge_id: int, *, most: int = 500) -> list[Experience]:
    """Return who said «gjelder oss også», those with a story of their own first, then by unit."""
    rows = db.session.execute(
        select(Support.person_id, Support.unit_id, Unit.name, Unit.division_id, Support.experience)
        .join(Unit, Unit.id == Support.unit_id)
        .where(Support.challenge_id == challenge_id)
        .order_by(Support.experience == "", Unit.name, Support.id)
        .limit(most)
    )
    return [Experience(*row) for row in rows]


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


def similar(text: str, *, most: int = MOST_ALIKE) -> list[Similar]:
    """Return up to ``most`` submitted challenges that resemble ``text``, best first.

    The index proposes candidates by rare common words; RapidFuzz's token set ratio over the stems
    ranks them, so that word order, inflection and length matter little.
    """
    if len(text.strip()) < SHORTEST_TITLE:
        return []
    ids = INDEX.best(text, CANDIDATES)
    rows = db.session.execute(
        select(
            Challenge.id,
            Challenge.title,
            Challenge.state,
            func.coalesce(Unit.name, Challenge.submitted_by),
            Challenge.submitted_at,
            Challenge.support_units,
            Challenge.support_people,
            Challenge.stems,
        )
        .outerjoin(Unit, Unit.id == Challenge.unit_id)
        .where(Challenge.id.in_(ids), Challenge.state.not_in((State.DRAFT, State.WITHDRAWN)))
    ).all()
    wanted = search_stems(text)
    scored = sorted(
        ((_likeness(wanted, row.title, row.stems), row) for row in rows), key=lambda one: (-one[0], one[1].id)
    )
    return [Similar(*row[:-1]) for score, row in scored if score >= ALIKE][:most]


def _likeness(wanted: str, title: str, stems: str) -> float:
    """Weigh likeness to the title over likeness to the whole text, which long texts win by chance."""
    to_title: float = fuzz.token_set_ratio(wanted, search_stems(title))
    to_text: float = fuzz.token_set_ratio(wanted, stems)
    return 0.7 * to_title + 0.3 * to_text


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
    ids = [select(Challenge.id).where(Challenge.proposer_id == actor.id)]
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
    if c.proposer_id == actor.id and c.state == State.DRAFT:
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
