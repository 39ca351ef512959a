"""Deleting a task and putting it back, with all that belonged to it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from teamhub.audit.models import Entry
from teamhub.core.errors import DomainError, Forbidden
from teamhub.tasks import commands, removing
from teamhub.tasks.commands import Written
from teamhub.tasks.history import history
from teamhub.tasks.models import Task, TaskComment


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim")


@pytest.fixture
def mission(make, lead):
    return make.mission(lead)


@pytest.fixture
def actor(make, mission, lead):
    return make.actor(lead)


def titles(db):
    return list(db.session.scalars(select(Task.title).order_by(Task.rank)))


def test_a_deleted_task_comes_back_whole_and_in_its_place(make, db, mission, actor, lead):
    make.task(mission, "a")
    task = make.task(mission, "b", assignee=lead, description="Slik", external_ref="X1")
    make.task(mission, "c")
    commands.comment(actor, task.id, "Husk dette")

    removing.delete(actor, task.id)
    assert titles(db) == ["a", "c"]
    assert db.session.scalars(select(TaskComment)).all() == []
    back = removing.restore(actor, mission.id, task.id)

    restored = db.session.get(Task, back, populate_existing=True)
    assert titles(db) == ["a", "b", "c"]
    assert (restored.description, restored.assignee_id, restored.external_ref) == ("Slik", lead.id, "X1")
    assert restored.comment_count == 1
    assert db.session.scalars(select(TaskComment.body).where(TaskComment.task_id == back)).all() == [
        "Husk dette"
    ]


def test_a_done_task_comes_back_done(make, db, mission, actor):
    task_id = commands.add(actor, mission.id, Written(title="a"))
    commands.set_done(actor, task_id, done=True)
    done_at = db.session.get(Task, task_id).done_at

    removing.delete(actor, task_id)
    removing.restore(actor, mission.id, task_id)

    assert db.session.scalars(select(Task.done_at)).all() == [done_at]


def test_a_task_whose_column_is_gone_comes_back_in_the_first(make, db, mission, actor):
    todo, doing = make.columns(mission)[:2]
    task = make.task(mission, column=doing)
    task_id = task.id

    removing.delete(actor, task_id)
    db.session.delete(doing)
    db.session.commit()
    removing.restore(actor, mission.id, task_id)

    assert db.session.scalars(select(Task.column_id)).all() == [todo.id]


def test_it_cannot_be_put_back_twice(make, db, mission, actor):
    task_id = make.task(mission).id
    removing.delete(actor, task_id)
    removing.restore(actor, mission.id, task_id)

    with pytest.raises(DomainError):
        removing.restore(actor, mission.id, task_id)

    assert len(titles(db)) == 1


def test_after_ten_minutes_it_is_too_late(make, db, mission, actor):
    task_id = make.task(mission).id
    removing.delete(actor, task_id)
    entry = db.session.scalars(select(Entry).where(Entry.kind == "TaskDeleted")).one()
    entry.at -= timedelta(minutes=11)
    db.session.commit()

    with pytest.raises(DomainError, match="lenge siden"):
        removing.restore(actor, mission.id, task_id)


def test_only_the_team_deletes_and_restores(make, mission, actor):
    outsider = make.actor(make.person())
    task_id = make.task(mission).id

    with pytest.raises(Forbidden):
        removing.delete(outsider, task_id)
    removing.delete(actor, task_id)
    with pytest.raises(Forbidden):
        removing.restore(outsider, mission.id, task_id)


def test_another_mission_s_task_cannot_be_fetched_into_one_s_own(make, mission, actor):
    stranger = make.person()
    own = make.mission(stranger)
    task_id = make.task(mission).id
    removing.delete(actor, task_id)

    with pytest.raises(DomainError):
        removing.restore(make.actor(stranger), own.id, task_id)


def test_a_history_is_the_task_s_own_even_when_the_number_was_another_s_before(make, db, mission, actor):
    old = make.task(mission).id
    commands.comment(actor, old, "Gammelt")
    removing.delete(actor, old)
    make.task(mission, id=old)
    commands.comment(actor, old, "Nytt")

    assert [line.kind for line in history(old)] == ["TaskCommented"]
