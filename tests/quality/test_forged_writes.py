"""No write is accepted that did not come from one of our own pages (quality.md R7)."""

from __future__ import annotations

import pytest

from teamhub.core.problems import ROOM
from teamhub.manifest import routes
from tests.quality import matrix

FORGERIES = (
    "no token",
    "empty token",
    "wrong token",
    "another session's token",
    "a token from before signing in again",
    "token in the address only",
    "another site's Origin",
    "Origin: null",
    "Sec-Fetch-Site: cross-site",
    "the form as text/plain",
)

WHAT_WAS_REFUSED = ("security_entry", "security_head")
"""Where a page that somebody may not open leaves a line, also when it was only to be read."""


def token_of(client, page):
    return client.get(page).text.partition('name="csrf_token" value="')[2].partition('"')[0]


def forged(forgery, token, others, ended):
    """What such a request holds beside the form: fields, and what else goes with it."""
    kinds = {
        "no token": {},
        "empty token": {"form": {"csrf_token": ""}},
        "wrong token": {"form": {"csrf_token": token[:-4] + "AAAA"}},
        "another session's token": {"form": {"csrf_token": others}},
        "a token from before signing in again": {"form": {"csrf_token": ended}},
        "token in the address only": {"query": {"csrf_token": token}},
        "another site's Origin": {
            "form": {"csrf_token": token},
            "headers": {"Origin": "https://evil.example"},
        },
        "Origin: null": {"form": {"csrf_token": token}, "headers": {"Origin": "null"}},
        "Sec-Fetch-Site: cross-site": {
            "form": {"csrf_token": token},
            "headers": {"Sec-Fetch-Site": "cross-site"},
        },
        "the form as text/plain": {
            "data": f'{{"csrf_token": "{token}"}}',
            "content_type": "text/plain",
        },
    }
    return kinds[forgery]


ONE_PRESS_IN_A_MAIL = "mail.off"
"""Pressed by mail programs, which have no token: the address itself is the proof (RFC 8058)."""


def writes(app):
    """Every write with a role that may do it, so that nothing but the forgery can be what is refused.

    Under /api/v1 no cookie counts, so there is nothing to forge (tests/flows/api).
    """
    role_of = matrix.who_succeeds()
    return [
        (line, role_of[line.key])
        for line in matrix.lines(app)
        if line.method not in matrix.READING
        and line.key in role_of
        and line.rule.endpoint != ONE_PRESS_IN_A_MAIL
        and not line.rule.rule.startswith(ROOM)
    ]


def browser_of(client_of, role):
    """A browser with a page open, and the token on it."""
    client = client_of(role)
    return client, token_of(client, "/login" if role == "signed out" else "/settings")


@pytest.mark.parametrize("forgery", FORGERIES)
def test_no_forged_write_is_accepted(app, cast, client_of, csrf_on, queries_counted, forgery):
    others = token_of(client_of("safety"), "/settings")
    clients, accepted = {}, []
    for line, role in writes(app):
        if role not in clients:
            clients[role] = client_with_two_tokens(client_of, role)
        client, ended, token = clients[role]
        with queries_counted() as statements:
            answer = line.send(client, cast, **forged(forgery, token, others, ended))

        if answer.status_code != 400 or not all(said.startswith("SELECT") for said in statements):
            accepted.append((line.key, answer.status_code))

    assert accepted == []


def client_with_two_tokens(client_of, role):
    """A browser with a token that is over, as signing out and in again makes it, and one that holds."""
    client, ended = browser_of(client_of, role)
    with client.session_transaction() as session:
        del session["csrf_token"]
    return client, ended, token_of(client, "/login" if role == "signed out" else "/settings")


def test_the_same_writes_with_their_token_get_past(app, cast, client_of, csrf_on, undone):
    """The control: what is refused above is refused for the forgery and nothing else."""
    refused = []
    for line, role in writes(app):
        with undone():
            client, token = browser_of(client_of, role)
            ours = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}

            answer = line.send(client, cast, {"csrf_token": token}, headers=ours)

            if answer.status_code not in {200, 204, 303}:
                refused.append((line.key, answer.status_code))

    assert refused == []


def test_every_write_is_a_post_that_asks_for_a_token(app, csrf_on):
    manifest = routes(app)

    assert {method for route in manifest for method in route["methods"]} <= {"GET", "POST"}
    without = [route["rule"] for route in manifest if "POST" in route["methods"] and not route["csrf"]]
    by_people = [rule for rule in without if not rule.startswith(ROOM)]  # programs: no cookie counts there
    assert by_people == ["/mail/off/<token>"]  # one press in a mail program: the address is the proof


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("role", ["admin", "lead"])
def test_reading_every_page_changes_nothing(app, cast, client_of, digest, method, role):
    client = client_of(role)
    before = digest(but=WHAT_WAS_REFUSED)
    for line in matrix.lines(app):
        if line.method == "GET":
            line.send(client, cast, method=method)

    assert digest(but=WHAT_WAS_REFUSED) == before
