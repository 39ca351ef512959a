"""`flask import`: what it says, what it returns, and that it is all or nothing."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select

from teamhub.audit.models import Entry
from teamhub.people.models import Unit

UNITS = "org_id;overordnet_id;navn\nK;;Kommunen\nD;K;Omsorg\n"


@pytest.fixture
def units(tmp_path):
    path = tmp_path / "enheter.csv"
    path.write_text(UNITS)
    return path


def count(db):
    return db.session.scalar(select(func.count()).select_from(Unit))


def test_the_outcome_is_told_in_a_sentence(db, flask, units):
    first, second = flask("import", "units", units), flask("import", "units", units)

    assert (first.exit_code, first.stdout) == (0, "2 nye, 0 endret, 0 uendret.\n")
    assert (second.exit_code, second.stdout) == (0, "0 nye, 0 endret, 2 uendret.\n")
    assert count(db) == 2


def test_the_outcome_is_told_as_json(flask, units):
    result = flask("import", "units", units, "--json")

    assert json.loads(result.stdout) == {
        "created": 2,
        "changed": 0,
        "unchanged": 0,
        "submitters": 0,
        "errors": [],
    }


def test_a_dry_run_says_so_and_keeps_nothing(db, flask, units):
    result = flask("import", "units", units, "--dry-run")

    assert result.stdout == "2 nye, 0 endret, 0 uendret. Prøvekjøring: ingenting er lagret.\n"
    assert (count(db), db.session.scalars(select(Entry)).all()) == (0, [])


def test_errors_are_told_on_standard_error_and_nothing_is_kept(db, flask, units):
    units.write_text(UNITS + 'E;K;"To\nlinjer"\nF;X;\n')
    result = flask("import", "units", units)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "Rad 5 (linje 6), kolonne «navn»: Mangler. Feltet må fylles ut.",
        "1 feil. Ingenting er lagret.",
    ]
    assert count(db) == 0


def test_errors_are_told_as_json_too(flask, units):
    units.write_text(UNITS + "F;K\n")
    result = flask("import", "units", units, "--json")

    assert (result.exit_code, json.loads(result.stdout)["errors"]) == (
        1,
        [{"row": 4, "line": 4, "column": "", "reason": "Raden har 2 felt, men overskriften har 3."}],
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("units", "borte.csv"), "Får ikke lest borte.csv"),
        (
            ("challenges", "borte.csv", "--mapping", "ukjent"),
            "Vi har: challenges, people, skills, themes, tidstyver, units.",
        ),
        (
            ("units", "borte.csv", "--mapping", "tidstyver"),
            "Oppsettet er for «challenges», ikke for «units».",
        ),
    ],
)
def test_what_cannot_be_read_is_named(flask, arguments, message):
    result = flask("import", *arguments)

    assert (result.exit_code, message in result.stderr) == (1, True)


def test_the_change_log_tells_what_was_imported_from_where(db, flask, units):
    flask("import", "units", units)

    (entry,) = db.session.scalars(select(Entry))
    assert (entry.kind, entry.actor_id, entry.data) == (
        "Imported",
        None,
        {"imported": "units", "file": "enheter.csv", "created": 2, "changed": 0, "unchanged": 0},
    )
