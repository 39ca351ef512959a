"""Two nodes that remind at the same moment: each thing is said once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

import config
from teamhub import create_app
from teamhub.audit.models import Entry
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.notifications import reminding
from teamhub.tasks.models import Task
from tests.databases import DATABASES
from tests.factories import Make

TASKS = 60
NODES = 3


@pytest.fixture
def app(tmp_path):
    class Settings(config.Test):
        DATABASE_URL = DATABASES.new()
        INSTANCE_PATH = str(tmp_path)

    app = create_app(Settings)
    with app.app_context():
        db.session().info["writes_allowed"] = True
        make = Make(db.session)
        lead = make.person()
        mission = make.mission(lead)
        column = make.columns(mission)[0].id
        late = clock.today() - timedelta(days=1)
        for n in range(TASKS):
            db.session.add(
                Task(
                    mission_id=mission.id,
                    column_id=column,
                    rank=f"a{n:03}",
                    title=str(n),
                    assignee_id=lead.id,
                    due_on=late,
                )
            )
        db.session.commit()
        db.session.remove()
    return app


def test_two_that_remind_at_once_say_each_thing_once(app, monkeypatch):
    monkeypatch.setattr(reminding, "BATCH", 5)

    def node(_number):
        with app.app_context():
            try:
                return reminding.remind()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(NODES) as nodes:
        counts = list(nodes.map(node, range(NODES)))

    with app.app_context():
        of_each = db.session.execute(
            select(Entry.object_id, func.count())
            .where(Entry.kind == "TaskReminded")
            .group_by(Entry.object_id)
        ).all()
        db.session.remove()
        db.engine.dispose()
    assert sum(counts) == TASKS
    assert [count for _id, count in of_each] == [1] * TASKS
