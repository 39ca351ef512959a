"""What `flask serve` is: a small process that keeps the server and a consumer of jobs, and ends both."""

from __future__ import annotations

import logging
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context
from dataclasses import dataclass
from functools import partial
from typing import NoReturn

from flask import Flask

from teamhub.core.db import db
from teamhub.core.processes import die_with
from teamhub.jobs import consumer

GRACE_S = 15
"""Server and consumer have ten seconds of their own to finish what they hold."""

LONGEST_PAUSE_S = 60.0
CALM_S = 60
"""A child that has lived so long is started again at once when it dies."""

STOP = (signal.SIGTERM, signal.SIGINT)

log = logging.getLogger("teamhub.supervisor")


def keep(app: Flask, server: Callable[[], None]) -> int:
    """Keep ``server`` and a consumer until told to stop. Must be called in the app's context."""

    def serve() -> None:
        with app.app_context():
            server()

    db.session.remove()
    db.engine.dispose()  # no connection may be shared by the processes about to be made
    return Supervisor(
        [Child("the server", serve, needed=True), Child("the consumer", partial(consumer.run, app))]
    ).run()


@dataclass
class Child:
    """A process to keep. One that is ``needed`` brings everything to an end when it ends itself."""

    name: str
    work: Callable[[], None]
    needed: bool = False
    pid: int = 0
    started: float = 0.0
    again_at: float = 0.0
    pause: float = 0.0

    def start(self) -> None:
        """Fork. The child does its work in an empty context and in a process group of its own.

        So Ctrl-C reaches only the supervisor, which tells each child in order.
        """
        self.started, parent = time.monotonic(), os.getpid()
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP)  # what comes now is for the child's own handlers
        self.pid = os.fork()
        if self.pid == 0:
            _be_child(parent, self.work)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP)

    def ended(self) -> None:
        """Note that the process is gone, and when to start it again: each time it dies young, later."""
        young = time.monotonic() - self.started < CALM_S
        self.pause = min(2 * self.pause or 1.0, LONGEST_PAUSE_S) if young else 0.0
        self.pid, self.again_at = 0, time.monotonic() + self.pause


def _be_child(parent: int, work: Callable[[], None]) -> NoReturn:
    os.setpgid(0, 0)
    signal.set_wakeup_fd(-1)
    for signum in (*STOP, signal.SIGCHLD):
        signal.signal(signum, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP)
    die_with(parent, signal.SIGTERM)
    code = 1
    try:
        Context().run(work)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - there is nobody above to tell
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


class Supervisor:
    """Keeps ``children`` until told to stop, or until one that is needed ends."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.told: signal.Signals | None = None
        self.code = 0

    def run(self) -> int:
        """Start all, keep them, end all. Returns the exit code: that of a needed child that ended."""
        woken = _signals_as_bytes()
        for signum in STOP:
            signal.signal(signum, self._note)
        while self.told is None:
            for child in self.children:
                if not child.pid and child.again_at <= time.monotonic():
                    child.start()
            _wait(woken, self._until_next_start())
            self._reap()
        for child in self._living():
            _tell(child, self.told)
        self._end(woken)
        return self.code

    def _note(self, signum: int, _frame: object) -> None:
        self.told = signal.Signals(signum)

    def _living(self) -> list[Child]:
        return [child for child in self.children if child.pid]

    def _until_next_start(self) -> float | None:
        waits = [child.again_at - time.monotonic() for child in self.children if not child.pid]
        return max(min(waits), 0.0) if waits else None

    def _reap(self) -> None:
        for child in self._living():
            pid, status = os.waitpid(child.pid, os.WNOHANG)
            if not pid:
                continue
            child.ended()
            if self.told is None and child.needed:
                code = os.waitstatus_to_exitcode(status)
                self.code, self.told = code if code >= 0 else 128 - code, signal.SIGTERM
            elif self.told is None:
                log.warning("%s ended; it is started again in %.0f s", child.name, child.pause)

    def _end(self, woken: int) -> None:
        """Wait for all who have been told to stop. Who is deaf is killed."""
        until = time.monotonic() + GRACE_S
        while self._living() and time.monotonic() < until:
            _wait(woken, until - time.monotonic())
            self._reap()
        for child in self._living():
            _tell(child, signal.SIGKILL)
            os.waitpid(child.pid, 0)


def _signals_as_bytes() -> int:
    """Return a file that becomes readable when a signal comes, so that none falls between two steps."""
    reader, writer = os.pipe()
    for end in (reader, writer):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return reader


def _wait(woken: int, seconds: float | None) -> None:
    if select.select([woken], [], [], seconds)[0]:
        os.read(woken, 4096)


def _tell(child: Child, signum: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(child.pid, signum)
