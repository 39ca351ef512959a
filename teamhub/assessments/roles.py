"""Which challenges a person is asked to assess: part of every actor."""

from __future__ import annotations

from sqlalchemy import BindParameter, bindparam, func, literal, select

from teamhub.assessments.models import Assessment
from teamhub.assessments.states import ASSESSABLE
from teamhub.challenges.models import Answer, Challenge
from teamhub.challenges.states import REOPENED_FROM
from teamhub.core.db import db

_person: BindParameter[int] = bindparam("person_id")

CURRENT_ROUND = (
    select(1 + func.count(Answer.id))
    .where(Answer.challenge_id == Challenge.id, Answer.from_state.in_(REOPENED_FROM))
    .correlate(Challenge)
    .scalar_subquery()
)
"""SQL of the round a challenge is in: one more each time it is reopened."""

AWAITED = (
    Assessment.submitted_at.is_(None),
    Challenge.state.in_(ASSESSABLE),
    Assessment.round == CURRENT_ROUND,
)
"""SQL of an assessment, joined to its challenge, that somebody still owes."""

ASSESSING = (
    select(literal("assessing"), literal(""), Assessment.challenge_id)
    .join(Challenge, Challenge.id == Assessment.challenge_id)
    .where(Assessment.assessor_id == _person, *AWAITED)
)
"""The challenges a person is asked to assess and has not: a field of Actor, nothing, an id."""


def assessors_of(challenge_id: int) -> frozenset[int]:
    """Return who has been asked to assess a challenge, in any round."""
    asked = select(Assessment.assessor_id).where(Assessment.challenge_id == challenge_id)
    return frozenset(db.session.scalars(asked))
