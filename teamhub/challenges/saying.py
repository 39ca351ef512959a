"""Puts words into the conversation of a challenge, and tells of whom they mention."""

from __future__ import annotations

from teamhub.access.actor import Actor
from teamhub.challenges.events import ChallengeCommented
from teamhub.challenges.models import Challenge, ChallengeComment
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.twice import just_made
from teamhub.people import mentions

COMMENT, FOR, AGAINST = "comment", "for", "against"
POINTS = (FOR, AGAINST)


def say(actor: Actor, challenge: Challenge, body: str, kind: str = COMMENT) -> int:
    """Add a comment, or a point for or against, and return its id; the same one when it is sent twice."""
    if not body:
        raise DomainError(_("Skriv noe før du sender."), field="body")
    c = ChallengeComment
    same = (c.challenge_id == challenge.id, c.author_id == actor.id, c.kind == kind, c.body == body)
    if (sent := just_made(c, *same, c.deleted_at.is_(None))) is not None:
        return sent
    said = c(challenge_id=challenge.id, author_id=actor.id or 0, body=body, kind=kind)
    db.session.add(said)
    db.session.flush()
    told = list(mentions.find(body).people)
    emit(
        db.session(),
        ChallengeCommented(actor_id=actor.id, object_id=challenge.id, comment_id=said.id, mentioned=told),
    )
    return said.id
