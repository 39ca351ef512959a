"""What happens to seats that are announced to everybody, and to those who apply for them."""

from __future__ import annotations

from dataclasses import dataclass

from teamhub.missions.events import MissionEvent


@dataclass(frozen=True, kw_only=True)
class SeatAnnounced(MissionEvent):
    """A seat is made known to everybody. ``curator_id`` is who answers questions, when that is new."""

    seat_id: int
    curator_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AnnouncementEnded(MissionEvent):
    """A seat is announced no more: taken down, or its last day has passed."""

    seat_id: int
    curator_id: int
    expired: bool


@dataclass(frozen=True, kw_only=True)
class SeatApplied(MissionEvent):
    """Somebody wants a seat, or says it in other words: not for the mission's own page to tell."""

    seat_id: int
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class ApplicationWithdrawn(MissionEvent):
    """Somebody does not want a seat after all: not for the mission's own page to tell."""

    seat_id: int


UNTOLD = (SeatApplied.__name__, ApplicationWithdrawn.__name__)
"""Kinds that the page of a mission does not tell of: who applies is between them and the lead."""
