"""Where a call stands: it follows from its days, so nobody has to move it."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """What a call is just now."""

    PLANNED = "planned"
    OPEN = "open"
    ENDED = "ended"
    REPORTED = "reported"
