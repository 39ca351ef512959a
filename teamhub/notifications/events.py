"""What happens to a person's own choices. That they changed is told, not to what: they are private."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from teamhub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ChoiceEvent(Event):
    """Something that happened to what a person wants to hear."""

    object_type: ClassVar[str] = "person"


@dataclass(frozen=True, kw_only=True)
class ChoicesChanged(ChoiceEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class ObjectMuted(ChoiceEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class ObjectUnmuted(ChoiceEvent):
    pass
