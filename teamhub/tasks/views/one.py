"""One task: its page, its conversation, its form."""

from __future__ import annotations

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, can
from teamhub.access.web import acting, found, on_object
from teamhub.core.errors import Conflict, Forbidden
from teamhub.core.forms import errors_on
from teamhub.core.htmx import htmx, render_page, see_other
from teamhub.core.i18n import _, day
from teamhub.missions.team import team_choices
from teamhub.tasks import commands, queries
from teamhub.tasks.forms import CommentForm, TaskForm
from teamhub.tasks.history import history
from teamhub.tasks.models import Task
from teamhub.tasks.names import sentences
from teamhub.tasks.views import undo
from teamhub.tasks.views.blueprint import bp


@bp.get("/tasks/<int:task_id>")
@on_object(Action.TASK_VIEW)
def show(task_id: int) -> Response:
    return _task_page(found(queries.get(acting(), task_id)), CommentForm(formdata=None), 200)


@bp.post("/tasks/<int:task_id>/comments")
@on_object(Action.TASK_EDIT)
def comment(task_id: int) -> BaseResponse:
    found(queries.get(acting(), task_id))
    form = CommentForm()
    if form.validate():
        with errors_on(form):
            comment_id = commands.comment(acting(), task_id, form.body.data or "")
            if not htmx:
                return see_other(url_for(".show", task_id=task_id, _anchor=f"c{comment_id}"))
            form = CommentForm(formdata=None)
    status = 422 if form.errors else 200
    return _task_page(found(queries.get(acting(), task_id)), form, status)


def _task_page(task: Task, form: CommentForm, status: int) -> Response:
    return render_page(
        "tasks/show.html",
        partials={"thread": "tasks/_thread.html"},
        status=status,
        task=task,
        mission=task.mission,
        comments=queries.comments(task.id),
        happened=sentences(history(task.id)),
        comment_form=form,
        undo=undo.offered(task.mission_id, task_id=task.id),
    )


@bp.route("/tasks/<int:task_id>/edit", methods=["GET", "POST"])
@on_object(Action.TASK_EDIT)
def edit(task_id: int) -> BaseResponse:
    task = found(queries.get(acting(), task_id))
    if not can(acting(), Action.TASK_EDIT, task):
        raise Forbidden(_("Bare de som er med i oppdraget, kan endre oppgavene."))
    form = _form(task)
    if form.validate_on_submit():
        with errors_on(form):
            try:
                version, column_id = form.version.data or 0, form.column.data
                commands.edit(acting(), task_id, form.written(), version=version, column_id=column_id)
                flash(_("Oppgaven er lagret."))
                return see_other(url_for(".show", task_id=task_id))
            except Conflict as conflict:
                form.rebase(conflict.current.version)
                return _edit_page(task_id, form, 409, by=conflict.by)
    return _edit_page(task_id, form, 422 if form.errors else 200)


def _form(task: Task) -> TaskForm:
    names = ("title", "description", "assignee_id", "due_on", "version")
    form = TaskForm(data={name: getattr(task, name) for name in names} | {"column": task.column_id})
    return form.offer(task, team_choices(task.mission_id), queries.columns(task.mission_id))


def _edit_page(task_id: int, form: TaskForm, status: int, by: str | None = None) -> Response:
    task = found(queries.get(acting(), task_id))
    return render_page(
        "tasks/edit.html",
        status=status,
        task=task,
        mission=task.mission,
        form=form,
        conflict=status == 409,
        by=by,
        theirs=_theirs(task, form) if status == 409 else {},
    )


def _theirs(task: Task, form: TaskForm) -> dict[str, str]:
    """What is saved now, in words, for each field that differs from what was typed."""
    saved = {
        "title": (task.title, task.title),
        "description": (task.description, task.description),
        "assignee_id": (task.assignee_id, task.assignee.name if task.assignee else ""),
        "due_on": (task.due_on, day(task.due_on) if task.due_on else ""),
        "column": (task.column_id, task.column.name),
    }
    return {name: words for name, (value, words) in saved.items() if form[name].data != value}
