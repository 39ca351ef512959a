"""Today, help and privacy."""

from flask import Blueprint, Response

from teamhub.access.policy import Action
from teamhub.access.web import public, requires
from teamhub.core.htmx import render_page

bp = Blueprint("home", __name__)


@bp.get("/")
@requires(Action.CHALLENGE_LIST)
def today() -> Response:
    return render_page("home/today.html")


@bp.get("/help")
@public
def help() -> Response:  # noqa: A001 - the address is the contract's
    return render_page("home/help.html")


@bp.get("/privacy")
@public
def privacy() -> Response:
    return render_page("home/privacy.html")
