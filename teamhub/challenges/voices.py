"""What colleagues do with challenges beside supporting and discussing them, as tables."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from teamhub.core import clock
from teamhub.core.db import Base, Code
from teamhub.people.models import Person


class Follower(Base):
    """Somebody who wants to hear what becomes of a challenge."""

    __tablename__ = "challenge_follower"

    challenge_id: Mapped[int] = mapped_column(
        ForeignKey("challenge.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class CommentVersion(Base):
    """What a comment said before it was edited."""

    __tablename__ = "comment_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(
        ForeignKey("challenge_comment.id", ondelete="CASCADE"), index=True
    )
    body: Mapped[str] = mapped_column(Text)
    replaced_at: Mapped[datetime] = mapped_column(default=clock.now)


class CommentReport(Base):
    """Somebody thinks a comment should not stand. ``outcome`` is «kept» or «removed» once it is judged."""

    __tablename__ = "comment_report"
    __table_args__ = (Index(None, "comment_id", "reporter_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("challenge_comment.id", ondelete="CASCADE"))
    reporter_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    outcome: Mapped[str | None] = mapped_column(Code, index=True)
    judged_at: Mapped[datetime | None]
    judged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Offer(Base):
    """«Jeg kan bidra med …»: help somebody offers; whoever puts a team together reads it later.

    ``hours`` are how many a week, if said.
    """

    __tablename__ = "challenge_offer"
    __table_args__ = (Index(None, "challenge_id", "person_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    hours: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class SavedSearch(Base):
    """A view of the list of challenges somebody keeps. With ``alerts``, they hear of what is new in it.

    ``address`` is its query string, as ``Search.address`` writes it; ``looked_at`` is up to when what is
    new has been looked for.
    """

    __tablename__ = "saved_search"
    __table_args__ = (Index(None, "person_id", "address", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(2000))
    alerts: Mapped[bool] = mapped_column(default=False, index=True)
    looked_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
