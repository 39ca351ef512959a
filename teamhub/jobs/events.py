"""What people do with jobs that went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from teamhub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class JobEvent(Event):
    """An admin took a hand in a job. ``name`` says what kind of job it was."""

    object_type: ClassVar[str] = "job"
    name: str


@dataclass(frozen=True, kw_only=True)
class JobRetried(JobEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class JobDiscarded(JobEvent):
    pass
