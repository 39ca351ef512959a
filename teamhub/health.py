"""Whether the process lives, and whether it is fit to serve: what a proxy or a watchman asks."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError

from teamhub import self_check
from teamhub.access.web import public
from teamhub.jobs import queries as jobs

bp = Blueprint("health", __name__)

LATE_S = 300
"""A job that should have begun so long ago tells that no consumer is at work, or too few."""


@bp.get("/healthz")
@public
def alive() -> Response:
    """The process answers. Asks nothing of the database, so that a slow one gets nobody restarted."""
    return jsonify(status="alive")


@bp.get("/readyz")
@public
def ready() -> tuple[Response, int]:
    """Ready, degraded (pages work, but something behind them does not) or down, by part, without versions."""
    try:
        parts = {"database": "ok", **_behind_the_pages()}
    except SQLAlchemyError:
        parts = {"database": "down"}
    down = "down" in parts.values()
    worst = "down" if down else "degraded" if "degraded" in parts.values() else "ready"
    return jsonify(status=worst, parts=parts), 503 if down else 200


def _behind_the_pages() -> dict[str, str]:
    if self_check.schema(current_app):
        return {"schema": "down"}
    queue = jobs.figures()
    return {
        "schema": "ok",
        "jobs": "degraded" if queue.oldest_s > LATE_S or queue.dead else "ok",
        "mail": "degraded" if jobs.held_up("mail.") else "ok",
    }
