"""`flask audit`: what one does with the security log from the command line."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from teamhub.audit.verifying import standing, verify
from teamhub.core.i18n import _


@click.group()
def audit() -> None:
    """Sikkerhetsloggen."""


@audit.command("verify")
@with_appcontext
def verify_() -> None:
    """Kontroller at ingen har endret sikkerhetsloggen. Avslutter med 1 når noe er galt."""
    found = verify()
    for finding in found:
        click.echo(f"- {finding}")
    if found:
        raise click.exceptions.Exit(1)
    click.echo(_("Loggen er hel. Siste linje er %(mark)s.", mark=standing().mark))
