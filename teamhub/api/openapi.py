"""The documentation programs read, made from what each address declares of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Flask, Response, current_app, jsonify
from werkzeug.routing import Rule

from teamhub.access.web import public
from teamhub.api.bodies import Field
from teamhub.api.operations import Operation, bp
from teamhub.api.schemas import PROBLEM
from teamhub.core.links import link
from teamhub.core.problems import MEDIA_TYPE, ROOM

VERSION = "1.0.0"
REFUSALS = {
    400: "It could not be understood",
    401: "No key that is good was sent",
    403: "The key's owner may not do it, or the key does not have the scope",
    404: "It is not there, or the key's owner may not see it",
    413: "The body is too large",
    415: "The body is not JSON",
    422: "Something in it must be mended",
    429: "Too many questions in a short time; Retry-After tells how long to wait",
    500: "Something went wrong here",
}
OF_BODIES = {400, 413, 415, 422}


@bp.get("/openapi.json")
@public
def openapi() -> Response:
    return jsonify(document(current_app))


def document(app: Flask) -> dict[str, Any]:
    """Return the whole description (OpenAPI 3.1)."""
    paths: dict[str, dict[str, Any]] = {}
    for rule, method, declared in operations(app):
        paths.setdefault(_path(rule), {})[method.lower()] = _operation(rule, declared)
    bearer = {"type": "http", "scheme": "bearer", "description": "A key from «Nøkler for programmer»."}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Teamhub", "version": VERSION},
        "servers": [{"url": link("home.today").rstrip("/")}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {"schemas": {"Problem": PROBLEM}, "securitySchemes": {"key": bearer}},
    }


def operations(app: Flask) -> Iterator[tuple[Rule, str, Operation]]:
    """Yield each address under /api/v1 with its method and what it declares."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        declared = vars(app.view_functions[rule.endpoint]).get("__operation__")
        if rule.rule.startswith(ROOM) and declared is not None:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method, declared


def _path(rule: Rule) -> str:
    return re.sub(r"<(?:[^<>]*:)?(\w+)>", r"{\1}", rule.rule)


def _operation(rule: Rule, declared: Operation) -> dict[str, Any]:
    answers = {str(declared.status): {"description": "Done", "content": _json(declared.gives)}}
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, why in REFUSALS.items():
        if declared.takes is not None or status not in OF_BODIES:
            answers[str(status)] = {"description": why, "content": problem}
    written: dict[str, Any] = {
        "operationId": rule.endpoint.rpartition(".")[2],
        "summary": declared.summary,
        "description": f"Needs the scope {declared.scope.value}.",
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": {"type": "integer", "minimum": 0}}
            for name in sorted(rule.arguments)
        ],
        "responses": answers,
    }
    if declared.takes is not None:
        written["requestBody"] = {"required": True, "content": _json(_body(declared.takes))}
    return written


def _body(fields: Mapping[str, Field]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: dict(field.schema) for name, field in fields.items()},
        "required": sorted(name for name, field in fields.items() if field.required),
        "additionalProperties": False,
    }


def _json(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
