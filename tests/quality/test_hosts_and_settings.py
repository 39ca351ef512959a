"""Links and answers are for our own host only (D9), and fault points stay off (D12)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import config
from teamhub import create_app
from teamhub.core.settings import UnsafeSettings
from tests.quality import matrix

ROOT = Path(__file__).parents[2]


class Production(config.Base):
    SECRET_KEY = "a9F-kk2_vB77xQpLmZ04-dhe8RrTy61cWs"
    DATABASE_URL = "sqlite:///:memory:"
    BASE_URL = "https://teamhub.example"
    TRUSTED_HOSTS = "teamhub.example"


@pytest.fixture
def production(tmp_path):
    def start(**changed):
        return create_app(type("Settings", (Production,), {"INSTANCE_PATH": str(tmp_path), **changed}))

    return start


def test_production_starts_with_all_that_it_must_be_told(production):
    assert production().config["SESSION_COOKIE_NAME"] == "__Host-teamhub"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 40),
        ("SECRET_KEY", config.Development.SECRET_KEY),
        ("BASE_URL", None),
        ("BASE_URL", "http://teamhub.example"),
        ("TRUSTED_HOSTS", None),
        ("TRUSTED_HOSTS", " , "),
        ("DEMO", True),
        ("FAULTS", "commit:fail"),
    ],
)
def test_production_does_not_start_without(production, name, value):
    with pytest.raises(UnsafeSettings, match=f"TEAMHUB_{name}"):
        production(**{name: value})


@pytest.mark.parametrize("host", ["evil.example", "teamhub.example.evil.example", "localhost", "127.0.0.1"])
def test_a_forged_host_is_refused(production, host):
    client = production().test_client()

    refused = client.get("/static/favicon.svg", base_url=f"https://{host}")

    assert refused.status_code == 400
    assert "Content-Security-Policy" in refused.headers
    assert host not in refused.text
    answer = client.get("/static/favicon.svg", base_url="https://teamhub.example")
    answer.close()
    assert answer.status_code == 200


def test_no_page_points_to_another_host(app, cast, client_of):
    client, elsewhere = client_of("lead"), []
    for line in matrix.lines(app):
        if line.method != "GET" or line.rule.endpoint == "static":
            continue
        answer = line.send(client, cast)
        if answer.mimetype != "text/html":  # feeds are read elsewhere, and have whole addresses of ours
            continue
        page = BeautifulSoup(answer.text, "html5lib")
        elsewhere += [
            (line.key, element[name])
            for name in ("src", "href", "action", "formaction", "srcset", "data", "poster")
            for element in page.select(f"[{name}]")
            if re.match(r"\s*(https?:)?//", element[name])
        ]

    assert elsewhere == []


def test_no_style_sheet_of_ours_points_to_another_host():
    sheets = [*(ROOT / "static" / "css").glob("*.css"), *(ROOT / "static" / "js").glob("*.js")]

    assert [
        s.name for s in sheets if re.search(r"(url\(|@import|fetch\()\s*[\"']?(https?:)?//", s.read_text())
    ] == []


@pytest.mark.parametrize("name", sorted(set(config.BY_NAME) - {"production"}))
def test_fault_points_are_empty_unless_somebody_fills_them(name):
    assert config.BY_NAME[name].FAULTS == ""
