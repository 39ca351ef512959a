"""What the database is told on each connection, and what people see when it cannot answer (quality.md D5)."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from teamhub import create_app
from teamhub.access.actor import SYSTEM
from teamhub.core.db import db as _db
from teamhub.core.transaction import command
from teamhub.people import commands
from teamhub.people.models import Person, SignInSession
from tests.databases import DATABASES, ON_POSTGRESQL
from tests.factories import PASSWORD, Make

GONE = "server closed the connection"
only_sqlite = pytest.mark.skipif(ON_POSTGRESQL, reason="about SQLite")


@pytest.fixture
def own_app(settings):
    """An app on a database of its own, where what is committed stays committed."""

    class Settings(settings):
        DATABASE_URL = DATABASES.new()

    app = create_app(Settings)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        _db.session().info["writes_allowed"] = True
        Make(_db.session).person("Kari", email="kari@test.example")
        yield app
        _db.session.remove()
        _db.engine.dispose()


def sign_in(app):
    client = app.test_client()
    client.post("/login", data={"email": "kari@test.example", "password": PASSWORD})
    return client


@only_sqlite
def test_every_connection_of_the_pool_is_durable_strict_and_patient(own_app):
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    connections = [_db.engine.connect() for _ in range(5)]
    try:
        for connection in connections:
            found = {name: connection.scalar(text(f"PRAGMA {name}")) for name in wanted}
            assert found == wanted
            assert connection.scalar(text("PRAGMA busy_timeout")) >= 5_000
    finally:
        for connection in connections:
            connection.close()


def begins(app, task):
    """The BEGINs a task sends to the database."""
    seen = []
    driver = _db.engine

    def note(_conn, _cursor, statement, *_):
        if statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(driver, "before_cursor_execute", note)
    try:
        task()
    finally:
        event.remove(driver, "before_cursor_execute", note)
    return set(seen)


@only_sqlite
def test_a_command_takes_the_write_lock_at_once_and_a_reader_never_does(own_app):
    _db.session.rollback()
    client = sign_in(own_app)
    _db.session.rollback()

    assert begins(own_app, lambda: commands.note_wrong_guess("ola@test.example")) == {"BEGIN IMMEDIATE"}
    _db.session.rollback()
    assert begins(own_app, lambda: _db.session.scalar(text("SELECT 1"))) == {"BEGIN"}
    assert client.get("/settings").status_code == 200


def test_what_points_to_nothing_is_refused(db):
    db.session.add(SignInSession(token_hash="1" * 64, person_id=9_999_999, device=""))

    with pytest.raises(IntegrityError):
        db.session.flush()


@only_sqlite
def test_while_another_writes_reading_goes_on_and_writing_is_answered_with_503(own_app, monkeypatch):
    client = sign_in(own_app)
    _db.session.remove()
    other = sqlite3.connect(_db.engine.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("teamhub.core.db.BUSY_TIMEOUT_MS", 50)
    _db.engine.dispose()
    try:
        reading = client.get("/settings")
        writing = client.post("/settings", data={"locale": "nn", "color_scheme": "dark"})
    finally:
        other.rollback()
        other.close()

    assert reading.status_code == 200
    assert writing.status_code == 503
    assert int(writing.headers["Retry-After"]) > 0
    assert "Prøv igjen" in writing.text or "prøv igjen" in writing.text
    assert client.post("/settings", data={"locale": "nn", "color_scheme": "dark"}).status_code == 303


@only_sqlite
def test_with_the_disk_full_reading_goes_on_and_writing_is_answered_with_503(own_app):
    client = sign_in(own_app)
    task = {"locale": "nn", "color_scheme": "dark"}
    _db.session.remove()

    def full(dbapi_connection, *_):
        pages = dbapi_connection.execute("PRAGMA page_count").fetchone()[0]
        dbapi_connection.execute(f"PRAGMA max_page_count = {pages}")

    # What SQLite says of a database that may grow no more is what it says of a full disk: SQLITE_FULL.
    event.listen(_db.engine, "connect", full)
    _db.engine.dispose()
    make_it_grow = {"title": "x" * 200, "situation": "y" * 9_000, "affected": "z" * 9_000, "evidence": "w"}
    try:
        answers = {client.post("/challenges/new", data=make_it_grow).status_code for _ in range(5)}
        assert answers == {503}
        assert client.get("/challenges").status_code == 200
    finally:
        event.remove(_db.engine, "connect", full)
        _db.engine.dispose()

    assert client.post("/settings", data=task).status_code == 303
    with sqlite3.connect(_db.engine.url.database) as after:
        assert after.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert after.execute("PRAGMA foreign_key_check").fetchall() == []
    after.close()


def test_without_a_database_the_answer_is_503_with_a_page_that_needs_none(app, db, monkeypatch):
    def gone(*_, **__):
        raise OperationalError(GONE, {}, Exception(GONE))

    client = app.test_client()
    monkeypatch.setattr(db.session, "execute", gone)
    monkeypatch.setattr("teamhub.people.queries.db.session.scalar", gone)

    answer = client.post("/login", data={"email": "kari@test.example", "password": PASSWORD})

    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    assert "<h1>" in answer.text


# -- at the same time --------------------------------------------------------------------------------


@pytest.fixture
def committed_person(app):
    """A person really in the database, for threads that each have a connection of their own."""
    with app.app_context():
        _db.session().info["writes_allowed"] = True
        person = Make(_db.session).person("Tell", email="tell@test.example")
        person_id = person.id
        _db.session.remove()
    yield person_id
    with app.app_context():
        _db.session().info["writes_allowed"] = True
        for thing in _db.session.query(Person).filter_by(id=person_id):
            unit = thing.unit_id
            _db.session.delete(thing)
            _db.session.execute(text(f"DELETE FROM unit_placement WHERE unit_id = {unit}"))  # noqa: S608
            _db.session.flush()
            _db.session.execute(text(f"DELETE FROM unit WHERE id = {unit}"))  # noqa: S608
        _db.session.commit()
        _db.session.remove()


WRITERS, ROUNDS = 6, 20


@command
def count_up(actor, person_id):
    """Read, then write: what loses updates where the lock is taken late."""
    commands.authorize(actor, commands.Action.ACCOUNT_MANAGE)
    person = _db.session.get(Person, person_id, with_for_update=True)
    person.job_title = str(int(person.job_title or "0") + 1)


def in_threads(app, work):
    """Let all writers start at once, each in an app context of its own, and return what each says."""
    start = threading.Barrier(WRITERS)

    def one(number):
        with app.app_context():
            start.wait()
            try:
                return [work(number) for _ in range(ROUNDS)]
            finally:
                _db.session.remove()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(one, range(WRITERS)))


def test_writers_at_the_same_time_lose_nothing(app, committed_person):
    with app.app_context():
        _db.session().info["writes_allowed"] = True
        _db.session.get(Person, committed_person).job_title = "0"
        _db.session.commit()
        _db.session.remove()

    in_threads(app, lambda _: count_up(SYSTEM, committed_person))

    with app.app_context():
        assert _db.session.get(Person, committed_person).job_title == str(WRITERS * ROUNDS)
        _db.session.remove()


@only_sqlite
def test_the_test_above_can_fail_without_the_lock_it_breaks(app, committed_person, monkeypatch):
    """The control (quality.md R75): the same, with the write lock taken as late as SQLite does by itself."""
    monkeypatch.setattr("teamhub.core.transaction.about_to_write", type("Off", (), {
        "set": lambda self, value: None, "reset": lambda self, token: None})())  # fmt: skip
    refused = []

    def one(_number):
        try:
            count_up(SYSTEM, committed_person)
        except OperationalError as error:
            refused.append(str(error.orig))

    with app.app_context():
        _db.session().info["writes_allowed"] = True
        _db.session.get(Person, committed_person).job_title = "0"
        _db.session.commit()
        _db.session.remove()
    in_threads(app, one)

    assert "database is locked" in refused
