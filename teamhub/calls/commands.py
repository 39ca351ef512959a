"""Putting a question to the organisation, and telling what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.calls import queries
from teamhub.calls.events import CallClosed, CallEdited, CallMade, CallReported
from teamhub.calls.models import Call, CallUnit
from teamhub.calls.states import Stage
from teamhub.core import clock
from teamhub.core.changes import Changes, changed
from teamhub.core.db import db
from teamhub.core.errors import Conflict, DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.core.twice import just_made
from teamhub.people.models import Unit


@dataclass(frozen=True)
class Question:
    """What the office asks, of whom, and when. No units is everybody."""

    question: str
    background: str
    starts_on: date
    ends_on: date
    unit_ids: tuple[int, ...] = ()


@command
def make(actor: Actor, asked: Question) -> int:
    """Put a question and return the call's id, the same one when it is sent twice.

    Those it is put to are told when it opens. Raises DomainError when its days or its units do not hold.
    """
    authorize(actor, Action.CALL_MANAGE)
    if asked.starts_on < clock.today():
        raise DomainError(_("Velg i dag eller en dag fram i tid."), field="starts_on")
    _must_hold(asked)
    same = (Call.opened_by_id == actor.id, Call.question == asked.question, Call.starts_on == asked.starts_on)
    if (made := just_made(Call, *same)) is not None:
        return made
    call = Call(opened_by_id=actor.id, to_all=not asked.unit_ids, **_written(asked))
    db.session.add(call)
    db.session.flush()
    _put_to(call, asked.unit_ids)
    opens = _opens(call)
    due = call.ends_on.isoformat()
    emit(db.session(), CallMade(actor_id=actor.id, object_id=call.id, opens=opens, due=due))
    return call.id


@command
def edit(actor: Actor, call_id: int, asked: Question, *, version: int) -> None:
    """Change a call that is planned or open; the day it begins only before that day, its end at any time.

    Raises Conflict when somebody else has saved first.
    """
    call = fresh(call_id)
    authorize(actor, Action.CALL_MANAGE)
    if call.version != version:
        raise Conflict(_("Spørsmålet er endret siden du åpnet det."), call)
    if queries.stage_of(call) == Stage.REPORTED:
        raise DomainError(_("Dere har alt fortalt hva dere hørte."))
    if asked.starts_on != call.starts_on and (call.told_at or asked.starts_on < clock.today()):
        raise DomainError(_("Startdagen kan ikke endres nå."), field="starts_on")
    _must_hold(asked)
    changes = changed(call, _written(asked) | {"to_all": not asked.unit_ids})
    if asked.ends_on >= clock.today():
        call.closed_at = None
    changes |= _put_to(call, asked.unit_ids)
    opens, due = _opens(call), call.ends_on.isoformat()
    if changes:
        event = CallEdited(actor_id=actor.id, object_id=call.id, changes=changes, opens=opens, due=due)
        emit(db.session(), event)


@command
def close(actor: Actor, call_id: int) -> None:
    """End an open call before its last day."""
    call = fresh(call_id)
    authorize(actor, Action.CALL_MANAGE)
    if queries.stage_of(call) not in {Stage.OPEN, Stage.PLANNED}:
        raise DomainError(_("Spørsmålet er alt avsluttet."))
    call.closed_at = clock.now()
    emit(db.session(), CallClosed(actor_id=actor.id, object_id=call.id))


@command
def report(actor: Actor, call_id: int, text: str) -> None:
    """Tell what was heard and what comes of it, to everyone who took part. It is told once."""
    call = fresh(call_id)
    authorize(actor, Action.CALL_MANAGE)
    if queries.stage_of(call) != Stage.ENDED:
        raise DomainError(_("Dette fortelles én gang, når spørsmålet er avsluttet."))
    if not text:
        raise DomainError(_("Skriv hva dere hørte, og hva dere gjør."), field="report")
    call.report, call.reported_at = text, clock.now()
    emit(db.session(), CallReported(actor_id=actor.id, object_id=call.id))


def fresh(call_id: int) -> Call:
    """Return a call as it stands now, locked until the command ends. Raises DomainError when gone."""
    call = db.session.scalar(select(Call).where(Call.id == call_id).with_for_update(of=Call))
    if call is None:
        raise DomainError(_("Spørsmålet finnes ikke lenger."))
    return call


def _must_hold(asked: Question) -> None:
    if asked.ends_on < asked.starts_on or asked.ends_on < clock.today():
        raise DomainError(_("Siste dag må være fram i tid, og etter den første."), field="ends_on")
    known = select(Unit.id).where(Unit.id.in_(asked.unit_ids))
    if len(db.session.scalars(known).all()) < len(set(asked.unit_ids)):
        raise DomainError(_("Velg enheter fra lista."), field="unit_ids")


def _written(asked: Question) -> dict[str, object]:
    return {
        "question": asked.question,
        "background": asked.background,
        "starts_on": asked.starts_on,
        "ends_on": asked.ends_on,
    }


def _put_to(call: Call, unit_ids: tuple[int, ...]) -> Changes:
    """Put a call to these units, and return what is new by that."""
    before, after = sorted(queries.unit_ids(call.id)), sorted(set(unit_ids))
    if before == after:
        return {}
    db.session.execute(delete(CallUnit).where(CallUnit.call_id == call.id))
    db.session.add_all(CallUnit(call_id=call.id, unit_id=unit_id) for unit_id in after)
    return {"unit_ids": [before, after]}


def _opens(call: Call) -> bool:
    """Tell whether a call opens with this change, and keep that those it is put to are told by it."""
    if call.told_at or call.starts_on > clock.today():
        return False
    call.told_at = clock.now()
    return True
