"""R34 and P11: a thousand rows with many faults, ten thousand rows, and an import that is killed."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import time
from contextlib import closing

import pytest
from sqlalchemy import func, select

from teamhub.people.models import Person

HEADER = "ansattnummer;e-post;navn;enhet;stilling;leder;språk\n"
KINDS = 12


@pytest.fixture(autouse=True)
def unit(make):
    return make.unit("Skolen", external_ref="S1")


def row(n, **changed):
    cells = {
        "ref": f"A{n}", "email": f"p{n}@x.no", "name": f"Åse Bø {n}", "unit": "S1", "title": "Lærer",
        "manager": "A1" if n > 1 else "", "language": "nb",
    } | changed  # fmt: skip
    return ";".join(cells.values()) + "\n"


def spoiled(n, kind):
    """Row ``n`` with one fault of the kind, and the column it is in."""
    return [
        (row(n, name=""), "navn"),
        (row(n, email=""), "e-post"),
        (row(n, email="ikke-adresse"), "e-post"),
        (row(n, email="p1@x.no"), "e-post"),
        (row(n, ref="A1"), "ansattnummer"),
        (row(n, ref="01010750160"), "ansattnummer"),
        (row(n, unit="S9"), "enhet"),
        (row(n, manager="A9999"), "leder"),
        (row(n, language="dansk"), "språk"),
        (row(n, name="x" * 201), "navn"),
        (row(n).rstrip("\n").rsplit(";", 1)[0] + "\n", ""),
        (row(n, title="a\x00b"), "stilling"),
    ][kind % KINDS]


def people(db):
    return db.session.scalar(select(func.count()).select_from(Person))


def test_137_faults_of_12_kinds_are_all_found_and_the_mended_file_comes_in(db, flask, tmp_path):
    faulty = {2 + 7 * n: spoiled(2 + 7 * n, n) for n in range(137)}
    file, mended = tmp_path / "feil.csv", tmp_path / "rett.csv"
    file.write_text(HEADER + "".join(faulty[n][0] if n in faulty else row(n) for n in range(1, 1001)))
    mended.write_text(HEADER + "".join(row(n) for n in range(1, 1001)))

    dry = flask("import", "people", file, "--json", "--dry-run")
    real = flask("import", "people", file, "--json")
    errors = json.loads(real.stdout)["errors"]
    assert [(error["row"], error["column"]) for error in errors] == [
        (n + 1, column) for n, (_row, column) in faulty.items()
    ]
    assert all(error["reason"] for error in errors)
    assert (dry.stdout, dry.stderr, dry.exit_code) == (real.stdout, real.stderr, 1)
    assert people(db) == 0

    first, again = (json.loads(flask("import", "people", mended, "--json").stdout) for _run in range(2))
    assert (first["created"], again["created"], again["unchanged"], people(db)) == (1000, 0, 1000, 1000)


def test_an_import_that_is_killed_leaves_all_or_nothing(installation, tmp_path):
    units, file = tmp_path / "enheter.csv", tmp_path / "folk.csv"
    units.write_text("org_id;navn\nS1;Skolen\n")
    file.write_text(HEADER + "".join(row(n) for n in range(1, 3001)))
    assert installation("import", "units", units).returncode == 0
    database = tmp_path / "instance" / "teamhub.db"

    for milliseconds in (0, 100, 250):
        process = subprocess.Popen(
            installation.command("import", "people", file),
            cwd=installation.root, env=installation.env,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        wait_until_it_writes(database, process)
        time.sleep(milliseconds / 1000)
        process.kill()
        process.wait()
        with closing(sqlite3.connect(database)) as connection:
            (found,) = connection.execute("SELECT count(*) FROM person").fetchone()
        assert found in {0, 3000}


def wait_until_it_writes(database, process):
    """Return when somebody else holds the database's write lock."""
    with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:
        while process.poll() is None:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return
            connection.execute("ROLLBACK")
            time.sleep(0.002)
    raise AssertionError


def test_ten_thousand_people_come_in_within_15_seconds(db, flask, tmp_path):
    file = tmp_path / "folk.csv"
    file.write_text(HEADER + "".join(row(n) for n in range(1, 10_001)))
    start = time.monotonic()
    outcome = json.loads(flask("import", "people", file, "--json").stdout)

    assert (outcome["created"], people(db)) == (10_000, 10_000)
    assert time.monotonic() - start < 15
