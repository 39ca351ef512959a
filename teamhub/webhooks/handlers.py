"""Writes a delivery for each webhook that is told of an event."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhub.audit.handlers import last_entry
from teamhub.consequences.table import TABLE
from teamhub.core.events import Event
from teamhub.jobs.outbox import enqueue
from teamhub.webhooks.commands import DELIVER
from teamhub.webhooks.models import Webhook
from teamhub.webhooks.queries import hears


def send_out(session: Session, event: Event) -> None:
    """Let those webhooks hear of ``event`` that its entry in the table says. Comes after the audit's."""
    follows = TABLE.get(type(event))
    if follows is None or follows.out is None:
        return
    group = follows.out
    mission_id = event.object_id if group == "mission" else getattr(event, "mission_id", None)
    told = list(session.scalars(select(Webhook.id).where(hears(group, mission_id))))
    if not told:
        return
    entry = last_entry(session)
    for webhook_id in told:
        enqueue(session, DELIVER, {"webhook_id": webhook_id, "entry": entry})
