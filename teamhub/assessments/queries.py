"""Reads of assessments. Who may see the marks of a round, the policy says of the round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, can
from teamhub.assessments.models import Assessment, CriteriaSet, Score, Talk
from teamhub.assessments.roles import AWAITED, CURRENT_ROUND
from teamhub.assessments.rounds import Judged, Mark, Round, Spread, Talked
from teamhub.assessments.states import ENOUGH, Criterion
from teamhub.challenges.models import Challenge
from teamhub.challenges.states import State
from teamhub.core.db import db
from teamhub.core.i18n import _
from teamhub.core.waiting import Waiting
from teamhub.people.models import Person, Unit


@dataclass(frozen=True)
class Scored:
    """How an assessed challenge stands, for lists: ranges, never means. ``range`` waits for the talks."""

    assessors: int
    range: Spread | None
    value: Spread
    feasibility: Spread
    to_talk_about: int


def current_round(challenge_id: int) -> int:
    """Return which round a challenge is in: one more each time it is reopened."""
    return db.session.scalar(select(CURRENT_ROUND).where(Challenge.id == challenge_id)) or 1


def rounds(challenge: Challenge) -> list[Round]:
    """Return the rounds of assessments of a challenge, the current one first, at two queries."""
    number = current_round(challenge.id)
    found = _rounds(_marks().where(Assessment.challenge_id == challenge.id))
    first = Round(challenge.id, challenge.proposer_id, State(challenge.state), number, True, [])  # noqa: FBT003
    if not found or found[0].number < number:
        found = [first, *found]
    return found


def _marks() -> Select[Any]:
    """Select one row for each mark, and one for an assessment without any, the latest round first."""
    a, division, writer = Assessment, aliased(Unit), aliased(Person)
    return (
        select(
            a.challenge_id,
            Challenge.proposer_id,
            Challenge.state,
            a.round,
            CURRENT_ROUND.label("current"),
            a.id,
            a.assessor_id,
            Person.name.label("assessor"),
            a.division_id,
            division.name.label("division"),
            a.due_on,
            a.submitted_at,
            CriteriaSet.number,
            CriteriaSet.weights,
            Score.criterion,
            Score.score,
            Score.reason,
            Talk.outcome,
            Talk.written_at,
            writer.name.label("writer"),
        )
        .join(Challenge, Challenge.id == a.challenge_id)
        .join(Person, Person.id == a.assessor_id)
        .join(CriteriaSet, CriteriaSet.id == a.criteria_set_id)
        .outerjoin(division, division.id == a.division_id)
        .outerjoin(Score, (Score.assessment_id == a.id) & a.submitted_at.is_not(None))
        .outerjoin(
            Talk,
            (Talk.challenge_id == a.challenge_id)
            & (Talk.round == a.round)
            & (Talk.criterion == Score.criterion),
        )
        .outerjoin(writer, writer.id == Talk.written_by_id)
        .order_by(a.challenge_id, a.round.desc(), a.submitted_at.is_(None), a.id)
    )


def _rounds(statement: Select[Any]) -> list[Round]:
    """Put the rows of ``_marks`` together. What is not submitted is never read, so it cannot leak."""
    grouped: dict[tuple[int, int], list[Row[Any]]] = defaultdict(list)
    for row in db.session.execute(statement):
        grouped[row.challenge_id, row.round].append(row)
    return [_round(rows) for rows in grouped.values()]


def _round(rows: list[Row[Any]]) -> Round:
    judged: dict[int, Judged] = {}
    talks: dict[Criterion, Talked] = {}
    for row in rows:
        one = judged.setdefault(row.id, _judged(row))
        if row.criterion is not None:
            one.marks[Criterion(row.criterion)] = Mark(row.score, row.reason)
        if row.outcome is not None:
            talks[Criterion(row.criterion)] = Talked(row.outcome, row.writer, row.written_at)
    first, own = rows[0], list(judged.values())
    state, is_current = State(first.state), first.round == first.current
    return Round(first.challenge_id, first.proposer_id, state, first.round, is_current, own, talks)


def _judged(row: Row[Any]) -> Judged:
    return Judged(
        row.id,
        row.assessor_id,
        row.assessor,
        row.division_id,
        row.division,
        row.due_on,
        row.submitted_at,
        row.number,
        row.weights,
    )


def unmarked(one: Round) -> Round:
    """Return a round without its marks, reasons and talks: for one who may not see them."""
    return replace(one, judged=[replace(judged, marks={}) for judged in one.judged], talks={})


def seen_by(actor: Actor, challenge: Challenge) -> list[Round]:
    """Return the rounds of a challenge as ``actor`` may see them: those closed to them without marks."""
    return [one if can(actor, Action.ASSESSMENT_READ, one) else unmarked(one) for one in rounds(challenge)]


def scores_of(actor: Actor, ids: Collection[int]) -> dict[int, Scored]:
    """Return how challenges were judged, those whose assessments ``actor`` may see, at one query.

    For the board's and the portfolio's lists: only the latest round counts, and only when it is open.
    """
    if not ids:
        return {}
    latest: dict[int, Round] = {}
    for one in _rounds(_marks().where(Assessment.challenge_id.in_(sorted(ids)))):
        latest.setdefault(one.challenge_id, one)
    return {id_: _scored(one) for id_, one in latest.items() if can(actor, Action.ASSESSMENT_READ, one)}


def _scored(one: Round) -> Scored:
    return Scored(
        len(one.submitted),
        one.range,
        _spread(judged.value for judged in one.submitted),
        _spread(judged.feasibility for judged in one.submitted),
        len(one.to_talk_about),
    )


def _spread(numbers: Iterable[float]) -> Spread:
    found = list(numbers)
    return Spread(min(found), max(found))


def doubt(challenge_id: int, decision: State) -> str | None:
    """Tell why a challenge should perhaps not become a candidate yet: for whoever decides so."""
    if decision != State.CANDIDATE:
        return None
    areas = db.session.scalar(
        select(func.count(func.coalesce(Assessment.division_id, 0).distinct()))
        .join(Challenge, Challenge.id == Assessment.challenge_id)
        .where(
            Challenge.id == challenge_id,
            Assessment.submitted_at.is_not(None),
            Assessment.round == CURRENT_ROUND,
        )
    )
    if (areas or 0) >= ENOUGH:
        return None
    return _("Den er ikke vurdert av to fra ulike områder. Vil dere gjøre den til kandidat likevel?")


def mine(actor: Actor, challenge_id: int) -> Assessment | None:
    """Return the actor's own assessment of a challenge in its current round, with its marks."""
    return db.session.scalar(
        select(Assessment)
        .join(Challenge, Challenge.id == Assessment.challenge_id)
        .where(
            Challenge.id == challenge_id,
            Assessment.assessor_id == actor.id,
            Assessment.round == CURRENT_ROUND,
        )
        .options(selectinload(Assessment.scores), joinedload(Assessment.criteria_set))
    )


