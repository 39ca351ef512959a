"""Asking for assessments, writing them, and what the board and the office say around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import flag_modified

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.assessments import asking, queries
from teamhub.assessments.events import (
    AssessmentAsked,
    AssessmentSubmitted,
    AssessmentTakenBack,
    AssessmentWithdrawn,
    MustDoMarked,
    TalkRecorded,
)
from teamhub.assessments.models import Assessment, Score, Talk
from teamhub.assessments.rounds import Mark, Round
from teamhub.assessments.states import ASSESSABLE, SHORTEST_REASON, Criterion
from teamhub.challenges.commands import fresh
from teamhub.challenges.models import Challenge
from teamhub.core import clock
from teamhub.core.changes import changed
from teamhub.core.db import db
from teamhub.core.errors import Conflict, DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.people.models import Person, Unit

Marks = Mapping[Criterion, Mark]


@command
def ask(actor: Actor, challenge_id: int, person_ids: Iterable[int], *, due_on: date) -> int:
    """Ask people to assess a challenge by a day, and return how many were. Each is told.

    Raises DomainError for somebody whose own challenge it is, who is asked already, or who may have
    seen what others think.
    """
    challenge = fresh(challenge_id)
    authorize(actor, Action.ASSESSMENT_ASK, challenge)
    _must_be_assessable(challenge)
    if due_on <= clock.today():
        raise DomainError(_("Velg en frist fram i tid."), field="due_on")
    current = queries.rounds(challenge)[0]
    people = _who_can_be_asked(challenge, current, list(dict.fromkeys(person_ids)))
    if not people:
        raise DomainError(_("Velg minst én som skal vurdere."), field="assessors")
    weights = queries.weights_in_force()
    asked = [
        Assessment(
            challenge_id=challenge.id,
            round=current.number,
            assessor_id=person_id,
            division_id=division_id,
            criteria_set_id=weights.id,
            asked_by_id=actor.id,
            due_on=due_on,
        )
        for person_id, division_id in people
    ]
    db.session.add_all(asked)
    db.session.flush()
    for one in asked:
        event = AssessmentAsked(
            actor_id=actor.id,
            object_id=challenge.id,
            assessment_id=one.id,
            assessor_id=one.assessor_id,
            due=due_on.isoformat(),
        )
        emit(db.session(), event)
    return len(asked)


def _must_be_assessable(challenge: Challenge) -> None:
    if challenge.state not in ASSESSABLE:
        raise DomainError(_("Utfordringen er ikke til vurdering nå."))


def _who_can_be_asked(challenge: Challenge, current: Round, ids: list[int]) -> list[tuple[int, int | None]]:
    """Return the persons with their areas. Raises DomainError for one who cannot judge this fairly."""
    rows = db.session.execute(
        select(Person.id, Person.name, Unit.division_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.id.in_(ids), Person.is_active)
        .order_by(Person.id)
    ).all()
    if len(rows) < len(ids):
        raise DomainError(_("Velg personer fra lista."), field="assessors")
    own, asked = asking.own_to(challenge), {one.assessor_id for one in current.judged}
    seen = set[int]()
    if conditions := asking.may_have_seen(current):
        seen = set(db.session.scalars(select(Person.id).where(Person.id.in_(ids), *conditions)))
    for id_, name, _division in rows:
        if id_ in own:
            text = _("%(name)s har meldt inn denne, og kan ikke vurdere den.", name=name)
            raise DomainError(text, field="assessors")
        if id_ in asked:
            raise DomainError(_("%(name)s er alt spurt.", name=name), field="assessors")
        if id_ in seen:
            text = _("%(name)s kan ha sett vurderingene, og kan ikke vurdere blindt.", name=name)
            raise DomainError(text, field="assessors")
    return [(row.id, row.division_id) for row in rows]


@command
def take_back(actor: Actor, challenge_id: int, assessment_id: int) -> None:
    """Take back a question to assess that is not answered. What was begun is thrown away."""
    challenge = fresh(challenge_id)
    authorize(actor, Action.ASSESSMENT_ASK, challenge)
    assessment = db.session.scalar(
        select(Assessment)
        .where(Assessment.id == assessment_id, Assessment.challenge_id == challenge_id)
        .options(selectinload(Assessment.scores))
        .with_for_update(of=Assessment)
    )
    if assessment is None:
        raise DomainError(_("Spørsmålet er alt tatt tilbake."))
    if assessment.submitted_at:
        raise DomainError(_("Vurderingen er levert, og kan ikke tas tilbake av andre."))
    db.session.delete(assessment)
    of = {"assessment_id": assessment.id, "assessor_id": assessment.assessor_id}
    emit(db.session(), AssessmentTakenBack(actor_id=actor.id, object_id=challenge_id, **of))


@command
def save_draft(actor: Actor, challenge_id: int, marks: Marks, *, version: int) -> int:
    """Keep what an assessor has written so far, and return its new version. Raises Conflict."""
    challenge = fresh(challenge_id)
    assessment = _to_write(actor, challenge, version)
    _keep(assessment, marks)
    db.session.flush()
    return assessment.version


@command
def submit(actor: Actor, challenge_id: int, marks: Marks, *, version: int) -> bool:
    """Submit an assessment with a mark and a reason on each criterion.

    Returns whether it was the one that opened them. Raises Conflict, or DomainError when one is missing.
    """
    challenge = fresh(challenge_id)
    assessment = _to_write(actor, challenge, version)
    for criterion in Criterion:
        mark = marks.get(criterion)
        if mark is None or mark.score is None:
            raise DomainError(_("Velg et tall fra 1 til 5."), field=f"mark_{criterion}")
        if len(mark.reason) < SHORTEST_REASON:
            text = _("Skriv en grunn på minst %(n)d tegn.", n=SHORTEST_REASON)
            raise DomainError(text, field=f"reason_{criterion}")
    _keep(assessment, marks)
    before = queries.rounds(challenge)[0].is_open
    assessment.submitted_at = clock.now()
    db.session.flush()
    opens = not before and queries.rounds(challenge)[0].is_open
    event = AssessmentSubmitted(
        actor_id=actor.id, object_id=challenge_id, assessment_id=assessment.id, opens=opens
    )
    emit(db.session(), event)
    return opens


@command
def withdraw(actor: Actor, challenge_id: int) -> None:
    """Take back a submitted assessment, to change it. Only as long as nobody can have seen it."""
    challenge = fresh(challenge_id)
    assessment = _own(actor, challenge_id)
    if assessment.submitted_at is None:
        raise DomainError(_("Vurderingen er ikke levert."))
    _must_be_assessable(challenge)
    if queries.rounds(challenge)[0].is_open:
        raise DomainError(_("To har levert, og vurderingene er åpnet. Da kan ingen endres."))
    assessment.submitted_at = None
    event = AssessmentWithdrawn(actor_id=actor.id, object_id=challenge_id, assessment_id=assessment.id)
    emit(db.session(), event)


def _own(actor: Actor, challenge_id: int) -> Assessment:
    assessment = queries.mine(actor, challenge_id)
    if assessment is None:
        raise DomainError(_("Du er ikke lenger spurt om denne."))
    authorize(actor, Action.ASSESSMENT_WRITE, assessment)
    return assessment


def _to_write(actor: Actor, challenge: Challenge, version: int) -> Assessment:
    assessment = _own(actor, challenge.id)
    if assessment.submitted_at:
        raise DomainError(_("Du har levert vurderingen. Ta den tilbake først, om du vil endre den."))
    _must_be_assessable(challenge)
    if assessment.version != version:
        raise Conflict(_("Vurderingen er endret et annet sted siden du åpnet den."), assessment)
    return assessment


def _keep(assessment: Assessment, marks: Marks) -> None:
    """Bring the marks in line with what was written. The assessment's version counts for all of them."""
    kept = {score.criterion: score for score in assessment.scores}
    for criterion, mark in marks.items():
        score = kept.get(criterion)
        if score is None and (mark.score or mark.reason):
            assessment.scores.append(Score(criterion=criterion, score=mark.score, reason=mark.reason))
        elif score is not None:
            score.score, score.reason = mark.score, mark.reason
    flag_modified(assessment, "due_on")  # nothing of its own has changed, yet its version must


