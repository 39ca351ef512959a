"""`flask check` and `flask routes-manifest`: what an administrator and a checker may rely on."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from sqlalchemy import text

from teamhub import self_check
from teamhub.core import settings
from teamhub.mail import transport
from teamhub.people.passwords import hashed
from teamhub.people.personas import DEMO_PASSWORD

SAFE = {
    "SECRET_KEY": "q8Zr2v0TnLw5XyBc7dEfGh1JkMpRsUa3",
    "BASE_URL": "https://teamhub.example",
    "TRUSTED_HOSTS": ["teamhub.example"],
    "DEMO": False,
    "FAULTS": "",
    "MAIL_BACKEND": transport.Backend,
}


@pytest.fixture
def in_order(app, db, tmp_path, monkeypatch):
    """Settings, files and folders with nothing to remark. The tests' own session stays as it is."""
    for language in ("nn", "en"):
        catalogue = tmp_path / "translations" / language / "LC_MESSAGES" / "messages.mo"
        catalogue.parent.mkdir(parents=True)
        catalogue.touch()
    folder = tmp_path / "instance"
    folder.mkdir(mode=0o750)
    for name, value in SAFE.items():
        monkeypatch.setitem(app.config, name, value)
    monkeypatch.setitem(app.config, "BABEL_TRANSLATION_DIRECTORIES", str(tmp_path / "translations"))
    monkeypatch.setitem(app.config, "INSTANCE_PATH", str(folder))
    return tmp_path


def test_an_installation_in_order_passes(flask, in_order):
    result = flask("check", "--production")

    assert (result.exit_code, result.stdout) == (0, "Alt i orden.\n")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRET_KEY", None, "TEAMHUB_SECRET_KEY"),
        ("SECRET_KEY", "kort", "TEAMHUB_SECRET_KEY"),
        ("SECRET_KEY", "a" * 40, "TEAMHUB_SECRET_KEY"),
        ("SECRET_KEY", "development-only-key-not-for-production", "TEAMHUB_SECRET_KEY"),
        ("BASE_URL", None, "TEAMHUB_BASE_URL"),
        ("BASE_URL", "http://teamhub.example", "TEAMHUB_BASE_URL"),
        ("TRUSTED_HOSTS", [], "TEAMHUB_TRUSTED_HOSTS"),
        ("DEMO", True, "TEAMHUB_DEMO"),
        ("FAULTS", "sleep:1", "TEAMHUB_FAULTS"),
        ("DEBUG", True, "debug"),
    ],
)
def test_an_unsafe_setting_is_found_in_production_only(app, flask, in_order, monkeypatch, name, value, said):
    monkeypatch.setitem(app.config, name, value)
    strict, lenient = flask("check", "--production"), flask("check")

    assert (strict.exit_code, strict.stdout.count("\n"), said in strict.stdout) == (1, 1, True)
    assert lenient.exit_code == 0


def test_that_no_mail_goes_out_is_told_but_nothing_wrong(app, flask, in_order, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_BACKEND", "dummy")
    strict, lenient = flask("check", "--production"), flask("check")

    assert (strict.exit_code, "E-post er av" in strict.stdout, "Alt i orden." in strict.stdout) == (
        0,
        True,
        True,
    )
    assert lenient.stdout == "Alt i orden.\n"


def test_demo_accounts_are_found(make, flask, in_order):
    make.person("Kari", email="employee@demo.example").password_hash = hashed(DEMO_PASSWORD)
    make.person("Ola", email="board@demo.example")  # has a password of its own
    make.person("Åse", email="aase@demo.example")
    result = flask("check", "--production")

    assert (result.exit_code, result.stdout.splitlines()) == (
        1,
        [
            "- Demokontoen employee@demo.example har passordet alle kjenner.",
            "- 1 annen demokonto er åpen. Bruk en tom database.",
        ],
    )


def test_a_folder_everybody_can_enter_is_found(flask, in_order):
    (in_order / "instance").chmod(0o755)

    assert "chmod o-rwx" in flask("check", "--production").stdout


def test_a_folder_that_is_not_there_is_found(flask, in_order):
    (in_order / "instance").rmdir()

    assert "kan ikke skrive" in flask("check").stdout


def test_a_catalogue_that_is_missing_or_old_is_found(flask, in_order):
    (in_order / "translations/nn/LC_MESSAGES/messages.mo").unlink()
    newer = in_order / "translations/en/LC_MESSAGES/messages.po"
    newer.touch()
    compiled = newer.with_suffix(".mo")
    stamp = newer.stat().st_mtime - 10
    os.utime(compiled, (stamp, stamp))

    said = flask("check").stdout.splitlines()
    assert ["nn mangler" in said[0], "en er gammel" in said[1], len(said)] == [True, True, 2]


@pytest.mark.parametrize("version", [None, "0000"])
def test_a_database_that_is_behind_is_found_and_not_served(db, flask, in_order, version):
    db.session.execute(text("DELETE FROM alembic_version"))
    if version:
        db.session.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": version})
    db.session.commit()
    checked, served = flask("check"), flask("serve", "--port", "1")

    assert (checked.exit_code, served.exit_code) == (1, 1)
    assert ("flask db upgrade" in checked.stdout, "flask db upgrade" in served.stderr) == (True, True)


def test_sqlite_on_a_network_file_system_is_recognised(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda / ext4 rw 0 0\nserver:/x /srv/min\\040mappe nfs4 rw 0 0\n")
    kinds = [
        self_check._kind_of_file_system(Path(file), mounts)
        for file in ("/srv/min mappe/teamhub.db", "/srv/teamhub.db")
    ]

    assert kinds == ["nfs4", "ext4"]


def test_an_unsafe_production_ends_with_a_plain_list(installation):
    result = installation("check", "--production", TEAMHUB_ENV="production")

    assert (result.returncode, result.stderr.splitlines()) == (
        1,
        [
            "- TEAMHUB_SECRET_KEY må være satt til minst 32 tilfeldige tegn.",
            "- TEAMHUB_BASE_URL må være satt og begynne med https://.",
            "- TEAMHUB_TRUSTED_HOSTS må nevne vertsnavnene Teamhub svarer for.",
        ],
    )


def test_settings_are_only_judged_where_it_matters(app, monkeypatch):
    monkeypatch.setitem(app.config, "SECRET_KEY", None)

    assert settings.unsafe(app) == []
    assert settings.risks(app) != []


def test_the_manifest_lists_every_route_with_its_policy(app, flask):
    routes = json.loads(flask("routes-manifest").stdout)
    by_endpoint = {route["endpoint"]: route for route in routes}

    assert by_endpoint.keys() == {rule.endpoint for rule in app.url_map.iter_rules()}
    assert all(route["policy"] for route in routes)
    assert by_endpoint["people.disable"] == {
        "endpoint": "people.disable",
        "rule": "/people/<int:person_id>/disable",
        "methods": ["POST"],
        "policy": "account:manage",
        "csrf": False,  # the tests' app has it off
        "audit": True,
    }
    assert (by_endpoint["static"]["policy"], by_endpoint["people.people"]["audit"]) == ("public", False)


def test_the_manifest_says_that_writes_need_a_token_but_for_a_press_in_a_mail_and_programs(
    installation,
):
    routes = json.loads(installation("routes-manifest").stdout)
    without = {route["endpoint"] for route in routes if "POST" in route["methods"] and not route["csrf"]}

    assert {endpoint for endpoint in without if not endpoint.startswith("api.")} == {"mail.off"}
    assert not any(route["csrf"] for route in routes if "POST" not in route["methods"])
