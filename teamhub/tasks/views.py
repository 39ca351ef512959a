"""Being written."""

from flask import Blueprint, Response

from teamhub.access.policy import Action
from teamhub.access.web import requires
from teamhub.core.htmx import render_page
from teamhub.tasks import models  # noqa: F401

bp = Blueprint("tasks", __name__)


@bp.get("/my/tasks")
@requires(Action.CHALLENGE_LIST)
def mine() -> Response:
    return render_page("home/today.html")
