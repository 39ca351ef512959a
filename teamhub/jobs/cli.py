"""`flask jobs`: more workers, and how the queue stands."""

from __future__ import annotations

import json
from dataclasses import asdict

import click
from flask import current_app
from flask.cli import with_appcontext

from teamhub.core.db import db
from teamhub.core.i18n import _
from teamhub.jobs import consumer, queries


@click.group()
def jobs() -> None:
    """Arbeidet som gjøres etterpå: e-post, varsler og opprydding."""


@jobs.command("run")
@click.option("--workers", type=click.IntRange(1), default=consumer.WORKERS, show_default=True)
@with_appcontext
def run(workers: int) -> None:
    """Gjør jobber til noen sier stopp. `flask serve` gjør det samme; denne er for flere maskiner."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the workers outlive the context
    db.session.remove()
    consumer.run(app, workers=workers)


@jobs.command("status")
@click.option("--json", "as_json", is_flag=True, help="Skriv tallene som JSON.")
@with_appcontext
def status(*, as_json: bool) -> None:
    """Vis hvordan køen står."""
    found = queries.figures()
    if as_json:
        click.echo(json.dumps(asdict(found)))
        return
    for name, number in (
        (_("Venter"), found.waiting),
        (_("Skulle vært i gang"), found.due),
        (_("I arbeid"), found.running),
        (_("Har stoppet"), found.dead),
        (_("Gjort siste time"), found.done_last_hour),
        (_("Eldste har ventet, sekunder"), found.oldest_s),
    ):
        click.echo(f"{name}: {number}")
