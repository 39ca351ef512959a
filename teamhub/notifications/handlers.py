"""Lets everybody an event concerns know, as the table of consequences says: rows, in its transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.orm import Session

from teamhub.challenges import queries as challenges
from teamhub.consequences.entry import Settles, Told
from teamhub.consequences.kinds import DEFAULTS, Channel, Kind, Pace
from teamhub.consequences.table import TABLE
from teamhub.core import clock
from teamhub.core.announce import announce
from teamhub.core.events import Event
from teamhub.jobs.outbox import enqueue_all
from teamhub.notifications.models import Choice, Muted, Notification, QuietHours
from teamhub.notifications.paces import Quiet, after_quiet, next_digest
from teamhub.people.models import Person

MAIL_NOW = "mail.now"
"""The job that mails one person some notifications: «notifications», their ids, and «person»."""

SILENCED = frozenset({Kind.MINE, Kind.FOLLOWED})
"""What a muted object says no more of. Who is asked, named or has a date still hears of it."""

SILENCED_IN_MISSION = frozenset({Kind.FOLLOWED})
"""What the tasks of a muted mission say no more of: one who is given a task still hears of it."""


def tell(session: Session, event: Event) -> None:
    """Settle the answers ``event`` gives, and tell those it concerns, in the command's transaction."""
    follows = TABLE.get(type(event))
    if follows is None:
        return
    changed = _settle(session, event, follows.settles) if follows.settles else set()
    heard = meant(session, event, follows.tells)
    if heard:
        changed |= _write(session, event, heard)
    announce(session, *(f"inbox:{id_}" for id_ in sorted(changed)))


def _settle(session: Session, event: Event, settles: Iterable[Settles]) -> set[int]:
    """Bring an end to what is owed, or only waits, for what has happened now. Return whose it was."""
    n = Notification
    which = [_is_settled(event, s) for s in settles if s.when is None or s.when(event)]
    if not which:
        return set()
    whose = session.scalars(
        update(n)
        .where(
            n.object_type == event.object_type,
            n.object_id == event.object_id,
            or_(*which),
            or_(n.asks, n.read_at.is_(None)),
        )
        .values(asks=False, read_at=func.coalesce(n.read_at, clock.now()), mail_at=None)
        .returning(n.person_id)
        .execution_options(synchronize_session=False)
    )
    return set(whose)


def _is_settled(event: Event, settles: Settles) -> Any:
    conditions = [Notification.told == settles.told]
    if settles.about:
        conditions.append(Notification.about == getattr(event, settles.about))
    if settles.person:
        conditions.append(Notification.person_id == getattr(event, settles.person))
    return and_(*conditions)


def meant(session: Session, event: Event, tells: Iterable[Told]) -> dict[int, Told]:
    """Return who is told, and what: the first entry that names a person counts."""
    found: dict[int, Told] = {}
    for told in tells:
        for id_ in told.to(session, event):
            if told.actor_too or id_ != event.actor_id:
                found.setdefault(id_, told)
    return found


def _write(session: Session, event: Event, heard: dict[int, Told]) -> set[int]:
    """Write a row for each who wants it, and a job for what is mailed at once. Return who sees it now."""
    now = clock.now()
    wishes = _wishes(session, set(heard), {told.kind for told in heard.values()})
    silenced = _silenced(session, event, {id_ for id_, told in heard.items() if told.kind in SILENCED})
    used = {told.name: told for told in heard.values()}
    data = {name: told.with_(session, event) if told.with_ else {} for name, told in used.items()}
    masked = challenges.masked(event)
    rows = [
        about(event, told, data[told.name], masked) | {"person_id": id_, "created_at": now} | ways
        for id_, told in sorted(heard.items(), key=lambda pair: pair[0])
        if id_ in wishes
        and told.kind not in silenced.get(id_, ())
        and (ways := wishes[id_].ways(told.kind, now))
    ]
    if not rows:
        return set()
    written = session.execute(insert(Notification).returning(Notification.id, Notification.person_id), rows)
    ids = {person_id: id_ for id_, person_id in written}
    at_once = [row for row in rows if row["mail_pace"] == Pace.NOW]
    enqueue_all(session, MAIL_NOW, [_job(row, ids[row["person_id"]]) for row in at_once])
    return {row["person_id"] for row in rows if row["show_at"] == now}


