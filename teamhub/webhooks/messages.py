"""What a message says: only what every employee may read, and of tasks only that something happened."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import current_app
from sqlalchemy import select

from teamhub.access.actor import Actor
from teamhub.audit.models import Entry
from teamhub.audit.names import sentence
from teamhub.challenges import queries as challenges
from teamhub.challenges.models import Challenge
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.i18n import _
from teamhub.missions import queries as missions
from teamhub.people.models import Person
from teamhub.tasks.models import Task
from teamhub.webhooks.models import Webhook
from teamhub.webhooks.shapes import Shape

ANYBODY = Actor(id=None)
"""An employee who is nobody in particular: what such a one may see is what may go out."""

CARD = "application/vnd.microsoft.card.adaptive"


@dataclass(frozen=True)
class Message:
    """Something that happened, as it is told. ``actor`` is None where not everybody may know who."""

    event: str
    at: datetime
    object_type: str
    object_id: int
    title: str
    url: str
    actor: str | None
    text: str


def of_entry(entry: Entry) -> Message | None:
    """Return what to say of something that happened; None when it is about what is gone, or hidden by now."""
    title, endpoint, named = _object(entry.object_type, entry.object_id)
    if title is None:
        return None
    actor = None
    if named and not _is_shielded(entry):
        actor = db.session.scalar(select(Person.name).where(Person.id == entry.actor_id)) or _("Teamhub")
    return Message(
        event=entry.kind,
        at=entry.at,
        object_type=entry.object_type,
        object_id=entry.object_id,
        title=title,
        url=_address(endpoint, **{f"{entry.object_type}_id": entry.object_id}),
        actor=actor,
        text=sentence(entry.kind, actor or _("En i teamet"), entry.data),
    )


def _is_shielded(entry: Entry) -> bool:
    """Tell whether who did it is not to be named: a proposer whose name is shielded."""
    if entry.object_type != "challenge":
        return False
    shielded = select(Challenge.id).where(Challenge.id == entry.object_id, Challenge.shielded)
    return db.session.scalar(shielded) is not None


def trial(webhook: Webhook) -> Message:
    """Return a message that says it is a trial."""
    return Message(
        event="Test",
        at=clock.now(),
        object_type="webhook",
        object_id=webhook.id,
        title=webhook.name,
        url=_address("webhooks.show", webhook_id=webhook.id),
        actor=None,
        text=_("Dette er en prøve fra Teamhub. Kommer den fram, virker webhooken."),
    )


def body(message: Message, shape: Shape, uid: str) -> bytes:
    """Return ``message`` in the shape the receiver reads."""
    said = _card(message) if shape == Shape.TEAMS else _plain(message, uid)
    return json.dumps(said, ensure_ascii=False).encode()


def _object(object_type: str, object_id: int) -> tuple[str | None, str, bool]:
    """Return the title of what it happened to, its page, and whether everybody may know who acted."""
    if object_type == "challenge":
        challenge = challenges.get(ANYBODY, object_id)
        return challenge.title if challenge else None, "challenges.show", True
    if object_type == "mission":
        mission = missions.get_mission(ANYBODY, object_id)
        return mission.title if mission else None, "missions.show", True
    return db.session.scalar(select(Task.title).where(Task.id == object_id)), "tasks.show", False


def _address(endpoint: str, **args: int) -> str:
    """Return a page's whole address. The host is the installation's own, whatever was asked for and how."""
    path = current_app.url_map.bind("").build(endpoint, args)
    return f"{str(current_app.config['BASE_URL']).rstrip('/')}{path}"


def _plain(message: Message, uid: str) -> dict[str, Any]:
    return {
        "id": uid,
        "event": message.event,
        "at": message.at.astimezone(UTC).isoformat(timespec="seconds"),
        "object": {
            "type": message.object_type,
            "id": message.object_id,
            "url": message.url,
            "title": message.title,
        },
        "actor": message.actor,
        "text": message.text,
    }


def _card(message: Message) -> dict[str, Any]:
    """Return an Adaptive Card. Its texts are runs, for a TextBlock reads links and marks into them."""
    title = {"type": "TextRun", "text": message.title, "weight": "Bolder", "size": "Medium"}
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "fallbackText": f"{message.title}: {message.text}",
        "body": [
            {"type": "RichTextBlock", "inlines": [title]},
            {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": message.text}]},
        ],
        "actions": [{"type": "Action.OpenUrl", "title": _("Åpne i Teamhub"), "url": message.url}],
    }
    return {"type": "message", "attachments": [{"contentType": CARD, "contentUrl": None, "content": card}]}
