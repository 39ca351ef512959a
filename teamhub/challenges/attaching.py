"""Putting files on a challenge, saying what they show, and taking them off again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.attachments import checking, queries, store
from teamhub.attachments.models import Attachment
from teamhub.challenges.commands import fresh
from teamhub.challenges.events import ChallengeFileAdded, ChallengeFileRemoved
from teamhub.challenges.models import Challenge
from teamhub.challenges.states import State
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.core.twice import just_made

MOST_FILES = 10
LONGEST_NAME = 200


def attach(actor: Actor, challenge_id: int, uploads: Iterable[FileStorage]) -> int:
    """Look into some files, keep them, and put them on a challenge: all of them or none. Return how many.

    One that was put there a moment ago, sent twice, is not put there again.

    Raises DomainError that names the file that was refused, and why. The looking takes time, so no
    transaction is held meanwhile; a file that is kept without its row is swept away the next day.
    """
    chosen = [upload for upload in uploads if upload.filename]
    kept: list[tuple[checking.Checked, store.Kept]] = []
    with store.workroom() as room:
        found = [_looked_into(upload, room) for upload in chosen]
        kept = [(each, store.keep(each.path)) for each in found]
    try:
        _put_on(actor, challenge_id, kept)
    except BaseException:
        for _each, file in kept:
            store.throw_away(file.uid)
        raise
    return len(kept)


def _looked_into(upload: FileStorage, room: Path) -> checking.Checked:
    name = "".join(c for c in upload.filename or "" if c.isprintable()).replace("\\", "/").rpartition("/")[2]
    received = store.receive(upload.stream, room, checking.LARGEST_BYTES)
    return checking.check(received, name[-LONGEST_NAME:], room)


@command
def _put_on(actor: Actor, challenge_id: int, files: list[tuple[checking.Checked, store.Kept]]) -> None:
    """Write the rows of files that are kept already."""
    challenge = fresh(challenge_id)
    authorize(actor, Action.CHALLENGE_ATTACH, challenge)
    _leave_room(actor, challenge, files)
    for checked, kept in files:
        same = (Attachment.challenge_id == challenge.id, Attachment.name == checked.name)
        if just_made(Attachment, *same, Attachment.sha256 == kept.sha256) is not None:
            store.throw_away(kept.uid)
            continue
        row = Attachment(
            uid=kept.uid, challenge_id=challenge.id, name=checked.name, media_type=checked.media_type,
            size=kept.size, sha256=kept.sha256, uploaded_by_id=actor.id or 0,
        )  # fmt: skip
        db.session.add(row)
        if challenge.state != State.DRAFT:
            emit(
                db.session(),
                ChallengeFileAdded(actor_id=actor.id, object_id=challenge.id, name=checked.name),
            )


@command
def describe(actor: Actor, challenge_id: int, attachment_id: int, description: str) -> None:
    """Say what a file shows, for those who do not see it."""
    challenge = fresh(challenge_id)
    authorize(actor, Action.CHALLENGE_ATTACH, challenge)
    _attached(challenge_id, attachment_id).description = description


@command
def take_off(actor: Actor, challenge_id: int, attachment_id: int) -> None:
    """Take a file off a challenge. The file itself is swept away within two days. Harmless when it is off."""
    challenge = fresh(challenge_id)
    authorize(actor, Action.CHALLENGE_ATTACH, challenge)
    attachment = queries.get(challenge_id, attachment_id)
    if attachment is None:
        return
    db.session.delete(attachment)
    if challenge.state != State.DRAFT:
        emit(
            db.session(),
            ChallengeFileRemoved(actor_id=actor.id, object_id=challenge.id, name=attachment.name),
        )


def _attached(challenge_id: int, attachment_id: int) -> Attachment:
    attachment = queries.get(challenge_id, attachment_id)
    if attachment is None:
        raise DomainError(_("Vedlegget er tatt bort."))
    return attachment


def _leave_room(actor: Actor, challenge: Challenge, files: list[tuple[checking.Checked, store.Kept]]) -> None:
    """See that a challenge has not too many files, and a person not too much."""
    there = select(func.count()).where(Attachment.challenge_id == challenge.id)
    if (db.session.scalar(there) or 0) + len(files) > MOST_FILES:
        raise DomainError(_("En utfordring kan ha høyst %(most)d vedlegg.", most=MOST_FILES))
    most = int(current_app.config["ATTACHMENTS_MB_PER_PERSON"]) * 1_000_000
    if queries.room_taken(actor.id) + sum(kept.size for _checked, kept in files) > most:
        raise DomainError(_("Du har ikke plass til flere vedlegg. Ta bort noen du ikke trenger lenger."))
