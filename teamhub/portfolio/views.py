"""The portfolio: every mission, and what needs attention first."""

from __future__ import annotations

from flask import Blueprint, Response, request

from teamhub.access.policy import Action, can
from teamhub.access.web import acting, requires
from teamhub.challenges import desk
from teamhub.core.htmx import render_page
from teamhub.people.queries import divisions
from teamhub.portfolio import queries

bp = Blueprint("portfolio", __name__)

MOST_SHOWN = 8
"""Missions in the attention block; the others are one link away."""


@bp.get("/portfolio")
@requires(Action.PORTFOLIO_VIEW)
def index() -> Response:
    search = queries.parse(request.args)
    found = queries.find(search)
    return render_page(
        "portfolio/index.html",
        partials={"found": "portfolio/_found.html"},
        search=search,
        portfolio=found,
        attention=[(m, queries.concerns(m)[0]) for m in found.attention[:MOST_SHOWN]],
        divisions=divisions(),
        late=desk.late() if can(acting(), Action.CHALLENGE_DESK) else [],
    )
