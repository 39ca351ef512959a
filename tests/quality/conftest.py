"""What the tests of quality share: the cast, a browser for each of them, and a way to undo a request."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from teamhub.attachments import store
from teamhub.core.db import Base
from tests.cast import assemble
from tests.databases import DATABASES
from tests.stages import Stage


@pytest.fixture(scope="session")
def stage(app):
    """The cast in its places, and the files that lie in the store."""

    def build(make):
        cast = assemble(make)
        paths = [store.path_of(attachment.uid) for attachment in cast.files.values()]
        return cast, {path: path.read_bytes() for path in paths}

    stage = Stage(app, build)
    yield stage
    stage.close()


@pytest.fixture
def cast(app, db, stage, monkeypatch):
    """Everybody and everything, in an app that also lets personas in with one click."""
    monkeypatch.setitem(app.config, "DEMO", True)
    with stage.open() as (cast, files):
        for path, content in files.items():
            path.write_bytes(content)
        yield cast


@pytest.fixture
def client_of(app, cast, sign_in):
    """Return a new browser for a role of the authorisation matrix.

    It also sends the role's key with everything: under /api/v1 that is what counts, elsewhere it is nothing.
    """

    def browser(role):
        if role == "signed out":
            return app.test_client()
        client = sign_in(cast.people[role])
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {cast.api_tokens[role]}"
        return client

    return browser


@pytest.fixture
def undone(db):
    """Take back everything a block has written, however often it was committed."""

    @contextmanager
    def block():
        before = db.engine.begin_nested()
        try:
            yield
        finally:
            db.session.rollback()
            before.rollback()

    return block


@pytest.fixture
def digest(db):
    """Return one value for all that is in the database: the same when nothing has changed.

    ``but`` names tables that are left out.
    """

    def of_everything(*, but=()):
        db.session.rollback()
        rows = [
            (table.name, sorted(map(repr, db.session.execute(select(table)).all())))
            for table in Base.metadata.sorted_tables
            if table.name not in but
        ]
        db.session.rollback()
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    return of_everything


@pytest.fixture
def csrf_on(app, monkeypatch):
    """The app as it is in use: every write needs its token."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server for tests that need a database to themselves."""
    return DATABASES.server
