"""Reads of webhooks: who may see and change which, lists, and who hears of what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, and_, false, or_, select

from teamhub.access.actor import Actor
from teamhub.access.policy import Action, can
from teamhub.core.db import db
from teamhub.missions.models import Mission
from teamhub.webhooks.models import Webhook
from teamhub.webhooks.shapes import Shape

MOST_LISTED = 500


@dataclass(frozen=True)
class WebhookRow:
    """A webhook in a list. Of its address only the host is shown: the rest is often a key."""

    id: int
    name: str
    url: str
    shape: Shape
    with_tasks: bool
    is_active: bool
    last_status: int | None
    last_at: datetime | None
    mission: str | None

    @property
    def host(self) -> str:
        return host_of(self.url)


def host_of(url: str) -> str:
    """Return what may be shown of a webhook's address."""
    return urlsplit(url).hostname or url


# -- who may -----------------------------------------------------------------------------------------
# Each returns what to ask the policy: an action, and the subject that goes with it.


def adding(mission: Mission | None) -> tuple[Action, Any]:
    """What adding asks for: the lead or owner of the mission, an admin for one of all missions."""
    return (Action.WEBHOOK_MANAGE, mission) if mission else (Action.WEBHOOK_MANAGE_ALL, None)


def changing(webhook: Webhook) -> tuple[Action, Any]:
    """What seeing the secret and changing ask for: the same as adding did."""
    if webhook.mission_id is None:
        return Action.WEBHOOK_MANAGE_ALL, None
    return Action.WEBHOOK_MANAGE, webhook


def stopping(actor: Actor, webhook: Webhook) -> tuple[Action, Any]:
    """What seeing that it is there, pausing and removing ask for: an admin may stop any of them.

    No more than that: a mission's webhook may be sent its tasks, which an admin does not see.
    """
    if can(actor, Action.WEBHOOK_MANAGE_ALL):
        return Action.WEBHOOK_MANAGE_ALL, None
    return changing(webhook)


def get(actor: Actor, webhook_id: int) -> Webhook | None:
    """Return a webhook ``actor`` may see."""
    webhook = db.session.scalar(select(Webhook).where(Webhook.id == webhook_id))
    return webhook if webhook and can(actor, *stopping(actor, webhook)) else None


# -- lists -------------------------------------------------------------------------------------------


def of_mission(mission_id: int) -> list[WebhookRow]:
    """Return the webhooks of a mission, by name."""
    return _rows(Webhook.mission_id == mission_id)


def everywhere() -> list[WebhookRow]:
    """Return every webhook there is: those of all missions first."""
    return _rows()


def _rows(*which: ColumnElement[bool]) -> list[WebhookRow]:
    w = Webhook
    rows = db.session.execute(
        select(
            w.id,
            w.name,
            w.url,
            w.shape,
            w.with_tasks,
            w.is_active,
            w.last_status,
            w.last_at,
            Mission.title,
        )
        .outerjoin(Mission, Mission.id == w.mission_id)
        .where(*which)
        .order_by(w.mission_id.is_not(None), Mission.title, w.name, w.id)
        .limit(MOST_LISTED)
    )
    return [WebhookRow(*row) for row in rows]


# -- who hears ---------------------------------------------------------------------------------------


def hears(group: str | None, mission_id: int | None) -> ColumnElement[bool]:
    """Return the condition on webhooks that are told of an event of ``group`` in mission ``mission_id``.

    Challenges go to those of all missions; missions to these and their own; tasks to their own mission's
    alone, and only where tasks are asked for.
    """
    own = Webhook.mission_id == mission_id if mission_id is not None else false()
    for_all = Webhook.mission_id.is_(None)
    told = {
        "challenge": for_all,
        "mission": or_(for_all, own),
        "tasks": and_(own, Webhook.with_tasks.is_(True)),
    }
    return and_(Webhook.is_active.is_(True), told.get(group or "", false()))
