"""What happens to data that comes from outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from teamhub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class Imported(Event):
    """A file was taken in and changed something. ``imported`` is units, people or challenges."""

    object_type: ClassVar[str] = "import"
    imported: str
    file: str
    created: int
    changed: int
    unchanged: int
