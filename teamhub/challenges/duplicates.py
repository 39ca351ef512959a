"""Challenges that are probably the same matter, found over the whole store and kept for the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.challenges import likeness
from teamhub.challenges.events import PairSetAside
from teamhub.challenges.merging import MERGEABLE
from teamhub.challenges.models import Challenge
from teamhub.challenges.office import ChallengePair, Merge
from teamhub.challenges.states import OPEN, MergeState, State
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.text import stems
from teamhub.core.transaction import command
from teamhub.people.models import Unit

AT_A_TIME = 50
LONGEST_S = 60.0
PAGE = 20
LEAST_ALIKE = 0.5
FEWEST_WORDS = 6
"""Different words in a text; of what says less nobody can tell whether it is the same."""


@dataclass(frozen=True)
class Side:
    """One of two challenges that may be the same. ``can_go`` when it may live on in the other."""

    id: int
    title: str
    situation: str
    state: State
    unit: str | None
    submitted_at: datetime | None
    support_units: int
    support_people: int

    @property
    def can_go(self) -> bool:
        """Whether it may be merged into another."""
        return self.state in MERGEABLE


@dataclass(frozen=True)
class Pair:
    """Two challenges that may be the same matter: ``share`` is how much of one the other says, 0 to 1."""

    id: int
    share: float
    first: Side
    second: Side

    @property
    def proposal(self) -> tuple[Side, Side]:
        """Which to merge into which: the one that has come furthest, or is felt most widely, lives on."""
        sides = (self.first, self.second)
        survivor = max(sides, key=lambda s: (not s.can_go, s.support_units, s.support_people, -s.id))
        return next(side for side in sides if side is not survivor), survivor


def compare(actor: Actor, *, longest_s: float = LONGEST_S) -> int:
    """Hold those whose text is new against all others, for ``longest_s`` seconds. Return how many."""
    started, done = monotonic(), 0
    while monotonic() - started < longest_s:
        some = _not_compared()
        for id_, text in some:
            _note(actor, id_, _alike(id_, text) | _alike_the_other_way(id_))
        done += len(some)
        if len(some) < AT_A_TIME:
            break
    return done


def _alike(id_: int, text: str) -> dict[int, float]:
    """Return what says most of what a text says: id → share."""
    says_enough = len(set(stems(text))) >= FEWEST_WORDS
    hits = likeness.similar(text, besides=id_) if says_enough else []
    return {hit.id: hit.share for hit in hits if hit.share >= LEAST_ALIKE}


def _alike_the_other_way(id_: int) -> dict[int, float]:
    """Return those paired with a challenge whose own text still says what it says: a short one of a long."""
    pair, c = ChallengePair, Challenge
    other = or_(
        (pair.first_id == id_) & (pair.second_id == c.id), (pair.second_id == id_) & (pair.first_id == c.id)
    )
    rows = db.session.execute(select(c.id, c.title, c.situation).join(pair, other)).all()
    shares = {row.id: _alike(row.id, f"{row.title} {row.situation}").get(id_) for row in rows}
    return {other_id: share for other_id, share in shares.items() if share}


def _not_compared() -> list[tuple[int, str]]:
    c = Challenge
    rows = db.session.execute(
        select(c.id, c.title, c.situation)
        .where(c.compared.is_(False), c.state != State.DRAFT)
        .order_by(c.id.desc())
        .limit(AT_A_TIME)
    )
    return [(row.id, f"{row.title} {row.situation}") for row in rows]


@command
def _note(actor: Actor, challenge_id: int, hits: dict[int, float]) -> None:
    """Keep what a challenge is very like. What was set aside stays so, unless the likeness is gone."""
    authorize(actor, Action.JOB_RUN)
    of_it = or_(ChallengePair.first_id == challenge_id, ChallengePair.second_id == challenge_id)
    db.session.execute(delete(ChallengePair).where(of_it, ChallengePair.set_aside_at.is_(None)))
    ids = select(ChallengePair.first_id, ChallengePair.second_id)
    kept = {tuple(row) for row in db.session.execute(ids.where(of_it))}
    pairs = {(min(challenge_id, other), max(challenge_id, other)): share for other, share in hits.items()}
    rows = [
        {"first_id": pair[0], "second_id": pair[1], "share": share}
        for pair, share in pairs.items()
        if pair not in kept
    ]
    if rows:
        db.session.execute(insert(ChallengePair), rows)
    db.session.execute(
        update(Challenge).where(Challenge.id == challenge_id).values(compared=True, version=Challenge.version)
    )


@command
def set_aside(actor: Actor, pair_id: int) -> None:
    """Note that two are not the same matter. They are not suggested again."""
    authorize(actor, Action.CHALLENGE_DESK)
    pair = _pair(pair_id)
    if pair.set_aside_at is None:
        pair.set_aside_at, pair.set_aside_by_id = clock.now(), actor.id
        emit(db.session(), PairSetAside(actor_id=actor.id, object_id=pair_id, aside=True))


@command
def take_up(actor: Actor, pair_id: int) -> None:
    """Suggest two again that were set aside."""
    authorize(actor, Action.CHALLENGE_DESK)
    pair = _pair(pair_id)
    if pair.set_aside_at is not None:
        pair.set_aside_at = pair.set_aside_by_id = None
        emit(db.session(), PairSetAside(actor_id=actor.id, object_id=pair_id, aside=False))


def get(pair_id: int) -> ChallengePair | None:
    """Return a pair as it is kept. Only the office has a page that asks."""
    return db.session.get(ChallengePair, pair_id)


def pairs(page: int = 1) -> tuple[list[Pair], int]:
    """Return a page of pairs that can be merged, the most alike first, and how many there are."""
    first, second, pair = aliased(Challenge), aliased(Challenge), ChallengePair
    asked = select(Merge.id).where(
        Merge.state == MergeState.ASKED,
        Merge.from_id.in_((pair.first_id, pair.second_id)),
    )
    where = (
        pair.set_aside_at.is_(None),
        or_(
            first.state.in_(MERGEABLE) & second.state.in_(OPEN),
            second.state.in_(MERGEABLE) & first.state.in_(OPEN),
        ),
        ~asked.exists(),
    )
    of_first, of_second = aliased(Unit), aliased(Unit)
    rows = db.session.execute(
        select(
            pair.id, pair.share, func.count().over(),
            *_columns(first, of_first), *_columns(second, of_second),
        )
        .join(first, first.id == pair.first_id)
        .join(second, second.id == pair.second_id)
        .outerjoin(of_first, of_first.id == first.unit_id)
        .outerjoin(of_second, of_second.id == second.unit_id)
        .where(*where)
        .order_by(pair.share.desc(), pair.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()  # fmt: skip
    found = [Pair(row[0], row[1], _side(row[3:11]), _side(row[11:19])) for row in rows]
    return found, rows[0][2] if rows else 0


def _columns(c: Any, unit: Any) -> tuple[Any, ...]:
    where = func.coalesce(unit.name, c.submitted_by)
    return c.id, c.title, c.situation, c.state, where, c.submitted_at, c.support_units, c.support_people


def _side(values: Sequence[Any]) -> Side:
    id_, title, situation, state, *rest = values
    return Side(id_, title, situation, State(state), *rest)


def _pair(pair_id: int) -> ChallengePair:
    found = db.session.scalar(select(ChallengePair).where(ChallengePair.id == pair_id).with_for_update())
    if found is None:
        raise DomainError(_("Disse to ligner ikke lenger på hverandre."))
    return found
