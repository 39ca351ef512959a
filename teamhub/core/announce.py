"""Telling every process that something has changed, when and only when it is committed.

A topic is a short text such as «board:12». PostgreSQL carries it by NOTIFY, which is transactional; on
SQLite it is a row that the processes on the machine read when the file's own change mark moves.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ARRAY, String, Text, cast, func, insert, select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Mapped, Session, mapped_column

from teamhub.core import clock
from teamhub.core.db import Base

CHANNEL = "teamhub"
"""PostgreSQL's channel for topics."""


class Announcement(Base):
    """A topic announced on SQLite. Rows are only news: they are swept away after a while."""

    __tablename__ = "announcement"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own form

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


def announce(session: Session, *topics: str) -> None:
    """Tell all who listen that ``topics`` have changed, as part of the command in progress."""
    if not topics:
        return
    if session.get_bind().dialect.name == "postgresql":
        each = func.unnest(cast(array(topics), ARRAY(Text)))
        session.execute(select(func.pg_notify(CHANNEL, each)))
    else:
        session.execute(insert(Announcement), [{"topic": topic} for topic in topics])
