"""What becomes of words once they are said: changed by their author, taken away, reported, judged."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.challenges.commands import fresh
from teamhub.challenges.events import (
    CommentDeleted,
    CommentEdited,
    CommentReported,
    CommentReportsJudged,
    CommentRestored,
)
from teamhub.challenges.models import ChallengeComment
from teamhub.challenges.voices import CommentReport, CommentVersion
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.errors import Conflict, DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.people import mentions

KEPT, REMOVED = "kept", "removed"


@command
def edit_comment(actor: Actor, challenge_id: int, comment_id: int, body: str, *, version: int) -> None:
    """Change what one has said. What it said before is kept. Raises Conflict when it has changed since."""
    comment = _there(challenge_id, comment_id)
    authorize(actor, Action.COMMENT_CHANGE, comment)
    if comment.version != version:
        raise Conflict(_("Innlegget er endret siden du åpnet det."), comment)
    if not body:
        raise DomainError(_("Skriv noe, eller slett innlegget."), field="body")
    if body == comment.body:
        return
    before = mentions.find(comment.body).people
    db.session.add(CommentVersion(comment_id=comment_id, body=comment.body))
    comment.body, comment.edited_at = body, clock.now()
    db.session.flush()
    emit(
        db.session(),
        CommentEdited(
            actor_id=actor.id,
            object_id=challenge_id,
            comment_id=comment_id,
            mentioned=[id_ for id_ in mentions.find(body).people if id_ not in before],
        ),
    )


@command
def delete_comment(actor: Actor, challenge_id: int, comment_id: int) -> None:
    """Take away what one has said. That it was there still shows. Nothing happens when it is gone already."""
    comment = _there(challenge_id, comment_id)
    if comment.deleted_at is not None:
        authorize(actor, Action.COMMENT_RESTORE, comment)
        return
    authorize(actor, Action.COMMENT_CHANGE, comment)
    _take_away(actor, comment)
    emit(db.session(), CommentDeleted(actor_id=actor.id, object_id=challenge_id, comment_id=comment_id))


@command
def moderate(actor: Actor, challenge_id: int, comment_id: int, *, reason: str) -> None:
    """Take away what somebody else has said, with a reason they and the readers see."""
    comment = _there(challenge_id, comment_id)
    authorize(actor, Action.COMMENT_MODERATE)
    if comment.deleted_at is not None:
        return
    if not reason:
        raise DomainError(_("Skriv hvorfor innlegget blir fjernet."), field="reason")
    _take_away(actor, comment, because=reason)
    emit(
        db.session(),
        CommentDeleted(
            actor_id=actor.id,
            object_id=challenge_id,
            comment_id=comment_id,
            moderated=comment.author_id,
        ),
    )
    _settle_reports(actor, comment, REMOVED)


@command
def restore_comment(actor: Actor, challenge_id: int, comment_id: int) -> None:
    """Bring back what one took away oneself. Nothing happens when it stands already."""
    comment = _there(challenge_id, comment_id)
    if comment.deleted_at is None:
        authorize(actor, Action.CHALLENGE_VIEW, fresh(challenge_id))
        return
    authorize(actor, Action.COMMENT_RESTORE, comment)
    last = db.session.scalar(
        select(CommentVersion)
        .where(CommentVersion.comment_id == comment_id)
        .order_by(CommentVersion.id.desc())
        .limit(1)
    )
    if last is None:
        raise DomainError(_("Innlegget kan ikke hentes tilbake."))
    comment.body, comment.deleted_because = last.body, ""
    comment.deleted_at, comment.deleted_by_id = None, None
    db.session.execute(delete(CommentVersion).where(CommentVersion.id == last.id))
    db.session.flush()
    emit(db.session(), CommentRestored(actor_id=actor.id, object_id=challenge_id, comment_id=comment_id))


@command
def report(actor: Actor, challenge_id: int, comment_id: int, *, reason: str) -> None:
    """Ask the office to look at what somebody has said. Again replaces the reason, and asks anew."""
    comment = _there(challenge_id, comment_id)
    authorize(actor, Action.COMMENT_REPORT, comment)
    if not reason:
        raise DomainError(_("Skriv kort hva som er galt med innlegget."), field="reason")
    told = db.session.scalar(
        select(CommentReport).where(
            CommentReport.comment_id == comment_id, CommentReport.reporter_id == actor.id
        )
    )
    waits = told is not None and told.outcome is None
    if told is None:
        told = CommentReport(comment_id=comment_id, reporter_id=actor.id or 0)
        db.session.add(told)
    told.reason, told.outcome, told.judged_at, told.judged_by_id = reason, None, None, None
    db.session.flush()
    if not waits:
        emit(db.session(), CommentReported(actor_id=actor.id, object_id=challenge_id, comment_id=comment_id))


@command
def keep(actor: Actor, challenge_id: int, comment_id: int) -> None:
    """Let a reported comment stand. Nothing happens when nobody reports it any more."""
    comment = _there(challenge_id, comment_id)
    authorize(actor, Action.COMMENT_MODERATE)
    _settle_reports(actor, comment, KEPT)


def _there(challenge_id: int, comment_id: int) -> ChallengeComment:
    """Return a comment, locked until the command ends. Raises DomainError when there is none."""
    c = ChallengeComment
    found = select(c).where(c.id == comment_id, c.challenge_id == challenge_id).with_for_update(of=c)
    comment = db.session.scalar(found.execution_options(populate_existing=True))
    if comment is None:
        raise DomainError(_("Innlegget finnes ikke lenger."))
    return comment


def _take_away(actor: Actor, comment: ChallengeComment, *, because: str = "") -> None:
    """Leave the trace alone: the words are kept where only bringing them back reads them."""
    db.session.add(CommentVersion(comment_id=comment.id, body=comment.body))
    comment.body, comment.deleted_because = "", because
    comment.deleted_at, comment.deleted_by_id = clock.now(), actor.id
    db.session.flush()


def _settle_reports(actor: Actor, comment: ChallengeComment, outcome: str) -> None:
    """Judge all open reports of a comment, and tell of it if there were any."""
    r = CommentReport
    reporters = db.session.scalars(
        update(r)
        .where(r.comment_id == comment.id, r.outcome.is_(None))
        .values(outcome=outcome, judged_at=clock.now(), judged_by_id=actor.id)
        .returning(r.reporter_id)
        .execution_options(synchronize_session=False)
    ).all()
    if reporters:
        judged = CommentReportsJudged(
            actor_id=actor.id,
            object_id=comment.challenge_id,
            comment_id=comment.id,
            removed=outcome == REMOVED,
            reporters=sorted(reporters),
        )
        emit(db.session(), judged)
