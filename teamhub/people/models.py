"""Units, persons, offices and sign-in sessions as tables."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from teamhub.access.actor import Role
from teamhub.core import clock
from teamhub.core.db import Base, Code
from teamhub.core.text import initials

DIVISION_LEVEL = 1
"""The level whose units are the municipality's areas: what a team must span at least two of."""

LEVELS = 5
"""Levels of the tree: 0 the municipality, then the four levels of management below its chief."""


class Unit(Base):
    """A part of the organisation as it stands now. How it stood before is in ``UnitPlacement``.

    ``path`` is the ids from the top down to the unit itself, «/1/4/19/», so that a subtree is a
    prefix. ``division_id`` is the unit's ancestor at DIVISION_LEVEL, ``None`` above that level.
    """

    __tablename__ = "unit"
    __table_args__ = (CheckConstraint("level BETWEEN 0 AND 4", name="level"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    external_ref: Mapped[str | None] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    code: Mapped[str] = mapped_column(String(4), default="")
    kind: Mapped[str] = mapped_column(String(60), default="")
    leader_title: Mapped[str] = mapped_column(String(100), default="")
    level: Mapped[int]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    division_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    path: Mapped[str] = mapped_column(
        String(100, collation="C").with_variant(String(100), "sqlite"), index=True
    )
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    parent: Mapped[Unit | None] = relationship(
        lazy="raise_on_sql", remote_side="Unit.id", foreign_keys="Unit.parent_id"
    )
    division: Mapped[Unit | None] = relationship(
        lazy="raise_on_sql", remote_side="Unit.id", foreign_keys="Unit.division_id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class UnitPlacement(Base):
    """Where a unit stood and what it was called in a period. The last one is open-ended."""

    __tablename__ = "unit_placement"
    __table_args__ = (CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Person(Base):
    """Somebody employed. Whether they may sign in is ``is_active``; union membership is never stored."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    external_ref: Mapped[str | None] = mapped_column(String(100), unique=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200), index=True)
    job_title: Mapped[str] = mapped_column(String(200), default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    locale: Mapped[str | None] = mapped_column(String(5))
    color_scheme: Mapped[str] = mapped_column(Code, default="auto")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    manager: Mapped[Person | None] = relationship(lazy="raise_on_sql", remote_side="Person.id")
    offices: Mapped[list[Office]] = relationship(lazy="raise_on_sql", back_populates="person")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def initials(self) -> str:
        return initials(self.name)


class Office(Base):
    """An office (verv) a person holds for a unit in a period. Only the office, never a membership."""

    __tablename__ = "office"
    __table_args__ = (
        Index(None, "person_id", "kind", "unit_id", unique=True),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="period"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[Role] = mapped_column(Code)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    person: Mapped[Person] = relationship(lazy="raise_on_sql", back_populates="offices")
    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")


class SignInSession(Base):
    """One signed-in browser. It holds the key; only the hash is here. Nothing says when it was used."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    device: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class SignInAttempt(Base):
    """A wrong password for an address. The count slows guessing down; rows die after the window."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index(None, "email_hash", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(default=clock.now)
