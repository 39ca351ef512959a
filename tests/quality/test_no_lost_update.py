"""Who saves second is told, and loses nothing (quality.md R48, D4): every edit form there is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from teamhub.core.db import Base
from teamhub.core.forms import VersionedForm
from tests.quality import matrix

ROOT = Path(__file__).parents[2]
MINE = "Det jeg skrev, skal ikke bli borte"

# endpoint → the field of its form in which two people write; the rest is filled in as in the matrix.
TEXT_FIELD = {
    "challenges.edit": "title",
    "challenges.edit_template": "body",
    "challenges.edit_comment": "body",
    "challenges.edit_search": "name",
    "calls.edit": "question",
    "competence.edit_skill": "nb",
    "competence.edit_place": "name",
    "assessments.mine": "reason_INNB",
    "assessments.must_do": "basis",
    "assessments.criteria": "reason",
    "missions.edit": "title",
    "missions.edit_seat": "role",
    "missions.edit_agreement": "meets",
    "tasks.edit": "title",
    "tasks.change_column": "name",
    "webhooks.edit": "name",
}


def versioned(app):
    """The lines of the matrix that send a version, with a role that may."""
    role_of = matrix.who_succeeds()
    return [
        (line, role_of[line.key])
        for line in matrix.lines(app)
        if line.key in role_of and "version" in line.sample.form(Everything())
    ]


class Everything(dict):
    """Stands for the cast where only the names of a sample's fields are asked for."""

    def __getattr__(self, name):
        return self

    def __missing__(self, key):
        return self

    id = 1


def forms_with_a_version():
    """Names of the edit forms in the code, and of those that some view uses."""
    found, waiting = set(), list(VersionedForm.__subclasses__())
    while waiting:
        form = waiting.pop()
        found.add(form.__name__)
        waiting += form.__subclasses__()
    return found


def test_every_edit_form_is_among_those_tried_here(app):
    assert {line.rule.endpoint for line, _ in versioned(app)} == set(TEXT_FIELD)
    assert len(TEXT_FIELD) >= len(forms_with_a_version())


@pytest.mark.parametrize("endpoint", TEXT_FIELD)
def test_the_second_to_save_gets_a_409_with_both_texts_and_overwrites_nothing(
    app, cast, client_of, db, endpoint
):
    line, role = next((line, role) for line, role in versioned(app) if line.rule.endpoint == endpoint)
    field, client = TEXT_FIELD[endpoint], client_of(role)
    theirs = line.sample.form(cast)[field]

    first = line.send(client, cast)
    second = line.send(client, cast, {field: MINE})

    assert (first.status_code, second.status_code) == (303, 409)
    page = BeautifulSoup(second.text, "html5lib")
    (typed,) = [e for e in page.select(f"[name={field}]") if MINE in (e.get("value") or e.text)]
    form = typed.find_parent("form")
    version = form.select_one("[name=version]")["value"]
    assert theirs in page.main.text or any(theirs in (e.get("value") or "") for e in page.select("input"))
    assert not any(MINE in str(value) for value in everything_in(db))

    # Seen and sent again, it is saved: nothing has to be typed twice.
    third = line.send(client, cast, {field: MINE, "version": version})

    assert third.status_code == 303
    assert any(MINE in str(value) for value in everything_in(db))


def everything_in(db):
    db.session.rollback()
    return [
        value
        for table in Base.metadata.sorted_tables
        if table.name != "audit_entry"
        for row in db.session.execute(table.select())
        for value in row
    ]


@pytest.mark.parametrize("endpoint", TEXT_FIELD)
@pytest.mark.parametrize("version", ["", "abc", "999999", "-1"])
def test_without_the_version_one_started_from_nothing_is_saved(app, cast, client_of, db, endpoint, version):
    line, role = next((line, role) for line, role in versioned(app) if line.rule.endpoint == endpoint)

    answer = line.send(client_of(role), cast, {TEXT_FIELD[endpoint]: MINE, "version": version})

    assert answer.status_code in {409, 422}
    assert not any(MINE in str(value) for value in everything_in(db))


def test_editing_what_has_been_deleted_meanwhile_says_so(app, cast, client_of, db):
    client, task = client_of("lead"), cast.tasks["open"]
    address, form = f"/tasks/{task.id}", {"title": MINE, "column": task.column_id, "version": task.version}
    client.post(f"{address}/delete")

    assert client.post(f"{address}/edit", data=form).status_code == 404


# -- the rule in the source --------------------------------------------------------------------------


def versioned_models():
    return {m.class_.__name__ for m in Base.registry.mappers if m.version_id_col is not None}


def test_what_several_people_edit_has_a_version():
    assert versioned_models() >= {"Challenge", "Mission", "Seat", "Task", "BoardColumn", "Person", "Unit"}


def test_no_bulk_update_goes_past_a_version():
    """SQLAlchemy compares versions in flush() only; an UPDATE of many rows would not be noticed."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "teamhub").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "update"
        and node.args
        and isinstance(node.args[0], ast.Name)
        and node.args[0].id in versioned_models()
        and "version" not in ast.unparse(statement_of(path, node))
    ]

    assert found == []


def statement_of(path, node):
    """The whole statement a call stands in."""
    lines = [s for s in ast.walk(ast.parse(path.read_text())) if isinstance(s, ast.stmt)]
    return min(
        (s for s in lines if s.lineno <= node.lineno <= s.end_lineno), key=lambda s: s.end_lineno - s.lineno
    )


def test_no_form_is_poured_into_an_object():
    """Mass assignment (R3): fields are named one by one, in commands."""
    assert [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "teamhub").rglob("*.py"))
        if "populate_obj" in path.read_text()
    ] == []
