"""Doubts about an official step that packages above know of: a warning one can answer, never a wall."""

from __future__ import annotations

from collections.abc import Callable

from teamhub.challenges.states import State
from teamhub.core.errors import DomainError

_doubts: list[Callable[[int, State], str | None]] = []


def doubt_with(source: Callable[[int, State], str | None]) -> None:
    """Let a package above tell why somebody may want to think twice about a step; None when nothing."""
    if source not in _doubts:
        _doubts.append(source)


def ask_if_sure(challenge_id: int, decision: State) -> None:
    """Raise DomainError at the field «sure» when there is a doubt about a step."""
    for source in _doubts:
        if doubt := source(challenge_id, decision):
            raise DomainError(doubt, field="sure")
