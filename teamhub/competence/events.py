"""What happens to what people say of themselves. Neither skill nor level is told: the change log is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from teamhub.core.changes import Changes
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


@dataclass(frozen=True, kw_only=True)
class ListEvent(Event):
    """The office changed what people can choose among."""

    changes: Changes = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SkillChanged(ListEvent):
    """A skill is new, is called something else, or is retired."""

    object_type: ClassVar[str] = "skill"


@dataclass(frozen=True, kw_only=True)
class PlaceChanged(ListEvent):
    """A place is new, is called something else, or is retired."""

    object_type: ClassVar[str] = "place"


@dataclass(frozen=True, kw_only=True)
class SuggestionEvent(Event):
    """Something about a skill that somebody suggested."""

    object_type: ClassVar[str] = "skill_suggestion"


@dataclass(frozen=True, kw_only=True)
class SkillSuggested(SuggestionEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class SuggestionAnswered(SuggestionEvent):
    """The office's answer, to whoever suggested it."""

    person_id: int
    outcome: str
    skill_id: int | None = None
