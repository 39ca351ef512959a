"""Security headers on every response, and the refusal of writes from other sites."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request

WRITES = {"POST", "PUT", "PATCH", "DELETE"}
YEAR = 31_536_000

_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": f"max-age={YEAR}; includeSubDomains",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}


def csp_nonce() -> str:
    """Return this response's nonce, which every script tag carries."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(18)
    return str(g.csp_nonce)


def register(app: Flask) -> None:
    """Install the checks and headers on ``app``."""
    app.before_request(_refuse_writes_from_elsewhere)
    app.after_request(_harden)
    app.jinja_env.globals["csp_nonce"] = csp_nonce


def _refuse_writes_from_elsewhere() -> None:
    """Second net behind the CSRF token: browsers say where a write comes from (R7)."""
    if request.method not in WRITES:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site in {"cross-site", "same-site"} or (
        origin is not None and urlsplit(origin).netloc != request.host
    ):
        abort(400, "cross-site write")


def _harden(response: Response) -> Response:
    for name, value in _FIXED.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", _POLICY.format(nonce=csp_nonce()))
    if request.endpoint == "static" and response.status_code in {200, 304}:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    else:
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.vary.add("Cookie")
    return response
