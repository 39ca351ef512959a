"""What the office keeps about challenges, as tables: notes, answer templates and merges."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from teamhub.core import clock
from teamhub.core.db import Base, Code
from teamhub.people.models import Person


class PrivateNote(Base):
    """A note for those who assess a challenge, apart from the conversation. Nobody else reads it."""

    __tablename__ = "private_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    author: Mapped[Person] = relationship(lazy="raise_on_sql")


class AnswerTemplate(Base):
    """Words the office begins an answer with. ``decision`` is the step it belongs to, None for any."""

    __tablename__ = "answer_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    decision: Mapped[str | None] = mapped_column(Code)
    body: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Merge(Base):
    """One challenge is to live on, or lives on, in another. ``due_on`` is the last day of saying no.

    ``before`` holds what the merge changed on ``from_id``, so that it can be undone to the letter.
    """

    __tablename__ = "challenge_merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"), index=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(Code)
    reason: Mapped[str] = mapped_column(Text, default="")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    due_on: Mapped[date]
    settled_at: Mapped[datetime | None]
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)


class MergeConsent(Base):
    """What a proposer says to a merge. ``agrees`` is None until answered."""

    __tablename__ = "challenge_merge_consent"

    merge_id: Mapped[int] = mapped_column(
        ForeignKey("challenge_merge.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    agrees: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]


class ChallengePair(Base):
    """Two challenges that are probably the same matter: ``first_id`` is the older. ``share`` is from 0 to 1.

    ``set_aside_at`` is when somebody at the office saw that they are not.
    """

    __tablename__ = "challenge_pair"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"))
    second_id: Mapped[int] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"), index=True)
    share: Mapped[float]
    set_aside_at: Mapped[datetime | None]
    set_aside_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    __table_args__ = (Index(None, "first_id", "second_id", unique=True), Index(None, "set_aside_at", "share"))
