"""`flask demo load`: into an empty database, never in production."""

from __future__ import annotations

import pytest

from teamhub import cli


@pytest.fixture
def loaded(monkeypatch):
    """What the demo municipality was asked for; nothing is made."""
    asked = []

    def load(size, seed):
        asked.append((size, seed))
        return {"personer": 300}

    monkeypatch.setattr(cli.demo_load, "load", load)
    return asked


def test_an_empty_database_is_filled_with_the_size_and_seed_asked_for(flask, loaded):
    result = flask("demo", "load", "--size", "full", "--seed", 7, "--if-empty")

    assert (result.exit_code, result.stdout, loaded) == (0, "personer: 300\n", [("full", 7)])


def test_the_size_is_small_unless_said(flask, loaded):
    flask("demo", "load")

    assert loaded == [("small", 1)]


def test_a_database_in_use_is_left_alone(make, flask, loaded):
    make.unit()
    refused, passed_over = flask("demo", "load"), flask("demo", "load", "--if-empty")

    assert (refused.exit_code, refused.stderr) == (
        1,
        "Databasen har alt innhold. Demodata lastes bare i en tom database.\n",
    )
    assert (passed_over.exit_code, passed_over.output, loaded) == (0, "", [])


def test_production_is_left_alone(app, flask, loaded, monkeypatch):
    monkeypatch.setitem(app.config, "ENV", "production")
    result = flask("demo", "load", "--if-empty")

    assert (result.exit_code, result.stderr, loaded) == (1, "Demodata lastes ikke i produksjon.\n", [])
