"""Calls and whom they are put to, as tables."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from teamhub.core import clock
from teamhub.core.db import Base


class Call(Base):
    """A question the office puts to all, or to some units with those below, for a period.

    ``told_at`` is when those it is put to were told, ``closed_at`` when it was ended before its last day.
    ``report`` is what came of it, told to everyone who took part at ``reported_at``.
    """

    __tablename__ = "open_call"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(String(200))
    background: Mapped[str] = mapped_column(Text, default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    to_all: Mapped[bool] = mapped_column(default=True)
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    told_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    report: Mapped[str] = mapped_column(Text, default="")
    reported_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class CallUnit(Base):
    """A unit a call is put to, when it is not put to all."""

    __tablename__ = "open_call_unit"

    call_id: Mapped[int] = mapped_column(ForeignKey("open_call.id", ondelete="CASCADE"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)
