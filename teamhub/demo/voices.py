"""Who follows the demo's challenges, what speaks for and against them, help offered, and searches kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import func, select

from teamhub.challenges.models import ChallengeComment
from teamhub.challenges.saying import AGAINST, FOR
from teamhub.challenges.states import State
from teamhub.challenges.voices import CommentReport, Follower, Offer, SavedSearch
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.demo.organisation import Organisation
from teamhub.demo.proposals import Written
from teamhub.demo.written import read, store

OPEN_TO_VOICES = frozenset({State.SUBMITTED, State.ASSESSING, State.CANDIDATE, State.MISSION, State.LINE})
FOLLOWED, WEIGHED, HELPED = 0.4, 0.25, 0.25
"""How many of those that are open somebody follows, weighs for and against, and offers help to."""
REPORTED = 1


def make(written: list[Written], organisation: Organisation, rng: Random) -> None:
    """Make and store what people have said and asked to hear of."""
    content = read("voices")
    heard = [w for w in written if w.state in OPEN_TO_VOICES]
    store(Follower, [_by(w, person, rng) for w in heard for person in _some(w, FOLLOWED, organisation, rng)])
    store(Offer, list(_offers(heard, content["offer"], organisation, rng)))
    store(ChallengeComment, list(_points(heard, content, organisation, rng)))
    store(CommentReport, _reports(content["report"], organisation))
    store(SavedSearch, list(_searches(content["search"], organisation)))


def _some(w: Written, chance: float, organisation: Organisation, rng: Random) -> list[int]:
    """Return a few people elsewhere, or nobody: ids in no order that means anything."""
    if rng.random() > chance:
        return []
    places = rng.sample(organisation.working, min(3, len(organisation.working)))
    return sorted({rng.choice(place.staff) for place in places} - {w.proposer_id})


def _by(w: Written, person_id: int, rng: Random) -> dict[str, Any]:
    at = w.submitted_at + (clock.now() - timedelta(minutes=1) - w.submitted_at) * rng.random()
    return {"challenge_id": w.id, "person_id": person_id, "created_at": at}


def _offers(
    heard: list[Written], offers: list[dict[str, Any]], organisation: Organisation, rng: Random
) -> Iterator[dict[str, Any]]:
    numbers = count(1)
    for w in heard:
        for person_id in _some(w, HELPED, organisation, rng)[:2]:
            offer = rng.choice(offers)
            said = {"id": next(numbers), "text": offer["text"], "hours": offer.get("hours")}
            yield said | _by(w, person_id, rng)


def _points(
    heard: list[Written], content: dict[str, Any], organisation: Organisation, rng: Random
) -> Iterator[dict[str, Any]]:
    last = db.session.scalar(select(func.max(ChallengeComment.id))) or 0
    numbers = count(last + 1)
    for w in heard:
        for kind, author_id in zip((FOR, AGAINST, FOR), _some(w, WEIGHED, organisation, rng), strict=False):
            at = _by(w, author_id, rng)["created_at"]
            said = {"kind": kind, "body": rng.choice(content[kind]), "version": 1}
            yield {"id": next(numbers), "challenge_id": w.id, "author_id": author_id, "created_at": at} | said


def _reports(report: dict[str, str], organisation: Organisation) -> list[dict[str, Any]]:
    """Let somebody think that the latest comments need a look, for the office to judge."""
    comments = select(ChallengeComment.id).where(ChallengeComment.kind == "comment")
    ids = db.session.scalars(comments.order_by(ChallengeComment.id.desc()).limit(REPORTED))
    reporter_id, at = organisation.persona("unitmanager").id, clock.now() - timedelta(hours=3)
    return [
        {"id": n, "comment_id": id_, "reporter_id": reporter_id, "created_at": at} | report
        for n, id_ in enumerate(ids, 1)
    ]


def _searches(searches: list[dict[str, Any]], organisation: Organisation) -> Iterator[dict[str, Any]]:
    for number, search in enumerate(searches, 1):
        said = {key: value for key, value in search.items() if key != "persona"}
        whose = organisation.persona(search["persona"]).id
        yield {"id": number, "person_id": whose, "looked_at": clock.now(), "version": 1} | said
