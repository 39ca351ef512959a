"""The page where a team sets up its board."""

from __future__ import annotations

from typing import TypeVar

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action
from teamhub.access.web import acting, found, on_object
from teamhub.core.errors import Conflict
from teamhub.core.forms import Form, errors_on, options
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import _
from teamhub.missions.models import Mission
from teamhub.tasks import columns as commands
from teamhub.tasks import queries
from teamhub.tasks.forms import ColumnForm, NewColumnForm, RemoveColumnForm
from teamhub.tasks.queries import Column
from teamhub.tasks.views.blueprint import bp

F = TypeVar("F", bound=Form)


@bp.get("/missions/<int:mission_id>/columns")
@on_object(Action.TASK_VIEW)
def columns(mission_id: int) -> Response:
    return _columns_page(found(queries.get_mission(acting(), mission_id)))


@bp.post("/missions/<int:mission_id>/columns")
@on_object(Action.TASK_EDIT)
def add_column(mission_id: int) -> BaseResponse:
    mission = found(queries.get_mission(acting(), mission_id))
    form = NewColumnForm()
    if form.validate():
        with errors_on(form):
            commands.add_column(
                acting(),
                mission_id,
                name=form.name.data or "",
                wip_limit=form.wip_limit.data,
                is_done=form.is_done.data,
            )
            return _done(mission_id, _("Kolonnen er lagt til."))
    return _columns_page(mission, 422, new=form)


@bp.post("/missions/<int:mission_id>/columns/<int:column_id>")
@on_object(Action.TASK_EDIT)
def change_column(mission_id: int, column_id: int) -> BaseResponse:
    mission, column = _found(mission_id, column_id)
    form = _form(column, ask=True)
    if not form.validate():
        return _columns_page(mission, 422, failed=(column_id, form))
    try:
        commands.change_column(
            acting(),
            column_id,
            name=form.name.data or "",
            wip_limit=form.wip_limit.data,
            version=form.version.data or 0,
        )
    except Conflict as conflict:
        form.rebase(conflict.current.version)
        return _columns_page(found(queries.get_mission(acting(), mission_id)), 409, failed=(column_id, form))
    return _done(mission_id, _("Kolonnen er lagret."))


@bp.post("/missions/<int:mission_id>/columns/<int:column_id>/shift")
@on_object(Action.TASK_EDIT)
def shift_column(mission_id: int, column_id: int) -> BaseResponse:
    _found(mission_id, column_id)
    commands.shift_column(acting(), column_id, by=-1 if request.form.get("to") == "left" else 1)
    return _done(mission_id, _("Kolonnen er flyttet."))


@bp.post("/missions/<int:mission_id>/columns/<int:column_id>/remove")
@on_object(Action.TASK_EDIT)
def remove_column(mission_id: int, column_id: int) -> BaseResponse:
    mission, column = _found(mission_id, column_id)
    form = _remove_form(column, queries.columns(mission_id), ask=True)
    if form.validate():
        with errors_on(form):
            commands.remove_column(acting(), column_id, cards_to=form.cards_to.data)
            return _done(mission_id, _("Kolonnen «%(name)s» er fjernet.", name=column.name))
    return _columns_page(mission, 422, failed=(column_id, form))


def _found(mission_id: int, column_id: int) -> tuple[Mission, Column]:
    mission = found(queries.get_mission(acting(), mission_id))
    return mission, found(next((c for c in queries.columns(mission_id) if c.id == column_id), None))


def _done(mission_id: int, text: str) -> BaseResponse:
    flash(text)
    return see_other(url_for(".columns", mission_id=mission_id))


def _form(column: Column, *, ask: bool = False) -> ColumnForm:
    values = {"name": column.name, "wip_limit": column.wip_limit, "version": column.version}
    form = ColumnForm(data=values) if ask else ColumnForm(formdata=None, data=values)
    return _with_own_ids(form, column.id)


def _remove_form(column: Column, columns: list[Column], *, ask: bool = False) -> RemoveColumnForm:
    form = RemoveColumnForm() if ask else RemoveColumnForm(formdata=None)
    others = ((other.id, other.name) for other in columns if other.id != column.id)
    form.cards_to.choices = options([("", _("Velg kolonne")), *others])
    return _with_own_ids(form, column.id)


def _with_own_ids(form: F, column_id: int) -> F:
    """Several forms of a kind stand on the page; their fields may not share ids."""
    for field in form:
        field.id = f"{field.short_name}-{column_id}"
        field.label.field_id = field.id
    return form


def _columns_page(
    mission: Mission,
    status: int = 200,
    *,
    new: NewColumnForm | None = None,
    failed: tuple[int, Form] | None = None,
) -> Response:
    columns = queries.columns(mission.id)
    forms = {column.id: _form(column) for column in columns}
    removals = {column.id: _remove_form(column, columns) for column in columns}
    if failed:
        kind = removals if isinstance(failed[1], RemoveColumnForm) else forms
        kind[failed[0]] = failed[1]
    return render_page(
        "tasks/columns.html",
        status=status,
        mission=mission,
        columns=columns,
        forms=forms,
        removals=removals,
        new=new or NewColumnForm(formdata=None),
        failed=failed,
        status_conflict=status == 409,
    )
