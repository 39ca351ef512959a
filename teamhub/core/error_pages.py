"""What is shown when something goes wrong: in the reader's language, with a number for the log."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import BadRequest, HTTPException, SecurityError

from teamhub.core import problems
from teamhub.core.errors import Conflict, DomainError, Forbidden
from teamhub.core.i18n import _
from teamhub.core.transaction import abandon

log = logging.getLogger("teamhub")

_witnesses: list[Callable[[], object]] = []


def register(app: Flask) -> None:
    """Install the error pages on ``app``."""
    app.before_request(_number_the_request)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(Forbidden, _forbidden)
    app.register_error_handler(DomainError, _rule)
    app.register_error_handler(StaleDataError, _overtaken)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(OverflowError, _beyond_the_database)
    app.register_error_handler(DataError, _beyond_the_database)
    app.register_error_handler(SecurityError, _another_host)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def request_id() -> str:
    """Return this request's number, shown on error pages and written in the log."""
    return str(g.get("request_id", "-"))


def tell_of_refusals(witness: Callable[[], object]) -> None:
    """Let ``witness`` be called, inside the request, when somebody is told that they may not."""
    _witnesses[:] = [witness]


def _number_the_request() -> None:
    g.request_id = secrets.token_hex(6)


def _page(status: int, title: str, text: str) -> Response:
    abandon()
    if problems.asked_by_program():
        return problems.told(status, text, request_id())
    html = render_template(
        "errors/error.html", status=status, title=title, text=text, request_id=request_id()
    )
    response = make_response(html, status)
    response.vary.add("HX-Request")
    return response


def _stale_form(error: CSRFError) -> Response:
    return _page(
        400,
        _("Skjemaet var blitt for gammelt"),
        _(
            "Gå tilbake, last siden på nytt og send igjen. "
            "Det du skrev, står fortsatt i skjemaet når du går tilbake."
        ),
    )


def _forbidden(error: Forbidden) -> Response:
    abandon()
    for witness in _witnesses:
        try:
            witness()
        except Exception:
            log.exception("a refusal was not written down request=%s path=%s", request_id(), request.path)
    return _page(403, _("Dette kan du ikke gjøre"), str(error) or _("Du har ikke lov til dette."))


def _rule(error: DomainError) -> Response:
    if problems.asked_by_program():
        abandon()
        errors = [{"field": error.field, "detail": str(error)}] if error.field else []
        status = 409 if isinstance(error, Conflict) else 422
        return problems.told(status, str(error), request_id(), errors=errors)
    return _page(422, _("Det gikk ikke"), str(error))


def _overtaken(error: StaleDataError) -> Response:
    return _page(
        409, _("Noen lagret før deg"), _("Last siden på nytt for å se det som er endret, og prøv igjen.")
    )


def _beyond_the_database(error: Exception) -> Any:
    """A number no column can hold: SQLite and PostgreSQL say so each in their way."""
    log.warning("value out of range request=%s path=%s", request_id(), request.path, exc_info=error)
    return _http(BadRequest())


def _busy(error: OperationalError) -> Response:
    log.warning("database unavailable request=%s path=%s", request_id(), request.path, exc_info=error)
    response = _static_page(503, "Teamhub har det travelt. Vent litt, og prøv igjen.")
    response.headers["Retry-After"] = "5"
    return response


def _another_host(error: SecurityError) -> Response:
    """Asked for by a name that is not ours (D9). No address can be built there, so no template either."""
    return _static_page(400, "Denne adressen hører ikke til Teamhub.")


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    if problems.asked_by_program():
        return _problem(error)
    if error.code == 404:
        return _page(
            404,
            _("Vi finner ikke siden"),
            _("Den kan være flyttet, slettet eller delt med noen andre enn deg. Sjekk adressen."),
        )
    texts = {
        400: _("Vi forstod ikke det som ble sendt. Gå tilbake og prøv igjen."),
        405: _("Denne adressen kan ikke brukes på den måten."),
        413: _("Det du sendte, er for stort."),
    }
    response = _page(error.code, _("Det gikk ikke"), texts.get(error.code, _("Gå tilbake og prøv igjen.")))
    return _with_methods(response, error)


def _with_methods(response: Response, error: HTTPException) -> Response:
    """Tell which methods an address takes, when it was asked by another."""
    if error.code == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(error.valid_methods)  # type: ignore[attr-defined]
    return response


def _problem(error: HTTPException) -> Response:
    """Tell a program, in the one shape there is, with the headers that go with it."""
    abandon()
    status, own = error.code or 500, isinstance(error, problems.Problem)
    detail = error.detail if own else problems.detail_of(status)  # type: ignore[attr-defined]
    errors = error.errors if own else ()  # type: ignore[attr-defined]
    response = problems.told(status, detail, request_id(), errors=errors)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    response.headers.update(error.headers if own else {})  # type: ignore[attr-defined]
    return _with_methods(response, error)


def _unexpected(error: Exception) -> Response:
    log.error("unexpected error request=%s path=%s", request_id(), request.path, exc_info=error)
    return _static_page(500, "Noe gikk galt hos oss. Det er skrevet i loggen. Prøv igjen om litt.")


def _static_page(status: int, text: str) -> Response:
    """A page that needs no database, no session and no template."""
    if problems.asked_by_program():
        return problems.told(status, text, request_id())
    html = (
        '<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>Teamhub</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f'<body><main><h1>{text}</h1><p><a href="/">Til forsiden</a></p>'
        f"<p>{status} · {request_id()}</p></main></body></html>"
    )
    return make_response(html, status)
