"""The commands of `flask`: imports, exports, accounts, demo data, self-check, manifest and the server."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import or_, select

from teamhub import manifest, self_check, serve, supervisor
from teamhub.access.actor import OFFICES, SYSTEM, Role
from teamhub.audit import cli as audit_cli
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.core.i18n import _, _n
from teamhub.core.transaction import command
from teamhub.demo import load as demo_load
from teamhub.exchange import mapping
from teamhub.exchange.commands import import_file
from teamhub.exchange.fields import KINDS
from teamhub.exchange.outgoing import SHEETS, export_file
from teamhub.exchange.rows import Outcome
from teamhub.jobs import cli as jobs_cli
from teamhub.people import commands as people
from teamhub.people.models import Unit
from teamhub.people.queries import by_email


def register(app: Flask) -> None:
    """Give `flask` Teamhub's own commands."""
    ours = (import_, export, user, demo, check, routes_manifest, serve_, jobs_cli.jobs, audit_cli.audit)
    for entry in ours:
        app.cli.add_command(entry)


class Refused(click.ClickException):
    """Something could not be done. The message stands alone, for it is in the reader's language."""

    def show(self, file: object = None) -> None:
        click.echo(self.format_message(), err=True)


# -- import ------------------------------------------------------------------------------------------


@click.command("import")
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mapping", "mapping_name", help="En av våre (tidstyver, …), eller en TOML-fil.")
@click.option("--dry-run", is_flag=True, help="Si hva som ville skje, uten å lagre noe.")
@click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON.")
@with_appcontext
def import_(kind: str, file: Path, mapping_name: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Hent inn enheter, personer, utfordringer eller temaord fra CSV eller XLSX: alt eller ingenting."""
    try:
        outcome = import_file(SYSTEM, file, mapping.load(kind, mapping_name), dry_run=dry_run)
    except DomainError as error:
        raise Refused(str(error)) from error
    if as_json:
        click.echo(json.dumps(asdict(outcome), ensure_ascii=False))
    if outcome.errors:
        for fault in outcome.errors:
            click.echo(str(fault), err=True)
        raise Refused(
            _n(
                "%(num)d feil. Ingenting er lagret.",
                "%(num)d feil. Ingenting er lagret.",
                len(outcome.errors),
            )
        )
    if not as_json:
        click.echo(_summary(outcome, dry_run=dry_run))


def _summary(outcome: Outcome, *, dry_run: bool) -> str:
    text = _(
        "%(created)d nye, %(changed)d endret, %(unchanged)d uendret.",
        created=outcome.created,
        changed=outcome.changed,
        unchanged=outcome.unchanged,
    )
    if outcome.submitters:
        text += " " + _n("%(num)d innsender.", "%(num)d innsendere.", outcome.submitters)
    return text + (" " + _("Prøvekjøring: ingenting er lagret.") if dry_run else "")


# -- export ------------------------------------------------------------------------------------------


@click.command()
@click.argument("kind", type=click.Choice(list(SHEETS)))
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def export(kind: str, file: Path) -> None:
    """Skriv alt av et slag til en fil, som CSV eller XLSX etter endelsen."""
    try:
        export_file(kind, file)
    except DomainError as error:
        raise Refused(str(error)) from error
    click.echo(_("Skrevet til %(file)s.", file=file))


# -- accounts ----------------------------------------------------------------------------------------


@click.group()
def user() -> None:
    """Opprett og steng kontoer."""


@user.command("create")
@click.argument("email")
@click.option("--name", required=True, help="Fullt navn.")
@click.option("--unit", required=True, help="Enheten, ved nummer, referanse eller navn.")
@click.option("--office", type=click.Choice([str(role) for role in OFFICES]), help="Verv for enheten.")
@click.option("--ask", is_flag=True, help="Spør etter passord i stedet for å lage ett.")
@with_appcontext
def create_user(email: str, name: str, unit: str, office: str | None, *, ask: bool) -> None:
    """Opprett en konto. Passordet vises bare denne ene gangen."""
    password = (
        click.prompt(_("Passord"), hide_input=True, confirmation_prompt=_("Gjenta passordet"))
        if ask
        else _one_time_password()
    )
    try:
        _open_account(email, name, _unit_id(unit), Role(office) if office else None, password)
    except DomainError as error:
        raise Refused(str(error)) from error
    click.echo(_("Kontoen %(email)s er opprettet.", email=email))
    if not ask:
        click.echo(_("Passord: %(password)s", password=password))
        click.echo(_("Det vises bare nå. Be personen bytte det under Innstillinger."))


@user.command("disable")
@click.argument("email")
@with_appcontext
def disable_user(email: str) -> None:
    """Steng en konto, og logg den ut overalt."""
    person = by_email(email)
    if person is None:
        raise Refused(_("Det finnes ingen konto med adressen %(email)s.", email=email))
    people.set_active(SYSTEM, person.id, active=False)
    click.echo(_("Kontoen %(email)s er stengt.", email=email))


def _one_time_password() -> str:
    """Twenty letters and digits that are not mistaken for each other, in groups one can read aloud."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _letter in range(5)) for _group in range(4))


@command
def _open_account(email: str, name: str, unit_id: int, office: Role | None, password: str) -> None:
    """Create the account and give the office: both or neither."""
    if "@" not in email:
        raise DomainError(_("«%(value)s» er ikke en e-postadresse.", value=email))
    person = people.create_account(SYSTEM, email=email, name=name, unit_id=unit_id, password=password)
    if office:
        people.give_office(SYSTEM, person.id, kind=office, unit_id=unit_id)


def _unit_id(said: str) -> int:
    """Return the unit meant by an id, a reference or a name, in that order. Raises DomainError if unsure."""
    is_id = said.isascii() and said.isdigit() and len(said) < 10
    rows = db.session.execute(
        select(Unit.id, Unit.external_ref, Unit.name).where(
            or_(Unit.external_ref == said, Unit.name == said, Unit.id == (int(said) if is_id else None))
        )
    ).all()
    for test in (lambda row: str(row.id) == said, lambda row: row.external_ref == said, lambda row: True):
        found = [row.id for row in rows if test(row)]
        if len(found) == 1:
            return int(found[0])
        if found:
            raise DomainError(_("Flere enheter heter «%(name)s». Bruk referansen.", name=said))
    raise DomainError(_("Det finnes ingen enhet «%(name)s».", name=said))


# -- demo, check, manifest, server -------------------------------------------------------------------


@click.group()
def demo() -> None:
    """En oppdiktet kommune å prøve Teamhub på."""


@demo.command("load")
@click.option("--size", type=click.Choice(["small", "full", "large"]), default="small", show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="Samme tall gir samme kommune.")
@click.option("--if-empty", is_flag=True, help="Gjør ingenting når databasen har innhold.")
@with_appcontext
def load_demo(size: str, seed: int, *, if_empty: bool) -> None:
    """Fyll en tom database. Gjøres aldri i produksjon."""
    if current_app.config["ENV"] == "production":
        raise Refused(_("Demodata lastes ikke i produksjon."))
    if not demo_load.is_empty():
        if if_empty:
            return
        raise Refused(_("Databasen har alt innhold. Demodata lastes bare i en tom database."))
    for name, count in demo_load.load(size, seed).items():
        click.echo(f"{name}: {count}")


@click.command()
@click.option("--production", is_flag=True, help="Døm strengt, som for en kommune i drift.")
@with_appcontext
def check(*, production: bool) -> None:
    """Se etter feil i innstillinger, database og filer. Avslutter med 1 når noe er galt."""
    found = self_check.problems(current_app, production=production)
    for problem in found:
        click.echo(f"- {problem}")
    for remark in self_check.remarks(current_app) if production else ():
        click.echo(f"- {remark}")
    if found:
        raise click.exceptions.Exit(1)
    click.echo(_("Alt i orden."))


@click.command("routes-manifest")
@with_appcontext
def routes_manifest() -> None:
    """Skriv alle adresser som JSON: hvem som kan bruke dem, og hva de krever."""
    click.echo(json.dumps(manifest.routes(current_app), indent=1))


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adressen å lytte på.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True)
@click.option("--threads", type=click.IntRange(1), default=serve.THREADS, show_default=True)
@click.option("--workers", type=click.IntRange(1), help="Prosesser; ellers én per kjerne, høyst fire.")
@click.option("--no-jobs", is_flag=True, help="Start bare serveren; jobbene gjøres av `flask jobs run`.")
@with_appcontext
def serve_(host: str, port: int, threads: int, workers: int | None, *, no_jobs: bool) -> None:
    """Start Teamhub for brukere."""
    if behind := self_check.schema(current_app):
        raise Refused("\n".join(behind))
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the server outlives the context
    server = partial(
        serve.run, app, host=host, port=port, threads=threads, processes=workers or serve.workers()
    )
    if no_jobs:
        server()
    else:
        raise SystemExit(supervisor.keep(app, server))
