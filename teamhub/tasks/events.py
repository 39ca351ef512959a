"""What happens to tasks and to the columns of a board."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from teamhub.core.changes import Changes
from teamhub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class TaskEvent(Event):
    """Something that happened to a task of mission ``mission_id``."""

    object_type: ClassVar[str] = "task"
    mission_id: int


@dataclass(frozen=True, kw_only=True)
class TaskAdded(TaskEvent):
    assignee_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class TaskMoved(TaskEvent):
    """A task went from one column to another; their names are kept, for columns can go."""

    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class TaskReordered(TaskEvent):
    """A task got another place in its own column."""


@dataclass(frozen=True, kw_only=True)
class TaskChanged(TaskEvent):
    """``fields`` names what is new. ``assignee_id`` is set only when somebody else got the task."""

    fields: list[str]
    changes: Changes = field(default_factory=dict)
    assignee_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class TaskDone(TaskEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class TaskReopened(TaskEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class TaskDeleted(TaskEvent):
    """``kept`` is the whole task with its conversation: undoing puts it back from here."""

    title: str
    kept: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class TaskRestored(TaskEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class TaskCommented(TaskEvent):
    """``mentioned`` are ids of persons whose names were written in it."""

    comment_id: int
    mentioned: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class TaskReminded(TaskEvent):
    """Somebody was reminded of a task. ``reminder`` names which, ``due`` the day as text."""

    reminder: str
    due: str


@dataclass(frozen=True, kw_only=True)
class ColumnEvent(Event):
    """Something that happened to a column of mission ``mission_id``'s board."""

    object_type: ClassVar[str] = "board_column"
    mission_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class ColumnAdded(ColumnEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class ColumnChanged(ColumnEvent):
    changes: Changes = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ColumnMoved(ColumnEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class ColumnRemoved(ColumnEvent):
    """``cards_to`` names the column its cards went to, empty when it held none."""

    cards_to: str = ""
