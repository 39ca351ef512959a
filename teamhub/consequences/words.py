"""What the words of a notification need beside who and what: plain values, kept with it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from teamhub.calls.models import Call
from teamhub.challenges.models import Answer, Challenge, ChallengeComment, Support
from teamhub.challenges.office import Merge, MergeConsent
from teamhub.challenges.voices import CommentReport, Offer
from teamhub.competence.models import Skill, SkillSuggestion
from teamhub.core.text import shorten
from teamhub.missions.accord import SeatOffer
from teamhub.missions.models import Invitation, Seat, StatusReport
from teamhub.people.models import Person
from teamhub.tasks.models import Task, TaskComment

EXCERPT = 160
"""Characters of somebody's text that are repeated; the whole stands where it was written."""


def _excerpt(text: str | None) -> dict[str, Any]:
    return {"quote": shorten(text or "", EXCERPT)}


def comment(session: Session, event: Any) -> dict[str, Any]:
    """What was written, and where on the page it stands."""
    return _said(session, select(ChallengeComment.body).where(ChallengeComment.id == event.comment_id), event)


def removed_comment(session: Session, event: Any) -> dict[str, Any]:
    """Why the office took somebody's words away, and where they stood."""
    said = select(ChallengeComment.deleted_because).where(ChallengeComment.id == event.comment_id)
    return _said(session, said, event)


def comment_report(session: Session, event: Any) -> dict[str, Any]:
    """What somebody thinks is wrong with a comment."""
    said = select(CommentReport.reason).where(
        CommentReport.comment_id == event.comment_id, CommentReport.reporter_id == event.actor_id
    )
    return _said(session, said, event)


def offer(session: Session, event: Any) -> dict[str, Any]:
    return _excerpt(session.scalar(select(Offer.text).where(Offer.id == event.offer_id)))


def task_comment(session: Session, event: Any) -> dict[str, Any]:
    """What was written, and where on the page it stands."""
    return _said(session, select(TaskComment.body).where(TaskComment.id == event.comment_id), event)


def _said(session: Session, body: Select[Any], event: Any) -> dict[str, Any]:
    return _excerpt(session.scalar(body)) | {"place": f"c{event.comment_id}"}


def experience(session: Session, event: Any) -> dict[str, Any]:
    said = select(Support.experience).where(
        Support.challenge_id == event.object_id, Support.person_id == event.actor_id
    )
    return _excerpt(session.scalar(said))


def reason(session: Session, event: Any) -> dict[str, Any]:
    """The reason of the latest official step."""
    said = select(Answer.reason).where(Answer.challenge_id == event.object_id)
    return _excerpt(session.scalar(said.order_by(Answer.id.desc()).limit(1)))


def merged(session: Session, event: Any) -> dict[str, Any]:
    """What a merged challenge lives on in."""
    survivor = select(Challenge.merged_into_id).where(Challenge.id == event.object_id).scalar_subquery()
    return {"into": session.scalar(select(Challenge.title).where(Challenge.id == survivor))}


def merge_asked(session: Session, event: Any) -> dict[str, Any]:
    """What a challenge may come to live on in, and by when an answer is owed."""
    row = session.execute(
        select(Merge.due_on, Challenge.title)
        .join(Challenge, Challenge.id == Merge.into_id)
        .where(Merge.id == event.merge_id)
    ).one()
    return {"into": row.title, "due": row.due_on.isoformat()}


def merge_answer(session: Session, event: Any) -> dict[str, Any]:
    """Why somebody does not want a merge."""
    said = select(MergeConsent.reason).where(
        MergeConsent.merge_id == event.merge_id, MergeConsent.person_id == event.actor_id
    )
    return _excerpt(session.scalar(said))


def challenge_due(session: Session, event: Any) -> dict[str, Any]:
    due_on = session.scalar(select(Challenge.due_on).where(Challenge.id == event.object_id))
    return {"due": due_on.isoformat() if due_on else None}


def task_due(session: Session, event: Any) -> dict[str, Any]:
    due_on = session.scalar(select(Task.due_on).where(Task.id == event.object_id))
    return {"due": due_on.isoformat() if due_on else None}


