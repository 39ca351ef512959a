"""What is done at the office's desk: one answered in place, many at once, what was done undone, templates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, can
from teamhub.access.web import acting, found, on_object, requires
from teamhub.challenges import answer_templates, answering, desk, desk_view, handling, queries
from teamhub.challenges.handling import Was
from teamhub.challenges.models import Challenge
from teamhub.challenges.names import ANSWERED, THEMES
from teamhub.challenges.office import AnswerTemplate
from teamhub.challenges.office_forms import DeskAnswerForm, EditTemplateForm, TemplateForm
from teamhub.challenges.views import bp
from teamhub.core.errors import Conflict, DomainError, Forbidden
from teamhub.core.forms import errors_on
from teamhub.core.htmx import htmx, render_page, see_other
from teamhub.core.i18n import _, _n
from teamhub.core.paging import id_in


@bp.get("/challenges/<int:challenge_id>/desk")
@requires(Action.CHALLENGE_DESK)
def beside(challenge_id: int) -> BaseResponse:
    challenge = found(queries.get(acting(), challenge_id))
    queue = replace(desk.parse(request.args), chosen=challenge_id)
    shown = desk_view.part if htmx.target == "beside" else desk_view.page
    return shown(queue, challenge=challenge)


@bp.get("/challenges/<int:challenge_id>/desk/similar")
@requires(Action.CHALLENGE_DESK)
def alike(challenge_id: int) -> Response:
    challenge = found(queries.get(acting(), challenge_id))
    return render_page(
        "challenges/alike.html",
        partials={"alike": "challenges/_alike.html"},
        challenge=challenge,
        hits=desk.alike(challenge),
    )


@bp.post("/challenges/<int:challenge_id>/desk")
@on_object(Action.CHALLENGE_ANSWER)
def answer_at_desk(challenge_id: int) -> BaseResponse:
    challenge = found(queries.get(acting(), challenge_id))
    if not any(can(acting(), way, challenge) for way in (Action.CHALLENGE_ANSWER, Action.CHALLENGE_DECIDE)):
        raise Forbidden(_("Du har ikke lov til dette."))
    queue, due_on = replace(desk.parse(request.form), chosen=challenge_id), challenge.due_on
    form, templates = DeskAnswerForm(), desk.templates()
    form.put_out(answering.decisions(acting(), challenge), templates, "")
    if request.form.get("do") == "template":
        form.fill_from(templates)
        return _again(queue, form, 200)
    if form.validate():
        with errors_on(form):
            try:
                _answer(challenge, form)
                return _on_to_the_next(queue, challenge_id, due_on)
            except Conflict as conflict:
                form.seen.data = answering.stands(conflict.current)
                return _again(queue, form, 409, moved_on=True)
    return _again(queue, form, 422)


def _answer(challenge: Challenge, form: DeskAnswerForm) -> None:
    answering.answer(
        acting(),
        challenge.id,
        form.decision.data,
        reason=form.reason.data or "",
        unit_id=form.unit_id.data,
        review_on=form.review_on.data,
        seen=form.seen.data,
        sure=form.sure.data,
    )
    asked = form.decision.data == "line"
    what = ANSWERED["offered" if asked else form.decision.data]
    desk_view.told(_("«%(title)s»: %(what)s.", title=challenge.title, what=str(what).lower()))


def _on_to_the_next(queue: desk.Queue, answered: int, due_on: date | None) -> BaseResponse:
    """Show the queue with the one that comes after open, so that a whole queue is cleared in one go."""
    rest = desk.rows(acting(), queue, desk.counts(acting())).rows
    queue = replace(queue, chosen=desk.following(rest, answered, due_on))
    return desk_view.page(queue) if htmx else see_other(desk_view.address(queue))


def _again(queue: desk.Queue, form: DeskAnswerForm, status: int, *, moved_on: bool = False) -> Response:
    shown = desk_view.part if htmx.target == "beside" else desk_view.page
    return shown(queue, status=status, form=form, moved_on=moved_on)


@bp.post("/challenges/desk")
@requires(Action.TEMPLATE_MANAGE)
def many() -> BaseResponse:
    """Do one thing to all that are marked."""
    queue, ids = desk.parse(request.form), _ids(request.form.getlist("ids"))
    try:
        _MANY[request.form.get("do", "")](ids)
    except KeyError:
        flash(_("Velg hva som skal gjøres med dem."), "stop")
    except DomainError as error:
        if isinstance(error, Forbidden):
            raise
        flash(str(error), "stop")
    return desk_view.page(queue) if htmx else see_other(desk_view.address(queue))


def _take(ids: list[int]) -> None:
    me = acting().id
    was = handling.hand_over(acting(), ids, me)
    text = _n("Du har ansvar for én til.", "Du har ansvar for %(num)s til.", len(was))
    desk_view.told(text, do="handler", was=was, now=str(me or ""))


def _give(ids: list[int]) -> None:
    to = request.form.get("handler", "")
    handler = next((one for one in desk.handlers() if str(one.id) == to), None)
    was = handling.hand_over(acting(), ids, handler.id if handler else 0)
    name = handler.name if handler else ""
    text = _n(
        "%(name)s har ansvar for én utfordring til.",
        "%(name)s har ansvar for %(num)s utfordringer til.",
        len(was),
        name=name,
    )
    desk_view.told(text, do="handler", was=was, now=to)


def _assess(ids: list[int]) -> None:
    was = handling.take_to_assessment(acting(), ids)
    text = _n("Én er tatt til vurdering.", "%(num)s er tatt til vurdering.", len(was))
    rest = len(set(ids)) - len(was)
    if rest:
        text += " " + _n("Én var svart på fra før.", "%(num)s var svart på fra før.", rest)
    desk_view.told(text, do="assess", was=was)


def _theme(ids: list[int]) -> None:
    theme = request.form.get("theme", "")
    was = handling.set_theme(acting(), ids, theme)
    text = _n(
        "Én har fått temaet %(theme)s.", "%(num)s har fått temaet %(theme)s.", len(was), theme=THEMES[theme]
    )
    desk_view.told(text, do="theme", was=was, now=theme)


_MANY = {"take": _take, "give": _give, "assess": _assess, "theme": _theme}
"""What can be done to many at once: nothing that says no, and nothing that cannot be undone."""


@bp.post("/challenges/desk/undo")
@requires(Action.TEMPLATE_MANAGE)
def undo_many() -> BaseResponse:
    """Undo what was done to many, for those nobody has touched since."""
    queue, was, now = desk.parse(request.form), _was(), request.form.get("now", "")
    do = request.form.get("do")
    try:
        if do == "assess":
            number = handling.undo_assessment(acting(), list(was))
        elif do == "theme":
            number = handling.undo_theme(acting(), was, now)
        else:
            number = handling.undo_handing_over(acting(), was, id_in(now))
        desk_view.told(_n("Én er som før.", "%(num)s er som før.", number))
    except DomainError as error:
        if isinstance(error, Forbidden):
            raise
        flash(str(error), "stop")
    return desk_view.page(queue) if htmx else see_other(desk_view.address(queue))


def _was() -> Was:
    pairs = (said.partition(":") for said in request.form.getlist("was")[: handling.MOST])
    return {id_: before for said, _colon, before in pairs for id_ in _ids([said])}


def _ids(said: list[str]) -> list[int]:
    return [int(one) for one in said if one.isascii() and one.isdigit() and len(one) < desk.LONGEST_ID]


# -- templates -------------------------------------------------------------------------------------------


@bp.route("/challenges/templates", methods=["GET", "POST"])
@requires(Action.TEMPLATE_MANAGE)
def templates() -> BaseResponse:
    form = TemplateForm()
    if form.validate_on_submit():
        with errors_on(form):
            answer_templates.add(
                acting(), form.name.data, form.body.data, decision=form.decision.data or None
            )
            flash(_("Malen er lagret."))
            return see_other(url_for(".templates"))
    status = 422 if form.errors else 200
    return render_page("challenges/templates.html", status=status, form=form, templates=desk.templates())


@bp.route("/challenges/templates/<int:template_id>", methods=["GET", "POST"])
@requires(Action.TEMPLATE_MANAGE)
def edit_template(template_id: int) -> BaseResponse:
    form = EditTemplateForm(obj=found(answer_templates.get(template_id)))
    if form.validate_on_submit():
        with errors_on(form):
            try:
                answer_templates.change(
                    acting(),
                    template_id,
                    form.name.data,
                    form.body.data,
                    decision=form.decision.data or None,
                    version=form.version.data or 0,
                )
                flash(_("Malen er lagret."))
                return see_other(url_for(".templates"))
            except Conflict as conflict:
                form.rebase(conflict.current.version)
                return _template_page(template_id, form, 409, conflict.current)
    return _template_page(template_id, form, 422 if form.errors else 200)


def _template_page(
    template_id: int, form: EditTemplateForm, status: int, theirs: AnswerTemplate | None = None
) -> Response:
    return render_page(
        "challenges/template.html", status=status, template_id=template_id, form=form, theirs=theirs
    )


@bp.post("/challenges/templates/<int:template_id>/remove")
@requires(Action.TEMPLATE_MANAGE)
def remove_template(template_id: int) -> BaseResponse:
    answer_templates.remove(acting(), template_id)
    flash(_("Malen er slettet."))
    return see_other(url_for(".templates"))
