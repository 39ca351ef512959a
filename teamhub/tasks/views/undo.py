"""The way back after a move, a done or a delete: kept with the visit, offered as a button for ten minutes."""

from __future__ import annotations

import time
from typing import Any

from flask import session, url_for

from teamhub.core.i18n import _
from teamhub.tasks.commands import Moved
from teamhub.tasks.removing import CAN_BE_UNDONE

_KEY = "task_undo"


def offer_move_back(moved: Moved, text: str) -> None:
    """Offer to put a task back where it stood."""
    fields = {"column": moved.old_column, "before": moved.old_before or "", "expects": moved.column}
    _keep(text, url_for("tasks.move", task_id=moved.task_id), moved.mission_id, moved.task_id, fields)


def offer_toggle_back(moved: Moved, text: str, *, done: bool) -> None:
    """Offer to open or finish a task again, on a board that has no column for it."""
    endpoint = "tasks.reopen" if done else "tasks.done"
    _keep(text, url_for(endpoint, task_id=moved.task_id), moved.mission_id, moved.task_id, {})


def offer_restore(mission_id: int, task_id: int, title: str) -> None:
    """Offer to put a deleted task back."""
    address = url_for("tasks.restore", mission_id=mission_id, task_id=task_id)
    _keep(_("«%(title)s» er slettet.", title=title), address, mission_id, task_id, {})


def forget() -> None:
    """The last thing is undone, or something else has happened since."""
    session.pop(_KEY, None)


def offered(mission_id: int | None = None, *, task_id: int | None = None) -> dict[str, Any] | None:
    """Return what can be undone on a mission's pages, on a task's own, or anywhere when none is said."""
    kept: dict[str, Any] | None = session.get(_KEY)
    if kept is None or kept["at"] < time.time() - CAN_BE_UNDONE.total_seconds():
        return None
    here = mission_id in (None, kept["mission"]) and task_id in (None, kept["task"])
    return kept if here else None


def _keep(text: str, address: str, mission_id: int, task_id: int, fields: dict[str, Any]) -> None:
    session[_KEY] = {
        "text": text,
        "to": address,
        "mission": mission_id,
        "task": task_id,
        "fields": fields,
        "at": int(time.time()),
    }
