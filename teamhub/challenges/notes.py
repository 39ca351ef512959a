"""Private notes of those who assess and answer a challenge: apart from everything others read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize, can
from teamhub.challenges.events import NoteRemoved, NoteWritten
from teamhub.challenges.models import Challenge
from teamhub.challenges.office import PrivateNote
from teamhub.challenges.states import State
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.core.twice import just_made


@dataclass(frozen=True)
class Folder:
    """The private notes of a challenge, as the policy sees them: who is asked to assess reads them too."""

    challenge_id: int
    title: str
    state: State
    assessors: frozenset[int]


_assessors_of: list[Callable[[int], frozenset[int]]] = []


def assessors_from(source: Callable[[int], frozenset[int]]) -> None:
    """Let the assessments room tell who is asked to assess a challenge; it stands above this one."""
    if source not in _assessors_of:
        _assessors_of.append(source)


def folder(challenge_id: int) -> Folder | None:
    """Return the folder of a challenge's notes, whoever asks; None when there is no such challenge."""
    row = db.session.execute(
        select(Challenge.id, Challenge.title, Challenge.state).where(Challenge.id == challenge_id)
    ).one_or_none()
    if row is None:
        return None
    asked = frozenset[int]().union(*(source(challenge_id) for source in _assessors_of))
    return Folder(row.id, row.title, State(row.state), asked)


def get(actor: Actor, challenge_id: int) -> Folder | None:
    """Return the folder of a challenge's notes, if ``actor`` may open it."""
    found = folder(challenge_id)
    return found if found and can(actor, Action.CHALLENGE_NOTE, found) else None


def notes(actor: Actor, of: Folder, *, most: int = 200) -> list[PrivateNote]:
    """Return the notes ``actor`` may read, oldest first.

    Who still owes an assessment reads only their own: nobody's mark is to follow from another's words.
    """
    found = select(PrivateNote).where(PrivateNote.challenge_id == of.challenge_id)
    if of.challenge_id in actor.assessing:
        found = found.where(PrivateNote.author_id == actor.id)
    ordered = found.options(joinedload(PrivateNote.author)).order_by(PrivateNote.id)
    return list(db.session.scalars(ordered.limit(most)))


@command
def write(actor: Actor, challenge_id: int, body: str) -> int:
    """Add a note, and return its id; the same one when it is sent twice."""
    authorize(actor, Action.CHALLENGE_NOTE, _there(challenge_id))
    if not body:
        raise DomainError(_("Skriv noe før du lagrer."), field="body")
    n = PrivateNote
    same = (n.challenge_id == challenge_id, n.author_id == actor.id, n.body == body)
    if (sent := just_made(n, *same)) is not None:
        return sent
    note = PrivateNote(challenge_id=challenge_id, author_id=actor.id or 0, body=body)
    db.session.add(note)
    db.session.flush()
    emit(db.session(), NoteWritten(actor_id=actor.id, object_id=note.id))
    return note.id


@command
def remove(actor: Actor, challenge_id: int, note_id: int) -> None:
    """Take away a note of one's own. Nothing happens when it is gone already."""
    authorize(actor, Action.CHALLENGE_NOTE, _there(challenge_id))
    note = db.session.get(PrivateNote, note_id)
    if note is None or note.author_id != actor.id or note.challenge_id != challenge_id:
        return
    db.session.delete(note)
    emit(db.session(), NoteRemoved(actor_id=actor.id, object_id=note_id))


def _there(challenge_id: int) -> Folder:
    """The folder, read with the challenge locked, so that two who press at once write one after the other."""
    db.session.execute(select(Challenge.id).where(Challenge.id == challenge_id).with_for_update())
    found = folder(challenge_id)
    if found is None:
        raise DomainError(_("Utfordringen finnes ikke lenger."))
    return found
