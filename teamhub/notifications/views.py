"""The inbox, what is done in it, its count in the top bar, and a person's own choices."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.policy import Action
from teamhub.access.web import acting, found, requires
from teamhub.core.forms import errors_on
from teamhub.core.htmx import htmx, render_page, see_other
from teamhub.core.i18n import _, _n, weekday
from teamhub.core.redirects import safe_path
from teamhub.notifications import commands, inbox, names, queries, summary, undo
from teamhub.notifications.forms import PACE_FIELDS, ChoicesForm, written
from teamhub.notifications.states import Tab, Until
from teamhub.notifications.things import THINGS
from teamhub.notifications.undo import Undo
from teamhub.notifications.wording import near_day
from teamhub.tasks.views import undo as task_undo

bp = Blueprint("notifications", __name__)

LARGEST_ID = 2**31 - 1
UNDO_BUTTON = "#inbox-undo button"


@bp.get("/inbox")
@requires(Action.NOTIFICATION_MANAGE)
def index() -> Response:
    return _page(undo.take() or task_undo.offered())


@bp.get("/inbox/count")
@requires(Action.NOTIFICATION_MANAGE)
def count() -> BaseResponse:
    """The link in the top bar, for the pages that stand open; on its own it is only a way to the inbox."""
    if not htmx:
        return see_other(url_for(".index"))
    return render_page("notifications/_count.html", unread=queries.unread_count(acting()))


@bp.post("/inbox/read")
@requires(Action.NOTIFICATION_MANAGE)
def read_all() -> BaseResponse:
    upto = request.form.get("upto", 0, type=int)
    marked = commands.mark_all_read(acting(), min(max(upto, 0), LARGEST_ID))
    if not marked.count:
        return _after(_("Alt er lest fra før."), focus="#innhold h1")
    text = _n("Ett varsel er merket som lest.", "%(num)s varsler er merket som lest.", marked.count)
    return _after(text, Undo(text, url_for(".undo_read"), {"at": marked.at.isoformat()}))


@bp.post("/inbox/undo-read")
@requires(Action.NOTIFICATION_MANAGE)
def undo_read() -> BaseResponse:
    commands.undo_read(acting(), _moment(request.form.get("at", "")))
    return _after(_("Angret. Det er nytt igjen."), focus="#innhold h1")


@bp.post("/inbox/<int:notification_id>/read")
@requires(Action.NOTIFICATION_MANAGE)
def read(notification_id: int) -> BaseResponse:
    _own(notification_id)
    commands.mark_read(acting(), notification_id)
    return _after(_("Merket som lest."), focus=f"#read-{notification_id}")


@bp.post("/inbox/<int:notification_id>/unread")
@requires(Action.NOTIFICATION_MANAGE)
def unread(notification_id: int) -> BaseResponse:
    _own(notification_id)
    commands.mark_unread(acting(), notification_id)
    return _after(_("Merket som ulest."), focus=f"#read-{notification_id}")


@bp.post("/inbox/<int:notification_id>/snooze")
@requires(Action.NOTIFICATION_MANAGE)
def snooze(notification_id: int) -> BaseResponse:
    _own(notification_id)
    until = request.form.get("until", "")
    if until not in list(Until):
        abort(400)
    at = commands.snooze(acting(), notification_id, Until(until))
    text = _("Utsatt. Det kommer tilbake %(day)s klokka 8.", day=weekday(at))
    return _after(text, Undo(text, url_for(".wake", notification_id=notification_id)))


@bp.post("/inbox/<int:notification_id>/wake")
@requires(Action.NOTIFICATION_MANAGE)
def wake(notification_id: int) -> BaseResponse:
    found(queries.get(acting(), notification_id, put_off=True))
    commands.wake(acting(), notification_id)
    return _after(_("Angret. Det er tilbake i innboksen."), focus="#innhold h1")


@bp.post("/inbox/<int:notification_id>/mute")
@requires(Action.NOTIFICATION_MANAGE)
def mute(notification_id: int) -> BaseResponse:
    _own(notification_id)
    muted, marked = commands.mute(acting(), notification_id)
    text = _("Dempet. Du hører fortsatt om det du blir spurt om, nevnt i eller har frist for.")
    fields = {"object_type": muted.object_type, "object_id": muted.object_id, "at": marked.at.isoformat()}
    return _after(text, Undo(text, url_for(".unmute"), fields))


@bp.post("/inbox/unmute")
@requires(Action.NOTIFICATION_MANAGE)
def unmute() -> BaseResponse:
    object_type, object_id = request.form.get("object_type", ""), request.form.get("object_id", type=int)
    if object_type not in THINGS or object_id is None or not 0 < object_id <= LARGEST_ID:
        abort(400)
    commands.unmute(acting(), object_type, object_id)
    if request.form.get("at"):
        commands.undo_read(acting(), _moment(request.form["at"]))
    return _after(_("Demping opphevet."), focus="#innhold h1")


@bp.route("/settings/notifications", methods=["GET", "POST"])
@requires(Action.NOTIFICATION_MANAGE)
def settings() -> BaseResponse:
    actor = acting()
    form = ChoicesForm(data=written(queries.paces(actor), queries.quiet_hours(actor))).offer()
    if form.validate_on_submit():
        with errors_on(form):
            commands.choose(actor, form.paces(), form.quiet())
            flash(_("Valgene er lagret. De gjelder fra nå av."))
            return see_other(url_for(".settings"))
    return render_page(
        "notifications/settings.html",
        status=422 if form.errors else 200,
        form=form,
        fields=PACE_FIELDS,
        names=names,
        muted=queries.muted(actor),
        things=THINGS,
    )


def _own(notification_id: int) -> None:
    found(queries.get(acting(), notification_id))


def _moment(text: str) -> datetime:
    """Return the moment a form names; it only ever touches what the person's own inbox has of it."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        abort(400)
    if moment.tzinfo is None:
        abort(400)
    return moment


def _where() -> dict[str, Any]:
    """The part of the inbox somebody is in, to come back to."""
    tab = request.args.get("tab", "")
    return {"tab": tab} if tab in list(Tab) and tab != Tab.ALL else {}


def _page(way_back: Any = None) -> Response:
    actor, tab = acting(), Tab(_where().get("tab", Tab.ALL))
    page = inbox.page(actor, tab, inbox.read_place(request.args.get("after", "")))
    standing = queries.standing(actor)
    return render_page(
        "notifications/index.html",
        partials={"inbox": "notifications/_inbox.html"},
        tab=tab,
        tabs=names.TABS,
        where=_where(),
        next_place=page.next,
        sections=summary.sections(page.groups),
        standing=standing,
        lead=summary.lead(standing),
        unread=standing.unread[Tab.ALL],
        when=summary.when,
        near_day=near_day,
        things=THINGS,
        undo=way_back,
        beside=_is_part(),
    )


def _is_part() -> bool:
    """Tell whether htmx asks for the inbox alone: then the count in the top bar goes beside it."""
    return bool(htmx) and htmx.target == "inbox"


def _after(said: str, way_back: Undo | None = None, focus: str = UNDO_BUTTON) -> BaseResponse:
    """Show the inbox as it now is: the part for htmx, and what happened said aloud; else the page.

    Nothing at all to a script that only tells that something was opened.
    """
    if request.form.get("quietly"):
        return Response(status=204)
    if _is_part():
        response = _page(way_back)
        response.headers["HX-Trigger"] = json.dumps({"said": said, "focus-on": focus})
        return response
    if way_back is not None:
        undo.keep(way_back)
    else:
        flash(said)
    return see_other(safe_path(request.form.get("next"), url_for(".index", **_where())))
