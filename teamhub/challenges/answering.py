"""What the office, the board and the line do with challenges: every no or wait carries a reason."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize, can
from teamhub.challenges import confirming, deadlines
from teamhub.challenges.commands import fresh
from teamhub.challenges.events import ChallengeAnswered
from teamhub.challenges.models import Answer, Challenge
from teamhub.challenges.states import (
    CAN_GO_TO_LINE,
    REOPENED_FROM,
    TRANSITIONS,
    Mover,
    State,
)
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.errors import Conflict, DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.people.models import Unit

DECIDABLE = (
    State.CLARIFICATION,
    State.ASSESSING,
    State.LINE,
    State.CANDIDATE,
    State.HOLD,
    State.CLOSED,
    State.RESOLVED,
)
"""What can be decided on a challenge's own page, in the order it is offered. A mission has its own page."""

NEEDS_REASON = (State.CLARIFICATION, State.LINE, State.HOLD, State.CLOSED, State.RESOLVED)


def capacities(actor: Actor, challenge: Challenge) -> frozenset[Mover]:
    """Return in which capacities an actor may decide about a challenge."""
    found = {Mover.OFFICE: Action.CHALLENGE_ANSWER, Mover.BOARD: Action.CHALLENGE_DECIDE}
    return frozenset(mover for mover, action in found.items() if can(actor, action, challenge))


def decisions(actor: Actor, challenge: Challenge) -> list[State]:
    """Return what an actor may decide about a challenge now, from the one table of transitions."""
    movers = capacities(actor, challenge)
    ways = {} if challenge.state in REOPENED_FROM else TRANSITIONS[State(challenge.state)]
    return [
        new
        for new in DECIDABLE
        if ways.get(new, frozenset()) & movers
        or (new == State.LINE and Mover.OFFICE in movers and challenge.state in CAN_GO_TO_LINE)
    ]


@command
def answer(
    actor: Actor,
    challenge_id: int,
    decision: State,
    *,
    reason: str = "",
    unit_id: int | None = None,
    review_on: date | None = None,
    seen: str | None = None,
    sure: bool = True,
) -> None:
    """Take an official step. ``unit_id`` is who is asked to solve it; ``review_on`` when a wait ends.

    ``seen`` is how the challenge stood when the answer was begun. Not ``sure`` asks back when there is a
    doubt about the step. Raises Conflict when it has moved on, and
    DomainError, with its field, when the step is not open or lacks what it must carry.
    """
    challenge = fresh(challenge_id)
    board = decision in {State.HOLD, State.CLOSED} or not can(actor, Action.CHALLENGE_ANSWER, challenge)
    authorize(actor, Action.CHALLENGE_DECIDE if board else Action.CHALLENGE_ANSWER, challenge)
    if seen and seen != stands(challenge):
        raise Conflict(_("Noe har skjedd med utfordringen mens du skrev."), challenge)
    if decision not in decisions(actor, challenge):
        raise DomainError(_("Dette kan ikke avgjøres der utfordringen er nå."), field="decision")
    if not sure:
        confirming.ask_if_sure(challenge_id, decision)
    if not reason and decision in NEEDS_REASON:
        raise DomainError(_("Skriv en grunn. Innmelderen får lese den."), field="reason")
    if decision == State.LINE:
        _offer(actor, challenge, unit_id, reason)
        return
    take_step(actor, challenge, decision, reason, review_on)


def take_step(
    actor: Actor, challenge: Challenge, decision: State, reason: str = "", review_on: date | None = None
) -> None:
    """Move a challenge as was decided, with its next date. For commands, which have asked the policy."""
    old = State(challenge.state)
    mover = next(m for m in capacities(actor, challenge) if m in TRANSITIONS[old].get(decision, ()))
    challenge.move_to(decision, mover, due_on=_next_date(challenge, decision, review_on))
    challenge.line_unit_id = challenge.line_unit_id if decision == State.RESOLVED else None
    record(actor, challenge, old, decision, reason)


def stands(challenge: Challenge) -> str:
    """Return how a challenge stands, so that an answer can tell whether it was written about this."""
    newest = select(func.max(Answer.id)).where(Answer.challenge_id == challenge.id)
    return stands_after(challenge.state, db.session.scalar(newest))


def stands_after(state: State, newest_answer_id: int | None) -> str:
    """Return the same from what a page has read already."""
    return f"{state}-{newest_answer_id or 0}"


