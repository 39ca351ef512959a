"""Pages of webhooks: those of a mission, all of them, a new one, one, and changing it."""

from __future__ import annotations

from flask import Blueprint, Response, flash, url_for
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, authorize, can
from teamhub.access.web import acting, found, on_object, requires
from teamhub.core.errors import Conflict
from teamhub.core.forms import errors_on
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import _
from teamhub.missions import queries as missions
from teamhub.missions.models import Mission
from teamhub.webhooks import commands, names, queries
from teamhub.webhooks.forms import WebhookEditForm, WebhookForm
from teamhub.webhooks.models import Webhook
from teamhub.webhooks.signing import secret_of

bp = Blueprint("webhooks", __name__)


@bp.record_once
def _lend_words(setup: BlueprintSetupState) -> None:
    """Let templates, macros among them, say shapes and answers."""
    setup.app.jinja_env.globals.update(
        webhook_shapes=names.SHAPES,
        webhook_answer=names.answer,
        webhook_took_it=names.took_it,
        webhook_host=queries.host_of,
    )


@bp.get("/missions/<int:mission_id>/webhooks")
@on_object(Action.WEBHOOK_MANAGE)
def of_mission(mission_id: int) -> Response:
    mission = _mission(mission_id)
    return render_page("webhooks/index.html", mission=mission, webhooks=queries.of_mission(mission_id))


@bp.get("/admin/webhooks")
@requires(Action.WEBHOOK_MANAGE_ALL)
def of_all() -> Response:
    return render_page("webhooks/index.html", mission=None, webhooks=queries.everywhere())


@bp.route("/missions/<int:mission_id>/webhooks/new", methods=["GET", "POST"])
@on_object(Action.WEBHOOK_MANAGE)
def new(mission_id: int) -> BaseResponse:
    _mission(mission_id)
    return _new(mission_id)


@bp.route("/admin/webhooks/new", methods=["GET", "POST"])
@requires(Action.WEBHOOK_MANAGE_ALL)
def new_for_all() -> BaseResponse:
    return _new(None)


@bp.get("/webhooks/<int:webhook_id>")
@on_object(Action.WEBHOOK_MANAGE)
def show(webhook_id: int) -> Response:
    webhook = webhook_of(webhook_id)
    may_change = can(acting(), *queries.changing(webhook))
    return render_page(
        "webhooks/show.html",
        webhook=webhook,
        mission=_mission_of(webhook),
        may_change=may_change,
        secret=secret_of(webhook) if may_change else None,
    )


@bp.route("/webhooks/<int:webhook_id>/edit", methods=["GET", "POST"])
@on_object(Action.WEBHOOK_MANAGE)
def edit(webhook_id: int) -> BaseResponse:
    webhook = webhook_of(webhook_id)
    authorize(acting(), *queries.changing(webhook))
    form, theirs, code = WebhookEditForm(obj=webhook), None, 200
    form.of_mission(webhook.mission_id)
    if form.validate_on_submit():
        with errors_on(form):
            try:
                commands.change(acting(), webhook_id, form.written(), version=form.version.data or 0)
            except Conflict as conflict:
                form.rebase(conflict.current.version)
                theirs, code = conflict.current, 409
            else:
                flash(_("Webhooken er lagret."))
                return see_other(url_for(".show", webhook_id=webhook_id))
    webhook = webhook_of(webhook_id)  # a command has let go of what was read before it
    return _form_page(form, _mission_of(webhook), webhook, theirs=theirs, code=code)


def webhook_of(webhook_id: int) -> Webhook:
    """Return a webhook the reader may see, or answer 404."""
    return found(queries.get(acting(), webhook_id))


def _mission(mission_id: int) -> Mission:
    """Return a mission whose webhooks the reader may see and change."""
    mission = found(missions.get_mission(acting(), mission_id))
    authorize(acting(), Action.WEBHOOK_MANAGE, mission)
    return mission


def _mission_of(webhook: Webhook) -> Mission | None:
    return missions.get_mission(acting(), webhook.mission_id) if webhook.mission_id else None


def _new(mission_id: int | None) -> BaseResponse:
    form = WebhookForm().of_mission(mission_id)
    if form.validate_on_submit():
        with errors_on(form):
            webhook_id = commands.add(acting(), mission_id, form.written())
            flash(_("Webhooken er lagt til. Send en prøve, så ser du om den virker."))
            return see_other(url_for(".show", webhook_id=webhook_id))
    mission = missions.get_mission(acting(), mission_id) if mission_id else None
    return _form_page(form, mission, None)


def _form_page(
    form: WebhookForm,
    mission: Mission | None,
    webhook: Webhook | None,
    *,
    theirs: Webhook | None = None,
    code: int = 200,
) -> Response:
    return render_page(
        "webhooks/edit.html",
        status=422 if form.errors else code,
        form=form,
        mission=mission,
        webhook=webhook,
        theirs=theirs,
    )
