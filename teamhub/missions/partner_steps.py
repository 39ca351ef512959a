"""Who follows a mission by an office they hold: found, attached, removed, and leaving it."""

from __future__ import annotations

from flask import flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, authorize
from teamhub.access.web import acting, found, on_object
from teamhub.core.forms import errors_on
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import _
from teamhub.missions import partnering, partners, queries
from teamhub.missions.forms import PartnerForm
from teamhub.missions.models import Mission
from teamhub.missions.views import bp


@bp.route("/missions/<int:mission_id>/partners", methods=["GET", "POST"])
@on_object(Action.PARTNER_MANAGE)
def manage_partners(mission_id: int) -> BaseResponse:
    authorize(acting(), Action.PARTNER_MANAGE, _mission(mission_id))
    form = PartnerForm()
    if form.validate_on_submit():
        with errors_on(form):
            partnering.attach(acting(), mission_id, form.person_id.data or 0, form.kind.data)
            flash(_("Lagt til. Personen får vite det, og følger oppdraget fra nå av."))
            return see_other(url_for(".manage_partners", mission_id=mission_id))
    text = request.values.get("q", "").strip()[:100]
    return render_page(
        "missions/partners.html",
        partials={"representatives": "missions/_representatives.html"},
        status=422 if form.errors else 200,
        mission=_mission(mission_id),
        form=form,
        text=text,
        partners=partners.partners_of(mission_id),
        candidates=partners.candidates(mission_id, text),
    )


@bp.post("/missions/<int:mission_id>/partners/<int:person_id>/remove")
@on_object(Action.PARTNER_MANAGE)
def remove_partner(mission_id: int, person_id: int) -> BaseResponse:
    authorize(acting(), Action.PARTNER_MANAGE, _mission(mission_id))
    partnering.remove(acting(), mission_id, person_id)
    flash(_("Tatt bort. Personen har fått vite det."))
    return see_other(url_for(".manage_partners", mission_id=mission_id))


@bp.post("/missions/<int:mission_id>/partners/leave")
@on_object(Action.PARTNER_LEAVE)
def leave_as_partner(mission_id: int) -> BaseResponse:
    authorize(acting(), Action.PARTNER_LEAVE, _mission(mission_id))
    partnering.leave(acting(), mission_id)
    flash(_("Du følger ikke oppdraget lenger. Lederen og eieren får vite det."))
    return see_other(url_for(".show_team", mission_id=mission_id))


def _mission(mission_id: int) -> Mission:
    return found(queries.get_mission(acting(), mission_id))
