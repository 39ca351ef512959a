"""What happens to webhooks. Their addresses are as good as keys, so no event holds one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from teamhub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class WebhookEvent(Event):
    """Something that happened to a webhook: of mission ``mission_id``, or of all when that is None."""

    object_type: ClassVar[str] = "webhook"
    mission_id: int | None
    name: str


@dataclass(frozen=True, kw_only=True)
class WebhookAdded(WebhookEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class WebhookChanged(WebhookEvent):
    """``fields`` names what is new."""

    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class WebhookSecretReset(WebhookEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class WebhookRemoved(WebhookEvent):
    pass
