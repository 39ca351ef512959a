"""Nobody is sent to another site, through whatever address Teamhub reads (quality.md R20, D10)."""

from __future__ import annotations

import pytest

from tests.factories import PASSWORD

# 22 kinds known from Warehouse's list and 13 of our own.
ELSEWHERE = [
    "http://evil.example",
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "/%5cevil.example",
    "http:evil.example",
    "http:/evil.example",
    "http:///evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "mailto:a@evil.example",
    "//user@evil.example",
    "http://localhost@evil.example",
    "http://localhost.evil.example",
    "http://[::ffff:1.2.3.4]/",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nLocation: https://evil.example",
    " https://evil.example",
    "\x00//evil.example",
    "/login\x7f",
    "evil.example",
    "./evil.example",
    "/../evil.example",
    "/finnes-ikke",
    "/static/css/base.css",
    "/" + "a" * 2_001,
]

OURS = ["/challenges", "/challenges?q=k%C3%B8&page=2", "/my/tasks#i-dag", "/settings", "/"]


@pytest.fixture
def ways(app, make, sign_in):
    """Every place an address from outside decides where one is sent, as a function to what came of it."""
    kari = make.person(email="kari@test.example")
    mission = make.mission(kari)
    task = make.task(mission)
    credentials = {"email": "kari@test.example", "password": PASSWORD}

    def via_login(target):
        return app.test_client().post("/login", query_string={"next": target}, data=credentials)

    def via_login_when_signed_in(target):
        return sign_in(kari).get("/login", query_string={"next": target})

    def via_demo(target):
        return app.test_client().post(
            "/login/demo", query_string={"next": target}, data={"persona": "lead@demo.example"}
        )

    def via_language(target):
        return sign_in(kari).post("/language", data={"locale": "en", "next": target})

    def via_language_with_htmx(target):
        return sign_in(kari).post(
            "/language", data={"locale": "en", "next": target}, headers={"HX-Request": "true"}
        )

    def via_moving(target):
        column = make.columns(mission)[1].id
        return sign_in(kari).post(f"/tasks/{task.id}/move", data={"column": column, "next": target})

    def via_done(target):
        return sign_in(kari).post(f"/tasks/{task.id}/done", data={"next": target})

    make.person(email="lead@demo.example")
    return [
        via_login,
        via_login_when_signed_in,
        via_demo,
        via_language,
        via_language_with_htmx,
        via_moving,
        via_done,
    ]


@pytest.fixture(autouse=True)
def demo(app, monkeypatch):
    monkeypatch.setitem(app.config, "DEMO", True)


def sent_to(response):
    assert response.status_code in {204, 303}, response.status_code
    (address,) = [response.headers[name] for name in ("Location", "HX-Redirect") if name in response.headers]
    return address


def test_the_corpus_is_as_large_as_it_should_be():
    assert len(set(ELSEWHERE)) == 35


@pytest.mark.parametrize("target", ELSEWHERE, ids=lambda target: ascii(target)[:40])
def test_nobody_is_sent_to_another_site(ways, target):
    for way in ways:
        address = sent_to(way(target))

        assert address.startswith("/"), way.__name__
        assert "evil.example" not in address, way.__name__
        assert not address.startswith(("//", "/\\")), way.__name__


@pytest.mark.parametrize("target", OURS)
def test_pages_of_our_own_are_reached(ways, target):
    assert [way.__name__ for way in ways if sent_to(way(target)) != target] == []


@pytest.mark.parametrize("target", ELSEWHERE, ids=lambda target: ascii(target)[:40])
def test_what_htmx_says_of_where_it_is_leads_nowhere_else(app, db, target):
    if not target.isprintable():
        pytest.skip("no such header can be sent")
    answer = app.test_client().get("/my/tasks", headers={"HX-Request": "true", "HX-Current-URL": target})

    assert answer.headers["HX-Redirect"].startswith("/login?next=/")
    assert "evil.example" not in answer.headers["HX-Redirect"]


def test_the_way_in_goes_on_to_the_page_that_was_asked_for(app, make):
    make.person(email="kari@test.example")
    client = app.test_client()

    asked = client.get("/challenges?q=buss")
    answer = client.post(asked.location, data={"email": "kari@test.example", "password": PASSWORD})

    assert answer.location == "/challenges?q=buss"
