"""Criteria sets, assessments and their scores as tables."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from teamhub.core import clock
from teamhub.core.db import Base, Code
from teamhub.people.models import Person


class CriteriaSet(Base):
    """A version of the weights: criterion code → percent, 100 in sum. The highest number is in force."""

    __tablename__ = "criteria_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    weights: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(Text, default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


class Assessment(Base):
    """What one assessor thinks of a challenge, by the weights in force when asked.

    ``round`` counts from 1 and grows when a challenge is reopened. ``division_id`` is the assessor's area
    when asked. Blind to the others until ``submitted_at`` is set on enough of them.
    """

    __tablename__ = "assessment"
    __table_args__ = (Index(None, "challenge_id", "round", "assessor_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"))
    round: Mapped[int] = mapped_column(default=1)
    assessor_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    division_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    criteria_set_id: Mapped[int] = mapped_column(ForeignKey("criteria_set.id"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    due_on: Mapped[date]
    submitted_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    assessor: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[assessor_id])
    criteria_set: Mapped[CriteriaSet] = relationship(lazy="raise_on_sql")
    scores: Mapped[list[Score]] = relationship(lazy="raise_on_sql", cascade="all", passive_deletes=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Score(Base):
    """One criterion's mark from 1 to 5, with a reason. A draft may have the one without the other."""

    __tablename__ = "assessment_score"
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 5", name="score"),)

    assessment_id: Mapped[int] = mapped_column(
        ForeignKey("assessment.id", ondelete="CASCADE"), primary_key=True
    )
    criterion: Mapped[str] = mapped_column(Code, primary_key=True)
    score: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")


class Talk(Base):
    """What assessors who were far apart on a criterion said when they talked. Neither mark is changed."""

    __tablename__ = "assessment_talk"
    __table_args__ = (Index(None, "challenge_id", "round", "criterion", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"))
    round: Mapped[int] = mapped_column(default=1)
    criterion: Mapped[str] = mapped_column(Code)
    outcome: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
