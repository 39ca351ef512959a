"""What happens to the demo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from teamhub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class DemoLoaded(Event):
    """A demo municipality was made. ``object_id`` is its topmost unit."""

    object_type: ClassVar[str] = "unit"
    size: str
    seed: int
