"""Exploring, proposing and reading challenges."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, authorize, can
from teamhub.access.web import acting, found, on_object, requires
from teamhub.audit.queries import activity
from teamhub.challenges import answering, commands, explore, queries
from teamhub.challenges.forms import (
    AnswerForm,
    CommentForm,
    EditForm,
    ProposalForm,
    ReasonForm,
    ReplyForm,
    SupportForm,
)
from teamhub.challenges.models import Challenge
from teamhub.challenges.names import ANSWERED, MARKS, STATES, THEMES, clock_words
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.core.errors import Conflict, Forbidden
from teamhub.core.forms import errors_on
from teamhub.core.htmx import htmx, render_page, see_other
from teamhub.core.i18n import _, day
from teamhub.people.queries import divisions

bp = Blueprint("challenges", __name__)

SHOWN_ELSEWHERE = ("ChallengeSupported", "SupportWithdrawn", "ChallengeCommented")
"""Support is told by unit, never by name; comments stand in the conversation."""


@bp.record_once
def _lend_words(setup: BlueprintSetupState) -> None:
    """Let templates, macros among them, name states and themes."""
    setup.app.jinja_env.globals.update(
        challenge_states=STATES,
        challenge_marks=MARKS,
        challenge_answers=ANSWERED,
        themes=THEMES,
        clock_words=clock_words,
    )


@bp.get("/challenges")
@requires(Action.CHALLENGE_LIST)
def index() -> Response:
    search = explore.parse(request.args)
    if search.scope == "desk" and not can(acting(), Action.CHALLENGE_DESK):
        raise Forbidden(_("Pulten er for porteføljekontoret og porteføljestyret."))
    page, facets = explore.find(acting(), search)
    return render_page(
        "challenges/index.html",
        partials={"found": "challenges/_found.html"},
        search=search,
        found=page,
        facets=facets,
        spans=explore.spans(page.rows),
        divisions=divisions(),
        standing=explore.standing(),
    )


@bp.route("/challenges/new", methods=["GET", "POST"])
@requires(Action.CHALLENGE_PROPOSE)
def propose() -> BaseResponse:
    if request.method == "GET":
        return _propose_page(_started_form())
    form = ProposalForm()
    step = request.form.get("do")
    if step == "save":
        return _keep(form)
    if step == "compare":
        return _propose_page(form, similar=queries.similar(form.title.data or ""))
    if form.validate():
        with errors_on(form):
            challenge_id = commands.propose(acting(), form.proposal(), draft_id=form.draft_id.data)
            flash(_receipt())
            return see_other(url_for(".show", challenge_id=challenge_id))
    return _propose_page(form, 422)


def _started_form() -> ProposalForm:
    """An empty form, one begun on the front page, or a draft from another day or device."""
    draft_id = request.args.get("draft", "")
    if draft_id.isascii() and draft_id.isdigit():
        draft = found(queries.get(acting(), int(draft_id)))
        if draft.state == State.DRAFT:
            return ProposalForm(obj=draft, draft_id=draft.id)
    return ProposalForm(formdata=None, title=request.args.get("title", "")[:250])


def _keep(form: ProposalForm) -> BaseResponse:
    """Keep a draft: silently for htmx while somebody writes, or because they asked to stop here."""
    written = form.proposal()
    if any((written.title, written.situation, written.affected, written.evidence, written.suggestion)):
        form.draft_id.data = commands.save_draft(acting(), written, draft_id=form.draft_id.data)
    if htmx:
        return render_page("challenges/_saved.html", form=form, saved_at=clock.local(clock.now()))
    flash(_("Kladden er lagret. Du finner den på «I dag», også på en annen enhet."))
    return see_other(url_for("home.today"))


def _receipt() -> str:
    due = clock.today() + commands.ANSWER_TIME
    return _(
        "Takk! Utfordringen er meldt inn. Porteføljekontoret svarer innen %(day)s, også om svaret er nei.",
        day=day(due),
    )


def _propose_page(
    form: ProposalForm, status: int = 200, similar: list[queries.Similar] | None = None
) -> Response:
    return render_page(
        "challenges/propose.html",
        status=status,
        form=form,
        similar=similar,
        answer_by=clock.today() + commands.ANSWER_TIME,
    )


@bp.get("/challenges/similar")
@requires(Action.CHALLENGE_LIST)
def similar() -> Response:
    text = (request.args.get("text") or request.args.get("title") or "")[:1000]
    return render_page(
        "challenges/similar.html",
        partials={"similar": "challenges/_similar.html"},
        text=text,
        similar=queries.similar(text),
    )


@bp.get("/challenges/<int:challenge_id>")
@on_object(Action.CHALLENGE_VIEW)
def show(challenge_id: int) -> BaseResponse:
    return page_of(found(queries.get(acting(), challenge_id)))


def page_of(challenge: Challenge, status: int = 200, **forms: Any) -> BaseResponse:
    """Render a challenge's page, with ``forms`` in the place of its empty ones."""
    if challenge.state == State.DRAFT:
        return see_other(url_for(".propose", draft=challenge.id))
    felt = queries.experiences(challenge.id)
    decisions = answering.decisions(acting(), challenge)
    empty: dict[str, Any] = {
        "support_form": SupportForm(formdata=None),
        "comment_form": CommentForm(formdata=None),
        "reply_form": ReplyForm(formdata=None),
        "reason_form": ReasonForm(formdata=None),
        "answer_form": AnswerForm(formdata=None).offer(decisions) if decisions else None,
    }
    return render_page(
        "challenges/show.html",
        status=status,
        challenge=challenge,
        felt=felt,
        areas={e.division_id for e in felt} | {challenge.division_id},
        my_support=next((e for e in felt if e.person_id == acting().id), None),
        comments=queries.comments(challenge.id),
        answers=queries.answers(challenge.id),
        missions=queries.missions_of(challenge),
        happened=activity("challenge", challenge.id, most=8, without=SHOWN_ELSEWHERE),
        divisions=divisions(),
        decisions=decisions,
        **(empty | forms),
    )


@bp.route("/challenges/<int:challenge_id>/edit", methods=["GET", "POST"])
@on_object(Action.CHALLENGE_EDIT)
def edit(challenge_id: int) -> BaseResponse:
    challenge = found(queries.get(acting(), challenge_id))
    authorize(acting(), Action.CHALLENGE_EDIT, challenge)
    form = EditForm(obj=challenge)
    if form.validate_on_submit():
        with errors_on(form):
            try:
                commands.edit(acting(), challenge_id, form.proposal(), version=form.version.data or 0)
                flash(_("Teksten er endret."))
                return see_other(url_for(".show", challenge_id=challenge_id))
            except Conflict as conflict:
                form.rebase(conflict.current.version)
                return _edit_page(challenge_id, form, 409, theirs=conflict.current)
    return _edit_page(challenge_id, form, 422 if form.errors else 200)


def _edit_page(challenge_id: int, form: EditForm, status: int, theirs: Challenge | None = None) -> Response:
    return render_page(
        "challenges/edit.html",
        status=status,
        challenge=found(queries.get(acting(), challenge_id)),
        form=form,
        theirs=theirs,
    )
