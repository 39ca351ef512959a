"""Several people at the same moment, on connections of their own: no card is lost, nothing is overwritten."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

import config
from teamhub import create_app
from teamhub.core.db import db
from teamhub.core.errors import Conflict
from teamhub.people.sign_in import load_actor
from teamhub.tasks import commands
from teamhub.tasks.commands import Written
from teamhub.tasks.models import Task
from teamhub.tasks.places import Place
from tests.databases import DATABASES
from tests.factories import Make

PEOPLE = 4
CARDS = 24


@pytest.fixture
def crowd(tmp_path):
    """An app on a database of its own, with a board; ``crowd(work, items)`` does it all at once."""

    class Settings(config.Test):
        DATABASE_URL = DATABASES.new()
        INSTANCE_PATH = str(tmp_path)

    app = create_app(Settings)
    with app.app_context():
        db.session().info["writes_allowed"] = True
        make = Make(db.session)
        lead = make.person()
        mission = make.mission(lead)
        columns = [column.id for column in make.columns(mission)]
        anchor = make.task(mission, "anker", column=make.columns(mission)[1]).id
        cards = [make.task(mission, str(n)).id for n in range(CARDS)]
        actor = load_actor(lead.id)
        db.session.remove()

    def do(work, items):
        def one(item):
            with app.app_context():
                try:
                    return work(actor, item)
                finally:
                    db.session.remove()

        with ThreadPoolExecutor(PEOPLE) as people:
            return list(people.map(one, items))

    do.columns, do.anchor, do.cards = columns, anchor, cards
    yield do
    with app.app_context():
        db.engine.dispose()


def test_moves_into_the_same_place_lose_no_card(crowd):
    def before_the_anchor(actor, card):
        commands.move(actor, card, column_id=crowd.columns[1], place=Place(before=crowd.anchor))

    def order(_actor, column_id):
        return list(
            db.session.scalars(select(Task.id).where(Task.column_id == column_id).order_by(Task.rank))
        )

    crowd(before_the_anchor, crowd.cards)

    todo, doing = crowd(order, crowd.columns[:2])
    assert todo == []
    assert sorted(doing[:-1]) == crowd.cards
    assert doing[-1] == crowd.anchor


def test_a_card_many_move_at_once_ends_in_one_place(crowd):
    def anywhere(actor, column_id):
        commands.move(actor, crowd.anchor, column_id=column_id)

    crowd(anywhere, crowd.columns * 3)

    ids = crowd(lambda _actor, _: list(db.session.scalars(select(Task.id).order_by(Task.id))), [0])[0]
    assert ids == sorted([crowd.anchor, *crowd.cards])


def test_of_all_who_save_the_same_version_one_gets_through(crowd):
    def save(actor, title):
        try:
            commands.edit(actor, crowd.anchor, Written(title=title), version=1)
        except Conflict:
            return None
        return title

    saved = [title for title in crowd(save, "abcdefgh") if title]

    titles = crowd(lambda _actor, card: db.session.get(Task, card).title, [crowd.anchor])
    assert titles == saved
