"""The change log's one table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
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
