"""Notifications, and what each person has chosen about them, as tables."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from teamhub.consequences.kinds import Channel, Kind, Pace
from teamhub.core import clock
from teamhub.core.db import Base, Code


class Notification(Base):
    """One thing one person is told. The words are made when it is read, in the reader's language.

    ``told`` names the entry of the table of consequences it comes from, ``data`` what its words need, and
    ``object_type`` with ``object_id`` the thing it is about, which it is grouped, muted and shown by.
    ``show_at`` is when it comes to the inbox: later for who gathers or snoozes, None when it shall not and
    only goes by mail. ``asks`` is true as long as an answer is owed; ``about`` is what will have been
    answered then (an invitation's id, for one). ``mail_at`` is when it may go by mail, None when it shall
    not; ``mailed_at`` when a mail with it was written.
    """

    __tablename__ = "notification"
    __table_args__ = (
        Index(None, "person_id", "read_at", "show_at"),
        Index(None, "object_type", "object_id"),
        Index(None, "mailed_at", "mail_pace", "mail_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[Kind] = mapped_column(Code)
    told: Mapped[str] = mapped_column(Code)
    object_type: Mapped[str] = mapped_column(Code)
    object_id: Mapped[int]
    about: Mapped[int | None]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    data: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    show_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    asks: Mapped[bool] = mapped_column(default=False)
    mail_pace: Mapped[Pace] = mapped_column(Code, default=Pace.NEVER)
    mail_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]


class Choice(Base):
    """How often a person wants a kind of notification by a channel. What is not here is as in DEFAULTS."""

    __tablename__ = "notification_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[Kind] = mapped_column(Code, primary_key=True)
    channel: Mapped[Channel] = mapped_column(Code, primary_key=True)
    pace: Mapped[Pace] = mapped_column(Code)


class QuietHours(Base):
    """When a person wants no mail at once: from one hour to another in Norway, and on weekends."""

    __tablename__ = "quiet_hours"
    __table_args__ = (
        CheckConstraint("(starts IS NULL) = (ends IS NULL)", name="both"),
        CheckConstraint("starts BETWEEN 0 AND 23 AND ends BETWEEN 0 AND 23", name="hours"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    starts: Mapped[int | None]
    ends: Mapped[int | None]
    weekends: Mapped[bool] = mapped_column(default=False)


class Muted(Base):
    """An object a person wants to hear no more about. What one is asked oneself still comes."""

    __tablename__ = "muted_object"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    object_type: Mapped[str] = mapped_column(Code, primary_key=True)
    object_id: Mapped[int] = mapped_column(primary_key=True)


class Reminded(Base):
    """A reminder that has been given about a date of an object, so that it is given once."""

    __tablename__ = "reminded"

    reminder: Mapped[str] = mapped_column(Code, primary_key=True)
    object_id: Mapped[int] = mapped_column(primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
