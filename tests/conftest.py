"""What all tests share: an app on a real, migrated database, and a browser for each person."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event

import config
from teamhub import create_app
from teamhub.core import clock
from teamhub.core.db import db as _db
from teamhub.people.models import Person, SignInSession
from teamhub.people.sign_in import key_hash, new_key
from tests.databases import DATABASES, rolled_back
from tests.factories import Make
from tests.page_rules import check_page

ROOT = Path(__file__).parent.parent
ONE_ENGINE = (
    "tests/guards", "tests/quality/test_outbound", "tests/unit/attachments", "tests/unit/core/test_kernel.py",
)  # fmt: skip
"""Nothing here opens the suite's database, so it says the same on every engine."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what need not be run again on PostgreSQL: an installation's own database is SQLite's."""
    for item in items:
        place = item.path.relative_to(ROOT).as_posix()
        if place.startswith(ONE_ENGINE) or "installation" in getattr(item, "fixturenames", ()):
            item.add_marker("once")


def pytest_collection_finish() -> None:
    """Set aside what has been made by now, all of it to stay, so that no look for garbage goes through it."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    DATABASES.close()


class Browser(FlaskClient):
    """Each request gets its own context, hence its own database session, as in production."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        _db.session.commit()
        response = Context().run(super().open, *args, **kwargs)
        has_page = response.mimetype == "text/html" and response.text
        if has_page and response.status_code not in {302, 303, 500, 503}:
            asked_for_part = "HX-Request" in dict(kwargs.get("headers") or {})
            check_page(response.text, whole=not asked_for_part or "<html" in response.text)
        _db.session.expire_all()
        return response


@pytest.fixture(scope="session")
def database_url() -> str:
    """A database of this worker's own: SQLite in a file, or PostgreSQL when the suite is told so."""
    return DATABASES.new()


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> type[config.Test]:
    """Settings for the tests' app; a test that needs others subclasses them."""

    class Settings(config.Test):
        DATABASE_URL = database_url
        INSTANCE_PATH = str(tmp_path_factory.mktemp("instance"))
        WTF_CSRF_ENABLED = False

    return Settings


@pytest.fixture(scope="session")
def app(settings: type[config.Test], request: pytest.FixtureRequest) -> Iterator[Flask]:
    app = create_app(settings)
    app.test_client_class = Browser
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(request.config.cache.mkdir("templates")))
    yield app
    with app.app_context():
        _db.engine.dispose()


@pytest.fixture
def db(app: Flask) -> Iterator[Any]:
    """A test runs inside a transaction that is rolled back, however often the code commits."""
    with rolled_back(app):
        yield _db


@pytest.fixture
def make(db: Any) -> Make:
    return Make(db.session)


@pytest.fixture
def sign_in(app: Flask, db: Any) -> Callable[[Person], Browser]:
    """Return a browser in which a person is signed in."""

    def _in(person: Person) -> Browser:
        key = new_key()
        db.session.add(SignInSession(token_hash=key_hash(key), person_id=person.id, device="Test"))
        db.session.commit()
        client = app.test_client()
        with client.session_transaction() as session:
            session.update(_user_id=key, _fresh=True, seen=int(clock.now().timestamp()))
        return client

    return _in


@pytest.fixture
def queries_counted(db: Any) -> Callable[[], Any]:
    """Count the statements sent to the database inside a block; savepoints and locks ask it nothing."""

    @contextmanager
    def count() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if "SAVEPOINT" not in statement and "advisory_xact_lock" not in statement:
                seen.append(statement)

        engine = db.engine.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return count


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real data beside the project; tests that need it skip where it is missing."""
    folder = Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no shared data beside the project")
    return folder
