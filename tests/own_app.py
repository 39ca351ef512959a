"""An app on a database of its own, for tests of what is only seen when it is really committed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

import config
from teamhub import create_app
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.live.hub import end_streams
from teamhub.people.models import SignInSession
from teamhub.people.sign_in import key_hash, new_key
from tests.databases import DATABASES
from tests.factories import Make


@contextmanager
def own_app(folder: Path) -> Iterator[Flask]:
    """Make an app on a migrated database of its own. No context is left open."""

    class Settings(config.Test):
        DATABASE_URL = DATABASES.new()
        INSTANCE_PATH = str(folder)
        WTF_CSRF_ENABLED = False

    app = create_app(Settings)
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
