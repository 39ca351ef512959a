"""Tasks as lists: a mission's, and my own across missions."""

from __future__ import annotations

from flask import Response, request

from teamhub.access.policy import Action
from teamhub.access.web import acting, found, on_object, requires
from teamhub.core.htmx import render_page
from teamhub.core.i18n import _
from teamhub.missions.team import seats_of, team_choices
from teamhub.tasks import listing, queries
from teamhub.tasks import mine as my
from teamhub.tasks.views import undo
from teamhub.tasks.views.blueprint import bp


@bp.get("/missions/<int:mission_id>/tasks")
@on_object(Action.TASK_VIEW)
def list_(mission_id: int) -> Response:
    mission = found(queries.get_mission(acting(), mission_id))
    search = listing.parse(request.args)
    return render_page(
        "tasks/list.html",
        partials={"task-list": "tasks/_list.html"},
        mission=mission,
        search=search,
        found=listing.find(acting(), mission_id, search),
        column_choices=[("", _("Alle")), *((c.id, c.name) for c in queries.columns(mission_id))],
        people=team_choices(mission_id),
        undo=undo.offered(mission_id),
    )


@bp.get("/my/tasks")
@requires(Action.TASK_LIST_OWN)
def mine() -> Response:
    seats = seats_of(acting().id or 0)
    return render_page(
        "tasks/mine.html",
        work=my.my_work(acting()),
        seats=seats,
        share=my.share_now(seats),
        undo=undo.offered(),
    )
