"""Errors told to programs: all in one shape (RFC 9457), for everything under /api/v1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Response, json, make_response, request
from werkzeug.exceptions import HTTPException

from teamhub.core.i18n import _

ROOM = "/api/v1"
MEDIA_TYPE = "application/problem+json"


class Problem(HTTPException):
    """Something is wrong with what a program asked; ``errors`` tells of each field, with its ``detail``."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code, self.detail, self.errors, self.headers = status, detail, errors, headers or {}


def asked_by_program() -> bool:
    """Tell whether a program asks: it gets JSON, and its cookies count for nothing."""
    return request.path == ROOM or request.path.startswith(f"{ROOM}/")


def told(status: int, detail: str, request_id: str, *, errors: Sequence[Mapping[str, str]] = ()) -> Response:
    """Return the answer that tells what went wrong."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "request_id": request_id,
    }
    if errors:
        body["errors"] = [dict(error) for error in errors]
    return make_response(json.dumps(body), status, {"Content-Type": MEDIA_TYPE})


def detail_of(status: int) -> str:
    """Return what a program's owner should know of an error that says nothing more itself."""
    return {
        400: _("Vi forstod ikke det som ble sendt."),
        401: _("Send en nøkkel som virker: «Authorization: Bearer» og så nøkkelen."),
        404: _("Det finnes ikke, eller du har ikke tilgang til det."),
        405: _("Denne adressen kan ikke brukes på den måten."),
        413: _("Det du sendte, er for stort."),
        415: _("Send JSON, med «Content-Type: application/json»."),
        429: _("For mange spørsmål på kort tid. Vent litt, og prøv igjen."),
    }.get(status, _("Det gikk ikke."))
