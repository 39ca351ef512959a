"""What happens to assessments. Never a mark, nor a reason: this stands in logs and messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from teamhub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AssessmentEvent(Event):
    """Something that happened to the assessing of a challenge; the challenge is the object."""

    object_type: ClassVar[str] = "challenge"


@dataclass(frozen=True, kw_only=True)
class AssessmentAsked(AssessmentEvent):
    """Somebody was asked to assess a challenge by the day ``due``, as text."""

    assessment_id: int
    assessor_id: int
    due: str


@dataclass(frozen=True, kw_only=True)
class AssessmentTakenBack(AssessmentEvent):
    """The question was taken back before it was answered."""

    assessment_id: int
    assessor_id: int


@dataclass(frozen=True, kw_only=True)
class AssessmentSubmitted(AssessmentEvent):
    """An assessment was submitted. ``opens`` tells that it was the one that opened them all."""

    assessment_id: int
    opens: bool


@dataclass(frozen=True, kw_only=True)
class AssessmentWithdrawn(AssessmentEvent):
    """An assessor took a submitted assessment back, before anybody could see it."""

    assessment_id: int


@dataclass(frozen=True, kw_only=True)
class TalkRecorded(AssessmentEvent):
    """Assessors who were far apart on a criterion have talked, and what they said is written down."""

    criterion: str


@dataclass(frozen=True, kw_only=True)
class MustDoMarked(AssessmentEvent):
    """A challenge was marked as demanded by law or decision, or no longer so."""

    changes: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class AssessmentReminded(AssessmentEvent):
    """Somebody was reminded of an assessment. ``reminder`` names which, ``due`` the day as text."""

    assessment_id: int
    reminder: str
    due: str


@dataclass(frozen=True, kw_only=True)
class WeightsChanged(Event):
    """The board made a new version of the weights: ``number``, and what they are now."""

    object_type: ClassVar[str] = "criteria_set"
    number: int
    weights: dict[str, int]
