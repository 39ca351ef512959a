"""The page of a team's agreement: read it, write it, stand by it."""

from __future__ import annotations

from flask import flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, authorize, can
from teamhub.access.web import acting, found, on_object
from teamhub.core.errors import Conflict, DomainError, Forbidden
from teamhub.core.forms import errors_on
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import _
from teamhub.missions import agreeing, agreements, queries
from teamhub.missions.accord import TeamAgreement
from teamhub.missions.forms import AgreementForm
from teamhub.missions.models import Mission
from teamhub.missions.views import bp


@bp.get("/missions/<int:mission_id>/agreement")
@on_object(Action.AGREEMENT_VIEW)
def show_agreement(mission_id: int) -> BaseResponse:
    mission = _mission(mission_id)
    return render_page(
        "missions/agreement.html",
        mission=mission,
        agreement=agreements.get_agreement(acting(), mission),
        standing=agreements.standing(acting(), mission),
    )


@bp.route("/missions/<int:mission_id>/agreement/edit", methods=["GET", "POST"])
@on_object(Action.AGREEMENT_WRITE)
def edit_agreement(mission_id: int) -> BaseResponse:
    mission = _mission(mission_id)
    authorize(acting(), Action.AGREEMENT_WRITE, mission)
    form, theirs, code = _form(mission), None, 200
    if form.validate_on_submit():
        with errors_on(form):
            try:
                agreeing.write(acting(), mission_id, form.wording(), version=form.version.data or 0)
            except Conflict as conflict:
                form.rebase(conflict.current.version)
                theirs, code = conflict.current, 409
            else:
                flash(_("Lagreglene er lagret. Alle på teamet får vite om dem."))
                return see_other(url_for(".show_agreement", mission_id=mission_id))
    if form.is_submitted():  # a command has let go of what was read before it
        mission = _mission(mission_id)
    status = 422 if form.errors else code
    return render_page(
        "missions/agreement_edit.html", status=status, mission=mission, form=form, theirs=theirs
    )


@bp.post("/missions/<int:mission_id>/agreement/accept")
@on_object(Action.AGREEMENT_ACCEPT)
def accept_agreement(mission_id: int) -> BaseResponse:
    """Stand by the words one has read: ``wording`` tells which."""
    authorize(acting(), Action.AGREEMENT_ACCEPT, _mission(mission_id))
    try:
        agreeing.accept(acting(), mission_id, version=request.form.get("wording", type=int))
        flash(_("Takk. Teamet ser at du er med."))
    except Forbidden:
        raise
    except DomainError as error:
        flash(str(error), "stop")
    return see_other(url_for(".show_agreement", mission_id=mission_id))


def _mission(mission_id: int) -> Mission:
    mission = found(queries.get_mission(acting(), mission_id))
    return found(mission if can(acting(), Action.AGREEMENT_VIEW, mission) else None)


def _form(mission: Mission) -> AgreementForm:
    agreement: TeamAgreement | None = agreements.get_agreement(acting(), mission)
    return AgreementForm(obj=agreement, version=agreement.version if agreement else 0)
