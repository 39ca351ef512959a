"""«Foreslå team»: proposals, one team adjusted by hand, keeping and asking it, and the board's bounds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, authorize, can
from teamhub.access.web import acting, found, on_object, requires
from teamhub.competence.names import LEVELS
from teamhub.core.forms import errors_on
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import _, _n
from teamhub.core.paging import id_in
from teamhub.missions import queries, team
from teamhub.missions.composer.needs import TERMS
from teamhub.missions.composing import answers, commands, words
from teamhub.missions.composing.forms import BoundsForm, InviteTeamForm, KeepForm
from teamhub.missions.composing.gather import Gathered, gather
from teamhub.missions.composing.queries import bounds
from teamhub.missions.composing.queries import drafts as kept_drafts
from teamhub.missions.composing.wishes import Wishes, parse
from teamhub.missions.models import Mission, Seat
from teamhub.missions.views import bp
from teamhub.people.queries import divisions


@bp.get("/missions/<int:mission_id>/team/suggest")
@on_object(Action.MISSION_STAFF)
def suggest(mission_id: int) -> Response:
    mission = _staffed(mission_id)
    limits = bounds()
    wishes = replace(parse(request.args, limits), placed={})
    seats = team.seats(mission_id, in_full=True)
    gathered = gather(mission, seats, wishes)
    answer = answers.propose(gathered) if gathered else None
    compared = [t for t in answer.teams if t.letter in wishes.compared] if answer else []
    return render_page(
        "missions/suggest.html",
        partials={"proposed": "missions/_proposed.html"},
        answer=answer,
        compared=compared if len(compared) == 2 else (answer.teams[:2] if answer else []),
        limits=limits,
        **_shown(mission, seats, gathered, wishes),
    )


@bp.get("/missions/<int:mission_id>/team/draft")
@on_object(Action.MISSION_STAFF)
def draft(mission_id: int) -> Response:
    return _draft_page(_staffed(mission_id), _asked(), KeepForm(formdata=None), InviteTeamForm(formdata=None))


@bp.get("/missions/<int:mission_id>/team/drafts")
@on_object(Action.MISSION_STAFF)
def drafts(mission_id: int) -> Response:
    mission = _staffed(mission_id)
    return render_page("missions/drafts.html", mission=mission, drafts=kept_drafts(mission_id))


@bp.post("/missions/<int:mission_id>/team/drafts")
@on_object(Action.MISSION_STAFF)
def keep_draft(mission_id: int) -> BaseResponse:
    mission, wishes, form = _staffed(mission_id), _asked(), KeepForm()
    if form.validate_on_submit():
        with errors_on(form):
            commands.keep(acting(), mission_id, form.name.data or "", wishes.placed)
            flash(_("Forslaget er lagret. Ingen i det er spurt."))
            return see_other(url_for(".drafts", mission_id=mission_id))
    return _draft_page(mission, wishes, form, InviteTeamForm(formdata=None), 422)


@bp.post("/missions/<int:mission_id>/team/drafts/<int:draft_id>/remove")
@on_object(Action.MISSION_STAFF)
def drop_draft(mission_id: int, draft_id: int) -> BaseResponse:
    _staffed(mission_id)
    commands.drop(acting(), mission_id, draft_id)
    flash(_("Forslaget er slettet."))
    return see_other(url_for(".drafts", mission_id=mission_id))


@bp.post("/missions/<int:mission_id>/team/invite")
@on_object(Action.MISSION_STAFF)
def invite_team(mission_id: int) -> BaseResponse:
    mission, wishes, form = _staffed(mission_id), _asked(), InviteTeamForm()
    if form.validate_on_submit():
        with errors_on(form):
            many = commands.invite_all(acting(), mission_id, wishes.placed, message=form.message.data or "")
            told = _n("Én er spurt, og lederen.", "%(num)s er spurt, og lederne deres.", many)
            flash(told)
            return see_other(url_for(".show_team", mission_id=mission_id))
    return _draft_page(mission, wishes, KeepForm(formdata=None), form, 422)


@bp.route("/missions/weights", methods=["GET", "POST"])
@requires(Action.PORTFOLIO_VIEW)
def weights() -> BaseResponse:
    if request.method == "POST":
        authorize(acting(), Action.WEIGHTS_BIND)
    now = bounds()
    form = BoundsForm(data=BoundsForm.values(now))
    if form.validate_on_submit():
        with errors_on(form):
            commands.bind_weights(acting(), form.limits())
            flash(_("Grensene er lagret. De gjelder neste gang noen foreslår et team."))
            return see_other(url_for(".weights"))
    return render_page(
        "missions/weights.html",
        status=422 if form.errors else 200,
        form=form,
        limits=now,
        terms=words.TERMS,
        may=can(acting(), Action.WEIGHTS_BIND),
    )


def _draft_page(
    mission: Mission, wishes: Wishes, keep: KeepForm, invite: InviteTeamForm, status: int = 200
) -> Response:
    seats = team.seats(mission.id, in_full=True)
    gathered = gather(mission, seats, wishes)
    seat = id_in(request.values.get("seat", ""))
    return render_page(
        "missions/draft.html",
        status=status,
        by_hand=answers.by_hand(gathered, wishes.placed, seat) if gathered else None,
        looked_at=seat,
        keep=keep,
        invite=invite,
        **_shown(mission, seats, gathered, wishes),
    )


def _shown(mission: Mission, seats: list[Seat], gathered: Gathered | None, wishes: Wishes) -> dict[str, Any]:
    areas = divisions()
    people = gathered.people if gathered else {}
    return {
        "mission": mission,
        "seats": {seat.id: seat for seat in seats},
        "gathered": gathered,
        "people": people,
        "wishes": wishes,
        "divisions": areas,
        "words": words,
        "names": words.names_of(seats, gathered),
        "terms": TERMS,
        "levels": LEVELS,
    }


def _asked() -> Wishes:
    """Return the team an address or a form tells of; locks are for proposals."""
    return replace(parse(request.values, bounds()), locked={}, compared=())


def _staffed(mission_id: int) -> Mission:
    mission = found(queries.get_mission(acting(), mission_id))
    authorize(acting(), Action.MISSION_STAFF, mission)
    return mission