@command
def record_talk(actor: Actor, challenge_id: int, criterion: Criterion, outcome: str) -> None:
    """Write down what assessors who were far apart on a criterion said. No mark is changed by it."""
    challenge = fresh(challenge_id)
    current = queries.rounds(challenge)[0]
    authorize(actor, Action.ASSESSMENT_TALK, current)
    if criterion not in current.far_apart:
        raise DomainError(_("Vurdererne er ikke uenige om dette."))
    if criterion in current.talks:
        raise DomainError(_("Praten er alt skrevet ned."))
    if len(outcome) < SHORTEST_REASON:
        raise DomainError(_("Skriv kort hva dere kom fram til."), field="outcome")
    db.session.add(
        Talk(
            challenge_id=challenge_id,
            round=current.number,
            criterion=criterion,
            outcome=outcome,
            written_by_id=actor.id,
        )
    )
    emit(db.session(), TalkRecorded(actor_id=actor.id, object_id=challenge_id, criterion=criterion.value))


@command
def mark_must_do(actor: Actor, challenge_id: int, *, must_do: bool, basis: str, version: int) -> None:
    """Mark a challenge as demanded by law or decision, with the basis; or no longer. Raises Conflict."""
    challenge = fresh(challenge_id)
    authorize(actor, Action.CHALLENGE_MARK_MUST_DO, challenge)
    if challenge.version != version:
        raise Conflict(_("Utfordringen er endret siden du åpnet den."), challenge)
    if must_do and not basis:
        raise DomainError(_("Skriv hvilken lov eller hvilket vedtak som krever det."), field="basis")
    changes = changed(challenge, {"must_do": must_do, "must_do_basis": basis if must_do else ""})
    if changes:
        emit(db.session(), MustDoMarked(actor_id=actor.id, object_id=challenge_id, changes=changes))
