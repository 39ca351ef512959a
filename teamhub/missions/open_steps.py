"""Announced seats: the list of open ones, announcing, applying, and taking either back."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, authorize
from teamhub.access.web import acting, on_object, requires
from teamhub.core import clock
from teamhub.core.forms import errors_on, options
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import _
from teamhub.missions import announced, announcing, team
from teamhub.missions.models import Seat
from teamhub.missions.need_forms import AnnounceForm, ApplyForm
from teamhub.missions.states import USUAL_DAYS_ANNOUNCED
from teamhub.missions.steps import mission_or_404, place_or_404, seat_page
from teamhub.missions.views import bp


@bp.get("/missions/open")
@requires(Action.MISSION_VIEW)
def open_seats() -> BaseResponse:
    return render_page("missions/open.html", seats=announced.open_seats())


@bp.route("/missions/<int:mission_id>/seats/<int:seat_id>/announce", methods=["GET", "POST"])
@on_object(Action.MISSION_STAFF)
def announce(mission_id: int, seat_id: int) -> BaseResponse:
    mission, place = mission_or_404(mission_id), place_or_404(mission_id, seat_id)
    authorize(acting(), Action.MISSION_STAFF, mission)
    form = _announcement(place)
    if form.validate_on_submit():
        with errors_on(form):
            announcing.announce(
                acting(),
                seat_id,
                form.text.data,
                curator_id=form.curator_id.data,
                ends_on=form.ends_on.data,
            )
            flash(_("Plassen er lyst ut. Alle ansatte kan se den."))
            return see_other(url_for(".seat", mission_id=mission_id, seat_id=seat_id))
    if form.is_submitted():  # a command has let go of what was read before it
        mission, place = mission_or_404(mission_id), place_or_404(mission_id, seat_id)
    status = 422 if form.errors else 200
    return render_page("missions/announce.html", status=status, mission=mission, seat=place, form=form)


def _announcement(place: Seat) -> AnnounceForm:
    """The form as it stands announced, or as one usually begins."""
    said = place.announcement
    usual = clock.today() + timedelta(days=USUAL_DAYS_ANNOUNCED)
    begins = {"ends_on": usual, "curator_id": acting().id}
    form = AnnounceForm(obj=said) if said else AnnounceForm(data=begins)
    form.curator_id.choices = options(team.team_choices(place.mission_id))
    return form


@bp.post("/missions/<int:mission_id>/seats/<int:seat_id>/announce/remove")
@on_object(Action.MISSION_STAFF)
def take_down(mission_id: int, seat_id: int) -> BaseResponse:
    place_or_404(mission_id, seat_id)
    announcing.take_down(acting(), seat_id)
    flash(_("Plassen er ikke lenger lyst ut."))
    return see_other(url_for(".seat", mission_id=mission_id, seat_id=seat_id))


@bp.post("/missions/<int:mission_id>/seats/<int:seat_id>/apply")
@on_object(Action.SEAT_APPLY)
def apply(mission_id: int, seat_id: int) -> BaseResponse:
    authorize(acting(), Action.SEAT_APPLY, place_or_404(mission_id, seat_id))
    form = ApplyForm()
    if form.validate():
        with errors_on(form):
            announcing.apply(acting(), seat_id, form.message.data or "")
            flash(_("Takk! Oppdragslederen har fått meldingen din."))
            return see_other(url_for(".seat", mission_id=mission_id, seat_id=seat_id))
    return seat_page(mission_id, seat_id, 422, apply_form=form)


@bp.post("/missions/<int:mission_id>/seats/<int:seat_id>/apply/withdraw")
@on_object(Action.SEAT_APPLY)
def withdraw_application(mission_id: int, seat_id: int) -> BaseResponse:
    authorize(acting(), Action.SEAT_APPLY, place_or_404(mission_id, seat_id))
    announcing.withdraw(acting(), seat_id)
    flash(_("Du har trukket deg. Ingen får vite hvorfor."))
    return see_other(url_for(".seat", mission_id=mission_id, seat_id=seat_id))
