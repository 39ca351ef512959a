"""Webhooks as a table."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from teamhub.core import clock
from teamhub.core.db import Base, Code
from teamhub.webhooks.shapes import Shape

NO_ANSWER = 0
NOT_ALLOWED = -1


class Webhook(Base):
    """An address that is told what happens: in one mission, or in all when ``mission_id`` is None.

    The secret that signs is not stored: it follows from the installation's own key, ``uid`` and
    ``generation``. ``last_status`` is the latest answer's HTTP status, NO_ANSWER when none came, or
    NOT_ALLOWED when the address turned out to be one Teamhub does not send to.
    """

    __tablename__ = "webhook"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    generation: Mapped[int] = mapped_column(default=1)
    mission_id: Mapped[int | None] = mapped_column(ForeignKey("mission.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    url: Mapped[str] = mapped_column(String(1000))
    shape: Mapped[Shape] = mapped_column(Code)
    with_tasks: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_status: Mapped[int | None]
    last_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form
