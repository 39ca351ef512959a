"""Databases for tests, on the engine the suite is told to use: migrated once for each worker, then copied."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property, partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade

import config
from teamhub import create_app
from teamhub.core.db import db
from tests.servers import PostgresServer, postgres_binaries

ON_POSTGRESQL = os.environ.get("TEAMHUB_TEST_DATABASE") == "postgresql"


class Databases:
    """Makes databases, each like a new one with all migrations. They last until ``close``."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._numbers = count(1)

    def new(self, *, on_postgresql: bool = ON_POSTGRESQL) -> str:
        """Make a migrated database and return its address."""
        name = f"test_{next(self._numbers)}"
        if on_postgresql:
            self.server.create_database(name, template=self._migrated_on_server)
            return self.server.url(name)
        shutil.copyfile(self._migrated_file, self._folder / name)
        return f"sqlite:///{self._folder / name}"

    def close(self) -> None:
        """End it all, as the last thing this process does."""
        logging.disable()  # whoever still listens to the server has nothing to tell us of its end
        self._stack.close()

    @cached_property
    def server(self) -> PostgresServer:
        """The one PostgreSQL server of this worker."""
        if postgres_binaries() is None:
            pytest.skip("no PostgreSQL server binaries")
        return self._stack.enter_context(PostgresServer())

    @cached_property
    def _folder(self) -> Path:
        return Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="th-db-")))

    @cached_property
    def _migrated_file(self) -> Path:
        self._migrate(f"sqlite:///{self._folder / 'migrated'}")
        return self._folder / "migrated"

    @cached_property
    def _migrated_on_server(self) -> str:
        self.server.create_database("migrated")
        self._migrate(self.server.url("migrated"))
        return "migrated"

    def _migrate(self, url: str) -> None:
        class Settings(config.Test):
            DATABASE_URL = url
            INSTANCE_PATH = str(self._folder)

        with create_app(Settings).app_context():
            upgrade()
            db.engine.dispose()  # a copy is taken of what nobody has open


DATABASES = Databases()


@contextmanager
def rolled_back(app: Flask, engine: Any = None) -> Iterator[None]:
    """Let all sessions of the app write inside one transaction of ``engine``, which is never committed."""
    with app.app_context():
        engines = db.engines
        real = engines[None]
        connection = (engine or real).connect()
        _quick_savepoints(connection.dialect)
        outer = connection.begin()
        engines[None] = connection
        db.session.remove()
        db.session.configure(join_transaction_mode="create_savepoint")
        db.session().info["writes_allowed"] = True  # the test's own session; requests get another
        try:
            yield
        finally:
            db.session.remove()
            outer.rollback()
            connection.close()
            engines[None] = real


def _quick_savepoints(dialect: Any) -> None:
    """Send savepoints as they are: SQLAlchemy compiles each anew, and a test has hundreds of them."""
    for method, said in {
        "do_savepoint": "SAVEPOINT",
        "do_release_savepoint": "RELEASE SAVEPOINT",
        "do_rollback_to_savepoint": "ROLLBACK TO SAVEPOINT",
    }.items():
        setattr(dialect, method, partial(_say, said))


def _say(said: str, connection: Any, name: str) -> None:
    connection.exec_driver_sql(f"{said} {name}")
