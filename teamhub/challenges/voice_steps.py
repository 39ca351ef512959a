"""Following a challenge, and what becomes of a comment: changed, taken away, reported, judged."""

from __future__ import annotations

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, can
from teamhub.access.web import acting, found, on_object, requires
from teamhub.challenges import around, discussing, heard, joining, queries
from teamhub.challenges.models import Challenge, ChallengeComment
from teamhub.challenges.views import bp, masked
from teamhub.challenges.voice_forms import CommentEditForm, CommentReportForm, RemovalForm
from teamhub.core.errors import Conflict, Forbidden
from teamhub.core.forms import Form, errors_on
from teamhub.core.htmx import htmx, render_page, see_other
from teamhub.core.i18n import _
from teamhub.people import mentions


@bp.post("/challenges/<int:challenge_id>/follow")
@on_object(Action.CHALLENGE_FOLLOW)
def follow(challenge_id: int) -> BaseResponse:
    challenge = found(queries.get(acting(), challenge_id))
    joining.follow(acting(), challenge_id)
    return _followed(challenge, _("Du følger utfordringen, og får vite hva som skjer."))


@bp.post("/challenges/<int:challenge_id>/unfollow")
@on_object(Action.CHALLENGE_FOLLOW)
def unfollow(challenge_id: int) -> BaseResponse:
    challenge = found(queries.get(acting(), challenge_id))
    joining.unfollow(acting(), challenge_id)
    return _followed(challenge, _("Du følger ikke utfordringen lenger."))


def _followed(challenge: Challenge, done: str) -> BaseResponse:
    """The button alone for htmx, turned; else the page again."""
    if not htmx:
        flash(done)
        return see_other(url_for(".show", challenge_id=challenge.id))
    beside = around.of(challenge.id, acting().id)
    mine = any(one.person_id == acting().id for one in beside.felt)
    return render_page(
        "challenges/_follow.html", challenge=challenge, beside=beside, my_support=mine, done=done
    )


@bp.route("/challenges/<int:challenge_id>/comments/<int:comment_id>/edit", methods=["GET", "POST"])
@on_object(Action.COMMENT_CHANGE)
def edit_comment(challenge_id: int, comment_id: int) -> BaseResponse:
    said = _said(challenge_id, comment_id, Action.COMMENT_CHANGE)
    form = CommentEditForm(obj=said)
    if form.validate_on_submit():
        with errors_on(form):
            try:
                version = form.version.data or 0
                discussing.edit_comment(
                    acting(), challenge_id, comment_id, form.body.data or "", version=version
                )
                return _changed(challenge_id, comment_id, form.body.data or "")
            except Conflict as conflict:
                form.rebase(conflict.current.version)
                return _comment_page("edit", challenge_id, comment_id, form, 409, theirs=conflict.current)
    return _comment_page("edit", challenge_id, comment_id, form)


def _changed(challenge_id: int, comment_id: int, body: str) -> BaseResponse:
    flash(_("Innlegget er endret. Det som sto før, kan fortsatt leses."))
    for warning in mentions.find(body).warnings:
        flash(warning, "stop")
    return _back_to(challenge_id, comment_id)


@bp.get("/challenges/<int:challenge_id>/comments/<int:comment_id>/history")
@on_object(Action.CHALLENGE_VIEW)
def comment_history(challenge_id: int, comment_id: int) -> Response:
    """Show what a comment has said. Of one that is taken away nothing is shown."""
    challenge = found(queries.get(acting(), challenge_id))
    said = found(heard.comment_of(challenge_id, comment_id))
    found(said if said.deleted_at is None else None)
    return render_page(
        "challenges/comment_history.html",
        challenge=challenge,
        comment=said,
        masked=masked(challenge),
        wordings=heard.history(said),
    )


@bp.post("/challenges/<int:challenge_id>/comments/<int:comment_id>/delete")
@on_object(Action.COMMENT_CHANGE)
def delete_comment(challenge_id: int, comment_id: int) -> BaseResponse:
    found(queries.get(acting(), challenge_id))
    found(heard.comment_of(challenge_id, comment_id))
    discussing.delete_comment(acting(), challenge_id, comment_id)
    flash(_("Innlegget er slettet. Du kan hente det tilbake der det sto."))
    return _back_to(challenge_id, comment_id)


