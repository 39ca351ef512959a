"""What a webhook's messages look like."""

from __future__ import annotations

from enum import StrEnum


class Shape(StrEnum):
    """A card for Microsoft Teams and those who read the same, or plain JSON."""

    TEAMS = "teams"
    JSON = "json"
