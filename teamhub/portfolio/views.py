"""Being written."""

from flask import Blueprint, Response

from teamhub.access.policy import Action
from teamhub.access.web import requires
from teamhub.core.htmx import render_page

bp = Blueprint("portfolio", __name__)


@bp.get("/portfolio")
@requires(Action.CHALLENGE_LIST)
def index() -> Response:
    return render_page("home/today.html")
