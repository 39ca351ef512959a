"""Writes to a person's own inbox and choices. When somebody reads is nobody's business: it is no event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Update, case, delete, update

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.consequences.kinds import DEFAULTS, Channel, Kind, Pace
from teamhub.core import clock
from teamhub.core.announce import announce
from teamhub.core.db import db
from teamhub.core.errors import DomainError, Forbidden
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.jobs.outbox import insert_if_new
from teamhub.notifications import queries
from teamhub.notifications.events import ChoicesChanged, ObjectMuted, ObjectUnmuted
from teamhub.notifications.models import Choice, Muted, Notification, QuietHours
from teamhub.notifications.paces import Quiet, wakes
from teamhub.notifications.states import Until


@dataclass(frozen=True)
class Marked:
    """What was marked as read: how much, and the moment, by which it can be undone."""

    count: int
    at: datetime


@command
def mark_read(actor: Actor, notification_id: int) -> Marked:
    """Mark a notification, and what was told of the same object before it, as read."""
    authorize(actor, Action.NOTIFICATION_MANAGE)
    return _read(actor, queries.same_thing(_own(actor, notification_id)))


@command
def mark_all_read(actor: Actor, upto: int) -> Marked:
    """Mark all that stands in the inbox as read, up to the last one somebody saw."""
    authorize(actor, Action.NOTIFICATION_MANAGE)
    return _read(actor, queries.shown_to(actor) & (Notification.id <= upto))


@command
def mark_unread(actor: Actor, notification_id: int) -> None:
    """Let a notification be new again."""
    authorize(actor, Action.NOTIFICATION_MANAGE)
    _own(actor, notification_id).read_at = None
    _news_for(actor)


@command
def undo_read(actor: Actor, at: datetime) -> None:
    """Let what was marked as read at a moment be new again."""
    authorize(actor, Action.NOTIFICATION_MANAGE)
    n = Notification
    _change(actor, update(n).where(n.person_id == actor.id, n.read_at == at).values(read_at=None))


@command
def snooze(actor: Actor, notification_id: int, until: Until) -> datetime:
    """Put off all that is told of an object. It comes back as news in the morning of the day returned."""
    authorize(actor, Action.NOTIFICATION_MANAGE)
    n, one = Notification, _own(actor, notification_id)
    at = wakes(until, clock.now())
    read_at = case((n.id == one.id, None), else_=n.read_at)
    _change(actor, update(n).where(queries.same_thing(one)).values(show_at=at, read_at=read_at))
    return at


@command
def wake(actor: Actor, notification_id: int) -> None:
    """Take back what was put off together with a notification."""
    authorize(actor, Action.NOTIFICATION_MANAGE)
    n, one = Notification, _own(actor, notification_id, put_off=True)
    together = (n.object_type == one.object_type, n.object_id == one.object_id, n.show_at == one.show_at)
    _change(actor, update(n).where(n.person_id == actor.id, *together).values(show_at=n.created_at))


@command
def mute(actor: Actor, notification_id: int) -> tuple[Muted, Marked]:
    """Let the actor hear no more news of an object, and take what has been told of it as read."""
    authorize(actor, Action.NOTIFICATION_MANAGE)
    one = _own(actor, notification_id)
    key = {"person_id": actor.id, "object_type": one.object_type, "object_id": one.object_id}
    if insert_if_new(db.session(), Muted, **key):
        emit(db.session(), ObjectMuted(actor_id=actor.id, object_id=actor.id or 0))
    return Muted(**key), _read(actor, queries.same_thing(one))


@command
def unmute(actor: Actor, object_type: str, object_id: int) -> None:
    """Let the actor hear of an object again."""
    authorize(actor, Action.NOTIFICATION_MANAGE)
    m = Muted
    here = (m.person_id == actor.id, m.object_type == object_type, m.object_id == object_id)
    if db.session.scalar(delete(m).where(*here).returning(m.object_id)) is not None:
        emit(db.session(), ObjectUnmuted(actor_id=actor.id, object_id=actor.id or 0))


@command
def choose(actor: Actor, paces: Mapping[tuple[Kind, Channel], Pace], quiet: Quiet) -> None:
    """Keep how often the actor wants what, and when it shall be quiet. What is as usual is not kept.

    It counts from now on: what has been gathered comes when it was to come.
    """
    authorize(actor, Action.NOTIFICATION_MANAGE)
    _check(quiet)
    before = queries.paces(actor), queries.quiet_hours(actor)
    if before == (dict(paces), quiet):
        return
    for model in (Choice, QuietHours):
        db.session.execute(delete(model).where(model.person_id == actor.id))
    db.session.add_all(
        Choice(person_id=actor.id, kind=kind, channel=channel, pace=pace)
        for (kind, channel), pace in paces.items()
        if pace != DEFAULTS[kind][channel]
    )
    if quiet != Quiet():
        hours = {"starts": quiet.starts, "ends": quiet.ends, "weekends": quiet.weekends}
        db.session.add(QuietHours(person_id=actor.id, **hours))
    emit(db.session(), ChoicesChanged(actor_id=actor.id, object_id=actor.id or 0))


def _check(quiet: Quiet) -> None:
    if (quiet.starts is None) != (quiet.ends is None):
        missing = "starts" if quiet.starts is None else "ends"
        raise DomainError(_("Velg både fra og til, eller la begge stå tomme."), field=missing)
    if quiet.starts is not None and quiet.starts == quiet.ends:
        raise DomainError(_("Fra og til kan ikke være samme klokkeslett."), field="ends")


def _own(actor: Actor, notification_id: int, *, put_off: bool = False) -> Notification:
    one = queries.get(actor, notification_id, put_off=put_off)
    if one is None:
        raise Forbidden(_("Varselet finnes ikke i innboksen din."))
    return one


def _read(actor: Actor, which: ColumnElement[bool]) -> Marked:
    n, at = Notification, clock.now()
    return Marked(_change(actor, update(n).where(which, n.read_at.is_(None)).values(read_at=at)), at)


def _change(actor: Actor, change: Update) -> int:
    """Change rows of the actor's inbox, tell the pages that show its count, and return how many it was."""
    changed = db.session.scalars(
        change.returning(Notification.id).execution_options(synchronize_session=False)
    ).all()
    if changed:
        _news_for(actor)
    return len(changed)


def _news_for(actor: Actor) -> None:
    announce(db.session(), f"inbox:{actor.id}")
