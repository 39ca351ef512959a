"""Exploring, proposing and reading challenges."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, request, session, url_for
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, authorize, can
from teamhub.access.web import acting, found, on_object, requires
from teamhub.attachments import queries as attachments
from teamhub.audit.queries import activity
from teamhub.challenges import (
    answering,
    around,
    commands,
    deadlines,
    labels,
    likeness,
    queries,
)
from teamhub.challenges.forms import (
    AnswerForm,
    CommentForm,
    EditForm,
    ProposalForm,
    ReasonForm,
    ReplyForm,
    SupportForm,
)
from teamhub.challenges.merging import MERGEABLE
from teamhub.challenges.models import Challenge
from teamhub.challenges.names import ANSWERED, DECISIONS, MARKS, STATES, THEMES, clock_words
from teamhub.challenges.office_forms import ConsentForm, ReopenForm
from teamhub.challenges.states import State
from teamhub.challenges.voice_forms import AgainstForm, ForForm, OfferForm
from teamhub.core import clock
from teamhub.core.errors import Conflict
from teamhub.core.forms import Form, errors_on
from teamhub.core.htmx import htmx, render_page, see_other
from teamhub.core.i18n import _
from teamhub.core.paging import place_id
from teamhub.people import queries as people
from teamhub.people.queries import divisions

bp = Blueprint("challenges", __name__)

SHOWN_ELSEWHERE = (
    *("ChallengeSupported", "SupportWithdrawn", "ChallengeFollowed", "ChallengeUnfollowed"),
    *(
        "ChallengeCommented",
        "CommentEdited",
        "CommentDeleted",
        "CommentRestored",
        "HelpOffered",
        "HelpWithdrawn",
    ),
    *("CommentReported", "CommentReportsJudged"),
    *("FellowAsked", "FellowAnswered", "FellowRemoved"),
)
"""Support is told by unit, never by name, as little as who follows; comments and offers stand on the page;
who reports one is for the office."""


@bp.record_once
def _lend_words(setup: BlueprintSetupState) -> None:
    """Let templates, macros among them, name states and themes."""
    setup.app.jinja_env.globals.update(
        challenge_states=STATES,
        challenge_marks=MARKS,
        challenge_answers=ANSWERED,
        mergeable=MERGEABLE,
        decision_words=DECISIONS,
        themes=THEMES,
        clock_words=clock_words,
    )


@bp.route("/challenges/new", methods=["GET", "POST"])
@requires(Action.CHALLENGE_PROPOSE)
def propose() -> BaseResponse:
    if request.method == "GET":
        return _propose_page(_started_form())
    form = ProposalForm()
    step = request.form.get("do")
    if step in {"save", "preview"} and not htmx:  # while somebody writes, half a word may tell another theme
        form.find_theme()
    if step == "save":
        return _keep(form)
    if step == "preview":
        draft_id = commands.save_draft(acting(), form.proposal(), draft_id=form.draft_id.data)
        return see_other(url_for(".preview", challenge_id=draft_id))
    if step == "compare":
        return _propose_page(form, similar=likeness.similar(form.said))
    if form.validate():
        with errors_on(form):
            challenge_id = commands.propose(acting(), form.proposal(), draft_id=form.draft_id.data)
            return _sent(challenge_id)
    return _propose_page(form, 422)


def _started_form() -> ProposalForm:
    """An empty form, one begun on the front page, or a draft from another day or device."""
    if draft_id := place_id(request.args, "draft"):
        draft = found(queries.get(acting(), draft_id))
        if draft.state == State.DRAFT:
            return ProposalForm(obj=draft, **_beside(draft))
    call_id = request.args.get("call", type=int)
    return ProposalForm(formdata=None, title=request.args.get("title", "")[:250], call_id=call_id)


def _beside(challenge: Challenge) -> dict[str, Any]:
    """What a form shows that is not among the challenge's own columns."""
    behalf_of = challenge.proposer_id if challenge.written_by_id else None
    tags = ", ".join(labels.tags_of(challenge.id))
    goals = labels.goals_of(challenge.id)
    return {"draft_id": challenge.id, "tags": tags, "goals": goals, "behalf_of": behalf_of}


def _keep(form: ProposalForm) -> BaseResponse:
    """Keep a draft: silently for htmx while somebody writes, or because they asked to stop here."""
    written = form.proposal()
    if any((written.title, written.situation, written.affected, written.evidence, written.suggestion)):
        form.draft_id.data = commands.save_draft(acting(), written, draft_id=form.draft_id.data)
    if htmx:
        return render_page("challenges/_saved.html", form=form, saved_at=clock.local(clock.now()))
    flash(_("Kladden er lagret. Du finner den på «I dag», også på en annen enhet."))
    return see_other(url_for("home.today"))


def _propose_page(
    form: ProposalForm, status: int = 200, similar: list[likeness.Similar] | None = None
) -> Response:
    draft = queries.get(acting(), form.draft_id.data) if form.draft_id.data else None
    return render_page(
        "challenges/propose.html",
        status=status,
        form=form,
        draft=draft,
        call=queries.open_call(form.call_id.data, acting()),
        colleague=people.get_person(form.behalf_of.data) if form.behalf_of.data else None,
        files=attachments.of_challenge(draft.id) if draft else [],
        similar=similar,
        answer_by=deadlines.answer_by(),
    )


