"""The office's pages: the list of skills, the places, and what people suggest; and suggesting it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, authorize
from teamhub.access.web import acting, found, on_object, requires
from teamhub.competence import curating, queries
from teamhub.competence.curate_forms import (
    DeclineForm,
    EditPlaceForm,
    EditSkillForm,
    MergeForm,
    PlaceNameForm,
    SkillWordsForm,
    SuggestForm,
)
from teamhub.competence.views import bp, page_of_mine
from teamhub.core.errors import Conflict
from teamhub.core.forms import Form, errors_on
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import _


@bp.route("/skills", methods=["GET", "POST"])
@requires(Action.COMPETENCE_CURATE)
def skills() -> BaseResponse:
    form = SkillWordsForm()
    if form.validate_on_submit():
        with errors_on(form):
            curating.add_skill(acting(), form.words())
            flash(_("Ferdigheten er lagt til på lista."))
            return see_other(url_for(".skills"))
    text = request.args.get("q", "").strip()[:100]
    return render_page(
        "competence/skills.html",
        status=422 if form.errors else 200,
        form=form,
        text=text,
        skills=queries.listed_skills(text),
        suggestions=queries.waiting_suggestions(),
    )


@bp.route("/skills/<int:skill_id>", methods=["GET", "POST"])
@requires(Action.COMPETENCE_CURATE)
def edit_skill(skill_id: int) -> BaseResponse:
    skill = found(queries.skill(skill_id))
    form = EditSkillForm(obj=skill, data={"synonyms": ", ".join(skill.said_as)})

    def change() -> None:
        curating.change_skill(
            acting(),
            skill_id,
            form.words(),
            retired=bool(form.retired.data),
            version=form.version.data or 0,
        )

    if done := _saved(form, change, _("Ferdigheten er lagret."), ".skills"):
        return done
    return _edit_page("competence/skill.html", form, skill=found(queries.skill(skill_id)))


@bp.route("/places", methods=["GET", "POST"])
@requires(Action.COMPETENCE_CURATE)
def places() -> BaseResponse:
    form = PlaceNameForm()
    if form.validate_on_submit():
        curating.add_place(acting(), form.name.data)
        flash(_("Stedet er lagt til."))
        return see_other(url_for(".places"))
    status = 422 if form.errors else 200
    return render_page("competence/places.html", status=status, form=form, places=queries.listed_places())


@bp.route("/places/<int:place_id>", methods=["GET", "POST"])
@requires(Action.COMPETENCE_CURATE)
def edit_place(place_id: int) -> BaseResponse:
    form = EditPlaceForm(obj=found(queries.place(place_id)))

    def change() -> None:
        curating.change_place(
            acting(),
            place_id,
            form.name.data,
            retired=bool(form.retired.data),
            version=form.version.data or 0,
        )

    if done := _saved(form, change, _("Stedet er lagret."), ".places"):
        return done
    return _edit_page("competence/place.html", form, place=found(queries.place(place_id)))


def _saved(form: Any, change: Callable[[], None], told: str, back: str) -> BaseResponse | None:
    """Carry out a change to something several can edit. None: show the form again, with what is wrong."""
    form.theirs = None
    if form.validate_on_submit():
        with errors_on(form):
            try:
                change()
            except Conflict as conflict:
                form.rebase(conflict.current.version)
                form.theirs = conflict.current
            else:
                flash(told)
                return see_other(url_for(back))
    return None


def _edit_page(page: str, form: Any, **context: Any) -> Response:
    status = 409 if form.theirs else 422 if form.errors else 200
    return render_page(page, status=status, form=form, theirs=form.theirs, **context)


# -- suggestions -----------------------------------------------------------------------------------------


@bp.post("/competence/suggestions")
@requires(Action.COMPETENCE_MANAGE)
def suggest() -> BaseResponse:
    form = SuggestForm()
    if form.validate():
        with errors_on(form):
            curating.suggest(acting(), form.name.data, form.why.data or "")
            flash(_("Takk! Porteføljekontoret ser på forslaget, og du får svar."))
            return see_other(url_for(".mine", _anchor="missing"))
    return page_of_mine(422, suggest_form=form)


@bp.get("/competence/suggestions/<int:suggestion_id>")
@on_object(Action.COMPETENCE_MANAGE)
def suggestion(suggestion_id: int) -> BaseResponse:
    authorize(acting(), Action.COMPETENCE_MANAGE)
    return _suggestion_page(suggestion_id)


@bp.post("/competence/suggestions/<int:suggestion_id>/accept")
@requires(Action.COMPETENCE_CURATE)
def accept_suggestion(suggestion_id: int) -> BaseResponse:
    form = SkillWordsForm()

    def answer() -> object:
        return curating.accept(acting(), suggestion_id, form.words())

    return _answered(suggestion_id, "accept_form", form, answer)


@bp.post("/competence/suggestions/<int:suggestion_id>/merge")
@requires(Action.COMPETENCE_CURATE)
def merge_suggestion(suggestion_id: int) -> BaseResponse:
    form = MergeForm()

    def answer() -> object:
        return curating.merge(acting(), suggestion_id, form.skill_id.data or 0)

    return _answered(suggestion_id, "merge_form", form, answer)


@bp.post("/competence/suggestions/<int:suggestion_id>/decline")
@requires(Action.COMPETENCE_CURATE)
def decline_suggestion(suggestion_id: int) -> BaseResponse:
    form = DeclineForm()

    def answer() -> object:
        return curating.decline(acting(), suggestion_id, form.answer.data or "")

    return _answered(suggestion_id, "decline_form", form, answer)


def _answered(suggestion_id: int, name: str, form: Form, answer: Callable[[], object]) -> BaseResponse:
    found(queries.suggestion(acting(), suggestion_id))
    if form.validate():
        with errors_on(form):
            answer()
            flash(_("Svaret er sendt til den som foreslo den."))
            return see_other(url_for(".skills"))
    return _suggestion_page(suggestion_id, 422, **{name: form})


def _suggestion_page(suggestion_id: int, status: int = 200, **forms: Form) -> Response:
    suggested = found(queries.suggestion(acting(), suggestion_id))
    words = {"nb": suggested.name, "nn": suggested.name, "en": suggested.name}
    standing: dict[str, Form] = {
        "accept_form": SkillWordsForm(formdata=None, data=words),
        "merge_form": MergeForm(formdata=None, looks_like=suggested.name),
        "decline_form": DeclineForm(formdata=None),
    }
    return render_page(
        "competence/suggestion.html", status=status, suggestion=suggested, **(standing | forms)
    )