def waiting_for(actor: Actor) -> list[Waiting]:
    """Return the assessments a person owes. Asks the database only when there are any."""
    if not actor.assessing:
        return []
    rows = db.session.execute(
        select(Challenge.id, Challenge.title, Assessment.due_on)
        .join(Assessment, Assessment.challenge_id == Challenge.id)
        .where(Challenge.id.in_(sorted(actor.assessing)), Assessment.assessor_id == actor.id, *AWAITED)
        .order_by(Assessment.due_on, Challenge.id)
    )
    return [_waiting(*row) for row in rows]


def _waiting(id_: int, title: str, due_on: date) -> Waiting:
    what = _("Gi karakter og grunn på åtte kriterier. Ingen ser dem før to har levert.")
    return Waiting("assess", title, what, "assessments.mine", {"challenge_id": id_}, due_on, id_)


def weights_in_force() -> CriteriaSet:
    """Return the latest version of the weights."""
    return db.session.scalars(select(CriteriaSet).order_by(CriteriaSet.number.desc()).limit(1)).one()


@dataclass(frozen=True)
class Version:
    """A version of the weights: when, by whom and why."""

    number: int
    weights: dict[str, int]
    reason: str
    made_by: str | None
    made_at: Any


def versions() -> list[Version]:
    """Return every version of the weights, the newest first, with who made it."""
    c = CriteriaSet
    rows = db.session.execute(
        select(c.number, c.weights, c.reason, Person.name, c.made_at)
        .outerjoin(Person, Person.id == c.made_by_id)
        .order_by(c.number.desc())
    )
    return [Version(*row) for row in rows]
