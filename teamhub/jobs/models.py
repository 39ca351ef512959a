"""The outbox: a row for each job and each period. The rows are the truth; Huey only wakes the workers.

Times are seconds since 1970 by the database's own clock, so that no node's clock decides about a lease.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from teamhub.core import clock
from teamhub.core.db import Base, Code
from teamhub.jobs.states import JobState


class Job(Base):
    """Something to be done once the transaction that wrote the row has committed.

    ``uid`` names the job to the outside, the same over every attempt. ``key`` keeps a second job of the
    same key from being written while the first is there. ``lease`` is the right of one worker to finish
    it, until ``leased_until``.
    """

    __tablename__ = "job"
    __table_args__ = (Index(None, "state", "due"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(Code)
    args: Mapped[dict[str, Any]]
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    state: Mapped[JobState] = mapped_column(Code, default=JobState.WAITING)
    created: Mapped[float]
    due: Mapped[float]
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[float | None]
    finished: Mapped[float | None]
    error: Mapped[str] = mapped_column(Text, default="")


class Period(Base):
    """A period of a periodic job that has had its job written, by whichever node came first."""

    __tablename__ = "job_period"

    name: Mapped[str] = mapped_column(Code, primary_key=True)
    period: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
