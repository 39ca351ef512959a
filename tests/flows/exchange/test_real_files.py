"""The real files beside the project, whole and spoiled (issue 2, R34). Skipped where they are missing."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import date

import pytest
from sqlalchemy import func, or_, select

from teamhub.challenges.models import Challenge
from teamhub.core import clock
from teamhub.people.models import Unit

SECONDS, MEGABYTES = 5, 200


@pytest.fixture
def tidstyver(shared_data):
    return shared_data / "tidstyver_2014.csv"


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def written(rows, delimiter=";"):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def test_the_organisation_comes_in_whole(db, flask, shared_data):
    file = shared_data / "org_drammen_2020.csv"
    first, second = (json.loads(flask("import", "units", file, "--json").stdout) for _run in range(2))

    levels = db.session.execute(select(Unit.level, func.count()).group_by(Unit.level).order_by(Unit.level))
    school = db.session.scalar(select(Unit).where(Unit.external_ref == "V2102"))
    assert (first["created"], second["unchanged"], second["created"] + second["changed"]) == (70, 70, 0)
    assert [tuple(row) for row in levels] == [(0, 1), (1, 8), (2, 14), (3, 47)]
    assert (school.name, school.leader_title, school.division_id) == (
        "Bragernes skole",
        "Rektor",
        db.session.scalar(select(Unit.id).where(Unit.external_ref == "D2")),
    )


def test_the_tidstyver_come_in_whole(db, flask, tidstyver):
    outcome = json.loads(flask("import", "challenges", tidstyver, "--mapping", "tidstyver", "--json").stdout)
    rows = rows_of(tidstyver)[1:]

    texts = (Challenge.situation, Challenge.affected, Challenge.evidence, Challenge.suggestion)
    with_breaks = select(func.count()).where(or_(*(text.contains("\n") for text in texts)))
    kept = {each.external_ref: each for each in db.session.scalars(select(Challenge))}
    assert outcome == {"created": 1355, "changed": 0, "unchanged": 0, "submitters": 143, "errors": []}
    assert db.session.scalar(with_breaks) == 405
    assert (len(kept["1227"].title), len(kept["325"].situation)) == (221, 6439)
    assert max(len(each.title) for each in kept.values()) == 221
    assert {row[0]: row[11].strip() for row in rows} == {ref: each.situation for ref, each in kept.items()}
    assert {row[0]: row[31].strip() for row in rows} == {ref: each.suggestion for ref, each in kept.items()}
    assert {row[0]: date(*map(int, reversed(row[3].split(".")))) for row in rows} == {
        ref: clock.local(each.submitted_at).date() for ref, each in kept.items()
    }


def test_a_second_run_in_another_encoding_changes_nothing(flask, tidstyver, tmp_path):
    flask("import", "challenges", tidstyver, "--mapping", "tidstyver")
    again = tmp_path / "igjen.txt"
    again.write_bytes(written(rows_of(tidstyver), "\t").encode("utf-16"))
    outcome = json.loads(flask("import", "challenges", again, "--mapping", "tidstyver", "--json").stdout)

    assert (outcome["created"], outcome["changed"], outcome["unchanged"]) == (0, 0, 1355)


def test_ten_spoiled_rows_are_all_named_and_nothing_is_written(db, flask, tidstyver, tmp_path):
    rows = rows_of(tidstyver)
    rows[10][4] = "  "  # tittel
    rows[20][3] = "31.02.2014"  # innleggsdato
    rows[30][0] = rows[29][0]  # nummer
    rows[40][4] = "x" * 251
    rows[50][5] = "kanskje"  # a flag
    rows[60] = rows[60][:-1]
    rows[70][2] = ""  # organisasjon
    rows[80][22] = "mange"  # omfang
    rows[90][11] += " NUL:\x00"
    rows[100][11] = "DAMAGED"
    spoiled = tmp_path / "skadet.csv"
    spoiled.write_bytes(written(rows).encode().replace(b"DAMAGED", b"T\xf8rr"))
    result = flask("import", "challenges", spoiled, "--mapping", "tidstyver", "--json")

    errors = [(error["row"], error["column"]) for error in json.loads(result.stdout)["errors"]]
    assert result.exit_code == 1
    assert errors == [
        (11, "tittel"), (21, "innleggsdato"), (31, "nummer"), (41, "tittel"),
        (51, "problemtype-kategori_regelverk"), (61, ""), (71, "organisasjon"), (81, "omfang"),
        (91, "problemtype_beskrivelse"),
        (101, "problemtype_beskrivelse"),
    ]  # fmt: skip
    assert len(result.stderr.splitlines()) == 11
    assert db.session.scalar(select(func.count()).select_from(Challenge)) == 0


# A process counts what its parent held when it was started as its own, so a small one is put between.
BETWEEN = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.stderr)
sys.exit(status)
"""


def test_the_import_takes_less_than_5_seconds_and_200_megabytes(installation, tidstyver):
    command = installation.command("import", "challenges", tidstyver, "--mapping", "tidstyver", "--json")
    done = subprocess.run(
        [sys.executable, "-c", BETWEEN, *command],
        cwd=installation.root, env=installation.env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    seconds, size = done.stderr.split()[-2:]  # its own time: the tests beside it do not count
    megabytes = int(size) / (1024 if sys.platform == "linux" else 1024 * 1024)

    assert (done.returncode, json.loads(done.stdout)["created"]) == (0, 1355)
    assert float(seconds) < SECONDS
    assert megabytes < MEGABYTES
