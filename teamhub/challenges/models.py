"""Challenges, support, comments and official answers as tables."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from teamhub.challenges.states import TRANSITIONS, Mover, State, may_move
from teamhub.core import clock
from teamhub.core.db import Base, Code
from teamhub.core.errors import DomainError
from teamhub.core.i18n import _
from teamhub.core.text import stems
from teamhub.core.workdays import workdays_between
from teamhub.people.models import Person, Unit

LONGEST_TITLE = 250
LONGEST_TEXT = 10_000
BYTEWISE = String(100, collation="C").with_variant(String(100), "sqlite")
"""Compared byte by byte on both engines, so that the same words begin alike."""


class Challenge(Base):
    """A need or problem among residents or staff, described without a solution.

    ``proposer_id`` is None for imported ones, whose sender stands in ``submitted_by``. ``due_on`` is
    the next date of the clock, whatever the state makes it mean. ``stems`` is what search reads.
    ``written_by_id`` is who wrote it on the proposer's behalf. While ``shielded``, only the office and
    the proposer know whose it is. ``must_do`` tells that law or a political decision demands it.
    ``handler_id`` is who at the office sees to it. ``days_left`` are the working days left for the answer
    while the clock rests; ``answered_in_time`` whether the first one came by the day promised, if any.
    ``compared`` tells that the text as it stands has been held against all others.
    """

    __tablename__ = "challenge"
    __table_args__ = (
        Index(None, "state", "due_on"),
        Index(None, "state", "division_id"),
        Index(None, "submitted_at"),
        Index(None, "first_answer_at", "answered_in_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    external_ref: Mapped[str | None] = mapped_column(String(100), unique=True)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    situation: Mapped[str] = mapped_column(Text, default="")
    affected: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    suggestion: Mapped[str] = mapped_column(Text, default="")
    theme: Mapped[str | None] = mapped_column(Code, index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    division_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    proposer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    submitted_by: Mapped[str | None] = mapped_column(String(200), index=True)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    shielded: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    call_id: Mapped[int | None] = mapped_column(ForeignKey("open_call.id"), index=True)
    must_do: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    must_do_basis: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    state: Mapped[State] = mapped_column(Code, default=State.DRAFT)
    state_since: Mapped[datetime] = mapped_column(default=clock.now)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    submitted_at: Mapped[datetime | None]
    first_answer_at: Mapped[datetime | None]
    answered_in_time: Mapped[bool | None]
    due_on: Mapped[date | None]
    days_left: Mapped[int | None]
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    line_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("challenge.id"), index=True)
    support_people: Mapped[int] = mapped_column(default=0)
    support_units: Mapped[int] = mapped_column(default=0)
    stems: Mapped[str] = mapped_column(Text, default="")
    compared: Mapped[bool] = mapped_column(default=False, server_default=text("false"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql", foreign_keys=[unit_id])
    division: Mapped[Unit | None] = relationship(lazy="raise_on_sql", foreign_keys=[division_id])
    line_unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql", foreign_keys=[line_unit_id])
    proposer: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[proposer_id])
    written_by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[written_by_id])
    handler: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[handler_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    def move_to(self, new: State, mover: Mover, *, due_on: date | None = None) -> None:
        """Move to ``new``, in the capacity of ``mover``, with the next date of the clock.

        The clock of the answer rests while the proposer is asked: what was left of it is kept. Raises
        DomainError when the table of transitions does not allow it.
        """
        if new not in TRANSITIONS[State(self.state)] or not may_move(State(self.state), new, mover):
            raise DomainError(_("Utfordringen kan ikke flyttes dit fra der den er nå."), field="decision")
        rests = new == State.CLARIFICATION and self.due_on is not None
        self.days_left = workdays_between(clock.today(), self.due_on) if rests and self.due_on else None
        self.state = new
        self.state_since = clock.now()
        self.due_on = due_on

    def refresh_stems(self, *tags: str) -> None:
        """Bring what search reads up to date with the texts, and the tags beside them."""
        self.stems = search_stems(self.title, self.situation, self.affected, self.suggestion, *tags)
        self.compared = False


def search_stems(*texts: str | None) -> str:
    """Return the stems of a challenge's texts as one string, as stored for search."""
    return " ".join(stems(" ".join(filter(None, texts)), keep_stop_words=True))


class StemCount(Base):
    """In how many challenges a stem stands, drafts left out. The empty stem holds the number of all."""

    __tablename__ = "stem_count"

    stem: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)
    challenges: Mapped[int]


class ThemeWord(Base):
    """A word of LOS in three languages, with synonyms parted by «|», and the top theme it belongs to."""

    __tablename__ = "theme_word"

    id: Mapped[int] = mapped_column(primary_key=True)
    external_ref: Mapped[str] = mapped_column(String(100), unique=True)
    theme: Mapped[str] = mapped_column(Code)
    nb: Mapped[str] = mapped_column(String(200))
    nn: Mapped[str] = mapped_column(String(200), default="")
    en: Mapped[str] = mapped_column(String(200), default="")
    synonyms: Mapped[str] = mapped_column(Text, default="")


class ChallengeTag(Base):
    """A free tag on a challenge."""

    __tablename__ = "challenge_tag"

    challenge_id: Mapped[int] = mapped_column(
        ForeignKey("challenge.id", ondelete="CASCADE"), primary_key=True
    )
    tag: Mapped[str] = mapped_column(String(60), primary_key=True, index=True)


class ChallengeGoal(Base):
    """One of the UN's 17 goals, by number, that a challenge touches."""

    __tablename__ = "challenge_goal"

    challenge_id: Mapped[int] = mapped_column(
        ForeignKey("challenge.id", ondelete="CASCADE"), primary_key=True
    )
    goal: Mapped[int] = mapped_column(primary_key=True)


class CoProposer(Base):
    """Somebody asked to stand behind a challenge too. ``accepted`` is None until answered."""

    __tablename__ = "co_proposer"

    challenge_id: Mapped[int] = mapped_column(
        ForeignKey("challenge.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    accepted: Mapped[bool | None]
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class ChallengeVersion(Base):
    """What a challenge's texts were before an edit. ``number`` counts from 1; the newest is the challenge."""

    __tablename__ = "challenge_version"
    __table_args__ = (Index(None, "challenge_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    situation: Mapped[str] = mapped_column(Text, default="")
    affected: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    suggestion: Mapped[str] = mapped_column(Text, default="")
    replaced_at: Mapped[datetime] = mapped_column(default=clock.now)
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Support(Base):
    """«Gjelder oss også»: evidence that a challenge is felt in a unit, with own experience."""

    __tablename__ = "support"
    __table_args__ = (Index(None, "challenge_id", "person_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    experience: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class ChallengeComment(Base):
    """One contribution to the conversation under a challenge, or a point for or against it.

    ``kind`` is «comment», «for» or «against». A deleted one stays as a trace without its words, with
    the office's reason (``deleted_because``) when it was not the author who took it away.
    """

    __tablename__ = "challenge_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(Code, default="comment", server_default=text("'comment'"))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    deleted_because: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))

    author: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[author_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Answer(Base):
    """An official step: what was decided about a challenge, why, and by whom. The latest is pinned."""

    __tablename__ = "answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    from_state: Mapped[State] = mapped_column(Code)
    decision: Mapped[str] = mapped_column(Code)
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)

    author: Mapped[Person | None] = relationship(lazy="raise_on_sql")
