"""Asking for assessments, writing one's own, reading them side by side, and the weights."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, authorize, can
from teamhub.access.web import acting, found, on_object, requires
from teamhub.assessments import asking, commands, queries, weighing
from teamhub.assessments.forms import AskForm, AssessmentForm, MustDoForm, TalkForm, WeightsForm
from teamhub.assessments.models import Assessment
from teamhub.assessments.names import SCALES
from teamhub.assessments.rounds import Round
from teamhub.assessments.states import ASSESSABLE, FEASIBILITY, SHORTEST_REASON, VALUE, Criterion
from teamhub.challenges import queries as challenges
from teamhub.challenges.models import Challenge
from teamhub.core import clock
from teamhub.core.errors import Conflict
from teamhub.core.forms import errors_on
from teamhub.core.htmx import htmx, render_page, see_other
from teamhub.core.i18n import _
from teamhub.people.queries import person_choices, search_people

bp = Blueprint("assessments", __name__)


@bp.record_once
def _lend_words(setup: BlueprintSetupState) -> None:
    """Let templates, macros among them, name the criteria and what their marks mean."""
    setup.app.jinja_env.globals.update(
        scales=SCALES,
        criteria=tuple(Criterion),
        criteria_groups=(("value", VALUE), ("feasibility", FEASIBILITY)),
        shortest_reason=SHORTEST_REASON,
        assessable=ASSESSABLE,
    )


@bp.get("/challenges/<int:challenge_id>/assessments")
@on_object(Action.CHALLENGE_VIEW)
def show(challenge_id: int) -> Response:
    return _page(_submitted(challenge_id))


def _submitted(challenge_id: int) -> Challenge:
    """Return a challenge, unless it is still a draft: a draft has no assessments, not even for its writer."""
    challenge = found(challenges.get(acting(), challenge_id))
    return found(challenge if challenge.state != "draft" else None)


def _page(challenge: Challenge, status: int = 200, **forms: Any) -> Response:
    """Render the assessments of a challenge as the reader may see them, with ``forms`` for empty ones."""
    rounds = queries.seen_by(acting(), challenge)
    asks = can(acting(), Action.ASSESSMENT_ASK, challenge) and challenge.state in ASSESSABLE
    suggested = _suggested(challenge, rounds) if asks else []
    form = forms.pop("ask_form", None)
    hits = _hits(form) if form else []
    return render_page(
        "assessments/show.html",
        status=status,
        challenge=challenge,
        rounds=rounds,
        suggested=suggested,
        ask_form=form or (AskForm(formdata=None).offer(suggested) if asks else None),
        hits=hits,
        **(
            {"talk_form": TalkForm(formdata=None), "must_do_form": _must_do(challenge), "theirs": None}
            | forms
        ),
    )


def _suggested(challenge: Challenge, rounds: list[Round]) -> list[asking.Suggested]:
    judged = rounds[0].judged
    own = asking.own_to(challenge) | {one.assessor_id for one in judged}
    return asking.suggestions(challenge, [one.division_id for one in judged], own)


def _must_do(challenge: Challenge) -> MustDoForm:
    filled = {
        "must_do": challenge.must_do,
        "basis": challenge.must_do_basis,
        "version": challenge.version,
    }
    return MustDoForm(formdata=None, data=filled)


def _hits(form: AskForm) -> list[Any]:
    """Return whoever a search in the form finds, or who was chosen."""
    text = request.form.get("q_person_id", "").strip()[:100]
    if request.form.get("do") == "find" and text:
        return search_people(text, most=8)
    return person_choices([form.person_id.data]) if form.person_id.data else []


@bp.post("/challenges/<int:challenge_id>/assessments/ask")
@on_object(Action.ASSESSMENT_ASK)
def ask(challenge_id: int) -> BaseResponse:
    challenge = _submitted(challenge_id)
    authorize(acting(), Action.ASSESSMENT_ASK, challenge)
    form = AskForm()
    form.offer(_suggested(challenge, queries.seen_by(acting(), challenge)))
    if request.form.get("do") != "find" and form.validate():
        with errors_on(form):
            commands.ask(acting(), challenge_id, form.chosen, due_on=form.due_on.data)
            flash(_("Spørsmålet er sendt. Vi minner om fristen."))
            _warn_of_one_area(challenge_id)
            return see_other(url_for(".show", challenge_id=challenge_id))
    status = 422 if form.errors else 200
    return _page(_submitted(challenge_id), status, ask_form=form)


def _warn_of_one_area(challenge_id: int) -> None:
    current = queries.rounds(_submitted(challenge_id))[0]
    if current.one_area:
        flash(_("Alle som er spurt, er fra samme område. Spør én til fra et annet."), "stop")


@bp.post("/challenges/<int:challenge_id>/assessments/<int:assessment_id>/take-back")
@on_object(Action.ASSESSMENT_ASK)
def take_back(challenge_id: int, assessment_id: int) -> BaseResponse:
    challenge = _submitted(challenge_id)
    authorize(acting(), Action.ASSESSMENT_ASK, challenge)
    found(next((one for r in queries.rounds(challenge) for one in r.judged if one.id == assessment_id), None))
    commands.take_back(acting(), challenge_id, assessment_id)
    flash(_("Spørsmålet er tatt tilbake."))
    return see_other(url_for(".show", challenge_id=challenge_id))


@bp.route("/challenges/<int:challenge_id>/assessments/mine", methods=["GET", "POST"])
@on_object(Action.ASSESSMENT_WRITE)
def mine(challenge_id: int) -> BaseResponse:
    challenge = _submitted(challenge_id)
    assessment = found(queries.mine(acting(), challenge_id))
    if request.method == "GET":
        return _mine_page(challenge, assessment, AssessmentForm.of(assessment))
    form = AssessmentForm()
    saves = request.form.get("do") == "save"
    if form.validate() if saves else form.is_complete():
        with errors_on(form):
            try:
                return _keep(challenge_id, form) if saves else _submit(challenge_id, form)
            except Conflict as conflict:
                form.rebase(conflict.current.version)
                return _conflict(challenge_id, form)
    return _mine_page(_submitted(challenge_id), found(queries.mine(acting(), challenge_id)), form, 422)


def _keep(challenge_id: int, form: AssessmentForm) -> BaseResponse:
    """Keep a draft: silently for htmx while somebody writes, or because they asked to stop here."""
    version = commands.save_draft(acting(), challenge_id, form.marks(), version=form.version.data or 0)
    if htmx:
        form.rebase(version)
        return render_page("assessments/_saved.html", form=form, saved_at=clock.local(clock.now()))
    flash(_("Kladden er lagret. Du finner den på «I dag»."))
    return see_other(url_for(".mine", challenge_id=challenge_id))


def _submit(challenge_id: int, form: AssessmentForm) -> BaseResponse:
    opens = commands.submit(acting(), challenge_id, form.marks(), version=form.version.data or 0)
    flash(
        _("Takk. Nå er vurderingene åpnet for dere som har vurdert.")
        if opens
        else _("Takk. Ingen ser den før to fra ulike områder har levert.")
    )
    return see_other(url_for(".show", challenge_id=challenge_id))


def _conflict(challenge_id: int, form: AssessmentForm) -> Response:
    """Tell that the assessment was changed elsewhere: a line while somebody writes, else both texts."""
    if htmx:
        return render_page("assessments/_saved.html", status=409, form=form, saved_at=None)
    assessment = found(queries.mine(acting(), challenge_id))
    return _mine_page(_submitted(challenge_id), assessment, form, 409, theirs=AssessmentForm.of(assessment))


def _mine_page(
    challenge: Challenge,
    assessment: Assessment,
    form: AssessmentForm,
    status: int = 200,
    theirs: AssessmentForm | None = None,
) -> Response:
    return render_page(
        "assessments/mine.html",
        status=status,
        challenge=challenge,
        assessment=assessment,
        form=form,
        theirs=theirs,
    )


@bp.post("/challenges/<int:challenge_id>/assessments/mine/withdraw")
@on_object(Action.ASSESSMENT_WRITE)
def withdraw(challenge_id: int) -> BaseResponse:
    found(queries.mine(acting(), challenge_id))
    commands.withdraw(acting(), challenge_id)
    flash(_("Vurderingen er tatt tilbake. Lever den på nytt når du har rettet den."))
    return see_other(url_for(".mine", challenge_id=challenge_id))


@bp.post("/challenges/<int:challenge_id>/assessments/talks/<criterion>")
@on_object(Action.ASSESSMENT_TALK)
def talk(challenge_id: int, criterion: str) -> BaseResponse:
    challenge = _submitted(challenge_id)
    about = found(next((c for c in Criterion if c == criterion), None))
    authorize(acting(), Action.ASSESSMENT_TALK, queries.rounds(challenge)[0])
    form = TalkForm()
    if form.validate():
        with errors_on(form):
            commands.record_talk(acting(), challenge_id, about, form.outcome.data or "")
            flash(_("Praten er skrevet ned. Karakterene står som de er."))
            return see_other(url_for(".show", challenge_id=challenge_id) + f"#{about}")
    return _page(_submitted(challenge_id), 422, talk_form=form, talk_about=about)


@bp.post("/challenges/<int:challenge_id>/must-do")
@on_object(Action.CHALLENGE_MARK_MUST_DO)
def must_do(challenge_id: int) -> BaseResponse:
    challenge = _submitted(challenge_id)
    authorize(acting(), Action.CHALLENGE_MARK_MUST_DO, challenge)
    form, status, theirs = MustDoForm(), 422, None
    if form.validate():
        with errors_on(form):
            try:
                _mark(challenge_id, form)
                return see_other(url_for(".show", challenge_id=challenge_id))
            except Conflict as conflict:
                form.rebase(conflict.current.version)
                status, theirs = 409, conflict.current
    return _page(_submitted(challenge_id), status, must_do_form=form, theirs=theirs)


def _mark(challenge_id: int, form: MustDoForm) -> None:
    commands.mark_must_do(
        acting(),
        challenge_id,
        must_do=form.must_do.data,
        basis=form.basis.data or "",
        version=form.version.data or 0,
    )
    flash(_("Merket som noe kommunen må gjøre.") if form.must_do.data else _("Merket er tatt bort."))


@bp.route("/portfolio/criteria", methods=["GET", "POST"])
@requires(Action.CRITERIA_VIEW)
def criteria() -> BaseResponse:
    if request.method == "GET":
        return _criteria_page()
    authorize(acting(), Action.CRITERIA_CHANGE)
    form = WeightsForm()
    if form.validate():
        with errors_on(form):
            try:
                version, reason = form.version.data or 0, form.reason.data or ""
                weighing.change_weights(acting(), form.weights(), reason=reason, version=version)
                flash(_("Vektene gjelder for vurderinger som bes om fra nå av."))
                return see_other(url_for(".criteria"))
            except Conflict as conflict:
                form.rebase(conflict.current.number)
                return _criteria_page(form, 409)
    return _criteria_page(form, 422)


def _criteria_page(form: WeightsForm | None = None, status: int = 200) -> Response:
    versions = queries.versions()
    latest = versions[0]
    if form is None and can(acting(), Action.CRITERIA_CHANGE):
        filled = {f"weight_{code}": weight for code, weight in latest.weights.items()}
        form = WeightsForm(data=filled | {"version": latest.number})
    return render_page(
        "assessments/criteria.html", status=status, versions=versions, form=form, conflict=status == 409
    )
