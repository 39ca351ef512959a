"""A world many tests play in: made once for each worker, in a database of its own, and never changed."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from flask import Flask
from sqlalchemy import Engine, create_engine, make_url

from teamhub.core.db import db
from tests.databases import DATABASES, rolled_back
from tests.factories import Make


class Stage:
    """Holds what ``build`` makes. Whoever opens it finds it as it was made, and their changes are undone."""

    def __init__(self, app: Flask, build: Callable[[Make], Any]) -> None:
        self._app, self._build = app, build

    @contextmanager
    def open(self) -> Iterator[Any]:
        """Lend what was built; its rows are in the session of the test."""
        made = self._made
        with rolled_back(self._app, self._engine):
            built, rows = pickle.loads(made)  # noqa: S301 - our own, of this very process
            db.session.add_all(rows)
            yield built

    def close(self) -> None:
        if "_engine" in vars(self):
            self._engine.dispose()

    @cached_property
    def _engine(self) -> Engine:
        with self._app.app_context():
            url = db.engine.engine.url.set(database=make_url(DATABASES.new()).database)
        return create_engine(url, **self._app.config["SQLALCHEMY_ENGINE_OPTIONS"])

    @cached_property
    def _made(self) -> bytes:
        with self._app.app_context():
            real = db.engines[None]
            db.engines[None] = self._engine
            db.session().info["writes_allowed"] = True
            try:
                built = self._build(Make(db.session))
                return pickle.dumps((built, list(db.session)))
            finally:
                db.session.remove()
                db.engines[None] = real
