"""What a challenge's texts have been: each edit after it was sent is kept, and any two can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from teamhub.challenges.models import Challenge, ChallengeVersion
from teamhub.core.db import db
from teamhub.core.differences import Piece, between
from teamhub.people.models import Person

TEXTS = ("title", "situation", "affected", "evidence", "suggestion")


@dataclass(frozen=True)
class Version:
    """How the texts stood from ``since``, written by somebody. The newest is the challenge as it is."""

    number: int
    since: datetime
    by_id: int | None
    by: str | None
    texts: dict[str, str]
    is_newest: bool = False


@dataclass(frozen=True)
class Difference:
    """One of the texts in two versions: ``pieces`` tell how the one became the other."""

    name: str
    pieces: list[Piece]

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != "same" for piece in self.pieces)


def texts_of(challenge: Challenge | ChallengeVersion) -> dict[str, str]:
    """Return the texts of a challenge, or of a version of it, by name."""
    return {name: getattr(challenge, name) for name in TEXTS}


def keep(challenge: Challenge, was: dict[str, str], by_id: int | None) -> None:
    """Keep the texts as they were before an edit, if the edit changed any."""
    if was == texts_of(challenge):
        return
    numbers = select(func.max(ChallengeVersion.number)).where(ChallengeVersion.challenge_id == challenge.id)
    number = (db.session.scalar(numbers) or 0) + 1
    db.session.add(ChallengeVersion(challenge_id=challenge.id, number=number, replaced_by_id=by_id, **was))


def of(challenge: Challenge) -> list[Version]:
    """Return all versions of a challenge, the first one first. Its proposer must be loaded."""
    kept = db.session.execute(
        select(ChallengeVersion, Person.name)
        .outerjoin(Person, Person.id == ChallengeVersion.replaced_by_id)
        .where(ChallengeVersion.challenge_id == challenge.id)
        .order_by(ChallengeVersion.number)
    ).all()
    since = challenge.submitted_at or challenge.created_at
    by_id, by = challenge.proposer_id, challenge.proposer.name if challenge.proposer else None
    found: list[Version] = []
    for row, name in kept:
        found.append(Version(row.number, since, by_id, by, texts_of(row)))
        since, by_id, by = row.replaced_at, row.replaced_by_id, name
    return [*found, Version(len(found) + 1, since, by_id, by, texts_of(challenge), is_newest=True)]


def compare(old: Version, new: Version) -> list[Difference]:
    """Return what became of each of the texts between two versions."""
    return [Difference(name, between(old.texts[name], new.texts[name])) for name in TEXTS]