def invitation(session: Session, event: Any) -> dict[str, Any]:
    """What a seat asks for, of whom, and by when an answer is owed."""
    row = session.execute(
        select(Person.name, Seat.role, Seat.share, Seat.starts_on, Seat.ends_on, Invitation.answer_by)
        .join(Seat, Seat.id == Invitation.seat_id)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.id == event.invitation_id)
    ).one()
    name, role, share, starts_on, ends_on, answer_by = row
    days = {"starts": starts_on.isoformat(), "ends": ends_on.isoformat(), "due": answer_by.isoformat()}
    return {"person": name, "role": role, "share": share} | days


def counter(session: Session, event: Any) -> dict[str, Any]:
    """The other terms somebody proposes, for whom, and what was answered."""
    row = session.execute(
        select(Person.name, Seat.role, SeatOffer, Invitation.answer_by)
        .join(Seat, Seat.id == SeatOffer.seat_id)
        .join(Person, Person.id == SeatOffer.person_id)
        .join(Invitation, Invitation.id == SeatOffer.invitation_id)
        .where(SeatOffer.id == event.seat_offer_id)
    ).one()
    offer = row.SeatOffer
    days = {"starts": offer.starts_on, "ends": offer.ends_on, "due": row.answer_by}
    said = {"person": row.name, "role": row.role, "share": offer.share} | _excerpt(offer.answer)
    return said | {name: value.isoformat() for name, value in days.items()}


def change(session: Session, event: Any) -> dict[str, Any]:
    """The other terms proposed for an agreed seat, whose it is, and why."""
    return _change(session, event, SeatOffer.reason)


def change_answer(session: Session, event: Any) -> dict[str, Any]:
    """The same, with the latest answer to it."""
    return _change(session, event, SeatOffer.answer)


def _change(session: Session, event: Any, said: Any) -> dict[str, Any]:
    o = SeatOffer
    name, role, share, starts_on, ends_on, quote = session.execute(
        select(Person.name, Seat.role, o.share, o.starts_on, o.ends_on, said)
        .join(Seat, Seat.id == o.seat_id)
        .join(Person, Person.id == o.person_id)
        .where(o.id == event.seat_offer_id)
    ).one()
    days = {"starts": starts_on.isoformat(), "ends": ends_on.isoformat()}
    return {"person": name, "role": role, "share": share} | days | _excerpt(quote)


def seat(session: Session, event: Any) -> dict[str, Any]:
    """What an agreed seat is, and whose."""
    row = session.execute(
        select(Person.name, Seat.role, Seat.share, Seat.starts_on, Seat.ends_on)
        .join(Person, Person.id == Seat.person_id)
        .where(Seat.id == event.seat_id)
    ).one()
    name, role, share, starts_on, ends_on = row
    days = {"starts": starts_on.isoformat(), "ends": ends_on.isoformat()}
    return {"person": name, "role": role, "share": share} | days


def done(session: Session, event: Any) -> dict[str, Any]:
    """What the lead says was done in a seat."""
    return _excerpt(session.scalar(select(Seat.done_text).where(Seat.id == event.seat_id)))


def role(session: Session, event: Any) -> dict[str, Any]:
    """What a seat is called."""
    return {"role": session.scalar(select(Seat.role).where(Seat.id == event.seat_id))}


def suggestion(session: Session, event: Any) -> dict[str, Any]:
    """What a suggested skill is called on the list, and why it was declined."""
    into, answer = session.execute(
        select(Skill.nb, SkillSuggestion.answer)
        .select_from(SkillSuggestion)
        .outerjoin(Skill, Skill.id == SkillSuggestion.skill_id)
        .where(SkillSuggestion.id == event.object_id)
    ).one()
    return {"into": into} | _excerpt(answer)


def summary(session: Session, event: Any) -> dict[str, Any]:
    return _excerpt(session.scalar(select(StatusReport.summary).where(StatusReport.id == event.report_id)))


def phase(_session: Session, event: Any) -> dict[str, Any]:
    return {"phase": event.new}


def number_found(_session: Session, event: Any) -> dict[str, Any]:
    """How many challenges are new in a kept search."""
    return {"found": event.found}


def call_report(session: Session, event: Any) -> dict[str, Any]:
    return _excerpt(session.scalar(select(Call.report).where(Call.id == event.object_id)))


def call_end(session: Session, event: Any) -> dict[str, Any]:
    """The last day of a call, for those who hear of it on its first."""
    ends_on = session.scalar(select(Call.ends_on).where(Call.id == event.object_id))
    return {"due": ends_on.isoformat() if ends_on else None}


def deadline(_session: Session, event: Any) -> dict[str, Any]:
    """The date somebody is reminded of."""
    return {"due": event.due}
