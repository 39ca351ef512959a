"""The board: columns of cards, and a line in each for what is new."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action
from teamhub.access.web import acting, found, on_object
from teamhub.core import clock
from teamhub.core.forms import errors_on
from teamhub.core.htmx import htmx, render_page, see_other
from teamhub.core.i18n import _
from teamhub.missions.models import Mission
from teamhub.tasks import boards, commands, listing, queries, quick
from teamhub.tasks.forms import NewTaskForm
from teamhub.tasks.views import undo
from teamhub.tasks.views.blueprint import bp


@bp.get("/missions/<int:mission_id>/board")
@on_object(Action.TASK_VIEW)
def board(mission_id: int) -> Response:
    return board_page(found(queries.get_mission(acting(), mission_id)))


@bp.post("/missions/<int:mission_id>/board")
@on_object(Action.TASK_EDIT)
def add(mission_id: int) -> BaseResponse:
    mission = found(queries.get_mission(acting(), mission_id))
    form = NewTaskForm()
    if form.validate():
        with errors_on(form):
            new = _new(form)
            task_id = commands.add(acting(), mission_id, new, column_id=form.column.data)
            undo.forget()
            said = _("«%(title)s» er lagt til.", title=new.title)
            if filters() and not htmx:  # the card may not be among those shown
                flash(said)
            return after_change(mission_id, said=said, focus=f"#new-{form.column.data}", marked=task_id)
    return board_page(mission, status=422, form=form)


def _new(form: NewTaskForm) -> commands.Written:
    """What is asked for. A date can stand at the end of the title: «Ringe apoteket @fre»."""
    title, due_on = quick.split(form.title.data or "", clock.today())
    return commands.Written(
        title=title,
        description=form.description.data or "",
        assignee_id=form.assignee_id.data,
        due_on=form.due_on.data or due_on,
    )


def board_page(
    mission: Mission, *, status: int = 200, form: NewTaskForm | None = None, marked: int | None = None
) -> Response:
    """Render the board, or the part of it htmx asks for."""
    board = boards.assemble(
        acting(), mission.id, person=listing.person_asked(request.args), late="late" in request.args
    )
    return render_page(
        "tasks/board.html",
        partials={"board": "tasks/_board.html"},
        status=status,
        mission=mission,
        board=board,
        form=form,
        undo=undo.offered(mission.id),
        here=url_for("tasks.board", mission_id=mission.id, **filters()),
        marked=marked,
    )


def after_change(mission_id: int, *, said: str, focus: str, marked: int | None = None) -> BaseResponse:
    """Show the board as it now is: the part for htmx, and what happened said aloud; else the page."""
    if not (htmx and htmx.target == "board"):
        return see_other(url_for("tasks.board", mission_id=mission_id, **filters()))
    response = board_page(found(queries.get_mission(acting(), mission_id)), marked=marked)
    response.headers["HX-Trigger"] = json.dumps({"said": said, "focus-on": focus})
    return response


def filters() -> dict[str, Any]:
    """Return the filter in the address, to be kept in the next one."""
    return {name: request.args[name][:20] for name in ("person", "late") if request.args.get(name)}
