"""What goes wrong is told in one shape, and a body is read strictly: what is not asked for is not taken."""

import pytest
from flask import Blueprint

from teamhub import create_app
from teamhub.access.policy import Action
from teamhub.api import bodies, pace
from teamhub.api.openapi import document
from teamhub.api.operations import operation
from teamhub.api.schemas import thing
from teamhub.api.states import Scope
from teamhub.core.db import db as db_of_all
from teamhub.core.uploads import LARGEST_JSON_BYTES
from tests.conftest import Browser

GIVES = thing(got={"type": "object"})
TAKES = {
    "name": bodies.text(20),
    "count": bodies.number(1, 5),
    "fast": bodies.optional(bodies.flag()),
    "from": bodies.optional(bodies.day()),
    "skills": bodies.optional(bodies.many(bodies.number(1), most=3)),
}
GOOD = {"name": "Trygt hjem", "count": 3}


@pytest.fixture(scope="session")
def app(settings):
    """The app, with one address more: what a colleague would add. It gives back what it got."""
    app = create_app(settings)
    app.test_client_class = Browser
    trial = Blueprint("trial", __name__, url_prefix="/api/v1/trial")

    def give_back(body):
        return {"got": {name: str(value) for name, value in body.items()}}

    declared = operation(
        Action.MISSION_VIEW, scope=Scope.TEAM_SUGGEST, summary="Try", gives=GIVES, takes=TAKES, status=201
    )
    trial.post("")(declared(give_back))
    app.extensions["csrf"].exempt(trial)
    app.register_blueprint(trial)
    yield app
    with app.app_context():
        db_of_all.engine.dispose()


@pytest.fixture
def csrf_on(app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


@pytest.fixture
def key(key_of, kari):
    return key_of(kari)


def is_problem(answer, status):
    problem = answer.json
    return (
        answer.status_code == problem["status"] == status
        and answer.mimetype == "application/problem+json"
        and {"type", "title", "status", "detail", "request_id"} <= problem.keys()
        and bool(problem["detail"])
    )


# -- one shape --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/missions/999999", "GET", 404),
        ("/missions/abc", "GET", 404),
        ("/nothing/here", "GET", 404),
        ("", "GET", 404),
        ("/", "GET", 404),
        ("/missions/1", "DELETE", 405),
        ("/missions/1/seats", "POST", 405),
    ],
)
def test_what_is_not_there_is_told_as_a_problem(ask, key, path, method, status):
    answer = ask(key, path, method)

    assert is_problem(answer, status)
    assert ("Allow" in answer.headers) == (status == 405)


@pytest.mark.parametrize(
    "sent", ["", "Bearer", "Bearer x", "Basic a2FyaTpoZWk=", "bearer  ", "Bearer thp_" + "x" * 43]
)
def test_without_a_key_that_is_good_it_is_401(app, db, mission, sent):
    answer = app.test_client().get(f"/api/v1/missions/{mission.id}", headers={"Authorization": sent})

    assert is_problem(answer, 401)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.usefixtures("csrf_on")
@pytest.mark.parametrize(("path", "method"), [("/missions/{0}", "GET"), ("/trial", "POST")])
def test_a_cookie_alone_opens_nothing(sign_in, kari, mission, path, method):
    browser = sign_in(kari)
    token = browser.get("/settings").text.partition('name="csrf_token" value="')[2].partition('"')[0]

    answer = browser.open(
        f"/api/v1{path.format(mission.id)}", method=method, json=GOOD, headers={"X-CSRFToken": token}
    )

    assert is_problem(answer, 401)


@pytest.mark.usefixtures("csrf_on")
def test_a_key_needs_neither_cookie_nor_form_token(ask, key):
    answer = ask(key, "/trial", "POST", json=GOOD)

    assert answer.status_code == 201
    assert answer.json["got"]["name"] == "Trygt hjem"
    assert "Set-Cookie" not in answer.headers


def test_a_write_from_another_site_is_refused_even_with_a_key(app, db, key):
    headers = {"Authorization": f"Bearer {key}", "Sec-Fetch-Site": "cross-site"}

    assert is_problem(app.test_client().post("/api/v1/trial", json=GOOD, headers=headers), 400)


