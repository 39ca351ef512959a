"""Whom the office can ask to assess a challenge, and whom not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from teamhub.access.actor import Role
from teamhub.assessments.models import Assessment
from teamhub.assessments.rounds import Round
from teamhub.challenges.models import Challenge, CoProposer
from teamhub.core.db import db
from teamhub.people.models import Office, Person, Unit
from teamhub.people.queries import in_force

SUGGESTED = (Role.UNIT_MANAGER, Role.DIRECTOR, Role.BOARD_MEMBER, Role.PORTFOLIO_OFFICE)
"""Who can be asked without being searched for: those who weigh matters against each other already."""

MOST_SUGGESTED = 6


@dataclass(frozen=True)
class Suggested:
    """Somebody the office could ask, with how many assessments they owe already."""

    id: int
    name: str
    job_title: str
    division_id: int | None
    division: str
    owed: int


def own_to(challenge: Challenge) -> frozenset[int]:
    """Return for whom a challenge is their own: they can ask for judgment, but not give it."""
    asked = db.session.scalars(
        select(CoProposer.person_id).where(
            CoProposer.challenge_id == challenge.id, CoProposer.accepted.is_not(False)
        )
    )
    own = {challenge.proposer_id, challenge.written_by_id, *asked}
    return frozenset(id_ for id_ in own if id_ is not None)


def suggestions(challenge: Challenge, asked: Collection[int | None], own: Collection[int]) -> list[Suggested]:
    """Return leaders, board and office from other areas than the challenge's and those ``asked`` already.

    One from each area: who owes the fewest assessments now.
    """
    owed = (
        select(func.count())
        .where(Assessment.assessor_id == Person.id, Assessment.submitted_at.is_(None))
        .correlate(Person)
        .scalar_subquery()
    )
    division = aliased(Unit)
    can_judge = select(Office.person_id).where(Office.kind.in_(SUGGESTED), in_force(Office))
    place = func.row_number().over(partition_by=division.id, order_by=(owed, Person.name, Person.id))
    found = (
        select(
            Person.id,
            Person.name,
            Person.job_title,
            division.id.label("division_id"),
            division.name.label("division"),
            owed.label("owed"),
            place.label("place"),
        )
        .join(Unit, Unit.id == Person.unit_id)
        .join(division, division.id == Unit.division_id)
        .where(
            Person.is_active,
            Person.id.in_(can_judge),
            Person.id.not_in(sorted(own)),
            division.id.not_in([id_ for id_ in {challenge.division_id, *asked} if id_ is not None]),
        )
        .subquery()
    )
    rows = db.session.execute(
        select(*[column for column in found.c if column.name != "place"])
        .where(found.c.place == 1)
        .order_by(found.c.owed, found.c.division_id)
        .limit(MOST_SUGGESTED)
    )
    return [Suggested(*row) for row in rows]


def may_have_seen(one: Round) -> list[ColumnElement[bool]]:
    """Return the conditions on persons that they may have seen an open round without being asked."""
    if not one.is_open:
        return []
    seers = (Role.PORTFOLIO_OFFICE, Role.BOARD_MEMBER)
    holders = select(Office.person_id).where(Office.kind.in_(seers), in_force(Office))
    return [or_(Person.id.in_(holders), Person.id == one.proposer_id)]
