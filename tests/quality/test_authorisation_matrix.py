"""Who gets what from every address (quality.md R1): the app against a table a person has read.

The table is tests/quality/authorisation_matrix.csv. After a change that is meant,
``TEAMHUB_WRITE_MATRIX=1 .venv/bin/pytest tests/quality/test_authorisation_matrix.py -k written`` writes it
anew; read the difference before you keep it. «login» is the way to the sign-in page.
"""

from __future__ import annotations

import os

import pytest

from teamhub.manifest import routes
from tests.quality import matrix

ALLOWED = {"200", "204", "303"}
REFUSALS = {"login", "401"}
"""What asks by itself, in the background, is told no and sent nowhere."""


@pytest.fixture
def answers(app, cast, undone, client_of):
    """Return a function from a role to its column: what each line of the table answers it."""

    def ask(line, role):
        with undone():
            return line.ask(client_of(role), cast)

    return lambda role: {line.key: ask(line, role) for line in matrix.lines(app)}


def test_every_route_has_its_line_and_every_line_its_route(app):
    assert {line.key for line in matrix.lines(app)} == set(matrix.read())


def test_every_line_says_what_each_of_the_roles_gets():
    assert {tuple(answers) for answers in matrix.read().values()} == {tuple(matrix.ROLES)}


@pytest.mark.parametrize("role", matrix.ROLES)
def test_everybody_gets_what_the_table_says(answers, role):
    expected = {key: row[role] for key, row in matrix.read().items()}

    assert answers(role) == expected


def test_only_public_pages_open_without_signing_in(app):
    opened = {key for key, row in matrix.read().items() if row["signed out"] not in REFUSALS}
    declared = policies(app)

    assert opened == {key for key in matrix.read() if declared[key[:2]] == "public"}


def test_every_line_is_tried_with_something_that_can_succeed():
    """A form that nobody gets past says nothing of who may send it: one role at least must succeed."""
    somewhere = {key[:2] for key, row in matrix.read().items() if ALLOWED & set(row.values())}

    assert {key[:2] for key in matrix.read()} - somewhere == set()


def test_no_line_ends_in_an_error_of_ours_or_a_form_that_was_filled_in_wrong():
    odd = {
        key: row
        for key, row in matrix.read().items()
        if {"500", "503", "400", "405", "409"} & set(row.values())
    }

    assert odd == {}


@pytest.mark.timeout(300)
@pytest.mark.skipif("TEAMHUB_WRITE_MATRIX" not in os.environ, reason="only when it is to be written anew")
def test_the_table_is_written_anew(app, answers):
    columns = {role: answers(role) for role in matrix.ROLES}
    table = {line.key: {role: columns[role][line.key] for role in matrix.ROLES} for line in matrix.lines(app)}

    matrix.write(table, policies(app))


def policies(app):
    """What each route declares, by method and rule."""
    return {(method, route["rule"]): route["policy"] for route in routes(app) for method in route["methods"]}
