"""One view, one URL: the whole page, or the part of it htmx asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, make_response, redirect, render_template
from flask_htmx import HTMX

htmx = HTMX()


def render_page(
    page: str, *, partials: Mapping[str, str] | None = None, status: int = 200, **context: Any
) -> Response:
    """Render ``page``, or the partial whose id htmx named as its target.

    ``partials`` maps element id → template; the view decides what may be asked for, never the client.
    """
    wanted = None
    if htmx and not htmx.boosted and not htmx.history_restore_request:
        wanted = (partials or {}).get(htmx.target or "")
    response = make_response(render_template(wanted or page, **context), status)
    response.vary.update(["HX-Request", "HX-Target"])
    return response


def see_other(address: str) -> Response:
    """Send the browser on after a write; htmx is told to load the new page whole."""
    if htmx:
        response = make_response("", 204)
        response.headers["HX-Redirect"] = address
        return response
    response = make_response(redirect(address, 303))
    response.vary.add("HX-Request")
    return response
