"""An app on a database of its own, for tests of what is only seen when it is really committed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

import config
from teamhub import create_app
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.live.hub import end_streams
from teamhub.people.models import SignInSession
from teamhub.people.sign_in import key_hash, new_key
from tests.factories import Make
from tests.servers import PostgresServer, postgres_binaries


@contextmanager
def own_url(folder: Path) -> Iterator[str]:
    """Lend an empty database on the engine the suite is told to use."""
    if os.environ.get("TEAMHUB_TEST_DATABASE") != "postgresql":
        yield f"sqlite:///{folder / 'own.db'}"
        return
    if postgres_binaries() is None:
        pytest.skip("no PostgreSQL server binaries")
    with PostgresServer() as server:
        server.create_database("own")
        yield server.url("own")


@contextmanager
def own_app(folder: Path) -> Iterator[Flask]:
    """Make an app on such a database, migrated. No context is left open."""
    with own_url(folder) as url:

        class Settings(config.Test):
            DATABASE_URL = url
            INSTANCE_PATH = str(folder)
            WTF_CSRF_ENABLED = False

        app = create_app(Settings)
        with app.app_context():
            upgrade()
        yield app
        end_streams(app)
        with app.app_context():
            db.engine.dispose()


@contextmanager
def data_of(app: Flask) -> Iterator[Make]:
    """Write into the app's database as factories do, each thing committed at once."""
    with app.app_context():
        db.session().info["writes_allowed"] = True
        try:
            yield Make(db.session)
        finally:
            db.session.remove()


def browser_of(app: Flask, person_id: int) -> FlaskClient:
    """Return a browser in which a person is signed in."""
    key = new_key()
    with data_of(app) as make:
        make.session.add(SignInSession(token_hash=key_hash(key), person_id=person_id, device="Test"))
        make.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(_user_id=key, _fresh=True, seen=int(clock.now().timestamp()))
    return client


def command_in(app: Flask, verb: Callable[..., object], *args: object, **how: object) -> object:
    """Give a command in a context of its own, as a request does."""
    with app.app_context():
        try:
            return verb(*args, **how)
        finally:
            db.session.remove()
