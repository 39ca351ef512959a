"""The page of private notes, and opening what has ended again."""

from __future__ import annotations

from flask import flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, can
from teamhub.access.web import acting, found, on_object
from teamhub.challenges import answering, notes, queries
from teamhub.challenges.office_forms import NoteForm, ReopenForm
from teamhub.challenges.views import bp, page_of
from teamhub.core.errors import Forbidden
from teamhub.core.forms import errors_on
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import _


@bp.route("/challenges/<int:challenge_id>/notes", methods=["GET", "POST"])
@on_object(Action.CHALLENGE_NOTE)
def private_notes(challenge_id: int) -> BaseResponse:
    folder = found(notes.get(acting(), challenge_id))
    form = NoteForm()
    if form.validate_on_submit():
        with errors_on(form):
            notes.write(acting(), challenge_id, form.body.data)
            flash(_("Notatet er lagret."))
            return see_other(url_for(".private_notes", challenge_id=challenge_id))
    return render_page(
        "challenges/notes.html",
        status=422 if form.errors else 200,
        folder=folder,
        notes=notes.notes(acting(), folder),
        form=form,
    )


@bp.post("/challenges/<int:challenge_id>/notes/<int:note_id>/remove")
@on_object(Action.CHALLENGE_NOTE)
def remove_note(challenge_id: int, note_id: int) -> BaseResponse:
    found(notes.get(acting(), challenge_id))
    notes.remove(acting(), challenge_id, note_id)
    flash(_("Notatet er slettet."))
    return see_other(url_for(".private_notes", challenge_id=challenge_id))


@bp.post("/challenges/<int:challenge_id>/reopen")
@on_object(Action.CHALLENGE_REOPEN)
def reopen(challenge_id: int) -> BaseResponse:
    challenge = found(queries.get(acting(), challenge_id))
    if not can(acting(), Action.CHALLENGE_REOPEN, challenge):
        raise Forbidden(_("Du har ikke lov til dette."))
    form = ReopenForm()
    if form.validate():
        with errors_on(form):
            answering.reopen(acting(), challenge_id, reason=form.reason.data)
            flash(_("Utfordringen er åpnet igjen. Porteføljekontoret vurderer den på nytt."))
            return see_other(url_for(".show", challenge_id=challenge_id))
    return page_of(found(queries.get(acting(), challenge_id)), 422, reopen_form=form)
