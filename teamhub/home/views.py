"""«I dag», help, privacy, and the list of what admins do."""

from __future__ import annotations

from flask import Blueprint, Response

from teamhub.access.policy import Action
from teamhub.access.web import acting, public, requires
from teamhub.calls import queries as calls
from teamhub.core import clock
from teamhub.core.htmx import render_page
from teamhub.core.i18n import _
from teamhub.home import queries
from teamhub.notifications import inbox, summary

bp = Blueprint("home", __name__)

MOST_NEWS = 3


@bp.get("/")
@requires(Action.ACCOUNT_SIGN_IN)
def today() -> Response:
    return render_page(
        "home/today.html",
        greeting=_greeting(),
        day=queries.day(acting()),
        week=queries.week(),
        calls=calls.open_to(acting()),
        news=inbox.news(acting(), MOST_NEWS),
        when=summary.when,
        week_number=clock.today().isocalendar().week,
    )


def _greeting() -> str:
    hour = clock.local(clock.now()).hour
    if hour < 5 or hour >= 18:
        return _("God kveld")
    return _("God morgen") if hour < 11 else _("Hei")


@bp.get("/admin")
@requires(Action.JOB_MANAGE)
def admin() -> Response:
    return render_page("admin/index.html")


@bp.get("/help")
@public
def help() -> Response:  # noqa: A001 - the page's own name
    return render_page("home/help.html")


@bp.get("/privacy")
@public
def privacy() -> Response:
    return render_page("home/privacy.html")
