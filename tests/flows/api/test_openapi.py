"""The documentation says what the addresses do: all of them, and nothing that is not there."""

import re

from teamhub.api.openapi import document, operations
from teamhub.api.states import Scope
from teamhub.core.problems import ROOM


def addresses(app):
    return {
        (re.sub(r"<(?:[^<>]*:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(ROOM) and not rule.rule.endswith("/openapi.json")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_anybody_may_read_it(app, db):
    answer = app.test_client().get("/api/v1/openapi.json")

    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.json["openapi"].startswith("3.1")
    assert answer.json["servers"] == [{"url": "http://localhost"}]


def test_it_names_every_address_and_no_other(app):
    with app.app_context():
        written = document(app)["paths"]

    assert {(path, method) for path, methods in written.items() for method in methods} == addresses(app)
    assert {
        ("/api/v1/missions/{mission_id}", "get"),
        ("/api/v1/missions/{mission_id}/seats", "get"),
    } <= addresses(app)


def test_each_address_says_its_scope_parameters_and_answers(app):
    with app.app_context():
        for rule, method, declared in operations(app):
            written = document(app)["paths"][re.sub(r"<(?:[^<>]*:)?(\w+)>", r"{\1}", rule.rule)][
                method.lower()
            ]

            assert {parameter["name"] for parameter in written["parameters"]} == rule.arguments
            assert declared.scope in set(Scope)
            assert declared.scope.value in written["description"]
            done = written["responses"][str(declared.status)]
            assert done["content"]["application/json"]["schema"] == declared.gives
            assert {"401", "403", "404", "429", "500"} <= written["responses"].keys()


def test_names_of_operations_are_their_own(app):
    with app.app_context():
        names = [
            one["operationId"] for methods in document(app)["paths"].values() for one in methods.values()
        ]

    assert len(set(names)) == len(names)


def test_every_reference_leads_somewhere(app):
    with app.app_context():
        written = document(app)

    found = set(re.findall(r"'\$ref': '#/components/schemas/(\w+)'", str(written)))
    assert found == {"Problem"} <= written["components"]["schemas"].keys()