@bp.post("/challenges/<int:challenge_id>/comments/<int:comment_id>/restore")
@on_object(Action.COMMENT_RESTORE)
def restore_comment(challenge_id: int, comment_id: int) -> BaseResponse:
    found(queries.get(acting(), challenge_id))
    found(heard.comment_of(challenge_id, comment_id))
    discussing.restore_comment(acting(), challenge_id, comment_id)
    flash(_("Innlegget er hentet tilbake."))
    return _back_to(challenge_id, comment_id)


@bp.route("/challenges/<int:challenge_id>/comments/<int:comment_id>/report", methods=["GET", "POST"])
@on_object(Action.COMMENT_REPORT)
def report_comment(challenge_id: int, comment_id: int) -> BaseResponse:
    _said(challenge_id, comment_id, Action.COMMENT_REPORT)
    form = CommentReportForm()
    if form.validate_on_submit():
        with errors_on(form):
            discussing.report(acting(), challenge_id, comment_id, reason=form.reason.data or "")
            flash(_("Takk. Porteføljekontoret ser på det, og du får vite hva de kom til."))
            return _back_to(challenge_id, comment_id)
    return _comment_page("report", challenge_id, comment_id, form)


@bp.route("/challenges/<int:challenge_id>/comments/<int:comment_id>/remove", methods=["GET", "POST"])
@on_object(Action.COMMENT_MODERATE)
def moderate_comment(challenge_id: int, comment_id: int) -> BaseResponse:
    """Take away what somebody else has said, with a reason."""
    said = _said(challenge_id, comment_id, Action.COMMENT_MODERATE)
    if said.deleted_at is not None:
        return _back_to(challenge_id, comment_id)
    form = RemovalForm()
    if form.validate_on_submit():
        with errors_on(form):
            discussing.moderate(acting(), challenge_id, comment_id, reason=form.reason.data or "")
            flash(_("Innlegget er fjernet, og den som skrev det, får vite hvorfor."))
            return _back_to(challenge_id, comment_id)
    return _comment_page("remove", challenge_id, comment_id, form)


@bp.get("/challenges/reports")
@requires(Action.COMMENT_MODERATE)
def reports() -> Response:
    return render_page("challenges/reports.html", reported=heard.reported())


@bp.post("/challenges/<int:challenge_id>/comments/<int:comment_id>/keep")
@on_object(Action.COMMENT_MODERATE)
def keep_comment(challenge_id: int, comment_id: int) -> BaseResponse:
    _said(challenge_id, comment_id, Action.COMMENT_MODERATE)
    discussing.keep(acting(), challenge_id, comment_id)
    flash(_("Innlegget blir stående. De som meldte fra, får vite det."))
    return see_other(url_for(".reports"))


def _said(challenge_id: int, comment_id: int, action: Action) -> ChallengeComment:
    """Return a comment one may do something about. Said before anything of the form is looked at."""
    found(queries.get(acting(), challenge_id))
    said = found(heard.comment_of(challenge_id, comment_id))
    if not can(acting(), action, said):
        raise Forbidden(_("Du har ikke lov til dette."))
    return said


def _comment_page(
    what: str,
    challenge_id: int,
    comment_id: int,
    form: Form,
    status: int = 200,
    *,
    theirs: ChallengeComment | None = None,
) -> Response:
    """The page of one form about one comment, read afresh."""
    challenge = found(queries.get(acting(), challenge_id))
    return render_page(
        "challenges/comment.html",
        status=422 if form.errors else status,
        what=what,
        challenge=challenge,
        comment=found(heard.comment_of(challenge_id, comment_id)),
        masked=masked(challenge),
        form=form,
        theirs=theirs,
    )


def _back_to(challenge_id: int, comment_id: int) -> BaseResponse:
    return see_other(url_for(".show", challenge_id=challenge_id, _anchor=f"c{comment_id}"))
