"""What happens to calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from teamhub.core.changes import Changes
from teamhub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CallEvent(Event):
    """Something that happened to a call."""

    object_type: ClassVar[str] = "open_call"


@dataclass(frozen=True, kw_only=True)
class CallMade(CallEvent):
    """The office has put a question. ``opens`` tells that it opens at once, ``due`` its last day."""

    opens: bool
    due: str


@dataclass(frozen=True, kw_only=True)
class CallEdited(CallEvent):
    """A call was changed. ``opens`` tells that it opened by it, ``due`` its last day now."""

    changes: Changes
    opens: bool
    due: str


@dataclass(frozen=True, kw_only=True)
class CallClosed(CallEvent):
    """A call was ended before its last day."""


@dataclass(frozen=True, kw_only=True)
class CallReported(CallEvent):
    """The office told what it heard, and what comes of it."""


@dataclass(frozen=True, kw_only=True)
class CallReminded(CallEvent):
    """Somebody was told of a call's date. ``reminder`` names which, ``due`` the day as text."""

    reminder: str
    due: str
