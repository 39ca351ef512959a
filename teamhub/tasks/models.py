"""Columns, tasks and comments as tables."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from teamhub.core import clock
from teamhub.core.db import Base
from teamhub.missions.models import Mission
from teamhub.people.models import Person

RANK = String(200, collation="C").with_variant(String(200), "sqlite")
"""Ranks are compared byte by byte on both engines, so that every screen shows the same order."""


class BoardColumn(Base):
    """A named column of a mission's board. ``wip_limit`` is a guide shown as 5/4, never a wall."""

    __tablename__ = "board_column"
    __table_args__ = (Index(None, "mission_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mission_id: Mapped[int] = mapped_column(ForeignKey("mission.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    wip_limit: Mapped[int | None]
    is_done: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Task(Base):
    """A piece of work with somebody to do it and a date, in a column at a place."""

    __tablename__ = "task"
    __table_args__ = (
        Index(None, "column_id", "rank", unique=True),
        Index(None, "assignee_id", "done_at", "due_on"),
        Index(None, "mission_id", "done_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    external_ref: Mapped[str | None] = mapped_column(String(100), unique=True)
    mission_id: Mapped[int] = mapped_column(ForeignKey("mission.id", ondelete="CASCADE"))
    column_id: Mapped[int] = mapped_column(ForeignKey("board_column.id"))
    rank: Mapped[str] = mapped_column(RANK)
    title: Mapped[str] = mapped_column(String(250))
    description: Mapped[str] = mapped_column(Text, default="")
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    done_at: Mapped[datetime | None]
    comment_count: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    mission: Mapped[Mission] = relationship(lazy="raise_on_sql")
    column: Mapped[BoardColumn] = relationship(lazy="raise_on_sql")
    assignee: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[assignee_id])
    changed_by: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[changed_by_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class TaskComment(Base):
    """One contribution to the conversation under a task."""

    __tablename__ = "task_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    author: Mapped[Person] = relationship(lazy="raise_on_sql")
