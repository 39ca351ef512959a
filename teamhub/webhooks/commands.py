"""What leads, owners and admins do with webhooks, and what the job writes down of an answer."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, fields
from typing import Any, cast

from sqlalchemy import Table, func, select, update

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, authorize
from teamhub.core import clock, outbound
from teamhub.core.db import db
from teamhub.core.errors import Conflict, DomainError
from teamhub.core.events import emit
from teamhub.core.i18n import _
from teamhub.core.transaction import command
from teamhub.jobs.outbox import enqueue
from teamhub.missions.models import Mission
from teamhub.webhooks import queries
from teamhub.webhooks.events import (
    WebhookAdded,
    WebhookChanged,
    WebhookEvent,
    WebhookRemoved,
    WebhookSecretReset,
)
from teamhub.webhooks.models import Webhook
from teamhub.webhooks.shapes import Shape

DELIVER = "webhook.deliver"
GONE = 410

MOST_WEBHOOKS = 10
"""So many a mission may have, and so many those of all missions may be: each event is sent to every one."""

_WEBHOOK = cast("Table", Webhook.__table__)


@dataclass(frozen=True)
class Written:
    """What somebody has filled in about a webhook, named as on the webhook itself."""

    name: str
    url: str
    shape: Shape
    with_tasks: bool = False


@command
def add(actor: Actor, mission_id: int | None, written: Written) -> int:
    """Add a webhook to a mission, or to all when ``mission_id`` is None, and return its id."""
    mission = db.session.get(Mission, mission_id) if mission_id else None
    if mission_id and mission is None:
        raise DomainError(_("Oppdraget finnes ikke lenger."))
    authorize(actor, *queries.adding(mission))
    here = select(func.count()).select_from(Webhook).where(Webhook.mission_id == mission_id)
    if (db.session.scalar(here) or 0) >= MOST_WEBHOOKS:
        raise DomainError(_("Det kan være høyst %(n)s webhooker her.", n=MOST_WEBHOOKS))
    webhook = Webhook(
        uid=secrets.token_hex(16), mission_id=mission_id, created_by_id=actor.id, **_values(written)
    )
    db.session.add(webhook)
    db.session.flush()
    _tell(actor, WebhookAdded, webhook)
    return webhook.id


@command
def change(actor: Actor, webhook_id: int, written: Written, *, version: int) -> None:
    """Change a webhook. Raises Conflict when somebody has changed it since ``version`` was read."""
    webhook = _fresh(webhook_id)
    authorize(actor, *queries.changing(webhook))
    if webhook.version != version:
        raise Conflict(_("Webhooken er endret siden du åpnet den."), webhook)
    values = _values(written)
    changed = [name for name, value in values.items() if getattr(webhook, name) != value]
    for name in changed:
        setattr(webhook, name, values[name])
    if changed:
        _tell(actor, WebhookChanged, webhook, fields=changed)


@command
def set_active(actor: Actor, webhook_id: int, *, active: bool) -> None:
    """Set a webhook going, or let it pause. Doing it twice is doing it once."""
    webhook = _fresh(webhook_id)
    authorize(actor, *(queries.changing(webhook) if active else queries.stopping(actor, webhook)))
    if webhook.is_active != active:
        webhook.is_active = active
        _tell(actor, WebhookChanged, webhook, fields=["is_active"])


@command
def reset_secret(actor: Actor, webhook_id: int) -> None:
    """Give a webhook a new secret: what is sent from now on is signed with that one."""
    webhook = _fresh(webhook_id)
    authorize(actor, *queries.changing(webhook))
    webhook.generation += 1
    _tell(actor, WebhookSecretReset, webhook)


@command
def send_test(actor: Actor, webhook_id: int) -> None:
    """Send a message that says it is a trial."""
    webhook = _fresh(webhook_id)
    authorize(actor, *queries.changing(webhook))
    if not webhook.is_active:
        raise DomainError(_("Webhooken er satt på pause. Sett den i gang først."))
    enqueue(db.session(), DELIVER, {"webhook_id": webhook_id, "entry": None})


@command
def remove(actor: Actor, webhook_id: int) -> None:
    """Remove a webhook. What waits to be sent to it is not sent."""
    webhook = _fresh(webhook_id)
    authorize(actor, *queries.stopping(actor, webhook))
    _tell(actor, WebhookRemoved, webhook)
    db.session.delete(webhook)


@command
def note_answer(actor: Actor, webhook_id: int, status: int) -> None:
    """Write down how the receiver answered. One that says it is gone for good is not sent more.

    Not a change in the sense of versions: nobody who has the form open is disturbed by it.
    """
    authorize(actor, Action.WEBHOOK_DELIVER)
    db.session.execute(
        update(_WEBHOOK).where(_WEBHOOK.c.id == webhook_id).values(last_status=status, last_at=clock.now())
    )
    webhook = db.session.get(Webhook, webhook_id, with_for_update=True, populate_existing=True)
    if status == GONE and webhook is not None and webhook.is_active:
        webhook.is_active = False
        _tell(actor, WebhookChanged, webhook, fields=["is_active"])


def _fresh(webhook_id: int) -> Webhook:
    webhook = db.session.get(Webhook, webhook_id, with_for_update=True, populate_existing=True)
    if webhook is None:
        raise DomainError(_("Webhooken finnes ikke lenger."))
    return webhook


def _values(written: Written) -> dict[str, Any]:
    """Return the columns and their values. Raises DomainError about an address Teamhub does not send to.

    The text of the address is judged, not where its name leads today: nobody waits for that in a request,
    and it is asked every time something is sent.
    """
    try:
        outbound.goal_of(written.url)
    except outbound.Refused as refused:
        raise DomainError(str(refused), field="url") from refused
    return {field.name: getattr(written, field.name) for field in fields(written)}


def _tell(actor: Actor, happened: type[WebhookEvent], webhook: Webhook, **more: Any) -> None:
    emit(
        db.session(),
        happened(
            actor_id=actor.id,
            object_id=webhook.id,
            mission_id=webhook.mission_id,
            name=webhook.name,
            **more,
        ),
    )
