"""Moving tasks: order, done, two at once, and columns whose ranks have run out."""

import pytest
from sqlalchemy import select

from teamhub.audit.models import Entry
from teamhub.core.errors import DomainError, Forbidden
from teamhub.tasks import commands
from teamhub.tasks.models import Task
from teamhub.tasks.places import FIRST, LAST, Place


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim")


@pytest.fixture
def mission(make, lead):
    return make.mission(lead)


@pytest.fixture
def actor(make, mission, lead):
    return make.actor(lead)


def titles(db, column):
    return list(db.session.scalars(select(Task.title).where(Task.column_id == column.id).order_by(Task.rank)))


def kinds(db, task_id):
    return list(
        db.session.scalars(
            select(Entry.kind)
            .where(Entry.object_type == "task", Entry.object_id == task_id)
            .order_by(Entry.id)
        )
    )


def test_a_task_can_be_put_first_last_and_before_another(make, db, mission, actor):
    todo, doing = make.columns(mission)[:2]
    a, b, c, d = (make.task(mission, name) for name in "abcd")

    for task, place in ((a, LAST), (b, FIRST), (c, Place(before=a.id)), (d, Place(number=2))):
        commands.move(actor, task.id, column_id=doing.id, place=place)

    assert titles(db, doing) == ["b", "d", "c", "a"]
    assert titles(db, todo) == []


def test_before_a_task_that_has_gone_elsewhere_is_last(make, db, mission, actor):
    doing = make.columns(mission)[1]
    elsewhere = make.task(mission, "borte")
    first = make.task(mission, "først", column=doing)
    moved = make.task(mission, "flyttet")

    commands.move(actor, moved.id, column_id=doing.id, place=Place(before=elsewhere.id))

    assert titles(db, doing) == ["først", "flyttet"]
    assert first.column_id == doing.id


def test_the_way_back_leads_to_the_same_place(make, db, mission, actor):
    todo, doing = make.columns(mission)[:2]
    tasks = [make.task(mission, name) for name in "abc"]

    moved = commands.move(actor, tasks[1].id, column_id=doing.id)
    commands.move(
        actor,
        moved.task_id,
        column_id=moved.old_column,
        place=Place(before=moved.old_before),
        expects=moved.column,
    )

    assert titles(db, todo) == ["a", "b", "c"]


def test_undoing_a_move_somebody_has_moved_on_from_is_refused(make, db, mission, actor):
    todo, doing, trying = make.columns(mission)[:3]
    task = make.task(mission)
    commands.move(actor, task.id, column_id=doing.id)
    commands.move(actor, task.id, column_id=trying.id)

    with pytest.raises(DomainError, match="Noen har flyttet"):
        commands.move(actor, task.id, column_id=todo.id, expects=doing.id)

    assert titles(db, trying) == ["Ringe apoteket"]


def test_the_done_column_finishes_a_task_and_leaving_it_opens_it_again(make, db, mission, actor):
    todo, *_, done = make.columns(mission)
    task = make.task(mission)

    commands.move(actor, task.id, column_id=done.id)
    db.session.refresh(task)
    assert task.done_at is not None
    commands.move(actor, task.id, column_id=todo.id)
    db.session.refresh(task)
    assert task.done_at is None

    assert kinds(db, task.id) == ["TaskMoved", "TaskDone", "TaskMoved", "TaskReopened"]


def test_done_twice_is_done_once(make, db, mission, actor):
    done = make.columns(mission)[-1]
    task = make.task(mission)

    commands.set_done(actor, task.id, done=True)
    commands.set_done(actor, task.id, done=True)

    assert titles(db, done) == [task.title]
    assert kinds(db, task.id) == ["TaskMoved", "TaskDone"]


def test_a_board_without_a_done_column_can_still_finish_tasks(make, db, mission, actor):
    db.session.delete(make.columns(mission)[-1])
    db.session.commit()
    task = make.task(mission)

    commands.set_done(actor, task.id, done=True)
    db.session.refresh(task)
    assert task.done_at is not None

    commands.set_done(actor, task.id, done=False)
    db.session.refresh(task)
    assert task.done_at is None


def test_a_new_place_in_the_same_column_disturbs_nobody_who_is_writing(make, db, mission, actor):
    first, second = make.task(mission, "a"), make.task(mission, "b")
    version = second.version

    commands.move(actor, second.id, column_id=second.column_id, place=Place(before=first.id))

    db.session.refresh(second)
    assert titles(db, make.columns(mission)[0]) == ["b", "a"]
    assert second.version == version


def test_a_column_whose_ranks_have_run_out_gets_fresh_ones_in_the_same_order(make, db, mission, actor):
    todo = make.columns(mission)[0]
    make.task(mission, "a", rank="a")
    last = make.task(mission, "c", rank="a0")
    moved = make.task(mission, "b", rank="z")

    commands.move(actor, moved.id, column_id=todo.id, place=Place(before=last.id))

    assert titles(db, todo) == ["a", "b", "c"]


def test_many_moves_into_one_place_lose_no_card(make, db, mission, actor):
    todo, doing = make.columns(mission)[:2]
    anchor = make.task(mission, "anker", column=doing)
    tasks = [make.task(mission, str(n)) for n in range(40)]

    for task in tasks:
        commands.move(actor, task.id, column_id=doing.id, place=Place(before=anchor.id))

    assert titles(db, doing) == [*(task.title for task in tasks), "anker"]
    assert titles(db, todo) == []


def test_a_task_stays_on_its_own_mission_s_board(make, mission, actor, lead):
    other = make.mission(lead, title="Et annet")
    task = make.task(mission)

    with pytest.raises(DomainError, match="samme tavle"):
        commands.move(make.actor(lead), task.id, column_id=make.columns(other)[0].id)


def test_only_the_team_the_lead_and_the_owner_move_tasks(make, db, mission, lead):
    doing = make.columns(mission)[1]
    member, asked, outsider = make.person(), make.person(), make.person()
    make.seat(mission, member)
    make.seat(mission, asked, state="requested")
    task = make.task(mission)

    commands.move(make.actor(member), task.id, column_id=doing.id)
    for nobody in (asked, outsider):
        with pytest.raises(Forbidden):
            commands.move(make.actor(nobody), task.id, column_id=doing.id)

    assert titles(db, doing) == [task.title]
