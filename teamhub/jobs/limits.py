"""How long a job may take: a signal ends one that hangs, and a worker deaf to signals is ended."""

from __future__ import annotations

import faulthandler
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

INSIDE_S = 8
"""A job that writes holds SQLite's one write lock, and others wait for it no longer than ten seconds."""

_in_process_worker: list[bool] = []


class JobTimeout(Exception):
    """The job took longer than a job may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:g} s")


def keep() -> None:
    """Keep the limits in this process. Only a worker process may: signals go to its main thread."""
    _in_process_worker[:] = [True]


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise JobTimeout inside the block when it takes longer, in a worker process."""
    if not _in_process_worker:
        yield
        return

    def ring(*_: object) -> NoReturn:
        raise JobTimeout(seconds)

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def or_die(seconds: float) -> Iterator[None]:
    """End the process when the block takes longer: Python hears no signal while it waits in C code."""
    if not _in_process_worker:
        yield
        return
    faulthandler.dump_traceback_later(seconds, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
