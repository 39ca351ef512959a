"""Who at the office sees to a challenge, and what can be done to many at once and undone: never a «no»."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select

from teamhub.access.actor import Actor, Role
from teamhub.access.policy import Action, authorize
from teamhub.challenges.answering import take_step
from teamhub.challenges.commands import fresh
from teamhub.challenges.events import AnswerTakenBack, ChallengeHandedOver, ChallengeThemeSet
from teamhub.challenges.models import Answer, Challenge
from teamhub.challenges.names import THEMES
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.core.changes import changed
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.paging import id_in
from teamhub.core.transaction import command
from teamhub.people.models import Office, Person
from teamhub.people.queries import in_force

MOST = 50
"""So many can be changed at once: what fits on a page of the desk."""

UNDO_TIME = timedelta(minutes=10)

Was = dict[int, str]
"""What stood on each challenge that was changed, as text: a person's id, a theme, or nothing."""


@command
def hand_over(actor: Actor, ids: Sequence[int], handler_id: int | None) -> Was:
    """Let somebody at the office see to these, or nobody. Return who did before, where that is new."""
    if handler_id is not None and not _is_at_the_office(handler_id):
        raise DomainError(_("Velg en som arbeider på porteføljekontoret."), field="handler")
    return _on_each(actor, ids, lambda challenge: _give(actor, challenge, handler_id))


@command
def set_theme(actor: Actor, ids: Sequence[int], theme: str) -> Was:
    """Put these under a theme. Return what each stood under before, where that is new."""
    if theme not in THEMES:
        raise DomainError(_("Velg et tema fra lista."), field="theme")
    return _on_each(actor, ids, lambda challenge: _file(actor, challenge, theme))


@command
def take_to_assessment(actor: Actor, ids: Sequence[int]) -> Was:
    """Take those of these that nobody has answered yet to assessment. Return which."""
    return _on_each(actor, ids, lambda challenge: _assess(actor, challenge))


@command
def undo_handing_over(actor: Actor, was: Mapping[int, str], now: int | None) -> int:
    """Give back what still lies where it was put: ``now``. Return how many."""

    def back(challenge: Challenge) -> str | None:
        before = id_in(was[challenge.id])
        if challenge.handler_id != now or (before is not None and not _is_at_the_office(before)):
            return None
        return _give(actor, challenge, before)

    return len(_on_each(actor, list(was), back))


@command
def undo_theme(actor: Actor, was: Mapping[int, str], now: str) -> int:
    """Put back what still stands under the theme ``now``. Return how many."""

    def back(challenge: Challenge) -> str | None:
        before = was[challenge.id]
        known = before in THEMES or not before
        return _file(actor, challenge, before or None) if known and challenge.theme == now else None

    return len(_on_each(actor, list(was), back))


@command
def undo_assessment(actor: Actor, ids: Sequence[int]) -> int:
    """Take back one's own «tatt til vurdering», while it is new and the latest step. Return how many."""
    return len(_on_each(actor, ids, lambda challenge: _take_back(actor, challenge)))


def _on_each(actor: Actor, ids: Sequence[int], deed: Callable[[Challenge], str | None]) -> Was:
    """Do a deed on each, in the order of their ids so that two who do so never wait for each other."""
    if not ids:
        raise DomainError(_("Merk minst én utfordring."), field="ids")
    was: Was = {}
    for id_ in sorted(set(ids))[:MOST]:
        challenge = fresh(id_)
        authorize(actor, Action.CHALLENGE_HANDLE, challenge)
        before = deed(challenge)
        if before is not None:
            was[id_] = before
    return was


def _give(actor: Actor, challenge: Challenge, handler_id: int | None) -> str | None:
    before = challenge.handler_id
    if before == handler_id:
        return None
    challenge.handler_id = handler_id
    event = ChallengeHandedOver(actor_id=actor.id, object_id=challenge.id, handler_id=handler_id, was=before)
    emit(db.session(), event)
    return str(before or "")


def _file(actor: Actor, challenge: Challenge, theme: str | None) -> str | None:
    before = challenge.theme or ""
    changes = changed(challenge, {"theme": theme})
    if not changes:
        return None
    emit(db.session(), ChallengeThemeSet(actor_id=actor.id, object_id=challenge.id, changes=changes))
    return before


def _assess(actor: Actor, challenge: Challenge) -> str | None:
    if challenge.state != State.SUBMITTED:
        return None
    take_step(actor, challenge, State.ASSESSING)
    return ""


def _take_back(actor: Actor, challenge: Challenge) -> str | None:
    of = select(Answer).where(Answer.challenge_id == challenge.id).order_by(Answer.id.desc())
    steps = db.session.scalars(of.limit(2)).all()
    if challenge.state != State.ASSESSING or not steps or not _may_be_undone(actor, steps[0]):
        return None
    newest, before = steps[0], steps[1] if len(steps) > 1 else None
    challenge.state = State.SUBMITTED
    challenge.state_since = before.at if before else challenge.submitted_at or challenge.created_at
    if before is None:
        challenge.first_answer_at = challenge.answered_in_time = None
    db.session.delete(newest)
    taken_back = AnswerTakenBack(actor_id=actor.id, object_id=challenge.id, decision=newest.decision)
    emit(db.session(), taken_back)
    return ""


def _may_be_undone(actor: Actor, answer: Answer) -> bool:
    return (
        answer.author_id == actor.id
        and answer.decision == State.ASSESSING
        and answer.from_state == State.SUBMITTED
        and answer.at > clock.now() - UNDO_TIME
    )


def _is_at_the_office(person_id: int) -> bool:
    at_office = (
        select(Person.id)
        .join(Office, Office.person_id == Person.id)
        .where(
            Person.id == person_id, Person.is_active, Office.kind == Role.PORTFOLIO_OFFICE, in_force(Office)
        )
    )
    return db.session.scalar(at_office.limit(1)) is not None
