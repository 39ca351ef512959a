"""There is an end to what one request may bring, and more than that is refused at once (quality.md R27).

What only the server in front of the app can show is in test_request_limits_served.py.
"""

from __future__ import annotations

import time
from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.datastructures import ImmutableMultiDict

import config
from teamhub.attachments import checking, store
from teamhub.core.db import Base
from teamhub.core.uploads import LARGEST_UPLOAD_BYTES, UploadRequest
from tests.quality import matrix

TOO_LARGE = 413
REFUSED = {400, TOO_LARGE, 414, 431}
PASSED_OVER = {200, 204, 302, 303, 403, 404, 422}
"""What is beyond a field's limit is left out, or told at the field; it is never kept."""
AT_MOST_S = 1.0

LONGEST_TEXT = 10_000
MADE_OF_SEVERAL = ("challenge", "stems")
LONGEST_ADDRESS = 4000
"""Characters of an address the server lets through, less its path."""
FORM = "application/x-www-form-urlencoded"
NINES = "9" * 200_000
"""A text that is far too long for any field, and a number that is far too large."""

UPLOADS = ("challenges.attach", "challenges.attach_to_new")
TO_PEOPLE_SIGNED_OUT = "people.login"
ONE_PRESS_IN_A_MAIL = "mail.off"
"""Needs no token, so nothing ever reads what is sent with it, however large."""

STEPS = {
    "challenges.propose": ("save", "preview", "compare"),
    "challenges.answer_at_desk": ("template",),
    "challenges.many": ("give", "theme"),
    "challenges.undo_many": ("assess", "theme"),
    "assessments.ask": ("find",),
    "assessments.mine": ("submit",),
    "missions.new": ("find",),
    "missions.edit": ("find",),
}
"""The buttons of a form beside the one its sample presses: what each of them reads may be another."""

ROLE_OF = matrix.who_succeeds()


def lines(app, method="POST"):
    """One line for each address that is read or written, which some role may."""
    found = {}
    for line in matrix.lines(app):
        if line.method == method and line.key in ROLE_OF:
            found.setdefault(line.rule.rule, line)
    return found


def line_of(app, endpoint):
    return next(line for line in lines(app).values() if line.rule.endpoint == endpoint)


def timed(line, client, cast, form=None, **more):
    """Send a line of the matrix; return its status, and how long it took if that is too long."""
    begun = time.monotonic()
    status = line.send(client, cast, form, **more).status_code
    took = time.monotonic() - begun
    return status if took < AT_MOST_S else f"{status} after {took:.1f} s"


@pytest.fixture
def refused(cast, client_of, digest):
    """Tell which lines did not say at once that a request was too large, and whether nothing was written."""
    clients = {}

    def by(lines, body_of):
        for role in {"signed out", *(ROLE_OF[line.key] for line in lines)} - set(clients):
            clients[role] = client_of(role)
        before, answers = digest(), {}
        for line in lines:
            for role in {"signed out", ROLE_OF[line.key]}:
                answers[line.rule.endpoint, role] = timed(line, clients[role], cast, **body_of(line))
        return all_but({TOO_LARGE}, answers), digest() == before

    return by


@pytest.fixture
def ask(cast, db, client_of, undone):
    """Send a line of the matrix, return its status and what ``then`` finds, and undo it."""

    def send(line, form=None, *, then=lambda: None, **more):
        db.session.rollback()  # what has been read until now must not hold a savepoint open
        with undone():
            return timed(line, client_of(ROLE_OF[line.key]), cast, form, **more), then()

    return send


@pytest.fixture
def too_long(db):
    """Find what is longer in the database than its column says, or than any text may be."""

    def find():
        db.session.rollback()
        found = [
            f"{table.name}.{column.name} has {len(str(value))}"
            for table in Base.metadata.sorted_tables
            for row in db.session.execute(select(table))
            for column, value in zip(table.columns, row, strict=True)
            if isinstance(value, str | dict | list) and (table.name, column.name) != MADE_OF_SEVERAL
            if len(str(value)) > (getattr(column.type, "length", None) or LONGEST_TEXT)
        ]
        db.session.rollback()
        return found

    return find


