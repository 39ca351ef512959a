"""What happens to what people say of themselves. Neither skill nor level is told: the change log is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from teamhub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CompetenceEvent(Event):
    """Somebody changed what they say of themselves: the object is the person."""

    object_type: ClassVar[str] = "competence"


@dataclass(frozen=True, kw_only=True)
class SkillsChanged(CompetenceEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class WaysChanged(CompetenceEvent):
    """Which languages they can work in, or which places they can work at."""


@dataclass(frozen=True, kw_only=True)
class TimeChanged(CompetenceEvent):
    pass
