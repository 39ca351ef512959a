"""kill -9 in the middle of writing: what was acknowledged is there, nothing is half done (quality.md D5)."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from teamhub import create_app
from teamhub.audit.models import Entry
from teamhub.core.db import db
from teamhub.people.models import Person
from tests.databases import DATABASES
from tests.factories import Make

ROOT = Path(__file__).parents[2]
KILLS = 5

# Writes accounts without pause and says each on its output once the command has returned.
WRITER = """
import config, sys
from teamhub import create_app
from teamhub.access.actor import SYSTEM
from teamhub.core.db import db
from teamhub.people import commands

class Settings(config.Test):
    DATABASE_URL = sys.argv[1]
    INSTANCE_PATH = sys.argv[2]

with create_app(Settings).app_context():
    number = int(sys.argv[3])
    while True:
        commands.create_account(SYSTEM, email=f"w{number}@test.example", name=f"W {number}", unit_id=1)
        print(number, flush=True)
        number += 1
"""


@pytest.fixture
def durable_app(settings):
    """An app on a database of its own, as durable as the engine is in production."""

    class Settings(settings):
        DATABASE_URL = DATABASES.new()

    app = create_app(Settings)
    with app.app_context():
        db.session().info["writes_allowed"] = True
        Make(db.session).unit("Omsorg")
        db.session.remove()
        yield app
        db.session.remove()
        db.engine.dispose()


def write_until_killed(url, folder, start, seconds):
    """Return the numbers a writer said were written before it was killed."""
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", WRITER, url, str(folder), str(start)]
    writer = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    first = writer.stdout.readline()
    time.sleep(seconds)
    writer.kill()
    rest, _ = writer.communicate()
    whole_lines = [line for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]
    return [int(line) for line in whole_lines]


@pytest.mark.timeout(120)
def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(durable_app, tmp_path):
    url = durable_app.config["DATABASE_URL"]
    moments = random.Random(48)  # noqa: S311 - the same moments each time
    acknowledged = []
    for kill in range(KILLS):
        acknowledged += write_until_killed(url, tmp_path, kill * 100_000 + 1, moments.uniform(0.02, 0.3))

        there = set(db.session.scalars(select(Person.email)))
        lost = [number for number in acknowledged if f"w{number}@test.example" not in there]
        told = db.session.scalar(select(func.count()).where(Entry.kind == "AccountCreated"))
        assert lost == []
        assert told == len(there)  # each account with its line in the log: both or neither
        assert len(there) <= len(acknowledged) + kill + 1  # at most the one in hand when it was killed
        db.session.remove()

    assert len(acknowledged) > 10 * KILLS
    if url.startswith("sqlite"):
        connection = db.session.connection()
        assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
