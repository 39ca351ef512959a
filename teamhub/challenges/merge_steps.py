"""Merging over HTTP: asking, answering, taking apart again, and the list of possible duplicates."""

from __future__ import annotations

from flask import flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, can
from teamhub.access.web import acting, found, on_object, requires
from teamhub.challenges import desk, duplicates, merging, queries
from teamhub.challenges.models import Challenge
from teamhub.challenges.office_forms import ConsentForm, MergeForm
from teamhub.challenges.states import MergeState
from teamhub.challenges.views import bp, page_of
from teamhub.core.errors import Forbidden
from teamhub.core.forms import errors_on
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import _

SHOWN_ALIKE = 6


@bp.route("/challenges/<int:challenge_id>/merge", methods=["GET", "POST"])
@on_object(Action.CHALLENGE_MERGE)
def merge(challenge_id: int) -> BaseResponse:
    """Choose what a challenge is to live on in, and ask the proposers."""
    challenge = _mergeable(challenge_id)
    form = MergeForm()
    alike = desk.alike(challenge, most=SHOWN_ALIKE)
    form.put_out(alike)
    if form.validate_on_submit():
        with errors_on(form):
            found(queries.get(acting(), form.chosen) if form.chosen else challenge)
            return _asked(challenge_id, form)
    return render_page(
        "challenges/merge.html",
        status=422 if form.errors else 200,
        challenge=challenge,
        hits=alike,
        form=form,
    )


def _asked(challenge_id: int, form: MergeForm) -> BaseResponse:
    into_id = form.chosen or challenge_id
    if merging.ask(acting(), challenge_id, into_id, reason=form.reason.data or "") == MergeState.MERGED:
        flash(_("De er slått sammen. Du kan skille dem igjen når som helst."))
    else:
        flash(_("Innmelderne er spurt. De slås sammen når alle har sagt ja."))
    if form.back.data == "duplicates":
        return see_other(url_for(".possible_duplicates"))
    return see_other(url_for(".show", challenge_id=challenge_id))


@bp.post("/challenges/<int:challenge_id>/merge/<int:merge_id>/answer")
@on_object(Action.CHALLENGE_ANSWER_MERGE)
def answer_merge(challenge_id: int, merge_id: int) -> BaseResponse:
    """Say yes or no as one of the proposers."""
    challenge = found(queries.get(acting(), challenge_id))
    found(merging.get(challenge_id, merge_id))
    form = ConsentForm()
    agrees = request.form.get("agrees") == "yes"
    if form.validate():
        with errors_on(form):
            merging.answer(acting(), challenge_id, merge_id, agrees=agrees, reason=form.reason.data or "")
            flash(_("Takk for svaret."))
            return see_other(url_for(".show", challenge_id=challenge_id))
    return page_of(challenge, 422, consent_form=form)


@bp.post("/challenges/<int:challenge_id>/merge/<int:merge_id>/complete")
@on_object(Action.CHALLENGE_MERGE)
def complete_merge(challenge_id: int, merge_id: int) -> BaseResponse:
    _mergeable(challenge_id)
    found(merging.get(challenge_id, merge_id))
    merging.complete(acting(), challenge_id, merge_id)
    flash(_("De er slått sammen. Du kan skille dem igjen når som helst."))
    return see_other(url_for(".show", challenge_id=challenge_id))


@bp.post("/challenges/<int:challenge_id>/merge/<int:merge_id>/take-back")
@on_object(Action.CHALLENGE_MERGE)
def take_back_merge(challenge_id: int, merge_id: int) -> BaseResponse:
    _mergeable(challenge_id)
    found(merging.get(challenge_id, merge_id))
    merging.take_back(acting(), challenge_id, merge_id)
    flash(_("Innmelderne blir ikke spurt mer om dette."))
    return see_other(url_for(".show", challenge_id=challenge_id))


@bp.post("/challenges/<int:challenge_id>/unmerge")
@on_object(Action.CHALLENGE_MERGE)
def unmerge(challenge_id: int) -> BaseResponse:
    _mergeable(challenge_id)
    merging.undo(acting(), challenge_id)
    flash(_("Utfordringen står for seg selv igjen, slik den var."))
    return see_other(url_for(".show", challenge_id=challenge_id))


@bp.get("/challenges/duplicates")
@requires(Action.CHALLENGE_DESK)
def possible_duplicates() -> BaseResponse:
    """Show what is probably the same matter, over the whole store."""
    page = max(1, request.args.get("page", 1, type=int))
    pairs, total = duplicates.pairs(min(page, 1000))
    return render_page(
        "challenges/duplicates.html",
        pairs=pairs,
        total=total,
        number=page,
        last=max(1, -(-total // duplicates.PAGE)),
        aside=request.args.get("aside", type=int),
    )


@bp.post("/challenges/duplicates/<int:pair_id>/set-aside")
@requires(Action.CHALLENGE_DESK)
def set_pair_aside(pair_id: int) -> BaseResponse:
    found(duplicates.get(pair_id))
    duplicates.set_aside(acting(), pair_id)
    return see_other(url_for(".possible_duplicates", aside=pair_id))


@bp.post("/challenges/duplicates/<int:pair_id>/take-up")
@requires(Action.CHALLENGE_DESK)
def take_pair_up(pair_id: int) -> BaseResponse:
    found(duplicates.get(pair_id))
    duplicates.take_up(acting(), pair_id)
    flash(_("De to står i lista igjen."))
    return see_other(url_for(".possible_duplicates"))


def _mergeable(challenge_id: int) -> Challenge:
    challenge = found(queries.get(acting(), challenge_id))
    if not can(acting(), Action.CHALLENGE_MERGE, challenge):
        raise Forbidden(_("Du har ikke lov til dette."))
    return challenge
