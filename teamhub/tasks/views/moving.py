"""Moving a task by menu, keys, drag or undo: the same form, the same address. Done and open again."""

from __future__ import annotations

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, authorize
from teamhub.access.web import acting, found, on_object
from teamhub.core.errors import DomainError, Forbidden
from teamhub.core.forms import errors_on
from teamhub.core.htmx import htmx, render_page, see_other
from teamhub.core.i18n import _
from teamhub.core.redirects import safe_path
from teamhub.tasks import boards, commands, listing, queries, removing
from teamhub.tasks.forms import MoveForm
from teamhub.tasks.models import Task
from teamhub.tasks.views import undo
from teamhub.tasks.views.blueprint import bp
from teamhub.tasks.views.board import after_change, filters


@bp.get("/tasks/<int:task_id>/move")
@on_object(Action.TASK_EDIT)
def move_page(task_id: int) -> Response:
    task = found(queries.get(acting(), task_id))
    authorize(acting(), Action.TASK_EDIT, task)
    form = MoveForm(formdata=None, column=task.column_id, position=queries.place_of(task))
    return _move_page(task, form, 200)


@bp.post("/tasks/<int:task_id>/move")
@on_object(Action.TASK_EDIT)
def move(task_id: int) -> BaseResponse:
    task = found(queries.get(acting(), task_id))
    form = MoveForm().offer(queries.columns(task.mission_id))
    if form.validate():
        with errors_on(form):
            moved = commands.move(
                acting(),
                task_id,
                column_id=form.column.data,
                place=form.place,
                expects=form.expects.data,
            )
            return _moved(moved, undone=form.expects.data is not None)
    if htmx and htmx.target == "board":
        why = " ".join(str(message) for messages in form.errors.values() for message in messages)
        return after_change(task.mission_id, said=why, focus=f"#task-{task_id} a")
    return _move_page(found(queries.get(acting(), task_id)), form, 422)


def _moved(moved: commands.Moved, *, undone: bool) -> BaseResponse:
    """Tell where the task is, offer the way back, and show the page the move was made on."""
    text = _("«%(title)s» er flyttet til %(column)s.", title=moved.title, column=moved.column_name)
    if undone:
        undo.forget()
        flash_unless_htmx(_("Angret. «%(title)s» står der den stod.", title=moved.title))
    else:
        undo.offer_move_back(moved, text)
    said = text
    if htmx and htmx.target == "board":
        person = listing.person_asked(request.args)
        place = boards.assemble(acting(), moved.mission_id, person=person).place(moved.task_id)
        said = _("«%(title)s»: %(place)s.", title=moved.title, place=place) if place else text
        return after_change(
            moved.mission_id, said=said, focus=f"#task-{moved.task_id} a", marked=moved.task_id
        )
    board = url_for("tasks.board", mission_id=moved.mission_id, **filters())
    return see_other(safe_path(request.form.get("next"), board))


def flash_unless_htmx(text: str) -> None:
    """A flash is for the next whole page; what htmx swaps in says it aloud instead."""
    if not (htmx and htmx.target == "board"):
        flash(text)


def _move_page(task: Task, form: MoveForm, status: int) -> Response:
    return render_page(
        "tasks/move.html",
        status=status,
        task=task,
        mission=task.mission,
        form=form.offer(queries.columns(task.mission_id)),
        next=safe_path(request.values.get("next"), url_for("tasks.board", mission_id=task.mission_id)),
    )


@bp.post("/tasks/<int:task_id>/done")
@on_object(Action.TASK_EDIT)
def done(task_id: int) -> BaseResponse:
    return _set_done(task_id, done=True)


@bp.post("/tasks/<int:task_id>/reopen")
@on_object(Action.TASK_EDIT)
def reopen(task_id: int) -> BaseResponse:
    return _set_done(task_id, done=False)


def _set_done(task_id: int, *, done: bool) -> BaseResponse:
    found(queries.get(acting(), task_id))
    moved = commands.set_done(acting(), task_id, done=done)
    text = _("«%(title)s» er ferdig.") if done else _("«%(title)s» er åpen igjen.")
    text %= {"title": moved.title}
    if moved.old_column == moved.column:
        undo.offer_toggle_back(moved, text, done=done)
    else:
        undo.offer_move_back(moved, text)
    return see_other(safe_path(request.form.get("next"), url_for("tasks.show", task_id=task_id)))


@bp.route("/tasks/<int:task_id>/delete", methods=["GET", "POST"])
@on_object(Action.TASK_EDIT)
def delete(task_id: int) -> BaseResponse:
    task = found(queries.get(acting(), task_id))
    authorize(acting(), Action.TASK_EDIT, task)
    if request.method != "POST":
        return render_page("tasks/delete.html", task=task, mission=task.mission)
    mission_id = task.mission_id
    undo.offer_restore(mission_id, task_id, removing.delete(acting(), task_id))
    return see_other(url_for("tasks.board", mission_id=mission_id))


@bp.post("/missions/<int:mission_id>/tasks/<int:task_id>/restore")
@on_object(Action.TASK_EDIT)
def restore(mission_id: int, task_id: int) -> BaseResponse:
    found(queries.get_mission(acting(), mission_id))
    undo.forget()
    try:
        back = removing.restore(acting(), mission_id, task_id)
    except Forbidden:
        raise
    except DomainError as error:
        flash(str(error), "stop")
        return see_other(url_for("tasks.board", mission_id=mission_id))
    flash(_("Oppgaven er tilbake."))
    return see_other(url_for("tasks.show", task_id=back))
