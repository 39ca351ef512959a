"""The feeds there are. The codes stand in addresses and in the database for good."""

from __future__ import annotations

from enum import StrEnum


class Feed(StrEnum):
    """What another program can follow for somebody. Each has a key of its own."""

    CALENDAR = "calendar"
    CHALLENGES = "challenges"
    MISSIONS = "missions"
