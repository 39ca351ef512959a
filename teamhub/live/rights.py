"""Whether a stream may go on: asked of the database before each event and at each heartbeat."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass

from flask import Flask

from teamhub.core.db import db
from teamhub.people import sign_in
from teamhub.tasks import queries as tasks


@dataclass(eq=False)
class _Question:
    session_id: int
    board: int | None
    answer: bool | None = None


_in_turn = threading.Lock()
_waiting: list[_Question] = []


def may_follow(app: Flask, session_id: int, board: int | None) -> bool:
    """Tell whether the sign-in still stands, and its person may still see the board. Holds nothing after.

    A change wakes all who follow a board. Who comes while the database is asked waits, and the next asks for
    all who wait: at most two rounds each, of one statement and one for each board, instead of one each. No
    answer is older than its question.
    """
    mine = _Question(session_id, board)
    _waiting.append(mine)
    with _in_turn:
        if mine.answer is None:
            together = _waiting[:]
            del _waiting[: len(together)]
            _answer(app, together)
    return bool(mine.answer)


def _answer(app: Flask, questions: list[_Question]) -> None:
    for question in questions:
        question.answer = False  # and so it stays if the database cannot be asked
    with app.app_context():
        try:
            person = sign_in.people_of_sessions({question.session_id for question in questions})
            boards: defaultdict[int, set[int]] = defaultdict(set)
            for question in questions:
                if question.board is not None and question.session_id in person:
                    boards[question.board].add(person[question.session_id])
            may_see = {board: tasks.who_may_see(board, people) for board, people in boards.items()}
            for question in questions:
                stands = question.session_id in person
                question.answer = stands and (
                    question.board is None or person[question.session_id] in may_see[question.board]
                )
        finally:
            db.session.remove()
