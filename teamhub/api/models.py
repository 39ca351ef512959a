"""The keys people make for programs, as a table."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from teamhub.core import clock
from teamhub.core.db import Base


class ApiToken(Base):
    """One person's key for a program. Only its hash is kept; the key is shown once.

    ``scopes`` are codes with a space between. ``last_used_on`` is a day, for the owner alone, to tell a key
    nobody uses any more.
    """

    __tablename__ = "api_token"
    __table_args__ = (Index(None, "person_id", "name", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_on: Mapped[date]
    last_used_on: Mapped[date | None]
