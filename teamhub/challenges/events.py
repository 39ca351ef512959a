"""What happens to challenges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from teamhub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ChallengeEvent(Event):
    """Something that happened to a challenge."""

    object_type: ClassVar[str] = "challenge"


@dataclass(frozen=True, kw_only=True)
class ChallengeSubmitted(ChallengeEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class ChallengeEdited(ChallengeEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class ChallengeClarified(ChallengeEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class ChallengeWithdrawn(ChallengeEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class ChallengeSupported(ChallengeEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class SupportWithdrawn(ChallengeEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class ChallengeCommented(ChallengeEvent):
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class ChallengeAnswered(ChallengeEvent):
    """An official step: ``old`` and ``new`` are states, ``decision`` the step by name."""

    old: str
    new: str
    decision: str