@command
def reopen(actor: Actor, challenge_id: int, *, reason: str) -> None:
    """Open what has ended again, because of new facts. It is assessed anew, with a clock of its own."""
    challenge = fresh(challenge_id)
    authorize(actor, Action.CHALLENGE_REOPEN, challenge)
    if not reason:
        raise DomainError(_("Skriv hva som er nytt siden sist."), field="reason")
    old = State(challenge.state)
    mover = Mover.OFFICE if can(actor, Action.CHALLENGE_ANSWER, challenge) else Mover.PROPOSER
    challenge.move_to(State.ASSESSING, mover, due_on=deadlines.answer_by())
    challenge.line_unit_id = None
    record(actor, challenge, old, "reopened", reason)


@command
def accept_in_line(actor: Actor, challenge_id: int, *, reason: str = "") -> None:
    """Take on a challenge for one's unit. The clock of its report starts."""
    challenge = fresh(challenge_id)
    authorize(actor, Action.CHALLENGE_ACCEPT_IN_LINE, challenge)
    old = State(challenge.state)
    challenge.move_to(State.LINE, Mover.LINE, due_on=deadlines.report_by())
    record(actor, challenge, old, State.LINE, reason)


@command
def decline_in_line(actor: Actor, challenge_id: int, *, reason: str) -> None:
    """Say why one's unit cannot solve a challenge. It goes back to the office."""
    challenge = fresh(challenge_id)
    authorize(actor, Action.CHALLENGE_ACCEPT_IN_LINE, challenge)
    if challenge.state == State.LINE:
        raise DomainError(_("Enheten har alt tatt på seg denne."))
    if not reason:
        raise DomainError(_("Skriv hvorfor enheten ikke kan løse den."), field="reason")
    challenge.line_unit_id = None
    record(actor, challenge, State(challenge.state), "declined", reason)


@command
def report_from_line(actor: Actor, challenge_id: int, *, reason: str) -> None:
    """Tell what the unit has done, so that the challenge is resolved and the proposer hears of it."""
    challenge = fresh(challenge_id)
    authorize(actor, Action.CHALLENGE_REPORT_FROM_LINE, challenge)
    if not reason:
        raise DomainError(_("Skriv hva som er gjort, og hva som er blitt annerledes."), field="reason")
    mover = Mover.OFFICE if can(actor, Action.CHALLENGE_ANSWER, challenge) else Mover.LINE
    challenge.move_to(State.RESOLVED, mover)
    record(actor, challenge, State.LINE, State.RESOLVED, reason)


def record(actor: Actor, challenge: Challenge, old: State, decision: str, reason: str) -> None:
    """Keep an official step of ``actor``. For commands, here and above."""
    record_by(actor.id, challenge, old, decision, reason)


def record_by(author_id: int | None, challenge: Challenge, old: State, decision: str, reason: str) -> None:
    """Keep an official step, for the proposer and for the clock."""
    if decision != State.CLARIFICATION:
        challenge.shielded = False
    if challenge.first_answer_at is None:
        challenge.first_answer_at = clock.now()
        challenge.answered_in_time = _was_in_time(challenge)
    db.session.add(
        Answer(
            challenge_id=challenge.id, author_id=author_id, from_state=old, decision=decision, reason=reason
        )
    )
    emit(
        db.session(),
        ChallengeAnswered(
            actor_id=author_id,
            object_id=challenge.id,
            old=str(old),
            new=str(challenge.state),
            decision=str(decision),
        ),
    )


def _offer(actor: Actor, challenge: Challenge, unit_id: int | None, reason: str) -> None:
    """Ask a unit to solve a challenge. It stays where it is until the unit's manager accepts."""
    if unit_id is None or db.session.scalar(select(Unit.id).where(Unit.id == unit_id)) is None:
        raise DomainError(_("Velg enheten som skal løse den."), field="unit_id")
    challenge.line_unit_id = unit_id
    record(actor, challenge, State(challenge.state), "offered", reason)


def _was_in_time(challenge: Challenge) -> bool | None:
    """Tell whether an answer today comes by the day promised; to an imported one nobody waits for any."""
    if challenge.proposer_id is None or challenge.submitted_at is None:
        return None
    return clock.today() <= deadlines.answer_by(clock.local(challenge.submitted_at).date())


def _next_date(challenge: Challenge, decision: State, review_on: date | None) -> date | None:
    if decision == State.CLARIFICATION:
        return deadlines.clarify_by()
    if decision == State.ASSESSING:
        return deadlines.answer_goes_on_to(challenge)
    if decision == State.HOLD:
        if review_on is None or review_on <= clock.today():
            raise DomainError(_("Velg en dag fram i tid da styret ser på den igjen."), field="review_on")
        return review_on
    return None
