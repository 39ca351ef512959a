"""A Teamhub of its own to send mail from: for `tools.bench_mail`, and tests/quality/test_mail_live.py."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import ColumnElement, func, select, update

import config
from teamhub import create_app
from teamhub.access.actor import SYSTEM
from teamhub.access.policy import Action, authorize
from teamhub.consequences.kinds import Kind, Pace
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.core.transaction import command
from teamhub.jobs import outbox
from teamhub.jobs.models import Job
from teamhub.notifications.models import Notification
from teamhub.people.models import Person
from tests.factories import Make
from tests.post_office import free_port
from tests.servers import PostgresServer

ROOT = Path(__file__).parent.parent
PATIENCE_S = 900
LEASE_S = 10
KEY = "a key for measuring, long enough for anybody"


class Place:
    """A database with people to write to, and the programs that work on it."""

    def __init__(self, url: str, folder: str, mail_url: str, lease_s: float) -> None:
        self.settings = {
            "DATABASE_URL": url,
            "INSTANCE_PATH": folder,
            "SECRET_KEY": KEY,
            "MAIL_URL": mail_url,
            "JOBS_LEASE_S": str(lease_s),
        }
        self.app: Flask = create_app(type("Settings", (config.Development,), dict(self.settings)))
        with self.app.app_context():
            upgrade()
            db.session.remove()
            db.engine.dispose()

    def start(self, *command: str, alone: bool = False, **more: str) -> subprocess.Popen[bytes]:
        """Start one of Teamhub's own programs on this place; ``alone`` in a process group of its own."""
        env = {key: value for key, value in os.environ.items() if not key.startswith("TEAMHUB_")}
        env |= {f"TEAMHUB_{name}": value for name, value in (self.settings | more).items()}
        return subprocess.Popen(
            [sys.executable, "-m", "flask", *command],
            cwd=ROOT, env=env | {"TEAMHUB_ENV": "development"},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=alone,
        )  # fmt: skip

    @contextmanager
    def serving(self, mail_url: str) -> Iterator[str]:
        """Run `flask serve`, its consumer beside it, with a mail server; give its address."""
        url = f"http://127.0.0.1:{free_port()}"
        server = self.start("serve", "--port", url.rpartition(":")[2], "--workers", "1", MAIL_URL=mail_url)
        try:
            wait(lambda: _answers(url))
            yield url
        finally:
            server.terminate()
            server.wait()

    def close(self) -> None:
        """Let go of what this process holds."""
        db.session.remove()
        db.engine.dispose()
        for bell in self.app.extensions.get("teamhub.jobs", {}).values():
            bell.huey.storage.close()


@contextmanager
def place(kind: str, mail_url: str, lease_s: float = LEASE_S) -> Iterator[Place]:
    """Make a place on SQLite or PostgreSQL, and be in its app's context while the block lasts."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        url = f"sqlite:///{folder}/mail.db"
        if kind == "postgresql":
            server = stack.enter_context(PostgresServer())
            server.create_database("mail")
            url = server.url("mail")
        there = Place(url, folder, mail_url, lease_s)
        stack.enter_context(there.app.app_context())
        try:
            yield there
        finally:
            there.close()


def write_mails(count: int) -> set[str]:
    """Write ``count`` mails, each to somebody of its own, in one transaction; return their jobs' names."""
    db.session.rollback()
    db.session().info["writes_allowed"] = True
    unit_id = Make(db.session).unit().id
    db.session().info["writes_allowed"] = False
    return _write_mails(count, unit_id)


@command
def _write_mails(count: int, unit_id: int) -> set[str]:
    authorize(SYSTEM, Action.JOB_RUN)
    session, now = db.session(), clock.now()
    first = session.scalar(select(func.coalesce(func.max(Person.id), 0))) or 0
    people = [
        Person(email=f"m{number}@test.example", name=f"Mottaker {number}", unit_id=unit_id, locale="nb")
        for number in range(first + 1, first + count + 1)
    ]
    session.add_all(people)
    session.flush()
    challenge = Make(_Flushing(session)).challenge(people[0])
    about: dict[str, Any] = {
        "kind": Kind.MINE,
        "told": "receipt",
        "object_type": "challenge",
        "object_id": challenge.id,
        "data": {"due": "2030-01-01"},
        "show_at": now,
        "mail_pace": Pace.NOW,
        "mail_at": now,
    }
    notes = [Notification(person_id=person.id, **about) for person in people]
    session.add_all(notes)
    session.flush()
    last = session.scalar(select(func.coalesce(func.max(Job.id), 0)))
    jobs = [({"notifications": [note.id], "person": note.person_id}, 0.0) for note in notes]
    outbox.enqueue_all(session, "mail.now", jobs)
    return set(session.scalars(select(Job.uid).where(Job.id > last, Job.name == "mail.now")))


class _Flushing:
    """The session as factories know it, inside a command, which commits by itself."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, "flush" if name == "commit" else name)


def left() -> int:
    """Return how many mails have not been sent yet."""
    db.session.rollback()
    going = (Job.name == "mail.now", Job.state.in_(("waiting", "running")))
    return db.session.scalar(select(func.count()).where(*going)) or 0


def not_marked() -> int:
    """Return how many notifications are not marked as mailed."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Notification.mailed_at.is_(None))) or 0


def hurry() -> None:
    """Let what waits for another attempt be tried soon: the pauses are not what is measured."""
    soon = outbox.db_now() + 1
    _let_be_due(soon, Job.due > soon)


def put_off() -> None:
    """Let all that waits be left alone for an hour."""
    _let_be_due(outbox.db_now() + 3600, Job.due > 0)


def _let_be_due(due: ColumnElement[float], which: ColumnElement[bool]) -> None:
    db.session.rollback()
    db.session().info["writes_allowed"] = True
    waits = (Job.name == "mail.now", Job.state == "waiting", which)
    db.session.execute(update(Job).where(*waits).values(due=due))
    db.session.commit()
    db.session().info["writes_allowed"] = False


def wait(true: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
    """Wait until something is true."""
    until = time.monotonic() + patience_s
    while not true():
        if time.monotonic() > until:
            msg = "nothing came of it"
            raise TimeoutError(msg)
        time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        with urlopen(f"{url}/healthz", timeout=5):  # noqa: S310 - our own server
            return True
    except OSError:
        return False