def about(
    event: Event, told: Told, data: dict[str, Any], masked: Collection[int | None] = ()
) -> dict[str, Any]:
    """Return the columns of a notification that are the same for all who get it.

    ``masked`` are those whose names are not told, such as a proposer who is shielded.
    """
    return {
        "kind": told.kind,
        "told": told.name,
        "object_type": event.object_type,
        "object_id": event.object_id,
        "about": getattr(event, told.about) if told.about else None,
        "actor_id": None if event.actor_id in masked else event.actor_id,
        "data": data,
        "asks": told.asks,
    }


def _job(row: dict[str, Any], id_: int) -> tuple[dict[str, Any], float]:
    waits = (row["mail_at"] - row["created_at"]).total_seconds()
    return {"notifications": [id_], "person": row["person_id"]}, waits


@dataclass(frozen=True)
class Wishes:
    """What one person has chosen: paces where they differ from the usual, and quiet hours."""

    paces: dict[tuple[Kind, Channel], Pace]
    quiet: Quiet

    def ways(self, kind: Kind, now: datetime) -> dict[str, Any] | None:
        """Return when a notification shows in the inbox and goes by mail; None when it does neither."""
        app, mail = (self.paces.get((kind, way), DEFAULTS[kind][way]) for way in (Channel.APP, Channel.MAIL))
        if app == mail == Pace.NEVER:
            return None
        mail_at = after_quiet(now, self.quiet) if mail == Pace.NOW else _gathered(mail, now)
        show_at = now if app == Pace.NOW else _gathered(app, now)
        return {"show_at": show_at, "mail_pace": mail, "mail_at": mail_at}


def _gathered(pace: Pace, now: datetime) -> datetime | None:
    return None if pace == Pace.NEVER else next_digest(pace, now)


def _wishes(session: Session, ids: Collection[int], kinds: Collection[Kind]) -> dict[int, Wishes]:
    """Return the wishes of those of ``ids`` who have an open account, at two queries."""
    p, q = Person, QuietHours
    found = {
        id_: Wishes({}, Quiet(starts, ends, bool(weekends)))
        for id_, starts, ends, weekends in session.execute(
            select(p.id, q.starts, q.ends, q.weekends)
            .outerjoin(q, q.person_id == p.id)
            .where(p.id.in_(sorted(ids)), p.is_active)
        )
    }
    c = Choice
    for person_id, kind, channel, pace in session.execute(
        select(c.person_id, c.kind, c.channel, c.pace).where(
            c.person_id.in_(sorted(found)), c.kind.in_(sorted(kinds))
        )
    ):
        found[person_id].paces[Kind(kind), Channel(channel)] = Pace(pace)
    return found


def _silenced(session: Session, event: Event, ids: Collection[int]) -> dict[int, frozenset[Kind]]:
    """Return which kinds those of ``ids`` who have muted the object, or its mission, do not want."""
    if not ids:
        return {}
    m = Muted
    here = and_(m.object_type == event.object_type, m.object_id == event.object_id)
    mission_id = getattr(event, "mission_id", None)
    if mission_id is not None:
        here = or_(here, and_(m.object_type == "mission", m.object_id == mission_id))
    found: dict[int, frozenset[Kind]] = {}
    for person_id, object_type in session.execute(
        select(m.person_id, m.object_type).where(m.person_id.in_(sorted(ids)), here)
    ):
        kinds = SILENCED if object_type == event.object_type else SILENCED_IN_MISSION
        found[person_id] = found.get(person_id, frozenset()) | kinds
    return found
