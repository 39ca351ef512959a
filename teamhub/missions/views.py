"""Pages of missions: the list, a new one, one mission, its charter and its status reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, authorize, can
from teamhub.access.web import acting, found, on_object, requires
from teamhub.audit.queries import activity
from teamhub.challenges.models import Challenge
from teamhub.challenges.queries import get as get_challenge
from teamhub.competence.names import LEVELS, WORK_LANGUAGES
from teamhub.core.errors import Conflict
from teamhub.core.forms import errors_on
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import _
from teamhub.missions import commands, explore, names, queries, team
from teamhub.missions.announcement_events import UNTOLD
from teamhub.missions.forms import MissionEditForm, MissionForm, StatusForm
from teamhub.missions.models import Mission
from teamhub.missions.states import AXES, GOING_ON, SPAN_REQUIRED
from teamhub.people.queries import PersonRow, divisions, person_choices, search_people

bp = Blueprint("missions", __name__)


@bp.record_once
def _lend_words(setup: BlueprintSetupState) -> None:
    """Let templates, macros among them, name phases, lights and seats."""
    setup.app.jinja_env.globals.update(
        phases=names.PHASES,
        phase_questions=names.QUESTIONS,
        phase_gates=names.GATES,
        mission_statuses=names.STATUSES,
        mission_marks=names.STATUS_MARKS,
        seat_states=names.SEAT_STATES,
        axes=AXES,
        axis_names=names.AXIS_NAMES,
        skill_levels=LEVELS,
        work_languages=WORK_LANGUAGES,
        span_required=SPAN_REQUIRED,
        ceiling=setup.app.config["CEILING"],
        agreement_parts=names.AGREEMENT_PARTS,
        going_on=GOING_ON,
    )


@bp.get("/missions")
@requires(Action.MISSION_VIEW)
def index() -> Response:
    search = explore.parse(request.args)
    missions = explore.find(acting(), search)
    ids = [row.id for row in missions.rows]
    return render_page(
        "missions/index.html",
        partials={"found": "missions/_found.html"},
        search=search,
        found=missions,
        spans=queries.divisions_of(ids),
        reports=queries.latest_reports(ids),
        divisions=divisions(),
    )


@bp.route("/missions/new", methods=["GET", "POST"])
@requires(Action.MISSION_START)
def new() -> BaseResponse:
    form = MissionForm(challenge_id=request.args.get("challenge", type=int))
    challenge = _candidate(form.challenge_id.data)
    if request.method == "GET" and challenge:
        form.title.data = challenge.title
    if form.is_submitted() and request.form.get("do") != "find" and form.validate():
        with errors_on(form):
            mission_id = commands.start(acting(), form.charter(), challenge_id=form.challenge_id.data)
            flash(_("Oppdraget er startet. Neste steg er å sette sammen teamet."))
            return see_other(url_for(".show", mission_id=mission_id))
    return render_page(
        "missions/new.html",
        status=422 if form.errors else 200,
        form=form,
        challenge=challenge,
        **_people_for(form),
    )


def _candidate(challenge_id: int | None) -> Challenge | None:
    """The challenge a new mission shall answer; only the board may start one from it."""
    if challenge_id is None:
        return None
    challenge = found(get_challenge(acting(), challenge_id))
    authorize(acting(), Action.CHALLENGE_DECIDE, challenge)
    return challenge


def _people_for(form: MissionForm, theirs: Mission | None = None) -> dict[str, Any]:
    """The people to show for each role: whoever is chosen, found by search, saved by others, and oneself."""
    roles = ("lead_id", "owner_id")
    first = {field: (form[field].data, getattr(theirs, field, None), acting().id) for field in roles}
    known = {p.id: p for p in person_choices(sorted({i for ids in first.values() for i in ids if i}))}
    return {
        f"{field}_hits": _hits(known, first[field], request.form.get(f"q_{field}", "").strip()[:100])
        for field in roles
    }


def _hits(known: dict[int, PersonRow], ids: Iterable[int | None], text: str) -> list[PersonRow]:
    first = [known[i] for i in ids if i in known]
    rows = [*first, *(search_people(text, most=8) if text else [])]
    return list({row.id: row for row in rows}.values())


@bp.get("/missions/<int:mission_id>")
@on_object(Action.MISSION_VIEW)
def show(mission_id: int) -> Response:
    mission = found(queries.get_mission(acting(), mission_id))
    seats = team.seats(mission_id)
    on_board = can(acting(), Action.TASK_VIEW, mission)
    return render_page(
        "missions/show.html",
        mission=mission,
        seats=seats,
        areas=team.areas_of(mission, seats),
        report=next(iter(queries.reports(mission_id, most=1)), None),
        challenges=queries.challenges_of(mission_id),
        happened=activity("mission", mission_id, most=8, without=UNTOLD),
        figures=queries.task_figures(mission_id) if on_board else None,
        divisions=divisions(),
    )


@bp.route("/missions/<int:mission_id>/edit", methods=["GET", "POST"])
@on_object(Action.MISSION_EDIT)
def edit(mission_id: int) -> BaseResponse:
    mission = found(queries.get_mission(acting(), mission_id))
    authorize(acting(), Action.MISSION_EDIT, mission)
    form = MissionEditForm(obj=mission)
    if form.is_submitted() and request.form.get("do") != "find" and form.validate():
        with errors_on(form):
            try:
                _save(mission_id, form)
            except Conflict as conflict:
                form.rebase(conflict.current.version)
                return _edit_page(mission_id, form, 409, theirs=conflict.current)
            flash(_("Oppdraget er endret."))
            return see_other(url_for(".show", mission_id=mission_id))
    return _edit_page(mission_id, form, 422 if form.errors else 200)


def _save(mission_id: int, form: MissionEditForm) -> None:
    commands.edit(
        acting(),
        mission_id,
        form.charter(),
        phase=form.phase.data,
        status=form.status.data,
        version=form.version.data or 0,
    )


def _edit_page(
    mission_id: int, form: MissionEditForm, status: int, theirs: Mission | None = None
) -> Response:
    return render_page(
        "missions/edit.html",
        status=status,
        mission=found(queries.get_mission(acting(), mission_id)),
        form=form,
        theirs=theirs,
        **_people_for(form, theirs),
    )


@bp.route("/missions/<int:mission_id>/status", methods=["GET", "POST"])
@on_object(Action.MISSION_VIEW)
def status(mission_id: int) -> BaseResponse:
    mission = found(queries.get_mission(acting(), mission_id))
    form = StatusForm()
    if form.is_submitted():
        authorize(acting(), Action.MISSION_REPORT, mission)
    if form.validate_on_submit():
        with errors_on(form):
            commands.report(acting(), mission_id, form.lights(), form.summary.data or "")
            flash(_("Rapporten er lagt ut. Alle ansatte kan lese den."))
            return see_other(url_for(".show", mission_id=mission_id))
    return render_page(
        "missions/status.html",
        status=422 if form.errors else 200,
        mission=mission,
        form=form,
        reports=queries.reports(mission_id),
    )
