"""Writes to the security log: lines are added, each chained to the one before, and go when time is out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from teamhub.access.actor import SYSTEM, Actor
from teamhub.access.policy import Action, authorize
from teamhub.audit import chain
from teamhub.audit.models import SecurityEntry, SecurityHead
from teamhub.audit.states import Outcome, SecurityKind
from teamhub.core import clock, origin
from teamhub.core.db import db
from teamhub.core.transaction import before_commit, command

FINDINGS_KEPT = 5
"""So many findings of a verification are kept in the line about it; the rest is only counted."""

# After lines without a head, a new chain begins at the number that is free: the break is there to be found.
_BEGIN = text(
    "INSERT INTO security_head (id, last_id, last_hash, gone_id, gone_hash, seal) "
    "SELECT 1, COALESCE(MAX(id), 0), :genesis, 0, :genesis, '' FROM security_entry WHERE true "
    "ON CONFLICT DO NOTHING"
)


def record(
    session: Session,
    kind: SecurityKind,
    *,
    outcome: Outcome = Outcome.OK,
    actor_id: int | None,
    subject_id: int | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Let the command in progress leave a line: who, what, to whom, from where, and how it went.

    ``data`` holds plain values and never what somebody typed in secret. The lines are written last of all,
    for whoever writes holds back all others who write lines. Raises RuntimeError outside a command.
    """
    line = {
        "kind": str(kind),
        "outcome": str(outcome),
        "actor_id": actor_id,
        "subject_id": subject_id,
        "address": origin.address(),
        "data": data or {},
    }
    before_commit(session, lambda: _append(session, locked_head(session), line))


def locked_head(session: Session) -> SecurityHead:
    """Return the chain's ends, locked until the command ends. A chain that is not there is begun."""
    head = _head(session)
    if head is None:
        session.execute(_BEGIN, {"genesis": chain.GENESIS})
        head = _head(session)
    if head is None:
        msg = "the security log has no head and will not have one"
        raise RuntimeError(msg)
    if not head.seal:
        begun = {"kind": str(SecurityKind.LOG_BEGUN), "outcome": str(Outcome.OK), "data": {}}
        _append(session, head, begun | dict.fromkeys(("actor_id", "subject_id", "address")))
    return head


def _head(session: Session) -> SecurityHead | None:
    return session.get(SecurityHead, 1, with_for_update=True, populate_existing=True)


def _append(session: Session, head: SecurityHead, line: dict[str, Any]) -> None:
    whole = line | {"id": head.last_id + 1, "at": clock.now()}
    digest = chain.line_hash(chain.keys()[0], whole, head.last_hash)
    session.add(SecurityEntry(**whole, hash=digest))
    head.last_id, head.last_hash = whole["id"], digest
    _seal(session, head)


def _seal(session: Session, head: SecurityHead) -> None:
    ends = {name: getattr(head, name) for name in chain.ENDS}
    head.seal = chain.seal(chain.keys()[0], ends)
    session.flush()


@command
def note_refusal(actor: Actor, person_id: int | None, where: dict[str, Any]) -> None:
    """Leave a line about somebody who was told that they may not. ``where`` names the page, with ids."""
    authorize(actor, Action.SECURITY_LOG_WRITE)
    record(db.session(), SecurityKind.ACCESS_DENIED, outcome=Outcome.REFUSED, actor_id=person_id, data=where)


@command
def note_verification(actor: Actor, findings: list[str]) -> None:
    """Leave a line about a verification and what it found."""
    authorize(actor, Action.SECURITY_LOG_VIEW)
    record(
        db.session(),
        SecurityKind.LOG_VERIFIED,
        outcome=Outcome.FAILED if findings else Outcome.OK,
        actor_id=actor.id,
        data={"count": len(findings), "findings": findings[:FINDINGS_KEPT]},
    )


@command
def let_go(actor: Actor, older_than_days: int) -> int:
    """Delete the oldest lines, those older than so many days, and return how many went.

    The chain's beginning moves to the last of them, so that the rest is verified as before.
    """
    authorize(actor, Action.SECURITY_LOG_WRITE)
    session = db.session()
    head = locked_head(session)
    limit = clock.now() - timedelta(days=older_than_days)
    kept = session.scalar(
        select(func.min(SecurityEntry.id)).where(SecurityEntry.at >= limit, SecurityEntry.id > head.gone_id)
    )
    last_gone = head.last_id if kept is None else kept - 1
    digest = session.scalar(select(SecurityEntry.hash).where(SecurityEntry.id == last_gone))
    if digest is None:
        return 0
    count = last_gone - head.gone_id
    head.gone_id, head.gone_hash = last_gone, digest
    _seal(session, head)  # first: the database lets no line go that the head still holds
    session.execute(delete(SecurityEntry).where(SecurityEntry.id <= last_gone))
    record(
        session,
        SecurityKind.LOG_SHORTENED,
        actor_id=actor.id,
        data={"count": count, "last_id": last_gone},
    )
    return count


def keep_to_time(_ticket: object = None) -> None:
    """Do the daily job: let go of the lines the municipality no longer keeps."""
    let_go(SYSTEM, current_app.config["SECURITY_LOG_DAYS"])
