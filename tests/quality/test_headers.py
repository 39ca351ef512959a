"""What every response carries (quality.md R9), what may be kept of it (R12), and how htmx is held (D8)."""

from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup

from teamhub.core.transaction import WriteOutsideCommand
from tests.quality import matrix

YEAR = 31_536_000

# kind of response → (method, address, more), as somebody signed in
KINDS = {
    "page": ("GET", "/challenges", {}),
    "fragment": ("GET", "/challenges", {"headers": {"HX-Request": "true", "HX-Target": "found"}}),
    "static file": ("GET", "/static/css/base.css", {}),
    "missing static file": ("GET", "/static/none.css", {}),
    "no such page": ("GET", "/finnes-ikke", {}),
    "wrong method": ("DELETE", "/challenges", {}),
    "invalid form": ("POST", "/challenges/new", {"data": {"title": ""}}),
    "forbidden": ("GET", "/challenges?scope=desk", {}),
    "cross-site write": ("POST", "/settings", {"headers": {"Origin": "https://evil.example"}}),
    "redirect": ("POST", "/settings", {"data": {"locale": "nb", "color_scheme": "auto"}}),
    "too large": ("POST", "/settings", {"data": {"locale": "x" * 1_100_000}}),
    "options": ("OPTIONS", "/challenges", {}),
    "head": ("HEAD", "/challenges", {}),
}


@pytest.fixture
def answer_to(client_of):
    client = client_of("employee")

    def ask(method, address, more):
        response = client.open(address, method=method, **more)
        response.text  # noqa: B018 - read while a static file is still open
        response.close()
        return response

    return ask


@pytest.fixture
def broken(app, monkeypatch):
    """A page that fails in a way nobody thought of."""

    def fail():
        raise WriteOutsideCommand

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "home.today", fail)


def check_headers(response, referrer="same-origin"):
    headers = response.headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert re.fullmatch(r"'nonce-[\w-]{24}'", policy["script-src"])
    assert policy["style-src"] == policy["form-action"] == policy["connect-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in str(policy)
    assert "http" not in str(policy)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    age, more = re.fullmatch(r"max-age=(\d+); (.+)", headers["Strict-Transport-Security"]).groups()
    assert int(age) >= YEAR
    assert more == "includeSubDomains"
    assert headers["Referrer-Policy"] == referrer
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Server" not in headers
    assert "X-Powered-By" not in headers


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_response_carries_all_security_headers(answer_to, kind):
    check_headers(answer_to(*KINDS[kind]))


def test_the_page_for_what_nobody_thought_of_carries_them_too(answer_to, broken):
    response = answer_to("GET", "/", {})

    assert response.status_code == 500
    assert "Traceback" not in response.text
    check_headers(response)


def test_every_page_of_the_matrix_carries_them(app, cast, client_of):
    client = client_of("lead")
    for line in matrix.lines(app):
        if line.method == "GET" and line.rule.endpoint != "challenges.attachment":  # stricter: a sandbox
            under_a_key = line.rule.rule.startswith("/feeds/")
            check_headers(line.send(client, cast), "no-referrer" if under_a_key else "same-origin")


def test_a_nonce_is_never_used_twice_and_is_the_one_on_the_scripts(app, db):
    client = app.test_client()
    seen = set()
    for _ in range(200):
        response = client.get("/static/none.css")
        seen.add(re.search(r"nonce-([\w-]+)", response.headers["Content-Security-Policy"])[1])
    assert len(seen) == 200

    response = client.get("/login")
    nonce = re.search(r"nonce-([\w-]+)", response.headers["Content-Security-Policy"])[1]
    scripts = BeautifulSoup(response.text, "html5lib").select("script")
    assert scripts
    assert {script["nonce"] for script in scripts} == {nonce}


# -- what may be kept --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "static file"])
def test_nothing_but_static_files_may_be_kept(answer_to, kind):
    response = answer_to(*KINDS[kind])

    assert response.headers["Cache-Control"] == "no-store, private"
    assert "Cookie" in response.vary


def test_static_files_are_kept_for_a_year_under_an_address_of_their_own(answer_to):
    assert f"max-age={YEAR}" in answer_to(*KINDS["static file"]).headers["Cache-Control"]


@pytest.mark.parametrize(
    "address",
    [
        "/settings/x.css",
        "/settings;a.js",
        "/settings%2f..%2fstatic/favicon.svg",
        "/settings.css",
        "/settings/",
    ],
)
def test_a_page_dressed_up_as_a_static_file_is_not_there(answer_to, address):
    assert answer_to("GET", address, {}).status_code == 404


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Original-URL", "X-Rewrite-URL"],
)
def test_no_header_a_cache_does_not_know_changes_the_page(answer_to, header):
    plain = answer_to("GET", "/people", {})
    forged = answer_to("GET", "/people", {"headers": {header: "evil.example"}})

    assert "evil.example" not in forged.text + str(forged.headers)
    assert without_changing_parts(forged.text) == without_changing_parts(plain.text)


def without_changing_parts(html):
    return re.sub(r'nonce="[^"]+"|name="csrf_token" value="[^"]*"', "", html)


def test_a_page_and_its_fragment_are_kept_apart(answer_to):
    page, fragment = (answer_to(*KINDS[kind]) for kind in ("page", "fragment"))

    assert "<html" in page.text
    assert "<html" not in fragment.text
    assert {"HX-Request", "HX-Target"} <= set(page.vary) & set(fragment.vary)


# -- htmx --------------------------------------------------------------------------------------------


def test_htmx_is_locked_down_in_one_place(answer_to):
    page = BeautifulSoup(answer_to(*KINDS["page"]).text, "html5lib")
    (meta,) = page.select("meta[name=htmx-config]")
    config = json.loads(meta["content"])

    assert config["allowEval"] is config["allowScriptTags"] is config["includeIndicatorStyles"] is False
    assert config["selfRequestsOnly"] is True
    assert config["historyCacheSize"] == 0
    assert [swaps(config, code) for code in (200, 409, 422)] == [True] * 3
    assert [swaps(config, code) for code in (204, 400, 401, 403, 404, 500, 503)] == [False] * 7


def swaps(config, status):
    """What htmx does: the first line whose pattern fits decides."""
    return next(line["swap"] for line in config["responseHandling"] if re.search(line["code"], str(status)))


def test_somebody_signed_out_is_sent_to_sign_in_whole_and_never_into_a_fragment(app, db):
    response = app.test_client().get(
        "/my/tasks",
        headers={"HX-Request": "true", "HX-Current-URL": "http://localhost/challenges?q=kø"},
    )

    assert response.status_code == 204
    assert response.text == ""
    assert response.headers["HX-Redirect"] == "/login?next=/challenges?q%3Dk%C3%B8"
