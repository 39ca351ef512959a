"""Asking colleagues to stand behind a challenge, and answering."""

from __future__ import annotations

from typing import Any

from flask import flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, authorize
from teamhub.access.web import acting, found, on_object
from teamhub.challenges import fellows, queries
from teamhub.challenges.models import Challenge
from teamhub.challenges.views import bp
from teamhub.core.errors import DomainError, Forbidden
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import _
from teamhub.core.paging import id_in
from teamhub.core.redirects import safe_path
from teamhub.people.queries import search_people

LONGEST_SEARCH = 100


@bp.get("/challenges/<int:challenge_id>/fellows")
@on_object(Action.CHALLENGE_ASK_FELLOW)
def fellows_of(challenge_id: int) -> BaseResponse:
    challenge = found(queries.get(acting(), challenge_id))
    authorize(acting(), Action.CHALLENGE_ASK_FELLOW, challenge)
    return _page(challenge)


def _page(challenge: Challenge, *, problem: str = "", status: int = 200) -> BaseResponse:
    text = request.values.get("q", "").strip()[:LONGEST_SEARCH]
    asked = fellows.of(challenge.id)
    context: dict[str, Any] = {"challenge": challenge, "text": text, "asked": asked, "problem": problem}
    context["taken"] = {fellow.person_id for fellow in asked if fellow.accepted is not False} | {
        challenge.proposer_id,
        challenge.written_by_id,
    }
    return render_page(
        "challenges/fellows.html",
        status=status,
        partials={"colleagues": "challenges/_colleagues.html"},
        people=search_people(text) if text else [],
        **context,
    )


@bp.post("/challenges/<int:challenge_id>/fellows")
@on_object(Action.CHALLENGE_ASK_FELLOW)
def ask_fellow(challenge_id: int) -> BaseResponse:
    found(queries.get(acting(), challenge_id))
    try:
        fellows.ask(acting(), challenge_id, id_in(request.form.get("person_id", "")))
    except Forbidden:
        raise
    except DomainError as error:
        return _page(found(queries.get(acting(), challenge_id)), problem=str(error), status=422)
    flash(_("Spørsmålet er sendt. Du får vite hva svaret blir."))
    return see_other(url_for(".fellows_of", challenge_id=challenge_id))


@bp.post("/challenges/<int:challenge_id>/fellows/answer")
@on_object(Action.CHALLENGE_ANSWER_FELLOW)
def answer_fellow(challenge_id: int) -> BaseResponse:
    found(queries.get(acting(), challenge_id))
    accepts = request.form.get("accept") == "yes"
    fellows.answer(acting(), challenge_id, accepts=accepts)
    if accepts:
        flash(_("Nå står du bak utfordringen, og får vite hva som skjer."))
    else:
        flash(_("Du står ikke bak utfordringen. Innmelderen får vite det."))
    own_page = url_for(".show", challenge_id=challenge_id)
    return see_other(safe_path(request.form.get("next"), own_page))


@bp.post("/challenges/<int:challenge_id>/fellows/<int:person_id>/remove")
@on_object(Action.CHALLENGE_ASK_FELLOW)
def remove_fellow(challenge_id: int, person_id: int) -> BaseResponse:
    """Take back a question, or step back oneself."""
    found(queries.get(acting(), challenge_id))
    fellows.remove(acting(), challenge_id, person_id)
    if person_id == acting().id:
        flash(_("Du står ikke bak utfordringen lenger."))
        return see_other(url_for(".show", challenge_id=challenge_id))
    flash(_("Kollegaen står ikke bak utfordringen lenger."))
    return see_other(url_for(".fellows_of", challenge_id=challenge_id))
