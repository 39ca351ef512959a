"""Reads of attached files."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from teamhub.attachments.checking import PICTURES
from teamhub.attachments.models import Attachment
from teamhub.core.db import db


@dataclass(frozen=True)
class File:
    """An attached file in a list. ``size`` in bytes."""

    id: int
    name: str
    description: str
    media_type: str
    size: int
    uploaded_by_id: int

    @property
    def is_picture(self) -> bool:
        return self.media_type in PICTURES


def of_challenge(challenge_id: int) -> list[File]:
    """Return the files attached to a challenge, in the order they came."""
    a = Attachment
    columns = (a.id, a.name, a.description, a.media_type, a.size, a.uploaded_by_id)
    rows = db.session.execute(select(*columns).where(a.challenge_id == challenge_id).order_by(a.id))
    return [File(*row) for row in rows]


def get(challenge_id: int, attachment_id: int) -> Attachment | None:
    """Return a file attached to just this challenge."""
    return db.session.scalar(
        select(Attachment).where(Attachment.id == attachment_id, Attachment.challenge_id == challenge_id)
    )


def room_taken(person_id: int | None) -> int:
    """Return how many bytes a person's files take."""
    return (
        db.session.scalar(
            select(func.coalesce(func.sum(Attachment.size), 0)).where(Attachment.uploaded_by_id == person_id)
        )
        or 0
    )


def without_file(on_disk: set[str]) -> list[str]:
    """Return the names of files that are in the database but not on the disk."""
    return [uid for uid in db.session.scalars(select(Attachment.uid)) if uid not in on_disk]


def known(uids: list[str]) -> set[str]:
    """Return which of these names of files are in the database."""
    return set(db.session.scalars(select(Attachment.uid).where(Attachment.uid.in_(uids))))