@pytest.fixture
def read(monkeypatch):
    """The names that have been looked for in a request."""
    names = set()

    def noting(reading):
        def noted(of, name, *args, **more):
            names.add(str(name))
            return reading(of, name, *args, **more)

        return noted

    ways = {way: noting(getattr(ImmutableMultiDict, way)) for way in ("get", "getlist", "__getitem__")}
    noting_all = type("Noting", (ImmutableMultiDict,), ways)
    monkeypatch.setattr(UploadRequest, "parameter_storage_class", noting_all)
    return names


def of_parts(*parts):
    """A body of several parts, each a head and what is in it."""
    form = [b"--teamhub\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % part for part in parts]
    body = b"".join(form) + b"--teamhub--\r\n"
    return {"data": body, "content_type": "multipart/form-data; boundary=teamhub"}


def all_but(good, answers):
    return {key: answer for key, answer in answers.items() if answer not in good}


def test_a_body_over_the_limit_is_refused_whatever_it_is_sent_to(app, csrf_on, refused):
    largest = dict.fromkeys(UPLOADS, LARGEST_UPLOAD_BYTES)

    def body(line):
        size = largest.get(line.rule.endpoint, config.LONGEST_FORM_BYTES) + 1
        return {"data": b"x" * size, "content_type": FORM}

    # What programs send is held to less, and to JSON: tests/flows/api/test_problems.py.
    others = (ONE_PRESS_IN_A_MAIL, "api.")
    some = [line for line in lines(app).values() if not line.rule.endpoint.startswith(others)]
    assert refused(some, body) == ({}, True)


ENDLESS = b"x" * (config.LONGEST_FORM_BYTES + 1)
TOO_MUCH = {
    "too many parts": of_parts(*[(b'name="a"', b"")] * (config.Base.MAX_FORM_PARTS + 1)),
    "a part that is too large": of_parts((b'name="title"', ENDLESS)),
    "a part whose head is too large": of_parts((b'name="%b"' % ENDLESS, b"")),
    "as many fields as there is room for": {"data": b"a&" * 499_999, "content_type": FORM},
    "a form as large as a file": {"data": b"a&" * 1_000_000, "content_type": FORM},
}


@pytest.mark.parametrize("what", TOO_MUCH)
@pytest.mark.parametrize("endpoint", [*UPLOADS, "challenges.propose", "people.login"])
def test_a_form_of_too_many_or_too_large_parts_is_refused(app, csrf_on, refused, endpoint, what):
    assert refused([line_of(app, endpoint)], lambda _line: TOO_MUCH[what]) == ({}, True)


def test_a_file_that_is_too_large_leaves_nothing_behind(app, cast, client_of, digest):
    line, client = line_of(app, "challenges.attach"), client_of("proposer")
    body = of_parts((b'name="files"; filename="a.txt"', b"x" * (checking.LARGEST_BYTES + 1)))
    before, here = digest(), sorted(store.folder().rglob("*"))

    assert timed(line, client, cast, **body) in PASSED_OVER
    assert (digest(), sorted(store.folder().rglob("*"))) == (before, here)


def test_a_file_with_a_name_that_is_far_too_long_gets_a_short_one(app, ask, too_long):
    file = (BytesIO(b"hei"), "x" * 100_000 + ".txt")

    assert ask(line_of(app, "challenges.attach"), {"files": file}, then=too_long) == (303, [])


FINE = [(status, []) for status in REFUSED | PASSED_OVER]


@pytest.mark.parametrize("rule", sorted({rule for method, rule, _on in ROLE_OF if method == "POST"}))
def test_what_is_far_too_long_for_a_field_is_never_kept(app, ask, read, too_long, rule):
    line, answers = lines(app)[rule], {}
    for step in (None, *STEPS.get(line.rule.endpoint, ())):
        pressed = {"do": step} if step else {}
        read.clear()
        ask(line, pressed)
        for name in sorted(read):
            query = {name: NINES[:LONGEST_ADDRESS]}
            answers[step, name] = ask(line, pressed | {name: NINES}, query=query, then=too_long)

    assert all_but(FINE, answers) == {}


@pytest.mark.parametrize(
    ("endpoint", "name"), [("challenges.propose", "situation"), ("calls.new", "background")]
)
def test_a_text_as_long_as_a_form_may_be_is_shown_again_at_once(app, ask, endpoint, name):
    text = "x" * (config.LONGEST_FORM_BYTES - 1000)

    assert ask(line_of(app, endpoint), {name: text})[0] == 422


LISTS = {
    "state": ("challenges.keep_search", "draft"),
    "division": ("challenges.keep_search", "1"),
    "theme": ("challenges.keep_search", "tid"),
    "ids": ("challenges.many", "1"),
    "was": ("challenges.undo_many", "1:1"),
    "goals": ("challenges.propose", "3"),
    "unit_ids": ("calls.new", "1"),
    "assessors": ("assessments.ask", "1"),
}
"""Fields that take several values, where they are sent, and one such value."""
MANY = 10_000
BESIDE = {"calls.new": {"whom": "some"}, "challenges.propose": {"do": "save"}}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_thousands_is_cut_or_refused(app, ask, too_long, name):
    endpoint, one = LISTS[name]
    values = {"alike": [one] * MANY, "different": list(range(MANY)), "large": [one, one + "9" * MANY]}

    answers = {
        how: ask(line_of(app, endpoint), BESIDE.get(endpoint, {}) | {name: value}, then=too_long)
        for how, value in values.items()
    }

    assert all_but(FINE, answers) == {}


def test_a_search_that_is_kept_can_be_opened_whatever_number_it_was_given(app, client_of):
    client = client_of("employee")

    for number in ("0", "9" * 12, "9" * 30):
        kept = client.post("/challenges/searches", data={"name": "Kø", "division": number, "after": number})

        assert kept.status_code in REFUSED or client.get(kept.location).status_code == 200


@pytest.mark.parametrize("how", ["one long number", "many short ones"])
def test_an_address_as_long_as_the_server_lets_through_is_answered_at_once(app, ask, read, how):
    answers = {}
    for rule, line in lines(app, "GET").items():
        read.clear()
        ask(line)
        room = LONGEST_ADDRESS // max(len(read), 1)
        query = {
            name: NINES[: room - len(name)] if how == "one long number" else ["1"] * (room // (len(name) + 3))
            for name in read
        }
        if read:
            answers[rule] = ask(line, query=query)[0]

    assert all_but(REFUSED | PASSED_OVER, answers) == {}
    assert len(answers) > 10


JSON = {
    "deep lists": "[" * 100_000,
    "deep objects": '{"a":' * 100_000,
    "a list": "[1, 2]",
    "a number": "1",
    "a text": '"tekst"',
    "a long number": f'{{"title": {"9" * 5000}}}',
    "lists for a text": '{"title": [["T"]], "situation": [[1]]}',
    "an object for a text": '{"title": {"a": 1}, "do": "save"}',
}


@pytest.mark.parametrize("what", JSON)
@pytest.mark.parametrize("endpoint", ["challenges.propose", "challenges.templates", "calls.new"])
def test_json_is_no_way_around_a_form(app, cast, client_of, digest, endpoint, what):
    line = line_of(app, endpoint)
    client, body = client_of(ROLE_OF[line.key]), {"data": JSON[what], "content_type": "application/json"}
    before = digest()

    assert timed(line, client, cast, **body) in REFUSED | {415, 422}
    assert digest() == before
