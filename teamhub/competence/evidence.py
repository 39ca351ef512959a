"""What one has done in missions, and what it shows of one's skills."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from teamhub.access.actor import Actor


@dataclass(frozen=True)
class Work:
    """Something one has done in a mission, and the skill one has put it to, if any."""

    seat_id: int
    mission_id: int
    mission: str
    role: str
    text: str
    evidence_id: int | None
    skill: str


_work: list[Callable[[Actor], list[Work]]] = []


def work_from(source: Callable[[Actor], list[Work]]) -> None:
    """Let the missions room tell what one has done there; it stands above this one."""
    if source not in _work:
        _work.append(source)


def my_work(actor: Actor) -> list[Work]:
    """Return what the actor has done in missions that is confirmed, once for each skill it is put to."""
    return [work for source in _work for work in source(actor)]
