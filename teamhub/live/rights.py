"""Whether a stream may go on: asked of the database before each event and at each heartbeat."""

from __future__ import annotations

import threading

from flask import Flask

from teamhub.core.db import db
from teamhub.people import sign_in
from teamhub.tasks import queries as tasks

_in_turn = threading.Lock()
"""A change wakes all who follow a board. They ask one at a time: pages need connections too."""


def may_follow(app: Flask, session_id: int, board: int | None) -> bool:
    """Tell whether the sign-in still stands, and its person may still see the board. Holds nothing after."""
    with _in_turn, app.app_context():
        try:
            actor = sign_in.actor_of_session(session_id)
            if actor is None:
                return False
            return board is None or tasks.get_mission(actor, board) is not None
        finally:
            db.session.remove()
