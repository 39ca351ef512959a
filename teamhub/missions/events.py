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
class InvitationExpired(MissionEvent):
    """Not all answered in time: nobody owes an answer any more, and the seat is free."""

    invitation_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationOvertaken(MissionEvent):
    """Both have said yes, but the time had just been given to another mission: the seat is free again."""

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
class SeatBegun(MissionEvent):
    """The first day of an agreed seat has come."""

    seat_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class SeatDone(MissionEvent):
    """The lead has confirmed what was done. The words stand on the seat, for those it concerns."""

    seat_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class SeatReminded(MissionEvent):
    """Somebody was reminded of a seat that is over: ``reminder`` names which, ``due`` its last day."""

    seat_id: int
    reminder: str
    due: str


@dataclass(frozen=True, kw_only=True)
class CounterOffered(MissionEvent):
    """Instead of yes or no, the person or the line manager (``side``) proposes other terms.

    ``overtook`` tells that a proposal of the other of the two waited for an answer, and no longer does.
    """

    invitation_id: int
    seat_offer_id: int
    person_id: int
    side: str
    overtook: bool = False


@dataclass(frozen=True, kw_only=True)
class CounterAnswered(MissionEvent):
    """The lead's answer to ``proposer_id``, who proposed it for one ``side``.

    ``asks`` names the sides that owe a yes or a no after it.
    """

    invitation_id: int
    seat_offer_id: int
    person_id: int
    proposer_id: int | None
    side: str
    accepted: bool
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChangeEvent(MissionEvent):
    """Something that happened to a change proposed of what is agreed about a seat."""

    seat_offer_id: int
    seat_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ChangeProposed(ChangeEvent):
    """``asks`` names the sides that must agree before it holds."""

    asks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ChangeAnswered(ChangeEvent):
    """``sides`` have answered; it ``waits`` for others still, or it is settled."""

    sides: tuple[str, ...]
    accepted: bool
    waits: bool


@dataclass(frozen=True, kw_only=True)
class ChangeWithdrawn(ChangeEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class TermsChanged(ChangeEvent):
    """All three have agreed: the seat has other terms from now on."""

    changes: Changes = field(default_factory=dict)


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
