"""The jobs page in /admin: how the queue stands, and what to do with jobs that have stopped."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for

from teamhub.access.policy import Action
from teamhub.access.web import acting, found, requires
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import _, _n
from teamhub.jobs import commands, names, queries

bp = Blueprint("jobs", __name__, url_prefix="/admin/jobs")


@bp.get("")
@requires(Action.JOB_MANAGE)
def index() -> Response:
    return render_page(
        "admin/jobs.html",
        figures=queries.figures(),
        failures=queries.failures(),
        lasting=names.lasting,
        why=names.why,
    )


@bp.post("/<int:job_id>/retry")
@requires(Action.JOB_MANAGE)
def retry(job_id: int) -> Response:
    found(queries.is_there(job_id) or None)
    commands.retry(acting(), job_id)
    flash(_("Jobben prøves igjen nå."))
    return see_other(url_for(".index"))


@bp.post("/retry")
@requires(Action.JOB_MANAGE)
def retry_all() -> Response:
    count = commands.retry_all(acting())
    flash(_n("Én jobb prøves igjen nå.", "%(num)d jobber prøves igjen nå.", count))
    return see_other(url_for(".index"))


@bp.post("/<int:job_id>/discard")
@requires(Action.JOB_MANAGE)
def discard(job_id: int) -> Response:
    found(queries.is_there(job_id) or None)
    commands.discard(acting(), job_id)
    flash(_("Jobben er forkastet."))
    return see_other(url_for(".index"))
