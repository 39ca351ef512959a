"""The change log, and the security log that is kept apart from it, as tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from teamhub.core import clock
from teamhub.core.db import Base, Code


class Entry(Base):
    """One thing that happened: who, what, to which object, when. Never changed afterwards."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "object_type", "object_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    actor_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(Code)
    object_type: Mapped[str] = mapped_column(Code)
    object_id: Mapped[int]
    data: Mapped[dict[str, Any]]


class SecurityEntry(Base):
    """One line of the security log, chained to the one before by ``hash``. The database refuses changes.

    ``hash`` is keyed with the installation's own key over every column and the hash before.
    ``address`` is where the request came from; None for what the system did itself.
    """

    __tablename__ = "security_entry"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(Code, index=True)
    outcome: Mapped[str] = mapped_column(Code)
    actor_id: Mapped[int | None]
    subject_id: Mapped[int | None]
    address: Mapped[str | None] = mapped_column(String(45))
    data: Mapped[dict[str, Any]]
    hash: Mapped[str] = mapped_column(String(64))


class SecurityHead(Base):
    """The ends of the chain: the last line, and the last one that was let go when its time was out.

    One row, id 1. ``seal`` is keyed over the rest, so that cutting off the newest lines shows.
    """

    __tablename__ = "security_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_id: Mapped[int]
    last_hash: Mapped[str] = mapped_column(String(64))
    gone_id: Mapped[int]
    gone_hash: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64))
