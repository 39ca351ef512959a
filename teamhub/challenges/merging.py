"""Letting one challenge live on in another: the proposers are asked, no row is moved, and all can be undone.

What people have written stays where they wrote it. The survivor shows it, counts its voices and tells its
people, because they point to it; so a merge that is undone leaves everything as it was (ADR 28).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, or_, select, update

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.challenges import deadlines
from teamhub.challenges.answering import record_by
from teamhub.challenges.commands import count_support, fresh
from teamhub.challenges.events import (
    ChallengeMergeAnswered,
    ChallengeMergeAsked,
    ChallengeMergeTakenBack,
    ChallengeUnmerged,
)
from teamhub.challenges.models import Answer, Challenge, CoProposer
from teamhub.challenges.office import Merge, MergeConsent
from teamhub.challenges.states import OPEN, TRANSITIONS, MergeState, Mover, State
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.people.models import Person

MERGEABLE = tuple(state for state, ways in TRANSITIONS.items() if State.MERGED in ways)
"""What can be merged into another; the other may be anything that is open."""

CHANGED = (
    "state state_since due_on days_left line_unit_id shielded first_answer_at answered_in_time version"
).split()
"""What a merge changes on a challenge beside what it lives on in."""


@command
def ask(actor: Actor, from_id: int, into_id: int, *, reason: str = "") -> MergeState:
    """Ask the proposers whether one challenge may live on in another. Return how the merge stands.

    With nobody to ask it is done at once. Raises DomainError, with its field, when the two cannot be merged.
    """
    first, second = (fresh(id_) for id_ in sorted((from_id, into_id)))
    challenge, survivor = (first, second) if first.id == from_id else (second, first)
    authorize(actor, Action.CHALLENGE_MERGE, challenge)
    _see_that_they_can(challenge, survivor)
    merge = Merge(
        from_id=from_id,
        into_id=into_id,
        state=MergeState.ASKED,
        reason=reason,
        asked_by_id=actor.id,
        due_on=deadlines.merge_by(),
    )
    db.session.add(merge)
    db.session.flush()
    asked = _proposers(challenge, survivor, but=actor.id)
    if not asked:
        _join(merge, challenge, survivor)
        return MergeState.MERGED
    db.session.add_all(MergeConsent(merge_id=merge.id, person_id=id_) for id_ in asked)
    emit(
        db.session(),
        ChallengeMergeAsked(actor_id=actor.id, object_id=from_id, merge_id=merge.id, asked=asked),
    )
    return MergeState.ASKED


@command
def answer(actor: Actor, challenge_id: int, merge_id: int, *, agrees: bool, reason: str = "") -> MergeState:
    """Say yes or no to a merge one is asked about. The last yes makes it; one no ends it, with a reason."""
    merge, challenge, survivor = _open(challenge_id, merge_id)
    consent = db.session.get(MergeConsent, (merge_id, actor.id or 0))
    authorize(actor, Action.CHALLENGE_ANSWER_MERGE, consent)
    if consent is None or merge.state != MergeState.ASKED:
        raise DomainError(_("Dette er avgjort i mellomtiden."))
    if not agrees and not reason:
        raise DomainError(_("Skriv hva som skiller dem, så porteføljekontoret forstår."), field="reason")
    consent.agrees, consent.reason, consent.answered_at = agrees, reason, clock.now()
    db.session.flush()
    emit(
        db.session(),
        ChallengeMergeAnswered(
            actor_id=actor.id,
            object_id=challenge.id,
            merge_id=merge_id,
            agrees=agrees,
            asked_by=merge.asked_by_id,
        ),
    )
    if not agrees:
        merge.state, merge.settled_at = MergeState.DECLINED, clock.now()
    elif not _unanswered(merge_id):
        _join(merge, challenge, survivor)
    return MergeState(merge.state)


@command
def complete(actor: Actor, challenge_id: int, merge_id: int) -> None:
    """Merge although somebody has not answered, once they have had the time they were given."""
    merge, challenge, survivor = _open(challenge_id, merge_id)
    authorize(actor, Action.CHALLENGE_MERGE, challenge)
    if merge.state != MergeState.ASKED:
        raise DomainError(_("Dette er avgjort i mellomtiden."))
    if clock.today() <= merge.due_on:
        raise DomainError(_("Innmelderne har fortsatt tid til å svare."))
    _join(merge, challenge, survivor)


@command
def take_back(actor: Actor, challenge_id: int, merge_id: int) -> None:
    """Stop asking. Nothing happens when it is settled already."""
    merge, challenge, _survivor = _open(challenge_id, merge_id)
    authorize(actor, Action.CHALLENGE_MERGE, challenge)
    if merge.state != MergeState.ASKED:
        return
    merge.state, merge.settled_at = MergeState.TAKEN_BACK, clock.now()
    emit(db.session(), ChallengeMergeTakenBack(actor_id=actor.id, object_id=challenge.id, merge_id=merge_id))


@command
def undo(actor: Actor, challenge_id: int) -> None:
    """Let a merged challenge stand for itself again, as it stood before. Raises DomainError when it does."""
    challenge = fresh(challenge_id)
    authorize(actor, Action.CHALLENGE_MERGE, challenge)
    merge = db.session.scalar(
        select(Merge)
        .where(Merge.from_id == challenge_id, Merge.state == MergeState.MERGED)
        .order_by(Merge.id.desc())
        .limit(1)
    )
    if merge is None or challenge.state != State.MERGED:
        raise DomainError(_("Utfordringen er ikke slått sammen med noen."))
    survivor = fresh(merge.into_id)
    db.session.execute(delete(Answer).where(Answer.id == merge.before["answer_id"]))
    as_before, version = _as_before(merge), merge.before["version"]
    db.session.execute(
        update(Challenge).where(Challenge.id == challenge_id).values(**as_before, version=version)
    )
    db.session.refresh(challenge)
    merge.state, merge.settled_at = MergeState.UNDONE, clock.now()
    count_support(survivor)
    emit(db.session(), ChallengeUnmerged(actor_id=actor.id, object_id=challenge_id, from_id=survivor.id))


def get(challenge_id: int, merge_id: int) -> Merge | None:
    """Return a merge of a challenge into another."""
    return db.session.scalar(select(Merge).where(Merge.id == merge_id, Merge.from_id == challenge_id))


def _see_that_they_can(challenge: Challenge, survivor: Challenge) -> None:
    """Raise DomainError, with its field, when one cannot live on in the other."""
    if challenge.id == survivor.id:
        raise DomainError(_("Velg en annen utfordring enn denne."), field="into_id")
    if challenge.state not in MERGEABLE:
        raise DomainError(_("Den er kommet for langt til å slås sammen med en annen."), field="into_id")
    if survivor.state not in OPEN:
        raise DomainError(_("Den du valgte, er avsluttet. Velg en som lever."), field="into_id")
    ids = (challenge.id, survivor.id)
    lives_in_it = select(Challenge.id).where(Challenge.merged_into_id == challenge.id)
    if db.session.scalar(lives_in_it.limit(1)) is not None:
        raise DomainError(
            _("Andre er slått sammen med denne alt. Slå heller sammen den andre veien."), field="into_id"
        )
    asked = select(Merge.id).where(Merge.state == MergeState.ASKED)
    if db.session.scalar(asked.where(or_(Merge.from_id.in_(ids), Merge.into_id == challenge.id)).limit(1)):
        raise DomainError(_("Innmelderne er alt spurt om dette. Vent på svar først."), field="into_id")


def _proposers(*challenges: Challenge, but: int | None) -> list[int]:
    """Return who stands behind some challenges and can still answer."""
    ids = [challenge.id for challenge in challenges]
    with_them = select(CoProposer.person_id).where(
        CoProposer.challenge_id.in_(ids), CoProposer.accepted.is_(True)
    )
    own = [challenge.proposer_id for challenge in challenges if challenge.proposer_id]
    return list(
        db.session.scalars(
            select(Person.id)
            .where(
                or_(Person.id.in_(own), Person.id.in_(with_them)),
                Person.is_active,
                Person.id.is_distinct_from(but),
            )
            .order_by(Person.id)
        )
    )


def _open(challenge_id: int, merge_id: int) -> tuple[Merge, Challenge, Challenge]:
    """Return a merge with both challenges, locked in the order of their ids."""
    merge = db.session.scalar(select(Merge).where(Merge.id == merge_id, Merge.from_id == challenge_id))
    if merge is None:
        raise DomainError(_("Utfordringen finnes ikke lenger."))
    locked = {id_: fresh(id_) for id_ in sorted((merge.from_id, merge.into_id))}
    db.session.refresh(merge, with_for_update=True)
    return merge, locked[merge.from_id], locked[merge.into_id]


def _unanswered(merge_id: int) -> bool:
    waiting = select(MergeConsent.person_id).where(
        MergeConsent.merge_id == merge_id, MergeConsent.agrees.is_(None)
    )
    return db.session.scalar(waiting.limit(1)) is not None


def _join(merge: Merge, challenge: Challenge, survivor: Challenge) -> None:
    """Let ``challenge`` live on in ``survivor``, and keep what it takes to undo it."""
    if survivor.state not in OPEN:
        raise DomainError(_("Den andre er avsluttet i mellomtiden."))
    before = {name: getattr(challenge, name) for name in CHANGED}
    old = State(challenge.state)
    challenge.move_to(State.MERGED, Mover.OFFICE)
    challenge.line_unit_id, challenge.merged_into_id = None, survivor.id
    record_by(merge.asked_by_id, challenge, old, State.MERGED, merge.reason)
    db.session.flush()
    newest = select(Answer.id).where(Answer.challenge_id == challenge.id).order_by(Answer.id.desc()).limit(1)
    merge.before = {name: _plain(value) for name, value in before.items()} | {
        "answer_id": db.session.scalar(newest)
    }
    merge.state, merge.settled_at = MergeState.MERGED, clock.now()
    count_support(survivor)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _as_before(merge: Merge) -> dict[str, Any]:
    """Return the columns of a challenge as they were before it was merged, its version left out."""
    was = {name: merge.before[name] for name in CHANGED if name != "version"}
    for name in ("state_since", "first_answer_at"):
        was[name] = datetime.fromisoformat(was[name]) if was[name] else None
    was["due_on"] = date.fromisoformat(was["due_on"]) if was["due_on"] else None
    return was | {"merged_into_id": None}
