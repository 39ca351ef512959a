"""The stream of news for one open page."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

from flask import Blueprint, Flask, Response, current_app, request
from flask_login import current_user

from teamhub.access.policy import Action
from teamhub.access.web import acting, found, requires
from teamhub.live.hub import Subscription, hub_of
from teamhub.live.rights import may_follow
from teamhub.tasks import queries as tasks

bp = Blueprint("live", __name__)

HEARTBEAT_S = 15
LOOK_S = 1.0
"""A browser that has gone on to another page has its place taken back within this time."""

LONGEST_S = 600
"""A stream ends after this long, and the browser opens another: nothing is held for ever."""

LEFT_FOR_PAGES = 16
"""Threads of a process that no stream may take."""


@bp.get("/live")
@requires(Action.LIVE_FOLLOW)
def stream() -> Response:
    """Tell a page when to look again. An event names what has changed, never how."""
    board = request.args.get("board", type=int)
    if board is not None:
        found(tasks.get_mission(acting(), board))
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the stream outlives the request
    place = _place(app)
    if not place.acquire(blocking=False):
        return Response(status=503, headers={"Retry-After": "60"})
    topics = {f"inbox:{acting().id}": "inbox"} | ({f"board:{board}": "board"} if board is not None else {})
    subscription = hub_of(app).subscribe(*topics)
    line = request.environ.get("gunicorn.socket")
    told = _tell(app, current_user.session_id, board, subscription, topics, line)
    response = Response(told, mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})
    response.call_on_close(subscription.end)
    response.call_on_close(place.release)
    return response


def _tell(
    app: Flask,
    session_id: int,
    board: int | None,
    subscription: Subscription,
    topics: dict[str, str],
    line: socket.socket | None,
) -> Iterator[str]:
    until = time.monotonic() + LONGEST_S
    yield "retry: 3000\n\n"
    while time.monotonic() < until:
        heard = _next(subscription, line)
        if heard is None:
            return
        if not may_follow(app, session_id, board):
            yield "event: gone\ndata:\n\n"
            return
        yield "".join(f"event: {topics[topic]}\ndata:\n\n" for topic in sorted(heard)) or ":\n\n"


def _next(subscription: Subscription, line: socket.socket | None) -> set[str] | None:
    """Wait for news, or a heartbeat's time. Return None when the server ends, or the browser has left."""
    for _second in range(int(HEARTBEAT_S / LOOK_S)):
        heard = subscription.wait(LOOK_S)
        if subscription.hub.ended:
            _hang_up(line)
            return None
        if _has_left(line):
            return None
        if heard:
            return heard
    return set()


def _has_left(line: socket.socket | None) -> bool:
    """Tell whether the other end is closed. Nothing is read that is meant for anybody else."""
    if line is None:
        return False
    try:
        return line.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def _hang_up(line: socket.socket | None) -> None:
    """Take no more requests on this line: a server told to stop waits some seconds for lines kept open."""
    if line is not None:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RD)


def _place(app: Flask) -> threading.Semaphore:
    """Return the places for streams in this process: all its threads but some for pages."""
    room = max(1, app.config["THREADS"] - LEFT_FOR_PAGES)
    place: threading.Semaphore = app.extensions.setdefault("teamhub.live.places", threading.Semaphore(room))
    return place
