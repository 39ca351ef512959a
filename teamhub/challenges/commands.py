"""What proposers and colleagues do with challenges. What the office and the board do is in answering.py."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm.attributes import set_committed_value

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.challenges import deadlines, saying, versions
from teamhub.challenges.events import (
    ChallengeClarified,
    ChallengeEdited,
    ChallengeSubmitted,
    ChallengeSupported,
    ChallengeWithdrawn,
    SupportWithdrawn,
)
from teamhub.challenges.labels import label
from teamhub.challenges.models import LONGEST_TEXT, LONGEST_TITLE, Challenge, Support
from teamhub.challenges.names import THEMES
from teamhub.challenges.queries import family, felt_by, open_call, whose
from teamhub.challenges.states import Mover, State
from teamhub.challenges.versions import TEXTS
from teamhub.core import clock
from teamhub.core.changes import Changes, changed
from teamhub.core.db import db
from teamhub.core.errors import Conflict, DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.core.twice import just_made
from teamhub.people.models import Person, Unit


@dataclass(frozen=True)
class Proposal:
    """What a proposer has written: problem first, the idea last."""

    title: str = ""
    situation: str = ""
    affected: str = ""
    evidence: str = ""
    suggestion: str = ""
    unit_id: int | None = None
    theme: str | None = None
    tags: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    shielded: bool = False
    call_id: int | None = None
    behalf_of: int | None = None


@command
def save_draft(actor: Actor, proposal: Proposal, *, draft_id: int | None = None) -> int:
    """Keep what somebody has written so far, and return the draft's id. A sent draft starts a new one."""
    authorize(actor, Action.CHALLENGE_PROPOSE)
    draft = _own_draft(actor, draft_id) or _draft_kept(actor, proposal) or _new(actor)
    _fill(draft, proposal, actor)
    return draft.id


@command
def propose(actor: Actor, proposal: Proposal, *, draft_id: int | None = None) -> int:
    """Submit a challenge and start its clock. Return its id; the same one when it is sent twice."""
    authorize(actor, Action.CHALLENGE_PROPOSE)
    if (sent := _just_sent(actor, proposal.title)) is not None:
        return sent
    kept = _own_draft(actor, draft_id) or _draft_kept(actor, proposal, title_only=True)
    challenge = kept or _new(actor)
    authorize(actor, Action.CHALLENGE_SUBMIT, challenge)
    _fill(challenge, proposal, actor)
    challenge.move_to(State.SUBMITTED, Mover.PROPOSER, due_on=deadlines.answer_by())
    challenge.submitted_at = clock.now()
    db.session.flush()
    for_another = challenge.proposer_id != actor.id
    emit(db.session(), ChallengeSubmitted(actor_id=actor.id, object_id=challenge.id, for_another=for_another))
    return challenge.id


@command
def discard(actor: Actor, challenge_id: int) -> None:
    """Throw a draft away."""
    challenge = fresh(challenge_id)
    authorize(actor, Action.CHALLENGE_DISCARD, challenge)
    db.session.delete(challenge)


@command
def edit(actor: Actor, challenge_id: int, proposal: Proposal, *, version: int) -> None:
    """Change the text of a challenge until it is decided on. Raises Conflict when it has moved on.

    What it said before is kept. What stood in a draft is its writer's own, so nothing is kept of it.
    """
    challenge = fresh(challenge_id)
    authorize(actor, Action.CHALLENGE_EDIT, challenge)
    if challenge.version != version:
        raise Conflict(_("Utfordringen er endret siden du åpnet den."), challenge)
    was = versions.texts_of(challenge)
    changes = _fill(challenge, proposal, actor)
    if changes and challenge.state != State.DRAFT:
        versions.keep(challenge, was, actor.id)
        emit(db.session(), ChallengeEdited(actor_id=actor.id, object_id=challenge.id, changes=changes))


