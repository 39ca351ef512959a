"""The feeds, opened by the key in their address, and the page where a person makes those addresses."""

from __future__ import annotations

import logging
from datetime import datetime

from flask import Blueprint, Response, abort, flash, make_response, render_template, request, url_for
from flask_babel import force_locale
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response as BaseResponse

from teamhub.access.actor import Actor
from teamhub.access.policy import Action
from teamhub.access.web import acting, found, public, requires
from teamhub.core import clock
from teamhub.core.errors import Conflict
from teamhub.core.htmx import render_page, see_other
from teamhub.core.i18n import DEFAULT_LANGUAGE, _
from teamhub.core.links import host, link
from teamhub.feeds import calendar as ics
from teamhub.feeds import commands, dates, news, queries
from teamhub.feeds.names import FEEDS, GOOD_FOR, NEW_ADDRESS
from teamhub.feeds.queries import Holder
from teamhub.feeds.states import Feed
from teamhub.people.sign_in import load_actor

log = logging.getLogger("teamhub")

bp = Blueprint("feeds", __name__)

ENDPOINTS = {
    Feed.CALENDAR: "feeds.calendar",
    Feed.CHALLENGES: "feeds.challenges",
    Feed.MISSIONS: "feeds.missions",
}


@bp.get("/feeds/<token>/calendar.ics")
@public
def calendar(token: str) -> BaseResponse:
    holder, actor = _reader(token, Feed.CALENDAR)
    with force_locale(holder.locale or DEFAULT_LANGUAGE):
        return _answer(ics.written(dates.mine(actor)), "text/calendar; charset=utf-8")


@bp.get("/feeds/<token>/challenges.atom")
@public
def challenges(token: str) -> BaseResponse:
    holder, actor = _reader(token, Feed.CHALLENGES)
    with force_locale(holder.locale or DEFAULT_LANGUAGE):
        return _atom(Feed.CHALLENGES, holder, news.of_challenges(actor), link("challenges.index"))


@bp.get("/feeds/<token>/missions.atom")
@public
def missions(token: str) -> BaseResponse:
    holder, actor = _reader(token, Feed.MISSIONS)
    with force_locale(holder.locale or DEFAULT_LANGUAGE):
        return _atom(Feed.MISSIONS, holder, news.of_missions(actor), link("missions.index"))


@bp.after_app_request
def _tell_nobody_where_from(response: Response) -> Response:
    """No page under these addresses, an error's among them, may pass its address on (R41)."""
    if request.path.startswith("/feeds/"):
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _reader(token: str, feed: Feed) -> tuple[Holder, Actor]:
    """Return who reads, with the rights of this moment; 404 for a key that opens nothing here."""
    holder = found(queries.holder(token, feed))
    actor = found(load_actor(holder.person_id))
    if holder.last_used_on != clock.today():
        try:
            commands.note_use(actor, holder.token_id)
        except OperationalError:
            log.warning("the day a feed was used was not kept: the database is busy")
    return holder, actor


def _answer(body: bytes | str, content_type: str) -> BaseResponse:
    """Answer with a feed; 304 when its reader has it. Asked each time: a right that is lost shows at once."""
    response = make_response(body)
    response.headers["Content-Type"] = content_type
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)


def _atom(feed: Feed, holder: Holder, items: list[news.Item], address: str) -> BaseResponse:
    updated: datetime = items[0].at if items else holder.created_at
    body = render_template(
        "feeds/atom.xml",
        feed=feed,
        title=f"{FEEDS[feed]} – Teamhub",
        person_id=holder.person_id,
        updated=updated,
        address=address,
        items=items,
        host=host(),
        link=link,
    )
    return _answer(body, "application/atom+xml; charset=utf-8")


# -- one's own addresses -------------------------------------------------------------------------------


@bp.get("/settings/feeds")
@requires(Action.FEED_MANAGE)
def index() -> Response:
    return _page()


@bp.post("/settings/feeds/<name>")
@requires(Action.FEED_MANAGE)
def make(name: str) -> BaseResponse:
    """Make an address and show it in this answer, which nobody keeps: there is no second time."""
    feed = _named(name)
    try:
        token = commands.make_address(acting(), feed, replaces=request.form.get("replaces", ""))
    except Conflict as error:
        flash(str(error), "stop")
        return see_other(url_for(".index"))
    return _page(feed, link(ENDPOINTS[feed], token=token))


@bp.post("/settings/feeds/<name>/close")
@requires(Action.FEED_MANAGE)
def close(name: str) -> BaseResponse:
    commands.close(acting(), _named(name))
    flash(_("Adressen er slått av. Den virker ikke lenger."))
    return see_other(url_for(".index"))


def _named(name: str) -> Feed:
    if name not in list(Feed):
        abort(404)
    return Feed(name)


def _page(made: Feed | None = None, address: str = "") -> Response:
    return render_page(
        "feeds/index.html",
        feeds=FEEDS,
        good_for=GOOD_FOR,
        new_address=NEW_ADDRESS,
        addresses=queries.addresses(acting()),
        made=made,
        address=address,
        webcal=f"webcal://{address.split('://', 1)[-1]}" if made == Feed.CALENDAR else "",
    )
