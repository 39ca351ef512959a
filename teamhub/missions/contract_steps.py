"""Other terms for a seat, proposed and answered: the pages and steps of a time contract."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, authorize
from teamhub.access.web import acting, found, on_object
from teamhub.competence.queries import my_skills
from teamhub.core.forms import errors_on, options
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import _
from teamhub.missions import changing, contracts, countering, done, finishing, team
from teamhub.missions.forms import ChangeForm, CounterForm, DoneForm, EvidenceForm, WordForm
from teamhub.missions.models import Invitation, Seat
from teamhub.missions.steps import mission_or_404, place_or_404, seat_page, told
from teamhub.missions.views import bp


@bp.route("/my/requests/<int:invitation_id>/counter", methods=["GET", "POST"])
@on_object(Action.INVITATION_COUNTER)
def counter(invitation_id: int) -> BaseResponse:
    asked = _asked(invitation_id)
    form = CounterForm(obj=asked.seat)
    if form.validate_on_submit():
        with errors_on(form):
            countering.counter(acting(), invitation_id, form.terms(), reason=form.reason.data or "")
            flash(_("Forslaget er sendt til oppdragslederen."))
            return see_other(url_for(".requests"))
    if form.is_submitted():  # a command has let go of what was read before it
        asked = _asked(invitation_id)
    return render_page(
        "missions/counter.html",
        status=422 if form.errors else 200,
        asked=asked,
        has=team.agreed_shares([asked.person_id], asked.seat.starts_on, asked.seat.ends_on),
        form=form,
    )


@bp.post("/seat-offers/<int:offer_id>/answer")
@on_object(Action.MISSION_STAFF)
def answer_offer(offer_id: int) -> BaseResponse:
    return _answer(offer_id, Action.MISSION_STAFF, countering.answer_counter)


@bp.post("/seat-offers/<int:offer_id>/agree")
@on_object(Action.SEAT_CHANGE)
def answer_change(offer_id: int) -> BaseResponse:
    return _answer(offer_id, Action.SEAT_CHANGE, changing.answer_change)


def _answer(offer_id: int, action: Action, answer: Callable[..., None]) -> BaseResponse:
    """Take a yes or a no; anything but a clear yes is a no, and a no needs its reason."""
    offer = found(contracts.offer(acting(), offer_id))
    authorize(acting(), action, offer)
    mission_id, seat_id = offer.mission_id, offer.seat_id
    form, accept = WordForm(), request.form.get("accept") == "yes"
    if form.validate_on_submit():
        with errors_on(form):
            answer(acting(), offer_id, accept=accept, answer=form.answer.data or "")
            flash(_("Takk. Alle det gjelder, får beskjed."))
            return see_other(url_for(".seat", mission_id=mission_id, seat_id=seat_id))
    return seat_page(mission_id, seat_id, 422, word=form)


@bp.post("/seat-offers/<int:offer_id>/withdraw")
@on_object(Action.SEAT_WITHDRAW_CHANGE)
def withdraw_change(offer_id: int) -> BaseResponse:
    offer = found(contracts.offer(acting(), offer_id))
    authorize(acting(), Action.SEAT_WITHDRAW_CHANGE, offer)
    back = url_for(".seat", mission_id=offer.mission_id, seat_id=offer.seat_id)
    done = _("Forslaget er trukket. Det som er avtalt, står.")
    return told(lambda: changing.withdraw_change(acting(), offer_id), done, back)


@bp.route("/missions/<int:mission_id>/seats/<int:seat_id>/change", methods=["GET", "POST"])
@on_object(Action.SEAT_CHANGE)
def change(mission_id: int, seat_id: int) -> BaseResponse:
    mission, place = mission_or_404(mission_id), _agreed(mission_id, seat_id)
    form = ChangeForm(obj=place)
    if form.validate_on_submit():
        with errors_on(form):
            changing.propose(acting(), seat_id, form.terms(), reason=form.reason.data or "")
            flash(_("Forslaget er sendt. Det gjelder når alle har sagt ja."))
            return see_other(url_for(".seat", mission_id=mission_id, seat_id=seat_id))
    if form.is_submitted():  # a command has let go of what was read before it
        mission, place = mission_or_404(mission_id), _agreed(mission_id, seat_id)
    status = 422 if form.errors else 200
    return render_page("missions/change.html", status=status, mission=mission, seat=place, form=form)


def _agreed(mission_id: int, seat_id: int) -> Seat:
    place = place_or_404(mission_id, seat_id)
    authorize(acting(), Action.SEAT_CHANGE, found(contracts.held(place)))
    return place


@bp.post("/missions/<int:mission_id>/seats/<int:seat_id>/done")
@on_object(Action.MISSION_STAFF)
def finish(mission_id: int, seat_id: int) -> BaseResponse:
    authorize(acting(), Action.MISSION_STAFF, mission_or_404(mission_id))
    place_or_404(mission_id, seat_id)
    form = DoneForm()
    if form.validate_on_submit():
        with errors_on(form):
            finishing.finish(acting(), seat_id, form.text.data or "")
            flash(_("Takk. Personen får lese det du skrev."))
            return see_other(url_for(".seat", mission_id=mission_id, seat_id=seat_id))
    return seat_page(mission_id, seat_id, 422, done=form)


@bp.route("/my/seats/<int:seat_id>/evidence", methods=["GET", "POST"])
@on_object(Action.COMPETENCE_MANAGE)
def take_along(seat_id: int) -> BaseResponse:
    seat = found(done.my_seat(acting(), seat_id))
    skills = my_skills(acting())
    form = EvidenceForm(obj=seat)
    form.skill_id.choices = options([("", _("Velg ferdighet")), *((s.skill_id, s.name) for s in skills)])
    if form.validate_on_submit():
        with errors_on(form):
            finishing.take_along(acting(), seat_id, form.skill_id.data, form.text.data or "")
            flash(_("Det står i kompetansen din nå."))
            return see_other(url_for("competence.mine", _anchor="work"))
    return render_page(
        "missions/take_along.html",
        status=422 if form.errors else 200,
        seat=seat,
        skills=skills,
        form=form,
    )


@bp.post("/my/evidence/<int:evidence_id>/remove")
@on_object(Action.COMPETENCE_MANAGE)
def leave_behind(evidence_id: int) -> BaseResponse:
    finishing.leave_behind(acting(), found(done.evidence(acting(), evidence_id)).id)
    flash(_("Det er tatt bort."))
    return see_other(url_for("competence.mine", _anchor="work"))


def _asked(invitation_id: int) -> Invitation:
    asked = found(contracts.invitation(acting(), invitation_id))
    authorize(acting(), Action.INVITATION_COUNTER, asked)
    return asked
