"""Something that waits for a person: what every package tells the front page, in one shape."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Waiting:
    """One thing only this person can take further.

    ``kind`` picks the picture and the buttons (draft, clarify, desk, line_offer, line_report, candidate,
    invitation, request, counter, seat_over, report, task, assess); ``what`` says in words what is asked;
    ``endpoint`` with ``args`` is the page it is done on; ``object_id`` is the row the buttons act on.
    """

    kind: str
    title: str
    what: str
    endpoint: str
    args: dict[str, Any] = field(default_factory=dict)
    due_on: date | None = None
    object_id: int = 0
