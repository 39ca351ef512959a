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
class AgreementEvent(Event):
    """Something that happened to a team's agreement: the object is the mission.

    What it says is not told, for it is the team's own.
    """

    object_type: ClassVar[str] = "agreement"


@dataclass(frozen=True, kw_only=True)
class AgreementWritten(AgreementEvent):
    """It has got its words, or others than before: ``anew``."""

    anew: bool


@dataclass(frozen=True, kw_only=True)
class AgreementAsked(AgreementEvent):
    """Somebody came to a team that has an agreement."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class AgreementAccepted(AgreementEvent):
    """Somebody stands by it; so many have not said so yet."""

    left: int


@dataclass(frozen=True, kw_only=True)
class PartnerAttached(MissionEvent):
    """A union or safety representative follows the mission from now on, by the office they hold."""

    person_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class PartnerRemoved(MissionEvent):
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PartnerLeft(MissionEvent):
    """They left it themselves."""

    person_id: int