def test_too_often_is_429_and_says_how_long_to_wait(ask, key, mission, monkeypatch):
    monkeypatch.setattr(pace, "MOST_A_MINUTE", 2)
    answers = [ask(key, f"/missions/{mission.id}") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert is_problem(answers[2], 429)
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60


def test_one_who_asks_too_often_holds_nobody_else_up(ask, key, mission, key_of, lead, monkeypatch):
    monkeypatch.setattr(pace, "MOST_A_MINUTE", 1)
    ask(key, f"/missions/{mission.id}")
    assert ask(key, f"/missions/{mission.id}").status_code == 429

    assert ask(key_of(lead), f"/missions/{mission.id}").status_code == 200


# -- strict bodies ----------------------------------------------------------------------------------------


def test_a_body_is_read_and_checked(ask, key):
    sent = GOOD | {"name": "  Trygt hjem ", "fast": True, "from": "2030-01-31", "skills": [1, 2]}

    assert ask(key, "/trial", "POST", json=sent).json["got"] == {
        "name": "Trygt hjem", "count": "3", "fast": "True", "from": "2030-01-31", "skills": "[1, 2]",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 21}, "name"),
        ({"name": 3}, "name"),
        ({"name": None}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"count": 0}, "count"),
        ({"count": 6}, "count"),
        ({"count": "3"}, "count"),
        ({"count": 3.0}, "count"),
        ({"count": True}, "count"),
        ({"count": 10**30}, "count"),
        ({"fast": "yes"}, "fast"),
        ({"from": "31.1.2030"}, "from"),
        ({"from": 20300131}, "from"),
        ({"skills": [1, 2, 3, 4]}, "skills"),
        ({"skills": ["1"]}, "skills"),
        ({"skills": {"1": 1}}, "skills"),
        ({"is_admin": True}, "is_admin"),
    ],
)
def test_what_a_field_does_not_take_is_told_at_the_field(ask, key, wrong, field):
    answer = ask(key, "/trial", "POST", json=GOOD | wrong)

    assert is_problem(answer, 422)
    assert [error["field"] for error in answer.json["errors"]] == [field]
    assert all(error["detail"] for error in answer.json["errors"])


def test_all_that_is_missing_is_told_at_once(ask, key):
    answer = ask(key, "/trial", "POST", json={})

    assert [error["field"] for error in answer.json["errors"]] == ["name", "count"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'"text"', 400),
        (b'{"name": "a", "name": "b", "count": 1}', 400),
        (b'{"name": "a", "count": NaN}', 400),
        (b'{"name": "\xff", "count": 1}', 400),
        (b'{"name": "a", "count": ' + b"9" * 5000 + b"}", 400),
        (b"[" * 50_000, 400),
        (b'{"name": "' + b"x" * LARGEST_JSON_BYTES + b'"}', 413),
    ],
)
def test_what_is_no_json_of_ours_is_refused(ask, key, body, status):
    assert is_problem(ask(key, "/trial", "POST", data=body, content_type="application/json"), status)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_only_json_is_taken(ask, key, kind):
    assert is_problem(ask(key, "/trial", "POST", data=b'{"name": "a", "count": 1}', content_type=kind), 415)


def test_a_scope_is_asked_before_the_body_is_read(ask, key_of, kari):
    answer = ask(
        key_of(kari, Scope.MISSIONS_READ), "/trial", "POST", data=b"{", content_type="application/json"
    )

    assert is_problem(answer, 403)


def test_what_an_address_takes_stands_in_the_documentation(app):
    with app.app_context():
        written = document(app)["paths"]["/api/v1/trial"]["post"]

    schema = written["requestBody"]["content"]["application/json"]["schema"]
    assert schema["required"] == ["count", "name"]
    assert schema["properties"]["skills"] == {
        "type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}, "maxItems": 3,
    }  # fmt: skip
    assert {"201", "400", "401", "403", "404", "413", "415", "422", "429", "500"} == written[
        "responses"
    ].keys()
