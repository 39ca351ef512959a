"""What happens to the addresses of a person's feeds. The key itself is in no event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from teamhub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class FeedEvent(Event):
    """Something that happened to a person's address for the feed ``path``."""

    object_type: ClassVar[str] = "person"
    path: str


@dataclass(frozen=True, kw_only=True)
class FeedOpened(FeedEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class FeedReset(FeedEvent):
    """A new address was made, and the old one died."""


@dataclass(frozen=True, kw_only=True)
class FeedClosed(FeedEvent):
    pass
