"""What an administrator should know before trusting an installation: `flask check`."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from teamhub.core import settings
from teamhub.core.db import db
from teamhub.core.i18n import DEFAULT_LANGUAGE, LANGUAGES, _, _n
from teamhub.mail import transport
from teamhub.people import passwords
from teamhub.people.models import Person
from teamhub.people.personas import DEMO_PASSWORD, PERSONAS

NETWORK_FILE_SYSTEMS = frozenset(
    "nfs nfs4 cifs smb3 smbfs 9p ceph glusterfs fuse.sshfs fuse.glusterfs afs lustre".split()
)
PRAGMAS = {"journal_mode": "wal", "foreign_keys": "1", "synchronous": "2"}
DEMO_ADDRESSES = "@demo.example"


def problems(app: Flask, *, production: bool) -> list[str]:
    """Return everything that is wrong, as sentences. ``production`` judges as if residents relied on it."""
    found = [*_instance_folder(app, production=production), *_catalogues(app)]
    if production:
        found += [*settings.risks(app), *_file_system(app)]
    database = _database()
    if not database and not (database := schema(app)):
        found += _pragmas()
        found += _demo_logins() if production else []
    return found + database


def remarks(app: Flask) -> list[str]:
    """Return what may be as meant, but should be known of an installation in production, as sentences."""
    return transport.remarks(app)


def schema(app: Flask) -> list[str]:
    """Return what is wrong with the database's tables, if they are not what this version wrote."""
    wanted = set(ScriptDirectory(app.extensions["migrate"].directory).get_heads())
    found = set(MigrationContext.configure(db.session.connection()).get_current_heads())
    if found == wanted:
        return []
    if not found:
        return [_("Databasen er tom. Kjør: flask db upgrade")]
    return [
        _(
            "Databasen er på versjon %(found)s, men Teamhub trenger %(wanted)s. Kjør: flask db upgrade",
            found=", ".join(sorted(found)),
            wanted=", ".join(sorted(wanted)),
        )
    ]


def _database() -> list[str]:
    try:
        db.session.connection()
    except SQLAlchemyError as error:
        return [_("Får ikke kontakt med databasen: %(why)s", why=getattr(error, "orig", None) or error)]
    return []


def _pragmas() -> list[str]:
    if db.engine.dialect.name != "sqlite":
        return []
    connection = db.session.connection()
    found = {name: str(connection.scalar(text(f"PRAGMA {name}"))) for name in PRAGMAS}
    return [
        _(
            "SQLite har %(name)s = %(found)s, skulle hatt %(wanted)s.",
            name=name,
            found=found[name],
            wanted=value,
        )
        for name, value in PRAGMAS.items()
        if found[name] != value
    ]


def _demo_logins() -> list[str]:
    rows = db.session.execute(
        select(Person.email, Person.password_hash).where(Person.email.in_(PERSONAS), Person.is_active)
    )
    found = [
        _("Demokontoen %(email)s har passordet alle kjenner.", email=email)
        for email, password_hash in rows
        if password_hash and passwords.fits(DEMO_PASSWORD, password_hash)
    ]
    others = db.session.scalar(
        select(func.count())
        .select_from(Person)
        .where(
            Person.email.endswith(DEMO_ADDRESSES),
            Person.email.not_in(PERSONAS),
            Person.is_active,
            Person.password_hash.is_not(None),
        )
    )
    if others:
        found.append(
            _n(
                "%(num)d annen demokonto er åpen. Bruk en tom database.",
                "%(num)d andre demokontoer er åpne. Bruk en tom database.",
                others,
            )
        )
    return found


def _instance_folder(app: Flask, *, production: bool) -> list[str]:
    folder = Path(app.config["INSTANCE_PATH"])
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        return [_("Teamhub kan ikke skrive i mappa %(folder)s.", folder=folder)]
    if production and stat.S_IMODE(folder.stat().st_mode) & stat.S_IRWXO:
        return [_("Alle på maskinen kommer inn i %(folder)s. Kjør: chmod o-rwx", folder=folder)]
    return []


def _catalogues(app: Flask) -> list[str]:
    """A catalogue that is missing or older than its source shows bokmål to people who chose otherwise."""
    folder = Path(app.config["BABEL_TRANSLATION_DIRECTORIES"])
    found = []
    for language in LANGUAGES:
        source = folder / language / "LC_MESSAGES" / "messages.po"
        compiled = source.with_suffix(".mo")
        if language == DEFAULT_LANGUAGE:
            continue
        if not compiled.is_file():
            found.append(
                _("Oversettelsen til %(language)s mangler: %(file)s", language=language, file=compiled)
            )
        elif source.is_file() and source.stat().st_mtime > compiled.stat().st_mtime:
            found.append(
                _("Oversettelsen til %(language)s er gammel: %(file)s", language=language, file=compiled)
            )
    return found


def _file_system(app: Flask) -> list[str]:
    """SQLite's locks do not hold on file systems that are shared over a network."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    if not url.startswith("sqlite:///"):
        return []
    file = Path(url.removeprefix("sqlite:///")).resolve()
    kind = _kind_of_file_system(file, Path("/proc/mounts"))
    if kind in NETWORK_FILE_SYSTEMS:
        return [_("Databasen %(file)s ligger på et nettverksområde (%(kind)s).", file=file, kind=kind)]
    return []


def _kind_of_file_system(file: Path, mounts: Path) -> str:
    """Return the kind of the file system ``file`` is on, as ``mounts`` tells; empty when it does not."""
    best, kind = -1, ""
    for line in mounts.read_text(encoding="utf-8").splitlines() if mounts.is_file() else ():
        _device, where, what, *_rest = line.split(" ")
        point = Path(where.replace("\\040", " "))
        if file.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), what
    return kind
