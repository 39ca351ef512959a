"""«Kompetansen min»: what I can, what I want to learn, and when I can be asked. Nobody else's."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action
from teamhub.access.web import acting, found, requires
from teamhub.competence import commands, evidence, queries
from teamhub.competence.curate_forms import SuggestForm
from teamhub.competence.forms import AbsenceForm, LanguageForm, PlaceForm, SkillForm, TimeForm
from teamhub.competence.names import LEVELS, OUTCOMES
from teamhub.competence.states import Assignment, WorkLanguage
from teamhub.core.forms import errors_on
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import _

bp = Blueprint("competence", __name__)


@bp.get("/competence")
@requires(Action.COMPETENCE_MANAGE)
def mine() -> Response:
    return page_of_mine()


def page_of_mine(status: int = 200, **forms: Any) -> Response:
    """Render my page, with ``forms`` in the place of those that stand there empty, or as I have said."""
    time = queries.my_time(acting())
    said = {"share": time.share} | {kind.value: hours for kind, hours in time.hours.items()}
    standing: dict[str, Any] = {
        "skill_form": SkillForm(formdata=None),
        "suggest_form": SuggestForm(formdata=None),
        "language_form": LanguageForm(formdata=None),
        "place_form": PlaceForm(formdata=None),
        "time_form": TimeForm(formdata=None, data=said),
        "absence_form": AbsenceForm(formdata=None),
    }
    return render_page(
        "competence/mine.html",
        status=status,
        skills=queries.my_skills(acting()),
        work=evidence.my_work(acting()),
        ways=queries.my_ways(acting()),
        suggestions=queries.my_suggestions(acting()),
        suggestion_outcomes=OUTCOMES,
        levels=LEVELS,
        time=time,
        **(standing | forms),
    )


@bp.post("/competence/skills")
@requires(Action.COMPETENCE_MANAGE)
def say() -> BaseResponse:
    form = SkillForm()
    if form.is_finding():
        return page_of_mine(skill_form=form)
    if form.validate():
        with errors_on(form):
            commands.say(
                acting(),
                form.skill_id.data or 0,
                level=form.level.data,
                wants=bool(form.wants.data),
                shared=bool(form.shared.data),
            )
            flash(_("Ferdigheten er lagret."))
            return see_other(url_for(".mine", _anchor="skills"))
    return page_of_mine(422, skill_form=form)


@bp.post("/competence/skills/<int:skill_id>/remove")
@requires(Action.COMPETENCE_MANAGE)
def unsay(skill_id: int) -> BaseResponse:
    commands.unsay(acting(), skill_id)
    flash(_("Ferdigheten er tatt bort."))
    return see_other(url_for(".mine", _anchor="skills"))


@bp.post("/competence/languages")
@requires(Action.COMPETENCE_MANAGE)
def speak() -> BaseResponse:
    form = LanguageForm()
    if form.validate():
        commands.speak(acting(), WorkLanguage(form.language.data), shared=bool(form.language_shared.data))
        flash(_("Språket er lagret."))
        return see_other(url_for(".mine", _anchor="ways"))
    return page_of_mine(422, language_form=form)


@bp.post("/competence/languages/<language>/remove")
@requires(Action.COMPETENCE_MANAGE)
def unspeak(language: str) -> BaseResponse:
    commands.unspeak(acting(), found(queries.work_language(language)))
    flash(_("Språket er tatt bort."))
    return see_other(url_for(".mine", _anchor="ways"))


@bp.post("/competence/places")
@requires(Action.COMPETENCE_MANAGE)
def work_at() -> BaseResponse:
    form = PlaceForm()
    if form.validate():
        with errors_on(form):
            commands.work_at(acting(), form.place_id.data or 0, shared=bool(form.place_shared.data))
            flash(_("Stedet er lagret."))
            return see_other(url_for(".mine", _anchor="ways"))
    return page_of_mine(422, place_form=form)


@bp.post("/competence/places/<int:place_id>/remove")
@requires(Action.COMPETENCE_MANAGE)
def leave(place_id: int) -> BaseResponse:
    commands.leave(acting(), place_id)
    flash(_("Stedet er tatt bort."))
    return see_other(url_for(".mine", _anchor="ways"))


@bp.post("/competence/time")
@requires(Action.COMPETENCE_MANAGE)
def have_time() -> BaseResponse:
    form = TimeForm()
    if form.validate():
        with errors_on(form):
            hours = {kind: form[kind.value].data for kind in Assignment}
            commands.have_time(acting(), share=form.share.data or 0, hours=hours)
            flash(_("Tiden din er lagret."))
            return see_other(url_for(".mine", _anchor="time"))
    return page_of_mine(422, time_form=form)


@bp.post("/competence/absences")
@requires(Action.COMPETENCE_MANAGE)
def be_away() -> BaseResponse:
    form = AbsenceForm()
    if form.validate():
        with errors_on(form):
            commands.be_away(acting(), form.starts_on.data, form.ends_on.data)
            flash(_("Fraværet er skrevet opp."))
            return see_other(url_for(".mine", _anchor="time"))
    return page_of_mine(422, absence_form=form)


@bp.post("/competence/absences/<int:absence_id>/remove")
@requires(Action.COMPETENCE_MANAGE)
def be_back(absence_id: int) -> BaseResponse:
    commands.be_back(acting(), found(queries.absence(acting(), absence_id)).id)
    flash(_("Fraværet er strøket."))
    return see_other(url_for(".mine", _anchor="time"))
