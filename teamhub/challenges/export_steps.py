"""Taking the list of challenges along, as CSV or XLSX."""

from __future__ import annotations

from flask import Response, abort, request

from teamhub.access.policy import Action, can
from teamhub.access.web import acting, requires
from teamhub.challenges import explore, export
from teamhub.challenges.views import bp
from teamhub.core import clock
from teamhub.core.errors import Forbidden
from teamhub.core.i18n import _
from teamhub.core.sheets import as_csv, as_xlsx

SHAPES = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@bp.get("/challenges/export")
@requires(Action.CHALLENGE_LIST)
def take_along() -> Response:
    """Hand out what the same address shows as a list, whole: ``as`` is csv or xlsx."""
    search = explore.parse(request.args)
    if search.scope == "desk" and not can(acting(), Action.CHALLENGE_DESK):
        raise Forbidden(_("Pulten er for porteføljekontoret og porteføljestyret."))
    shape = request.args.get("as", "csv")
    if shape not in SHAPES:
        abort(404)
    write, mimetype = SHAPES[shape]
    response = Response(write(export.sheet(acting(), search)), content_type=mimetype)
    name = f"{_('utfordringer')}-{clock.today():%Y-%m-%d}.{shape}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
