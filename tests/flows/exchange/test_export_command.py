"""`flask export`: everything of a kind in a file, whole or not at all."""

import csv

import pytest

from teamhub.challenges.states import State


def test_all_challenges_but_drafts_are_written_as_csv(make, flask, tmp_path):
    make.challenge(make.person(), title="Første")
    make.challenge(make.person(), title="=Andre", state=State.CLOSED)
    make.challenge(make.person(), title="Kladden", state=State.DRAFT)
    flask("export", "challenges", tmp_path / "alle.csv")

    with (tmp_path / "alle.csv").open(encoding="utf-8-sig", newline="") as file:
        titles = [row["Tittel"] for row in csv.DictReader(file, delimiter=";")]

    assert titles == ["Første", "'=Andre"]
    assert [path.name for path in tmp_path.iterdir()] == ["alle.csv"]


def test_an_excel_file_is_one(make, flask, tmp_path):
    make.challenge(make.person())
    flask("export", "challenges", tmp_path / "alle.XLSX")

    assert (tmp_path / "alle.XLSX").read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("path", "says"), [("alle.pdf", "Velg et filnavn som slutter på"), ("ingen/alle.csv", "Kan ikke skrive")]
)
def test_what_cannot_be_written_is_said_and_leaves_nothing(flask, tmp_path, path, says):
    result = flask("export", "challenges", tmp_path / path)

    assert (result.exit_code, says in result.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []
