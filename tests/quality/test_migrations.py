"""The migrations lead up to the models and down again, on both engines (quality.md R66)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from teamhub import create_app, wiring
from teamhub.core.db import db

ROOT = Path(__file__).parents[2]
SCRIPTS = ScriptDirectory(str(ROOT / "migrations"))


@pytest.fixture
def empty_app(settings, database_url, tmp_path, request):
    """An app on an empty database of the engine the suite runs on."""
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    if database_url.startswith("postgresql"):
        server = request.getfixturevalue("postgres")
        name = re.sub(r"\W", "_", request.node.name)[:50].lower()
        server.create_database(name)
        url = server.url(name)

    class Settings(settings):
        DATABASE_URL = url

    app = create_app(Settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def schema():
    """Everything the database knows of its tables, in an order of our own."""
    seen = inspect(db.engine)
    return {
        table: {
            "columns": sorted(
                (c["name"], str(c["type"]), c["nullable"], str(c["default"])) for c in seen.get_columns(table)
            ),
            "indexes": sorted(
                (str(i["name"]), tuple(map(str, i["column_names"])), i["unique"])
                for i in seen.get_indexes(table)
            ),
            "foreign keys": sorted(
                (tuple(k["constrained_columns"]), k["referred_table"], str(k["options"]))
                for k in seen.get_foreign_keys(table)
            ),
            "checks": sorted(str(c["name"]) for c in seen.get_check_constraints(table)),
            "unique": sorted(tuple(u["column_names"]) for u in seen.get_unique_constraints(table)),
        }
        for table in seen.get_table_names()
    }


def differences():
    with db.engine.connect() as connection:
        options = {"include_object": wiring.is_ours, "compare_type": True, "compare_server_default": True}
        return compare_metadata(MigrationContext.configure(connection, opts=options), db.metadata)


def test_there_is_one_way_up():
    assert len(SCRIPTS.get_heads()) == 1
    assert len(SCRIPTS.get_bases()) == 1


def test_up_leads_to_what_the_models_say(empty_app):
    upgrade()

    assert differences() == []


def test_what_the_models_say_more_is_noticed(empty_app):
    """The control: the comparison above sees a column that is missing."""
    upgrade()
    with db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE challenge_comment DROP COLUMN body")

    assert differences() != []


def test_up_down_and_up_again_is_the_same_as_up(empty_app):
    upgrade()
    first = schema()

    downgrade(revision="base")
    left = set(schema()) - {"alembic_version"}
    upgrade()

    assert left == set()
    assert schema() == first


def test_each_step_down_and_up_again_changes_nothing(empty_app):
    upgrade()
    revisions = [script.revision for script in SCRIPTS.walk_revisions()]
    for newer, older in zip(revisions, [*revisions[1:], "base"], strict=True):
        before = schema()
        downgrade(revision=older)
        upgrade(revision=newer)
        assert schema() == before
        downgrade(revision=older)
