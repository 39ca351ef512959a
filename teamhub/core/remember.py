"""Answers kept for some seconds in this process: for counts and lists that are the same for everybody."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import current_app

P = ParamSpec("P")
R = TypeVar("R")

MOST_KEPT = 256

_forgetting: dict[Callable[..., object], Callable[[], None]] = {}
"""How each remembered function is made to forget."""


def remember(seconds: float) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a function give the same answer for ``seconds``: its arguments must be hashable.

    Only for what does not depend on who asks, and may be that much behind. The setting REMEMBER=0
    turns it off, as tests do.
    """

    def wrap(fn: Callable[P, R]) -> Callable[P, R]:
        kept: dict[object, tuple[float, R]] = {}

        @wraps(fn)
        def asked(*args: P.args, **kwargs: P.kwargs) -> R:
            if not current_app.config["REMEMBER"]:
                return fn(*args, **kwargs)
            key = (current_app.config["DATABASE_URL"], args, tuple(sorted(kwargs.items())))
            now = time.monotonic()
            if (found := kept.get(key)) and found[0] > now:
                return found[1]
            if len(kept) >= MOST_KEPT:
                kept.clear()
            answer = fn(*args, **kwargs)
            kept[key] = (now + seconds, answer)
            return answer

        _forgetting[asked] = kept.clear
        return asked

    return wrap


def forget(*functions: Callable[..., object]) -> None:
    """Let remembered functions answer afresh, in this process: what somebody just wrote shows at once."""
    for function in functions:
        _forgetting[function]()
