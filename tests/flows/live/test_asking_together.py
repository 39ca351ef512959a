"""Many who follow one board ask for their rights together, and each gets an answer of its own."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from sqlalchemy import event, select

from teamhub.core import clock
from teamhub.core.db import db
from teamhub.live import rights
from teamhub.people.models import SignInSession
from teamhub.people.sign_in import new_key
from tests.own_app import data_of

MANY = 12
STATEMENTS = 2


@dataclass
class Scene:
    """A board, with the sign-ins of those on its team and of as many others."""

    board: int
    inside: list[int]
    outside: list[int]


@pytest.fixture
def scene(app):
    with data_of(app) as make:
        mission, everybody = make.mission(make.person()), [make.person() for _ in range(2 * MANY)]
        for person in everybody[:MANY]:
            make.seat(mission, person)
        signed_in = [SignInSession(token_hash=new_key(), person_id=p.id, device="Test") for p in everybody]
        make.session.add_all(signed_in)
        make.session.commit()
        ids = [each.id for each in signed_in]
        return Scene(mission.id, ids[:MANY], ids[MANY:])


def _ask_together(app, questions):
    """Let all ask while somebody else is being answered, and count what the database is asked then."""
    asked = []
    with app.app_context():
        engine = db.engine

    def note(_connection, _cursor, statement, *_):
        asked.append(statement)

    with ThreadPoolExecutor(len(questions)) as threads:
        with rights._in_turn:
            answers = [threads.submit(rights.may_follow, app, *question) for question in questions]
            while len(rights._waiting) < len(questions):
                time.sleep(0.01)
            event.listen(engine, "before_cursor_execute", note)
        told = [answer.result() for answer in answers]
    event.remove(engine, "before_cursor_execute", note)
    return told, [statement for statement in asked if statement.startswith("SELECT")]


def test_all_are_answered_at_once_and_each_for_itself(app, scene):
    questions = [(session_id, scene.board) for session_id in (*scene.inside, *scene.outside)]

    told, asked = _ask_together(app, questions)

    assert told == [True] * MANY + [False] * MANY
    assert len(asked) == STATEMENTS


def test_an_inbox_needs_no_board_and_an_ended_sign_in_follows_nothing(app, scene):
    with data_of(app) as make:
        ended = make.session.scalar(select(SignInSession).where(SignInSession.id == scene.inside[0]))
        ended.created_at = clock.now().replace(year=2020)
        make.session.commit()

    told, _ = _ask_together(
        app, [(scene.inside[0], None), (scene.inside[0], scene.board), (scene.outside[0], None)]
    )

    assert told == [False, False, True]


def test_who_cannot_be_answered_follows_nothing_and_the_next_is_asked_again(app, scene, monkeypatch):
    def away(_ids):
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(rights.sign_in, "people_of_sessions", away)
        with pytest.raises(ConnectionError):
            rights.may_follow(app, scene.inside[0], scene.board)

    assert rights.may_follow(app, scene.inside[0], scene.board)
    assert rights._waiting == []
