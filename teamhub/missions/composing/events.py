"""What happens to teams that are only thought of, and to what leads may weigh.

Who is in a draft is not told: they have not been asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from teamhub.core.changes import Changes
from teamhub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class TeamDraftKept(Event):
    object_type: ClassVar[str] = "team_draft"
    mission_id: int


@dataclass(frozen=True, kw_only=True)
class TeamDraftDropped(Event):
    object_type: ClassVar[str] = "team_draft"
    mission_id: int


@dataclass(frozen=True, kw_only=True)
class WeightsBound(Event):
    """The board has set how much leads may let each thing count. ``changes``: term → [before, after]."""

    object_type: ClassVar[str] = "weights"
    changes: Changes
