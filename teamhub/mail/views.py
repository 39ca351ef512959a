"""Turning mail off from the mail itself: a page for people, one press for mail programs."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from teamhub.access.web import found, public
from teamhub.consequences.kinds import Kind, Pace
from teamhub.core.htmx import render_page
from teamhub.mail import stopping
from teamhub.notifications.names import KINDS

bp = Blueprint("mail", __name__)


@bp.get("/mail/off/<token>")
@public
def ask(token: str) -> Response:
    asked = found(stopping.read(token))
    return _page(asked, token, "ask" if set(stopping.paces(asked).values()) != {Pace.NEVER} else "off")


@bp.post("/mail/off/<token>")
@public
def off(token: str) -> Response:
    """Done without a form's token: the address itself is the proof, and mail programs have no other."""
    asked = found(stopping.read(token))
    before = stopping.paces(asked)
    stopping.stop(asked)
    return _page(asked, token, "off", before)


@bp.post("/mail/off/<token>/undo")
@public
def undo(token: str) -> Response:
    asked = found(stopping.read(token))
    stopping.begin(asked, {kind: _pace(request.form[kind]) for kind in asked.kinds if kind in request.form})
    return _page(asked, token, "on")


def _pace(word: str) -> Pace:
    if word not in set(Pace):
        abort(400)
    return Pace(word)


def _page(asked: stopping.Stop, token: str, stands: str, before: dict[Kind, Pace] | None = None) -> Response:
    names = [str(KINDS[kind]) for kind in asked.kinds]
    return render_page(
        "mail/off.html",
        token=token,
        name=asked.actor.name,
        kinds=names,
        stands=stands,
        before=before or {},
    )