@command
def clarify(actor: Actor, challenge_id: int, reply: str) -> None:
    """Answer the office's question. The clock goes on, with the working days it had left."""
    challenge = fresh(challenge_id)
    authorize(actor, Action.CHALLENGE_CLARIFY, challenge)
    due_on = deadlines.answer_goes_on_to(challenge)
    challenge.move_to(State.SUBMITTED, Mover.PROPOSER, due_on=due_on)
    saying.say(actor, challenge, reply)
    emit(db.session(), ChallengeClarified(actor_id=actor.id, object_id=challenge.id))


@command
def withdraw(actor: Actor, challenge_id: int) -> None:
    """Take back a challenge nobody has begun to assess. Not while others live on in it."""
    challenge = fresh(challenge_id)
    authorize(actor, Action.CHALLENGE_WITHDRAW, challenge)
    lives_in_it = select(Challenge.id).where(Challenge.merged_into_id == challenge_id)
    if db.session.scalar(lives_in_it.limit(1)) is not None:
        raise DomainError(
            _("Andre utfordringer er slått sammen med denne. Be porteføljekontoret skille dem først.")
        )
    challenge.move_to(State.WITHDRAWN, Mover.PROPOSER)
    challenge.line_unit_id = None
    emit(db.session(), ChallengeWithdrawn(actor_id=actor.id, object_id=challenge.id))


@command
def support(actor: Actor, challenge_id: int, *, experience: str = "") -> None:
    """Say that a challenge is felt in one's own unit too. Again with a story replaces the story."""
    challenge = fresh(challenge_id)
    authorize(actor, Action.CHALLENGE_SUPPORT, challenge)
    if challenge.proposer_id == actor.id:
        raise DomainError(_("Du har meldt inn denne selv. Den gjelder dere allerede."))
    said = _support_by(actor, challenge_id)
    if said is not None and experience in {"", said.experience}:
        return
    if said is None:
        said = Support(challenge_id=challenge_id, person_id=actor.id or 0, unit_id=actor.unit_id or 0)
        db.session.add(said)
    if experience:
        said.experience = experience
    count_support(challenge)
    emit(db.session(), ChallengeSupported(actor_id=actor.id, object_id=challenge.id))


@command
def withdraw_support(actor: Actor, challenge_id: int) -> None:
    """Take back «gjelder oss også». Nothing happens when it was not said."""
    challenge = fresh(challenge_id)
    authorize(actor, Action.CHALLENGE_SUPPORT, challenge)
    said = _support_by(actor, challenge_id)
    if said is None:
        return
    db.session.delete(said)
    count_support(challenge)
    emit(db.session(), SupportWithdrawn(actor_id=actor.id, object_id=challenge.id))


@command
def comment(actor: Actor, challenge_id: int, body: str, *, kind: str = saying.COMMENT) -> int:
    """Say something in the conversation, or a point for or against, and return the comment's id."""
    challenge = fresh(challenge_id)
    authorize(actor, Action.CHALLENGE_COMMENT, challenge)
    return saying.say(actor, challenge, body, kind)


def fresh(challenge_id: int) -> Challenge:
    """Return a challenge as it stands now, locked until the command ends. Raises DomainError when gone."""
    challenge = db.session.scalar(
        select(Challenge).where(Challenge.id == challenge_id).with_for_update(of=Challenge)
    )
    if challenge is None:
        raise DomainError(_("Utfordringen finnes ikke lenger."))
    return challenge


def _own_draft(actor: Actor, draft_id: int | None) -> Challenge | None:
    if draft_id is None:
        return None
    return db.session.scalar(
        select(Challenge).where(Challenge.id == draft_id, whose == actor.id, Challenge.state == State.DRAFT)
    )


def _draft_kept(actor: Actor, proposal: Proposal, *, title_only: bool = False) -> Challenge | None:
    """The draft of these words, or this title, kept a moment before its own form told us its number."""
    words = ("title",) if title_only else TEXTS
    same = (getattr(Challenge, name) == getattr(proposal, name) for name in words)
    return _own_draft(actor, just_made(Challenge, whose == actor.id, Challenge.state == State.DRAFT, *same))


