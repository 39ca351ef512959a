"""Huey: wakes the workers, keeps them running, and strikes every minute. The rows are the truth."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from contextvars import Context
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask, current_app
from huey import PostgresHuey, SqliteHuey, crontab
from huey.consumer import Consumer, Scheduler, Worker
from huey.serializer import SignedSerializer

from teamhub.access.actor import SYSTEM
from teamhub.core.db import db
from teamhub.core.processes import die_with
from teamhub.jobs import commands, limits, queries, runner, schedule

WORKERS = 2
GRACE_S = 10
"""How long the jobs in hand may take when the consumer is told to stop."""

LOOK_S = 0.2
"""How often a worker on SQLite looks for messages; PostgreSQL wakes it."""

SWEEP_S = 60
"""Huey strikes each minute, so nothing that is due later needs a message of its own."""

QUEUE = "teamhub"
TABLES = "huey"
SALT = "teamhub.jobs"
LOCK = 0x7465616D
"""PostgreSQL's advisory lock under which Huey's tables are made."""

log = logging.getLogger("teamhub.jobs")
_making = threading.Lock()


# -- one Huey for each app and process ---------------------------------------------------------------


class Bell:
    """Huey with our two tasks: «work», which does one job, and «minute»."""

    def __init__(self, app: Flask) -> None:
        self.huey = _huey(app)
        self.work = self.huey.task(name="work")(partial(_in_app, app, _work))
        self.huey.periodic_task(crontab(), name="minute")(partial(_in_app, app, _minute))
        self.next_look = 0.0

    def ring(self) -> None:
        """Wake a worker, unless a message lies there already: it will see what we have written."""
        if not self.huey.storage.queue_size():
            self.work()

    def ring_in(self, seconds: float | None) -> None:
        """Wake a worker when something is due, if that is before the next stroke of the minute."""
        if seconds is None or seconds > SWEEP_S:
            return
        if seconds <= 0:
            self.ring()
            return
        now = time.monotonic()
        if not now < self.next_look <= now + seconds:
            self.next_look = now + seconds
            self.work.schedule(delay=seconds)


def bell(app: Flask) -> Bell:
    """Return this process's Huey for ``app``; it is made when first asked for."""
    made: dict[int, Bell] = app.extensions.setdefault("teamhub.jobs", {})
    with _making:
        if os.getpid() not in made:
            made.clear()  # what a parent process made holds the parent's connections
            made[os.getpid()] = Bell(app)
        return made[os.getpid()]


def _huey(app: Flask) -> Any:
    how = {"results": False, "serializer": SignedSerializer(secret=app.config["SECRET_KEY"], salt=SALT)}
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    if not url.startswith("postgresql"):
        folder = Path(app.config["INSTANCE_PATH"])
        folder.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(QUEUE, filename=str(folder / "jobs.db"), fsync=False, **how)
    address = "postgresql://" + url.split("://", 1)[1]
    with psycopg.connect(address, autocommit=True) as connection:  # the lock goes with the connection
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        found = connection.execute("SELECT to_regclass(%s)", (f"{TABLES}_counter",)).fetchone()
        missing = found is None or found[0] is None
        return PostgresHuey(QUEUE, dsn=address, table_prefix=TABLES, create_tables=missing, **how)


def wake() -> None:
    """Wake a worker somewhere. Only hastens things: what fails here is found when the minute strikes."""
    if not current_app.config["JOBS_WAKE"]:
        return
    try:
        bell(current_app._get_current_object()).ring()  # type: ignore[attr-defined]  # noqa: SLF001 - kept beyond the request
    except Exception:
        log.warning("could not wake the workers", exc_info=True)


# -- what the workers do -----------------------------------------------------------------------------


def _in_app(app: Flask, act: Any) -> None:
    with app.app_context():
        act(bell(app))


def _work(ours: Bell) -> None:
    """Do one job. If more are due another worker is woken first, so that one call wakes as many as help."""
    ticket = commands.claim(SYSTEM, lease_s=runner.lease_s())
    soon = queries.next_in()
    db.session.remove()
    if ticket is None:
        ours.ring_in(None if soon is None else max(soon, 1))  # due, but in somebody's hands
        return
    ours.ring_in(soon)
    runner.perform(ticket)
    ours.ring_in(queries.next_in())


def _minute(ours: Bell) -> None:
    """Write the jobs of the periods that have begun, and find what no message tells of."""
    schedule.tick()
    ours.ring_in(queries.next_in())


# -- the process -------------------------------------------------------------------------------------


def _settle_in(parent: int, app: Flask, ours: Bell) -> None:
    """Make a child process its own: it dies with the consumer, and shares no connection with it."""
    if os.getpid() == parent:  # a thread
        return
    die_with(parent, signal.SIGKILL)
    limits.keep()
    app.extensions["teamhub.jobs"] = {os.getpid(): ours}  # Huey has closed what it held before the fork
    with app.app_context():
        db.engine.dispose(close=False)


class _Consumer(Consumer):  # type: ignore[misc]
    """Huey's consumer, whose children end when it ends, however it ends."""

    def __init__(self, app: Flask, ours: Bell, **options: Any) -> None:
        self.settle_in = partial(_settle_in, os.getpid(), app, ours)
        super().__init__(ours.huey, **options)

    def _create_worker(self) -> Worker:
        return self._child(super()._create_worker())

    def _create_scheduler(self) -> Scheduler:
        return self._child(super()._create_scheduler())

    def _child(self, child: Any) -> Any:
        begin = child.initialize

        def initialize() -> None:
            self.settle_in()
            begin()

        child.initialize = initialize
        return child

    def _set_signal_handlers(self) -> None:
        super()._set_signal_handlers()
        signal.signal(signal.SIGHUP, signal.SIG_DFL)  # Huey would start the program anew


def run(app: Flask, *, workers: int = WORKERS) -> None:
    """Do jobs until told to stop by SIGTERM or SIGINT."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()  # no connection may be shared by the processes about to be made
        app.extensions.setdefault("teamhub.jobs", {}).clear()
        ours = bell(app)
    processes = sys.platform == "linux"
    consumer = _Consumer(
        app,
        ours,
        workers=workers,
        worker_type="process" if processes else "thread",
        initial_delay=0.05,
        max_delay=LOOK_S,
        scheduler_interval=1,
        health_check_interval=1,
        shutdown_timeout=GRACE_S,
        graceful_signal="TERM",
    )
    Context().run(consumer.run)
    for child in multiprocessing.active_children():
        child.kill()  # deaf to all that was said
