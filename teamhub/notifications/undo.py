"""The way back after reading, putting off or muting: shown once, right after."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from flask import session

_KEY = "inbox_undo"


@dataclass(frozen=True)
class Undo:
    """What was done, in words, and the form that takes it back."""

    text: str
    to: str
    fields: dict[str, Any] = field(default_factory=dict)


def keep(undo: Undo) -> None:
    """Keep the way back until the next page is shown."""
    session[_KEY] = asdict(undo)


def take() -> Undo | None:
    """Return the way back, if there is one that has not been shown."""
    kept = session.pop(_KEY, None)
    return Undo(**kept) if kept else None
