"""Adding, editing and commenting: who may get a task, and what happens when two write at once."""

from datetime import date

import pytest
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.audit.models import Entry
from teamhub.core.errors import Conflict, DomainError, Forbidden
from teamhub.tasks import commands
from teamhub.tasks.commands import Written
from teamhub.tasks.models import Task, TaskComment


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim")


@pytest.fixture
def mission(make, lead):
    return make.mission(lead, owner=make.person("Marit Sæther"))


@pytest.fixture
def actor(make, mission, lead):
    return make.actor(lead)


def the_task(db):
    return db.session.scalars(select(Task)).one()


def test_a_new_task_stands_last_in_the_first_open_column(make, db, mission, actor):
    todo = make.columns(mission)[0]
    earlier = make.task(mission)

    task_id = commands.add(actor, mission.id, Written(title="Ringe apoteket"))

    task = db.session.get(Task, task_id)
    assert (task.column_id, task.created_by_id) == (todo.id, actor.id)
    assert task.rank > earlier.rank


def test_a_task_put_in_the_done_column_is_done(make, db, mission, actor):
    commands.add(actor, mission.id, Written(title="Alt gjort"), column_id=make.columns(mission)[-1].id)

    assert the_task(db).done_at is not None


def test_a_board_without_columns_says_so(db, make, mission, actor):
    for column in make.columns(mission):
        db.session.delete(column)
    db.session.commit()

    with pytest.raises(DomainError, match="ingen kolonner"):
        commands.add(actor, mission.id, Written(title="Ringe"))


def test_a_task_is_for_somebody_with_an_agreed_seat_the_lead_or_the_owner(make, db, mission, actor, lead):
    member, asked, outsider = make.person(), make.person(), make.person()
    make.seat(mission, member, state="released")
    make.seat(mission, asked, state="requested")

    for person_id in (member.id, lead.id, mission.owner_id):
        commands.add(actor, mission.id, Written(title="Ringe", assignee_id=person_id))
    for person_id in (asked.id, outsider.id):
        with pytest.raises(DomainError, match="med i oppdraget"):
            commands.add(actor, mission.id, Written(title="Ringe", assignee_id=person_id))


def test_who_has_left_the_team_keeps_the_task_until_somebody_else_gets_it(make, db, mission, actor):
    former = make.person()
    task = make.task(mission, assignee=former)

    commands.edit(actor, task.id, Written(title="Nytt", assignee_id=former.id), version=task.version)

    assert (the_task(db).title, the_task(db).assignee_id) == ("Nytt", former.id)


def test_an_edit_tells_which_fields_are_new(make, db, mission, actor, lead):
    task = make.task(mission)

    commands.edit(
        actor,
        task.id,
        Written(title=task.title, assignee_id=lead.id, due_on=date(2026, 12, 1)),
        version=task.version,
    )

    entry = db.session.scalars(select(Entry).where(Entry.kind == "TaskChanged")).one()
    assert entry.data["fields"] == ["assignee_id", "due_on"]
    assert entry.data["assignee_id"] == lead.id


def test_saving_without_a_change_is_no_news(make, db, mission, actor):
    task = make.task(mission)

    commands.edit(actor, task.id, Written(title=task.title), version=task.version)

    assert db.session.scalars(select(Entry)).all() == []


def test_the_second_of_two_who_edit_is_told_who_was_first(make, db, mission, actor):
    owner = make.actor(db.session.get(type(make.person()), mission.owner_id))
    task = make.task(mission)
    version = task.version
    commands.edit(owner, task.id, Written(title="Først"), version=version)

    with pytest.raises(Conflict) as refused:
        commands.edit(actor, task.id, Written(title="Sist"), version=version)

    assert refused.value.by == "Marit Sæther"
    assert refused.value.current.title == "Først"
    assert the_task(db).title == "Først"


def test_another_column_in_the_form_moves_the_task(make, db, mission, actor):
    doing = make.columns(mission)[1]
    task = make.task(mission)

    commands.edit(actor, task.id, Written(title="Nytt"), version=task.version, column_id=doing.id)

    assert the_task(db).column_id == doing.id
    assert set(db.session.scalars(select(Entry.kind))) == {"TaskChanged", "TaskMoved"}


def test_a_comment_is_counted_and_disturbs_nobody_who_edits(make, db, mission, actor):
    task = make.task(mission)
    version = task.version

    commands.comment(actor, task.id, "Apoteket svarer mandag.")
    commands.edit(actor, task.id, Written(title="Nytt"), version=version)

    db.session.refresh(task)
    assert (task.title, task.comment_count) == ("Nytt", 1)
    assert db.session.scalars(select(TaskComment.body)).all() == ["Apoteket svarer mandag."]


def test_an_empty_comment_is_refused(make, mission, actor):
    with pytest.raises(DomainError):
        commands.comment(actor, make.task(mission).id, "")


def test_the_board_s_members_follow_but_do_not_write(make, mission):
    board = make.actor(make.person("Berit Lunde", Role.BOARD_MEMBER))
    task = make.task(mission)

    for attempt in (
        lambda: commands.add(board, mission.id, Written(title="Ringe")),
        lambda: commands.edit(board, task.id, Written(title="Ringe"), version=1),
        lambda: commands.comment(board, task.id, "Hei"),
        lambda: commands.set_done(board, task.id, done=True),
    ):
        with pytest.raises(Forbidden):
            attempt()
