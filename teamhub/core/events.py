"""Domain events: facts a command records, handled before it commits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. Plain values only, so that it can be kept and sent.

    ``actor_id`` is who did it (``None`` for the system itself), ``object_id`` the id of the
    object it happened to; ``object_type`` names that object's kind for all events of a class.
    """

    object_type: ClassVar[str]
    actor_id: int | None
    object_id: int


Handler = Callable[[Session, Any], None]

_subscribers: dict[type[Event], list[Handler]] = defaultdict(list)


def subscribe(event_type: type[Event], *handlers: Handler) -> None:
    """Let ``handlers`` run for each event of ``event_type`` and of its subclasses."""
    _subscribers[event_type] += [h for h in handlers if h not in _subscribers[event_type]]


def emit(session: Session, event: Event) -> None:
    """Record that ``event`` happened. Raises RuntimeError outside a command."""
    if not session.info.get("in_command"):
        msg = "events belong to a command; none is running"
        raise RuntimeError(msg)
    session.info["events"].append(event)


def dispatch(session: Session) -> None:
    """Hand the recorded events to their subscribers, inside the command's transaction."""
    session.flush()
    while session.info["events"]:
        event = session.info["events"].pop(0)
        for klass in type(event).__mro__:
            for handler in _subscribers.get(klass, ()):
                handler(session, event)