@bp.get("/challenges/similar")
@requires(Action.CHALLENGE_LIST)
def similar() -> Response:
    written = (request.args.get("title", ""), request.args.get("situation", ""))
    text = (request.args.get("text") or " ".join(written))[:2000]
    return render_page(
        "challenges/similar.html",
        partials={"similar": "challenges/_similar.html"},
        text=text,
        similar=likeness.similar(text),
    )


@bp.get("/challenges/themes")
@requires(Action.CHALLENGE_PROPOSE)
def themes() -> BaseResponse:
    """The choice of theme with the one a word tells chosen: for who fills in the form."""
    if not htmx:
        return see_other(url_for(".propose"))
    form = ProposalForm(formdata=None, theme_word=request.args.get("theme_word", "").strip()[:100])
    problem = form.find_theme()
    return render_page("challenges/_theme.html", form=form, found=form.theme.data, problem=problem)


@bp.get("/challenges/<int:challenge_id>")
@on_object(Action.CHALLENGE_VIEW)
def show(challenge_id: int) -> BaseResponse:
    return page_of(found(queries.get(acting(), challenge_id)))


@bp.get("/challenges/<int:challenge_id>/preview")
@on_object(Action.CHALLENGE_SUBMIT)
def preview(challenge_id: int) -> BaseResponse:
    """Show a draft as its page will be, before it is sent."""
    draft = found(queries.get(acting(), challenge_id))
    if draft.state != State.DRAFT:
        return see_other(url_for(".show", challenge_id=challenge_id))
    return page_of(draft, preview=True)


@bp.post("/challenges/<int:challenge_id>/send")
@on_object(Action.CHALLENGE_SUBMIT)
def send(challenge_id: int) -> BaseResponse:
    """Submit a draft as it stands. What is missing is told in the form it was written in."""
    draft = found(queries.get(acting(), challenge_id))
    if draft.state != State.DRAFT:
        return see_other(url_for(".show", challenge_id=challenge_id))
    form = ProposalForm(formdata=None, obj=draft, meta={"csrf": False}, **_beside(draft))
    if not form.validate():
        return _propose_page(form, 422)
    commands.propose(acting(), form.proposal(), draft_id=challenge_id)
    return _sent(challenge_id)


def _sent(challenge_id: int) -> BaseResponse:
    """Go to the page of what was sent, which shows a receipt this once."""
    session["receipt"] = challenge_id
    return see_other(url_for(".show", challenge_id=challenge_id))


EMPTY_FORMS: dict[str, type[Form]] = {
    "support_form": SupportForm,
    "comment_form": CommentForm,
    "reply_form": ReplyForm,
    "reason_form": ReasonForm,
    "reopen_form": ReopenForm,
    "consent_form": ConsentForm,
    "for_form": ForForm,
    "against_form": AgainstForm,
}


def page_of(challenge: Challenge, status: int = 200, *, preview: bool = False, **forms: Any) -> BaseResponse:
    """Render a challenge's page, with ``forms`` in the place of its empty ones."""
    if challenge.state == State.DRAFT and not preview:
        return see_other(url_for(".propose", draft=challenge.id))
    beside = around.of(challenge.id, acting().id)
    decisions = answering.decisions(acting(), challenge)
    my_offer = next((one for one in beside.offers if one.person_id == acting().id), None)
    empty: dict[str, Any] = {name: form(formdata=None) for name, form in EMPTY_FORMS.items()} | {
        "offer_form": OfferForm(formdata=None, obj=my_offer),
        "answer_form": AnswerForm(formdata=None).offer(decisions) if decisions else None,
    }
    return render_page(
        "challenges/show.html",
        status=status,
        challenge=challenge,
        preview=preview,
        receipt=session.get("receipt") == challenge.id and session.pop("receipt"),
        goals=labels.GOALS,
        beside=beside,
        felt=beside.felt,
        files=beside.files,
        areas={e.division_id for e in beside.felt} | {challenge.division_id},
        my_offer=my_offer,
        my_support=next((e for e in beside.felt if e.person_id == acting().id), None),
        masked=masked(challenge),
        comments=queries.comments(challenge.id),
        answers=queries.answers(challenge.id),
        missions=queries.missions_of(challenge),
        happened=activity(
            "challenge", challenge.id, most=8, without=SHOWN_ELSEWHERE, masked=masked(challenge)
        ),
        divisions=divisions(),
        decisions=decisions,
        **(empty | forms),
    )


def masked(challenge: Challenge) -> frozenset[int | None]:
    """Return ids of persons whose names this reader is not told yet: who wrote it, while that is shielded."""
    if can(acting(), Action.CHALLENGE_SEE_PROPOSER, challenge):
        return frozenset()
    return frozenset({challenge.proposer_id, challenge.written_by_id})


@bp.route("/challenges/<int:challenge_id>/edit", methods=["GET", "POST"])
@on_object(Action.CHALLENGE_EDIT)
def edit(challenge_id: int) -> BaseResponse:
    challenge = found(queries.get(acting(), challenge_id))
    authorize(acting(), Action.CHALLENGE_EDIT, challenge)
    form = EditForm(obj=challenge, **_beside(challenge))
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
