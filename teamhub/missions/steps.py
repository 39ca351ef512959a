"""Team pages and the time contract: seats, invitations, and the desk of whoever is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, authorize, can
from teamhub.access.web import acting, found, on_object, requires
from teamhub.core import clock
from teamhub.core.errors import Conflict, DomainError, Forbidden
from teamhub.core.forms import Form, errors_on
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import _
from teamhub.core.redirects import safe_path
from teamhub.missions import (
    agreements,
    announced,
    contracts,
    desk,
    needs,
    partners,
    queries,
    staffing,
    starting,
    team,
)
from teamhub.missions.forms import DoneForm, InviteForm, WordForm, YesNoForm
from teamhub.missions.models import Mission, Seat
from teamhub.missions.need_forms import ApplyForm, SeatEditForm, SeatForm
from teamhub.missions.starters import STARTERS
from teamhub.missions.states import SeatState
from teamhub.missions.views import bp
from teamhub.people.queries import divisions

SEAT_DAYS = 90
"""How long a new seat lasts when the mission has no end of its own."""


@bp.get("/missions/<int:mission_id>/team")
@on_object(Action.MISSION_VIEW)
def show_team(mission_id: int) -> BaseResponse:
    return _team_page(mission_or_404(mission_id))


@bp.post("/missions/<int:mission_id>/seats")
@on_object(Action.MISSION_STAFF)
def add_seat(mission_id: int) -> BaseResponse:
    authorize(acting(), Action.MISSION_STAFF, mission_or_404(mission_id))
    form = SeatForm()
    if form.is_finding():
        return _team_page(mission_or_404(mission_id), form)
    if form.validate_on_submit():
        with errors_on(form):
            number = form.number.data or 1
            seat_id = staffing.add_seat(acting(), mission_id, form.need(), number=number)
            if number > 1:
                flash(_("%(number)s like plasser er lagt til.", number=number))
                return see_other(url_for(".show_team", mission_id=mission_id))
            flash(_("Plassen er lagt til. Hvem passer?"))
            return see_other(url_for(".seat", mission_id=mission_id, seat_id=seat_id))
    return _team_page(mission_or_404(mission_id), form, 422)


@bp.post("/missions/<int:mission_id>/seats/starter")
@on_object(Action.MISSION_STAFF)
def start_team(mission_id: int) -> BaseResponse:
    mission_or_404(mission_id)
    back, code = url_for(".show_team", mission_id=mission_id), request.form.get("starter", "")
    done = _("Plassene er lagt til. Endre dem, eller ta bort dem dere ikke trenger.")
    return told(lambda: starting.start_team(acting(), mission_id, code), done, back)


@bp.get("/missions/<int:mission_id>/seats/<int:seat_id>")
@on_object(Action.MISSION_VIEW)
def seat(mission_id: int, seat_id: int) -> BaseResponse:
    return seat_page(mission_id, seat_id)


@bp.route("/missions/<int:mission_id>/seats/<int:seat_id>/edit", methods=["GET", "POST"])
@on_object(Action.MISSION_STAFF)
def edit_seat(mission_id: int, seat_id: int) -> BaseResponse:
    mission, place = mission_or_404(mission_id), place_or_404(mission_id, seat_id)
    authorize(acting(), Action.MISSION_STAFF, mission)
    form, theirs, code = SeatEditForm(obj=place), None, 200
    if not form.is_finding() and form.validate_on_submit():
        with errors_on(form):
            try:
                staffing.edit_seat(acting(), seat_id, form.need(), version=form.version.data or 0)
            except Conflict as conflict:
                form.rebase(conflict.current.version)
                theirs, code = conflict.current, 409
            else:
                flash(_("Plassen er endret."))
                return see_other(url_for(".seat", mission_id=mission_id, seat_id=seat_id))
    if form.is_submitted():  # a command has let go of what was read before it
        mission, place = mission_or_404(mission_id), place_or_404(mission_id, seat_id)
    return render_page(
        "missions/seat_edit.html",
        status=422 if form.errors else code,
        mission=mission,
        seat=place,
        form=form,
        theirs=theirs,
    )


@bp.post("/missions/<int:mission_id>/seats/<int:seat_id>/remove")
@on_object(Action.MISSION_STAFF)
def remove_seat(mission_id: int, seat_id: int) -> BaseResponse:
    place_or_404(mission_id, seat_id)
    back = url_for(".show_team", mission_id=mission_id)
    return told(lambda: staffing.remove_seat(acting(), seat_id), _("Plassen er tatt bort."), back)


@bp.post("/missions/<int:mission_id>/seats/<int:seat_id>/invite")
@on_object(Action.MISSION_STAFF)
def invite(mission_id: int, seat_id: int) -> BaseResponse:
    authorize(acting(), Action.MISSION_STAFF, mission_or_404(mission_id))
    place_or_404(mission_id, seat_id)
    form = InviteForm()
    if form.validate_on_submit():
        with errors_on(form):
            staffing.invite(acting(), seat_id, form.person_id.data, message=form.message.data or "")
            flash(_("Invitasjonen er sendt, til personen og til nærmeste leder."))
            return see_other(url_for(".show_team", mission_id=mission_id))
    return seat_page(mission_id, seat_id, 422, form=form)


@bp.post("/missions/<int:mission_id>/seats/<int:seat_id>/withdraw")
@on_object(Action.MISSION_STAFF)
def withdraw(mission_id: int, seat_id: int) -> BaseResponse:
    place_or_404(mission_id, seat_id)
    back = url_for(".seat", mission_id=mission_id, seat_id=seat_id)
    version = request.form.get("version", type=int)
    return told(
        lambda: staffing.withdraw(acting(), seat_id, version=version), _("Plassen er ledig igjen."), back
    )


@bp.get("/my/requests")
@requires(Action.REQUESTS_VIEW)
def requests() -> BaseResponse:
    return _requests_page(None, YesNoForm(formdata=None))


@bp.post("/my/requests/<int:invitation_id>/answer")
@on_object(Action.INVITATION_ANSWER)
def answer_invitation(invitation_id: int) -> BaseResponse:
    return _answer(invitation_id, Action.INVITATION_ANSWER, staffing.answer_invitation)


@bp.post("/my/requests/<int:invitation_id>/release")
@on_object(Action.INVITATION_RELEASE)
def answer_release(invitation_id: int) -> BaseResponse:
    return _answer(invitation_id, Action.INVITATION_RELEASE, staffing.answer_release)


def _answer(invitation_id: int, action: Action, answer: Callable[..., bool]) -> BaseResponse:
    """Take a yes or a no; anything but a clear yes is a no, and a no needs its reason."""
    authorize(acting(), action, found(team.get_invitation(acting(), invitation_id)))
    form, accept = YesNoForm(), request.form.get("accept") == "yes"
    if form.validate_on_submit():
        with errors_on(form):
            if not answer(acting(), invitation_id, accept=accept, reason=form.reason.data or ""):
                flash(
                    _("Tiden ble nettopp avtalt i et annet oppdrag. Oppdragslederen har fått beskjed."),
                    "stop",
                )
            else:
                flash(_("Takk, svaret er sendt.") if accept else _("Svaret er sendt, med grunnen du skrev."))
            return see_other(safe_path(request.form.get("next"), url_for(".requests")))
    return _requests_page(invitation_id, form, 422)


def _requests_page(answered: int | None, form: YesNoForm, status: int = 200) -> Response:
    return render_page(
        "missions/requests.html",
        status=status,
        desk=desk.desk(acting()),
        applications=announced.my_applications(acting()),
        form=form,
        answered=answered,
    )


def _team_page(mission: Mission, form: SeatForm | None = None, status: int = 200) -> Response:
    seats, may = team.seats_in_talks(mission.id), can(acting(), Action.MISSION_STAFF, mission)
    form = form or (_empty_seat(mission) if may else None)
    return render_page(
        "missions/team.html",
        status=status,
        mission=mission,
        seats=seats,
        invitations={seat.id: seat.invitations for seat in seats if seat.invitations},
        offers={seat.id: seat.waiting_offers[0] for seat in seats if may and seat.waiting_offers},
        areas=team.areas_of(mission, seats),
        standing=agreements.standing(acting(), mission),
        partners=partners.partners_of(mission.id),
        needs=needs.needs_from(seats),
        divisions=form.areas if form else divisions(),
        starters=STARTERS,
        form=form,
    )


def seat_page(mission_id: int, seat_id: int, status: int = 200, **forms: Form) -> Response:
    """Render a seat's page, with ``forms`` in the place of those that stand there empty."""
    mission, seats = mission_or_404(mission_id), team.seats(mission_id, in_full=True)
    place = found(next((s for s in seats if s.id == seat_id), None))
    text = request.values.get("q", "").strip()[:100]
    agreed = contracts.held(place)
    sides = contracts.sides_of(acting(), agreed) if agreed else frozenset()
    leads = can(acting(), Action.MISSION_STAFF, mission)
    standing: dict[str, Form] = {
        "form": InviteForm(formdata=None),
        "word": WordForm(formdata=None),
        "done": DoneForm(formdata=None),
        "apply_form": ApplyForm(formdata=None),
    }
    return render_page(
        "missions/seat.html",
        status=status,
        partials={"candidates": "missions/_candidates.html"},
        mission=mission,
        seat=place,
        needs=needs.needs_from([place]),
        text=text,
        candidates=team.candidates(place, seats, text) if leads and place.person_id is None else [],
        applications=announced.applications(place) if leads and place.person_id is None else [],
        application=None if leads else announced.my_application(acting(), seat_id),
        is_announced=announced.is_open_to_all(place, mission),
        sides=sides,
        offers=contracts.proposed_for(seat_id, all_of_them=leads)
        if sides or (leads and place.person_id)
        else [],
        is_over=place.state == SeatState.ACTIVE and place.ends_on <= clock.today(),
        areas=team.areas_of(mission, seats),
        divisions=divisions(),
        **(standing | forms),
    )


def _empty_seat(mission: Mission) -> SeatForm:
    today = clock.today()
    starts = max(mission.starts_on or today, today)
    ends = mission.ends_on if mission.ends_on and mission.ends_on > starts else starts + timedelta(SEAT_DAYS)
    return SeatForm(formdata=None, starts_on=starts, ends_on=ends, share=20)


def mission_or_404(mission_id: int) -> Mission:
    """Return a mission the actor may see."""
    return found(queries.get_mission(acting(), mission_id))


def place_or_404(mission_id: int, seat_id: int) -> Seat:
    """Return a seat of a mission."""
    return found(next((s for s in team.seats(mission_id, in_full=True) if s.id == seat_id), None))


def told(change: Callable[[], object], done: str, back: str) -> BaseResponse:
    """Carry out a change that has no form, tell how it went, and go back."""
    try:
        change()
        flash(done)
    except Forbidden:
        raise
    except DomainError as error:
        flash(str(error), "stop")
    return see_other(back)
