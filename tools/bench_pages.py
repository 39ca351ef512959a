"""The pages `make bench` measures: their addresses in a given municipality, and what each must reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import event, func, select

import config
from teamhub import create_app
from teamhub.challenges.models import Challenge
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.core.db import about_to_write, db
from teamhub.missions.models import Mission
from teamhub.people.models import Person, SignInSession
from teamhub.people.sign_in import key_hash, new_key
from teamhub.tasks.models import Task

Sizes = ("small", "full", "large")


@dataclass(frozen=True)
class Municipality:
    """A loaded demo: the app on its database, the busiest mission in it, and its lead, signed in."""

    app: Flask
    mission_id: int
    task_id: int
    challenge_id: int
    cookie: str


@dataclass(frozen=True)
class Page:
    """A page: its name, the figure it belongs to with its limit, and the part of it htmx fetches."""

    name: str
    figure: str
    least: float
    path: Callable[[Municipality], str]
    part: str = ""


_ALL = [
    Page("board", "P1", 0.12, lambda m: f"/missions/{m.mission_id}/board", "board"),
    Page("challenges", "P3", 0.15, lambda _: "/challenges", "found"),
    Page("challenge", "P3", 0.15, lambda m: f"/challenges/{m.challenge_id}"),
    Page("missions", "P3", 0.15, lambda _: "/missions", "found"),
    Page("mission", "P3", 0.15, lambda m: f"/missions/{m.mission_id}"),
    Page("task", "P3", 0.15, lambda m: f"/tasks/{m.task_id}", "thread"),
    Page("my-tasks", "P3", 0.15, lambda _: "/my/tasks"),
    Page("today", "P3", 0.15, lambda _: "/"),
    Page("portfolio", "P3", 0.15, lambda _: "/portfolio"),
]
PAGES = {page.name: page for page in _ALL}


def find(folder: Path, address: str) -> Municipality:
    """Find the pages' things in the database in ``folder``, and sign the busiest mission's lead in."""

    class Settings(config.Development):
        DATABASE_URL = f"sqlite:///{folder / 'teamhub.db'}"
        INSTANCE_PATH = str(folder)
        BASE_URL = address

    app = create_app(Settings)
    with app.app_context():
        mission_id = db.session.scalars(
            select(Task.mission_id)
            .where(Task.done_at.is_(None))
            .group_by(Task.mission_id)
            .order_by(func.count().desc(), Task.mission_id)
        ).first()
        person_id = db.session.scalar(
            select(Mission.lead_id).join(Person, Person.id == Mission.lead_id).where(Mission.id == mission_id)
        )
        task_id = db.session.scalar(select(func.min(Task.id)).where(Task.mission_id == mission_id))
        challenge_id = db.session.scalar(
            select(func.max(Challenge.id)).where(Challenge.state == State.SUBMITTED)
        )
        return Municipality(
            app, mission_id or 0, task_id or 0, challenge_id or 0, _cookie(app, person_id or 0)
        )


def _cookie(app: Flask, person_id: int) -> str:
    """Open a session for a person past the sign-in page, and return the cookie a browser would hold."""
    key = new_key()
    # As a command does: the server that runs beside this may be writing too.
    db.session.remove()
    writing = about_to_write.set(True)
    session = db.session()
    session.info["writes_allowed"] = True
    session.add(SignInSession(token_hash=key_hash(key), person_id=person_id, device="bench"))
    session.commit()
    db.session.remove()
    about_to_write.reset(writing)
    client = app.test_client()
    with client.session_transaction() as visit:
        visit.update(_user_id=key, _fresh=True, seen=int(clock.now().timestamp()))
    held = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    return f"{held.key}={held.value}" if held else ""


def queries_of(data: Municipality, path: str, part: str) -> int:
    """Return how many statements a page, or the part of it htmx asks for, sends to the database."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    headers = {"Cookie": data.cookie} | ({"HX-Request": "true", "HX-Target": part} if part else {})
    client = data.app.test_client(use_cookies=False)
    client.get(path, headers=headers)  # what is remembered for some seconds is remembered now
    with data.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        answer = client.get(path, headers=headers)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    if answer.status_code != 200:
        message = f"{path}: {answer.status}"
        raise RuntimeError(message)
    return len(seen)
