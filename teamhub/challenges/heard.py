"""Reads of what colleagues say about a challenge and offer to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, joinedload

from teamhub.challenges.models import Challenge, ChallengeComment
from teamhub.challenges.queries import family
from teamhub.challenges.voices import CommentReport, CommentVersion, Offer
from teamhub.core.db import db
from teamhub.core.differences import Piece, between
from teamhub.people.models import Person, Unit


@dataclass(frozen=True)
class Help:
    """What somebody can contribute, and for how many hours a week, if they said so."""

    id: int
    person_id: int
    hours: int | None
    text: str
    person: str
    unit: str


def offers(challenge_id: int) -> Select[Any]:
    """Return the offers to a challenge, and to those that live on in it, in the columns of ``Help``."""
    columns: tuple[Any, ...] = (Offer.id, Offer.person_id, Offer.hours, Offer.text, Person.name, Unit.name)
    return (
        select(*columns)
        .join(Person, Person.id == Offer.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Offer.challenge_id.in_(family(challenge_id)))
    )


def offers_of(challenge_id: int, *, most: int = 200) -> list[Help]:
    """Return who has offered to help with a challenge, and how, the first to offer first."""
    rows = db.session.execute(offers(challenge_id).order_by(Offer.id).limit(most))
    return [Help(*row) for row in rows]


def comment_of(challenge_id: int, comment_id: int) -> ChallengeComment | None:
    """Return a comment under a challenge, with its author and unit."""
    return db.session.scalar(
        select(ChallengeComment)
        .where(ChallengeComment.id == comment_id, ChallengeComment.challenge_id == challenge_id)
        .options(joinedload(ChallengeComment.author).joinedload(Person.unit))
    )


@dataclass(frozen=True)
class Wording:
    """What a comment said until it was edited at ``until``, None while it still does.

    ``pieces`` tell how it differs from the wording before.
    """

    until: datetime | None
    pieces: list[Piece]


def history(comment: ChallengeComment) -> list[Wording]:
    """Return all a comment has said, the newest first."""
    kept = db.session.execute(
        select(CommentVersion.body, CommentVersion.replaced_at)
        .where(CommentVersion.comment_id == comment.id)
        .order_by(CommentVersion.id)
    ).all()
    said = [*((row.body, row.replaced_at) for row in kept), (comment.body, None)]
    first = Wording(said[0][1], [Piece("same", said[0][0])])
    later = [Wording(until, between(before, body)) for (before, _), (body, until) in pairwise(said)]
    return [first, *later][::-1]


@dataclass(frozen=True)
class Reported:
    """A comment somebody thinks should not stand: what it says, whose it is, and why it was reported."""

    comment_id: int
    challenge_id: int
    title: str
    body: str
    author: str
    at: datetime
    reasons: list[tuple[str, str]]


def reported(*, most: int = 50) -> list[Reported]:
    """Return the comments that wait for the office's judgement, the longest waiting first."""
    author, reporter = aliased(Person), aliased(Person)
    waits = (
        select(CommentReport.comment_id, func.min(CommentReport.id).label("first"))
        .where(CommentReport.outcome.is_(None))
        .group_by(CommentReport.comment_id)
        .order_by(func.min(CommentReport.id))
        .limit(most)
        .subquery()
    )
    of_comment: tuple[Any, ...] = (
        ChallengeComment.id,
        Challenge.id,
        Challenge.title,
        ChallengeComment.body,
        author.name,
    )
    rows = db.session.execute(
        select(*of_comment, ChallengeComment.created_at, reporter.name, CommentReport.reason)
        .join(waits, waits.c.comment_id == ChallengeComment.id)
        .join(CommentReport, CommentReport.comment_id == ChallengeComment.id)
        .join(Challenge, Challenge.id == ChallengeComment.challenge_id)
        .join(author, author.id == ChallengeComment.author_id)
        .join(reporter, reporter.id == CommentReport.reporter_id)
        .where(CommentReport.outcome.is_(None))
        .order_by(waits.c.first, CommentReport.id)
    )
    found: dict[int, Reported] = {}
    for row in rows:
        reported = Reported(*row[:6], reasons=[])
        found.setdefault(reported.comment_id, reported).reasons.append((row[6], row[7]))
    return list(found.values())