def _just_sent(actor: Actor, title: str) -> int | None:
    same = (whose == actor.id, Challenge.title == title, Challenge.state == State.SUBMITTED)
    return just_made(Challenge, *same, at=Challenge.submitted_at)


def _new(actor: Actor) -> Challenge:
    challenge = Challenge(proposer_id=actor.id, state=State.DRAFT, title="")
    db.session.add(challenge)
    return challenge


def _fill(challenge: Challenge, proposal: Proposal, actor: Actor) -> Changes:
    unit_id = proposal.unit_id or actor.unit_id
    unit = db.session.execute(select(Unit.id, Unit.division_id).where(Unit.id == unit_id)).one_or_none()
    if unit is None:
        raise DomainError(_("Velg en enhet fra lista."), field="unit_id")
    if proposal.theme and proposal.theme not in THEMES:
        raise DomainError(_("Velg et tema fra lista."), field="theme")
    for name in TEXTS:
        if len(getattr(proposal, name)) > LONGEST_TEXT:
            raise DomainError(_("Bruk høyst %(max)d tegn.", max=LONGEST_TEXT), field=name)
    written = {name: getattr(proposal, name) for name in TEXTS} | {
        "title": proposal.title[:LONGEST_TITLE],
        "theme": proposal.theme or None,
        "unit_id": unit.id,
    }
    changes = changed(challenge, written)
    challenge.division_id = unit.division_id
    if challenge.state == State.DRAFT:
        _say_whose(challenge, proposal, actor)
    db.session.flush()
    label(challenge, tags=proposal.tags, goals=proposal.goals)
    challenge.refresh_stems(*proposal.tags)
    return changes


def _say_whose(challenge: Challenge, proposal: Proposal, actor: Actor) -> None:
    """Let a draft be one's own, or written for a colleague, with the name shielded or not."""
    challenge.shielded = proposal.shielded
    challenge.call_id = proposal.call_id if open_call(proposal.call_id, actor) else None
    challenge.proposer_id, challenge.written_by_id = actor.id, None
    if proposal.behalf_of in {None, actor.id}:
        return
    authorize(actor, Action.CHALLENGE_PROPOSE_FOR)
    open_account = select(Person.id).where(Person.id == proposal.behalf_of, Person.is_active)
    if db.session.scalar(open_account) is None:
        raise DomainError(_("Velg en kollega fra lista."), field="behalf_of")
    challenge.proposer_id, challenge.written_by_id = proposal.behalf_of, actor.id


def _support_by(actor: Actor, challenge_id: int) -> Support | None:
    """What somebody has said of a challenge, or else of one that lives on in it."""
    return db.session.scalar(
        select(Support)
        .where(Support.challenge_id.in_(family(challenge_id)), Support.person_id == actor.id)
        .order_by((Support.challenge_id == challenge_id).desc(), Support.id)
        .limit(1)
    )


def count_support(challenge: Challenge) -> None:
    """Bring the counts on a challenge in line with its voices; its own unit is not «also».

    A count is nobody's text: who is writing in the challenge meanwhile is not disturbed.
    """
    db.session.flush()
    felt = felt_by(challenge.id).subquery()
    elsewhere = felt.c.unit_id.is_distinct_from(challenge.unit_id)
    units = func.count(felt.c.unit_id.distinct()).filter(elsewhere)
    people, spread = db.session.execute(select(func.count(felt.c.person_id.distinct()), units)).one()
    db.session.execute(
        update(Challenge)
        .where(Challenge.id == challenge.id)
        .values(support_people=people, support_units=spread, version=Challenge.version)
        .execution_options(synchronize_session=False)
    )
    set_committed_value(challenge, "support_people", people)
    set_committed_value(challenge, "support_units", spread)
