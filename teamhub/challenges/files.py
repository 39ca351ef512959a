"""Attached files over HTTP: put on, looked at, described, taken off."""

from __future__ import annotations

from flask import flash, request, send_file, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, can
from teamhub.access.web import acting, found, on_object, requires
from teamhub.attachments import queries as attachments
from teamhub.attachments import store
from teamhub.challenges import attaching, commands, queries
from teamhub.challenges.forms import ProposalForm
from teamhub.challenges.models import Challenge
from teamhub.challenges.views import bp
from teamhub.core.errors import DomainError, Forbidden
from teamhub.core.forms import trimmed
from teamhub.core.htmx import htmx, render_page, see_other
from teamhub.core.i18n import _, _n
from teamhub.core.uploads import takes_files

LONGEST_DESCRIPTION = 250
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""Whatever a file holds, nothing in it runs as a page of ours."""


@bp.post("/challenges/new/files")
@takes_files
@requires(Action.CHALLENGE_PROPOSE)
def attach_to_new() -> BaseResponse:
    """Attach to what is being written: it becomes a draft first, so that the file has somewhere to be."""
    form = ProposalForm()
    form.draft_id.data = commands.save_draft(acting(), form.proposal(), draft_id=form.draft_id.data)
    refused = _attach(form.draft_id.data)
    if htmx:
        return _part(found(queries.get(acting(), form.draft_id.data)), refused, form=form)
    if refused:
        flash(refused, "stop")
    return see_other(url_for(".propose", draft=form.draft_id.data, _anchor="files"))


@bp.post("/challenges/<int:challenge_id>/files")
@takes_files
@on_object(Action.CHALLENGE_ATTACH)
def attach(challenge_id: int) -> BaseResponse:
    challenge = _changeable(challenge_id)
    refused = _attach(challenge_id)
    return _back(challenge, refused)


@bp.get("/challenges/<int:challenge_id>/files/<int:file_id>")
@on_object(Action.CHALLENGE_VIEW)
def attachment(challenge_id: int, file_id: int) -> BaseResponse:
    """Give a file to whoever may see the challenge now. Always to be saved, never to be run here."""
    found(queries.get(acting(), challenge_id))
    file = found(attachments.get(challenge_id, file_id))
    path = store.path_of(file.uid)
    found(path if path.exists() else None)
    response = send_file(
        path, mimetype=file.media_type, as_attachment=True, download_name=file.name, etag=False
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "no-store, private"
    return response


@bp.post("/challenges/<int:challenge_id>/files/<int:file_id>/describe")
@on_object(Action.CHALLENGE_ATTACH)
def describe_file(challenge_id: int, file_id: int) -> BaseResponse:
    challenge = _changeable(challenge_id)
    found(attachments.get(challenge_id, file_id))
    text = trimmed(request.form.get(f"description-{file_id}", ""))[:LONGEST_DESCRIPTION]
    attaching.describe(acting(), challenge_id, file_id, text)
    return _back(challenge, "")


@bp.post("/challenges/<int:challenge_id>/files/<int:file_id>/remove")
@on_object(Action.CHALLENGE_ATTACH)
def remove_file(challenge_id: int, file_id: int) -> BaseResponse:
    challenge = _changeable(challenge_id)
    attaching.take_off(acting(), challenge_id, file_id)
    return _back(challenge, "")


def _changeable(challenge_id: int) -> Challenge:
    """Return a challenge one may attach to. Said before any file is looked into."""
    challenge = found(queries.get(acting(), challenge_id))
    if not can(acting(), Action.CHALLENGE_ATTACH, challenge):
        raise Forbidden(_("Du har ikke lov til dette."))
    return challenge


def _attach(challenge_id: int) -> str:
    """Attach what came with the request. Return why not, or nothing."""
    try:
        number = attaching.attach(acting(), challenge_id, request.files.getlist("files"))
    except Forbidden:
        raise
    except DomainError as error:
        return str(error)
    if not number:
        return _("Velg en fil først.")
    if not htmx:
        flash(_n("Vedlegget er lagt til.", "%(num)d vedlegg er lagt til.", number))
    return ""


def _back(challenge: Challenge, refused: str) -> BaseResponse:
    if htmx:
        return _part(challenge, refused)
    if refused:
        flash(refused, "stop")
    if challenge.state == "draft":
        return see_other(url_for(".propose", draft=challenge.id, _anchor="files"))
    return see_other(url_for(".show", challenge_id=challenge.id, _anchor="files"))


def _part(challenge: Challenge, refused: str, form: ProposalForm | None = None) -> BaseResponse:
    """The list of files alone, for htmx; a draft just made tells its number beside it."""
    return render_page(
        "challenges/_files.html",
        status=422 if refused else 200,
        challenge=challenge,
        files=attachments.of_challenge(challenge.id),
        refused=refused,
        form=form,
    )
