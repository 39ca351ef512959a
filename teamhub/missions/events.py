"""What happens to missions and their teams."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from teamhub.core.changes import Changes
from teamhub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class MissionEvent(Event):
    """Something that happened to a mission."""

    object_type: ClassVar[str] = "mission"


@dataclass(frozen=True, kw_only=True)
class MissionStarted(MissionEvent):
    challenge_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class MissionEdited(MissionEvent):
    changes: Changes = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PhaseChanged(MissionEvent):
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class StatusReported(MissionEvent):
    report_id: int


@dataclass(frozen=True, kw_only=True)
class SeatAdded(MissionEvent):
    seat_id: int


@dataclass(frozen=True, kw_only=True)
class SeatChanged(MissionEvent):
    """What a seat asks for is new, or somebody left it."""

    seat_id: int
    changes: Changes = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SeatRemoved(MissionEvent):
    seat_id: int


@dataclass(frozen=True, kw_only=True)
class PersonInvited(MissionEvent):
    invitation_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(MissionEvent):
    invitation_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationAnswered(MissionEvent):
    """The person's own answer. The reason stays on the invitation, for those it concerns."""

    invitation_id: int
    person_id: int
    accepted: bool


@dataclass(frozen=True, kw_only=True)
class ReleaseAnswered(MissionEvent):
    """The line manager's answer about the time."""

    invitation_id: int
    person_id: int
    accepted: bool


@dataclass(frozen=True, kw_only=True)
class SeatFilled(MissionEvent):
    """Both have said yes: the person is on the team."""

    seat_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationReminded(MissionEvent):
    """Somebody was reminded of an invitation. ``reminder`` names which, ``due`` the day as text."""

    invitation_id: int
    reminder: str
    due: str


@dataclass(frozen=True, kw_only=True)
class ReportReminded(MissionEvent):
    """Somebody was reminded of a status report. ``reminder`` names which, ``due`` the day as text."""

    reminder: str
    due: str


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
