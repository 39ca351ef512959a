"""What happens to the keys people make for programs. The key itself is in no event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from teamhub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class TokenEvent(Event):
    """Something that happened to the key its owner calls ``name``."""

    object_type: ClassVar[str] = "person"
    name: str


@dataclass(frozen=True, kw_only=True)
class TokenMade(TokenEvent):
    scopes: list[str]
    expires_on: str


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(TokenEvent):
    pass
