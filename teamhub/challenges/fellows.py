"""Standing behind a challenge together: the proposer asks, a colleague accepts, and either can step back."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize, can
from teamhub.challenges.commands import fresh
from teamhub.challenges.events import FellowAnswered, FellowAsked, FellowRemoved
from teamhub.challenges.models import CoProposer
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.people.models import Person

MOST = 10


def of(challenge_id: int) -> list[CoProposer]:
    """Return who has been asked to stand behind a challenge, in the order they were asked."""
    asked = select(CoProposer).where(CoProposer.challenge_id == challenge_id)
    names = joinedload(CoProposer.person).joinedload(Person.unit)
    return list(db.session.scalars(asked.options(names).order_by(CoProposer.asked_at, CoProposer.person_id)))


@command
def ask(actor: Actor, challenge_id: int, person_id: int | None) -> None:
    """Ask a colleague to stand behind a challenge. Asked again, they may answer again.

    Raises DomainError when it cannot be that colleague.
    """
    challenge = fresh(challenge_id)
    authorize(actor, Action.CHALLENGE_ASK_FELLOW, challenge)
    is_colleague = select(Person.id).where(Person.id == person_id, Person.is_active)
    if person_id in {challenge.proposer_id, challenge.written_by_id} or not db.session.scalar(is_colleague):
        raise DomainError(_("Velg en kollega fra lista."), field="person_id")
    asked = db.session.get(CoProposer, (challenge_id, person_id))
    if asked is not None and asked.accepted is not False:
        return
    number = select(func.count()).where(CoProposer.challenge_id == challenge_id)
    if asked is None and (db.session.scalar(number) or 0) >= MOST:
        raise DomainError(_("Høyst %(most)d kan stå bak sammen med deg.", most=MOST), field="person_id")
    if asked is None:
        asked = CoProposer(challenge_id=challenge_id, person_id=person_id)
        db.session.add(asked)
    asked.accepted = None
    emit(db.session(), FellowAsked(actor_id=actor.id, object_id=challenge_id, person_id=asked.person_id))


@command
def answer(actor: Actor, challenge_id: int, *, accepts: bool) -> None:
    """Say whether one will stand behind a challenge. Raises Forbidden when one is not asked."""
    fresh(challenge_id)
    asked = db.session.get(CoProposer, (challenge_id, actor.id or 0))
    authorize(actor, Action.CHALLENGE_ANSWER_FELLOW, asked)
    if asked is None or asked.accepted is accepts:
        return
    asked.accepted = accepts
    emit(db.session(), FellowAnswered(actor_id=actor.id, object_id=challenge_id, accepts=accepts))


@command
def remove(actor: Actor, challenge_id: int, person_id: int) -> None:
    """Let somebody stand behind a challenge no longer: oneself, or whom the proposer has asked."""
    challenge = fresh(challenge_id)
    asked = db.session.get(CoProposer, (challenge_id, person_id))
    if can(actor, Action.CHALLENGE_ANSWER_FELLOW, asked):
        authorize(actor, Action.CHALLENGE_ANSWER_FELLOW, asked)
    else:
        authorize(actor, Action.CHALLENGE_ASK_FELLOW, challenge)
    if asked is not None:
        db.session.delete(asked)
        emit(db.session(), FellowRemoved(actor_id=actor.id, object_id=challenge_id, person_id=person_id))
