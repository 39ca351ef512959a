"""What happens to challenges."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from teamhub.core.changes import Changes
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
    changes: Changes = field(default_factory=dict)


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
    """``mentioned`` are ids of persons whose names were written in it."""

    comment_id: int
    mentioned: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ChallengeAnswered(ChallengeEvent):
    """An official step: ``old`` and ``new`` are states, ``decision`` the step by name."""

    old: str
    new: str
    decision: str


@dataclass(frozen=True, kw_only=True)
class ChallengeReminded(ChallengeEvent):
    """Somebody was reminded of a date. ``reminder`` names which, ``due`` the day as text."""

    reminder: str
    due: str
