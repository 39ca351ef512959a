"""Calls: the list, one call with what was answered, and what the office does with it."""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, authorize
from teamhub.access.web import acting, found, on_object, requires
from teamhub.calls import commands, queries
from teamhub.calls.forms import CallEditForm, CallForm, ReportForm
from teamhub.calls.models import Call
from teamhub.calls.states import Stage
from teamhub.core.errors import Conflict
from teamhub.core.forms import errors_on
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import _
from teamhub.core.paging import page_number

bp = Blueprint("calls", __name__)


@bp.record_once
def _lend_words(setup: BlueprintSetupState) -> None:
    """Let templates name where a call stands."""
    setup.app.jinja_env.globals.update(Stage=Stage, stage_of=queries.stage_of)


@bp.get("/calls")
@requires(Action.CALL_LIST)
def index() -> Response:
    calls = queries.listed(acting())
    now = [call for call in calls if call.stage in {Stage.OPEN, Stage.PLANNED}]
    return render_page("calls/index.html", now=now, ended=[call for call in calls if call not in now])


@bp.route("/calls/new", methods=["GET", "POST"])
@requires(Action.CALL_MANAGE)
def new() -> BaseResponse:
    form = CallForm()
    if form.validate_on_submit():
        with errors_on(form):
            call_id = commands.make(acting(), form.asked())
            flash(_("Spørsmålet er stilt. De det gjelder, får beskjed den dagen det åpner."))
            return see_other(url_for(".show", call_id=call_id))
    return render_page("calls/new.html", status=422 if form.errors else 200, form=form)


@bp.get("/calls/<int:call_id>")
@on_object(Action.CALL_VIEW)
def show(call_id: int) -> Response:
    return _page(found(queries.get(acting(), call_id)))


def _page(call: Call, status: int = 200, form: ReportForm | None = None) -> Response:
    return render_page(
        "calls/show.html",
        status=status,
        call=call,
        stage=queries.stage_of(call),
        units=queries.unit_names([call.id])[call.id],
        found=queries.answers(call.id, page_number(request.args)),
        form=form or ReportForm(formdata=None),
    )


@bp.route("/calls/<int:call_id>/edit", methods=["GET", "POST"])
@on_object(Action.CALL_MANAGE)
def edit(call_id: int) -> BaseResponse:
    call = found(queries.get(acting(), call_id))
    authorize(acting(), Action.CALL_MANAGE)
    if request.method == "GET":
        return _edit_page(call_id, CallEditForm.of(call, queries.unit_ids(call_id)), 200)
    form = CallEditForm()
    if form.validate():
        with errors_on(form):
            try:
                commands.edit(acting(), call_id, form.asked(), version=form.version.data or 0)
                flash(_("Spørsmålet er endret."))
                return see_other(url_for(".show", call_id=call_id))
            except Conflict as conflict:
                form.rebase(conflict.current.version)
                return _edit_page(call_id, form, 409, theirs=conflict.current)
    return _edit_page(call_id, form, 422)


def _edit_page(call_id: int, form: CallEditForm, status: int, theirs: Call | None = None) -> Response:
    call = found(queries.get(acting(), call_id))
    return render_page("calls/edit.html", status=status, call=call, form=form, theirs=theirs)


@bp.post("/calls/<int:call_id>/close")
@on_object(Action.CALL_MANAGE)
def close(call_id: int) -> BaseResponse:
    found(queries.get(acting(), call_id))
    commands.close(acting(), call_id)
    flash(_("Spørsmålet er avsluttet. Nå kan dere fortelle hva dere hørte."))
    return see_other(url_for(".show", call_id=call_id))


@bp.post("/calls/<int:call_id>/report")
@on_object(Action.CALL_MANAGE)
def report(call_id: int) -> BaseResponse:
    found(queries.get(acting(), call_id))
    authorize(acting(), Action.CALL_MANAGE)
    form = ReportForm()
    if form.validate():
        with errors_on(form):
            commands.report(acting(), call_id, form.report.data or "")
            flash(_("Svaret er sendt til alle som var med."))
            return see_other(url_for(".show", call_id=call_id))
    return _page(found(queries.get(acting(), call_id)), 422, form)
