"""Wanting to hear what becomes of a challenge, and offering to help with it."""

from __future__ import annotations

from sqlalchemy import delete, select

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.challenges.commands import fresh
from teamhub.challenges.events import ChallengeFollowed, ChallengeUnfollowed, HelpOffered, HelpWithdrawn
from teamhub.challenges.voices import Follower, Offer
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command

MOST_HOURS = 40


@command
def follow(actor: Actor, challenge_id: int) -> None:
    """Be told what becomes of a challenge. Nothing happens when one is already."""
    challenge = fresh(challenge_id)
    authorize(actor, Action.CHALLENGE_FOLLOW, challenge)
    if db.session.get(Follower, (challenge_id, actor.id or 0)) is not None:
        return
    db.session.add(Follower(challenge_id=challenge_id, person_id=actor.id or 0))
    emit(db.session(), ChallengeFollowed(actor_id=actor.id, object_id=challenge_id))


@command
def unfollow(actor: Actor, challenge_id: int) -> None:
    """Be told no more of a challenge. Nothing happens when one was not."""
    authorize(actor, Action.CHALLENGE_FOLLOW, fresh(challenge_id))
    mine = delete(Follower).where(Follower.challenge_id == challenge_id, Follower.person_id == actor.id)
    if db.session.scalar(mine.returning(Follower.person_id)) is not None:
        emit(db.session(), ChallengeUnfollowed(actor_id=actor.id, object_id=challenge_id))


@command
def offer(actor: Actor, challenge_id: int, text: str, *, hours: int | None = None) -> int:
    """Tell what one can contribute, and return the offer's id. Again replaces what was offered before."""
    challenge = fresh(challenge_id)
    authorize(actor, Action.CHALLENGE_OFFER, challenge)
    if not text:
        raise DomainError(_("Skriv hva du kan bidra med."), field="text")
    if hours is not None and not 1 <= hours <= MOST_HOURS:
        raise DomainError(_("Skriv et tall fra 1 til %(most)s.", most=MOST_HOURS), field="hours")
    offered = _offer_by(actor, challenge_id)
    again = offered is not None
    if offered is None:
        offered = Offer(challenge_id=challenge_id, person_id=actor.id or 0)
        db.session.add(offered)
    elif (offered.text, offered.hours) == (text, hours):
        return offered.id
    offered.text, offered.hours = text, hours
    db.session.flush()
    emit(
        db.session(),
        HelpOffered(actor_id=actor.id, object_id=challenge_id, offer_id=offered.id, again=again),
    )
    return offered.id


@command
def withdraw_offer(actor: Actor, challenge_id: int) -> None:
    """Take back what one has offered. Nothing happens when there is nothing."""
    authorize(actor, Action.CHALLENGE_VIEW, fresh(challenge_id))
    offered = _offer_by(actor, challenge_id)
    if offered is None:
        return
    db.session.delete(offered)
    emit(db.session(), HelpWithdrawn(actor_id=actor.id, object_id=challenge_id))


def _offer_by(actor: Actor, challenge_id: int) -> Offer | None:
    return db.session.scalar(
        select(Offer).where(Offer.challenge_id == challenge_id, Offer.person_id == actor.id)
    )
