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
    """``for_another`` when it was written on a colleague's behalf."""

    for_another: bool = False


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
class CommentEdited(ChallengeEvent):
    """``mentioned`` are those whose names were not written in it before."""

    comment_id: int
    mentioned: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class CommentDeleted(ChallengeEvent):
    """Its author took it away, or the office did: ``moderated`` is then whose it was."""

    comment_id: int
    moderated: int | None = None


@dataclass(frozen=True, kw_only=True)
class CommentRestored(ChallengeEvent):
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class CommentReported(ChallengeEvent):
    """Somebody thinks a comment should not stand."""

    comment_id: int


@dataclass(frozen=True, kw_only=True)
class CommentReportsJudged(ChallengeEvent):
    """The office looked at what ``reporters`` reported: the comment was ``removed`` or stands."""

    comment_id: int
    removed: bool
    reporters: list[int]


@dataclass(frozen=True, kw_only=True)
class ChallengeFollowed(ChallengeEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class ChallengeUnfollowed(ChallengeEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class FellowAsked(ChallengeEvent):
    """``person_id`` was asked to stand behind it too."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class FellowAnswered(ChallengeEvent):
    accepts: bool


@dataclass(frozen=True, kw_only=True)
class FellowRemoved(ChallengeEvent):
    """``person_id`` does not stand behind it any more, or is not asked to."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class HelpOffered(ChallengeEvent):
    """Somebody offered to help, or changed what they offer."""

    offer_id: int
    again: bool


@dataclass(frozen=True, kw_only=True)
class HelpWithdrawn(ChallengeEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class ChallengeAnswered(ChallengeEvent):
    """An official step: ``old`` and ``new`` are states, ``decision`` the step by name."""

    old: str
    new: str
    decision: str


@dataclass(frozen=True, kw_only=True)
class ChallengeMergeAsked(ChallengeEvent):
    """The proposers were asked whether the challenge may live on in another."""

    merge_id: int
    asked: list[int]


@dataclass(frozen=True, kw_only=True)
class ChallengeMergeAnswered(ChallengeEvent):
    merge_id: int
    agrees: bool
    asked_by: int | None


@dataclass(frozen=True, kw_only=True)
class ChallengeMergeTakenBack(ChallengeEvent):
    merge_id: int


@dataclass(frozen=True, kw_only=True)
class ChallengeUnmerged(ChallengeEvent):
    """The challenge stands for itself again. ``from_id`` is the one it lived on in."""

    from_id: int


@dataclass(frozen=True, kw_only=True)
class PairSetAside(Event):
    """Two challenges are not the same matter (``aside``), or may be after all."""

    object_type: ClassVar[str] = "challenge_pair"
    aside: bool


@dataclass(frozen=True, kw_only=True)
class ChallengeFileAdded(ChallengeEvent):
    name: str


@dataclass(frozen=True, kw_only=True)
class ChallengeFileRemoved(ChallengeEvent):
    name: str


@dataclass(frozen=True, kw_only=True)
class ChallengeReminded(ChallengeEvent):
    """Somebody was reminded of a date. ``reminder`` names which, ``due`` the day as text."""

    reminder: str
    due: str


@dataclass(frozen=True, kw_only=True)
class ChallengeHandedOver(ChallengeEvent):
    """Somebody at the office has it now: ``handler_id``, who may be nobody. ``was`` had it before."""

    handler_id: int | None
    was: int | None


@dataclass(frozen=True, kw_only=True)
class ChallengeThemeSet(ChallengeEvent):
    changes: Changes = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AnswerTakenBack(ChallengeEvent):
    """An official step was undone before anybody could act on it. ``decision`` is the step by name."""

    decision: str


@dataclass(frozen=True, kw_only=True)
class NoteWritten(Event):
    """A private note was written. Neither its words nor its challenge are told."""

    object_type: ClassVar[str] = "private_note"


@dataclass(frozen=True, kw_only=True)
class NoteRemoved(Event):
    object_type: ClassVar[str] = "private_note"


@dataclass(frozen=True, kw_only=True)
class TemplateSaved(Event):
    """An answer template was made or changed."""

    object_type: ClassVar[str] = "answer_template"
    changes: Changes = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TemplateRemoved(Event):
    object_type: ClassVar[str] = "answer_template"
    name: str


@dataclass(frozen=True, kw_only=True)
class SearchEvent(Event):
    """Something that happened to a search somebody keeps. What is looked for is not told."""

    object_type: ClassVar[str] = "saved_search"


@dataclass(frozen=True, kw_only=True)
class SearchKept(SearchEvent):
    """A search was kept, or is called or tells otherwise than before."""


@dataclass(frozen=True, kw_only=True)
class SearchRemoved(SearchEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class SearchFound(SearchEvent):
    """``found`` challenges are new in it."""

    found: int
