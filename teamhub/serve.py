"""The server `flask serve` starts: gunicorn, one process for each core, threads in each."""

from __future__ import annotations

import os
import signal
from contextvars import Context
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.http import wsgi

from teamhub.core.db import db
from teamhub.core.i18n import _
from teamhub.live.hub import end_streams
from teamhub.people import personas

MOST_WORKERS = 4
THREADS = 256
"""Each open page holds one while it waits for news. They are made when needed, and cost little asleep."""

LONGEST_REQUEST_S = 60
GRACE_S = 10


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with our app and our options, reading no file, environment or command line of its own."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self.app, self.options = app, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app


class _Response(wsgi.Response):  # type: ignore[misc]
    """An answer that does not tell what software gave it (R9)."""

    def default_headers(self) -> list[str]:
        return [line for line in super().default_headers() if not line.startswith("Server:")]


def workers() -> int:
    """Return how many processes to run unless told: one for each core, but no more than a few."""
    return min(os.cpu_count() or 1, MOST_WORKERS)


def run(app: Flask, *, host: str, port: int, threads: int, processes: int) -> None:
    """Serve until told to stop. Must be called in the app's context; does not return."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [_("Teamhub svarer på http://%(address)s. Ctrl-C stopper.", address=address), *_demo_logins(app)]
    app.config["THREADS"] = threads
    db.session.remove()
    db.engine.dispose()  # no connection may be shared by the processes about to be made
    options = {
        "bind": address,
        "workers": processes,
        "worker_class": "gthread",
        "threads": threads,
        "worker_connections": max(1000, 2 * threads),
        "timeout": LONGEST_REQUEST_S,
        "graceful_timeout": GRACE_S,
        "loglevel": "warning",
        "control_socket_disable": True,
        "post_worker_init": lambda _worker: _let_streams_go(app),
        "when_ready": lambda _server: click.echo("\n".join(lines)),
    }
    wsgi.Response = _Response
    # An empty context: a request served in one that holds an app context would share its session.
    Context().run(Server(app, options).run)


def _let_streams_go(app: Flask) -> None:
    """When a worker is told to stop, end its streams at once: they would keep it for its whole grace."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        before = signal.getsignal(number)

        def stop(signum: int, frame: object, before: Any = before) -> None:
            end_streams(app)
            before(signum, frame)

        signal.signal(number, stop)


def _demo_logins(app: Flask) -> list[str]:
    if not app.config["DEMO"]:
        return []
    found = personas.listed()
    if not found:
        return [_("Databasen har ingen demokontoer. Lag dem med: flask demo load")]
    width = max(len(persona.email) for persona in found)
    return [
        _("Logg inn med ett klikk, eller med passordet %(password)s:", password=personas.DEMO_PASSWORD),
        *(f"  {persona.email:{width}}  {persona.name}, {persona.place}" for persona in found),
    ]
