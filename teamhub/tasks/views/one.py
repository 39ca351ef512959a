"""One task: its page, its conversation, its form."""

from __future__ import annotations

from collections.abc import Collection

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action, can
from teamhub.access.web import acting, found, on_object
from teamhub.core.errors import Conflict, Forbidden
from teamhub.core.forms import errors_on
from teamhub.core.htmx import htmx, render_page, see_other
from teamhub.core.i18n import _, day
from teamhub.core.redirects import safe_path
from teamhub.missions.team import team_choices
from teamhub.people import mentions
from teamhub.people.views import mention_hits
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
    mission_id = found(queries.get(acting(), task_id)).mission_id
    form = CommentForm()
    if form.validate():
        with errors_on(form):
            comment_id = commands.comment(acting(), task_id, form.body.data or "")
            warnings = _not_told(mission_id, form.body.data or "")
            if htmx:
                task = found(queries.get(acting(), task_id))
                return _task_page(task, CommentForm(formdata=None), 200, warnings)
            for warning in warnings:
                flash(warning, "stop")
            own_page = url_for(".show", task_id=task_id, _anchor=f"c{comment_id}")
            return see_other(safe_path(request.form.get("next"), own_page))
    return _task_page(found(queries.get(acting(), task_id)), form, 422)


@bp.get("/tasks/<int:task_id>/mention")
@on_object(Action.TASK_VIEW)
def mention(task_id: int) -> Response:
    """Those on the team one may mean, as somebody writes in a task's conversation."""
    task = found(queries.get(acting(), task_id))
    team = [id_ for id_, _name in team_choices(task.mission_id)]
    return mention_hits(mentions.suggest(request.args.get("q", "")[:100], among=team))


def _not_told(mission_id: int, words: str) -> list[str]:
    """Tell whom a text mentions without their being told: they are not in it, or several have the name."""
    meant = mentions.find(words)
    told = queries.who_may_see(mission_id, meant.people)
    outside = [name for id_, name in meant.people.items() if id_ not in told]
    said = [_("%(name)s er ikke med i oppdraget og får ikke beskjed.", name=name) for name in outside]
    return said + meant.warnings


def _task_page(task: Task, form: CommentForm, status: int, warnings: Collection[str] = ()) -> Response:
    return render_page(
        "tasks/show.html",
        partials={"thread": "tasks/_thread.html"},
        status=status,
        task=task,
        mission=task.mission,
        comments=queries.comments(task.id),
        happened=sentences(history(task.id)),
        comment_form=form,
        warnings=warnings,
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
