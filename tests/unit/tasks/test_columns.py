"""The columns of a board."""

import pytest
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.core import clock
from teamhub.core.db import db as _db
from teamhub.core.errors import Conflict, DomainError, Forbidden
from teamhub.missions.commands import Charter, start
from teamhub.missions.events import MissionStarted
from teamhub.tasks import columns, queries
from teamhub.tasks.handlers import make_columns
from teamhub.tasks.models import BoardColumn, Task


@pytest.fixture
def mission(make):
    return make.mission(make.person("Håkon Åsheim"))


@pytest.fixture
def actor(make, mission, db):
    return make.actor(db.session.get(type(make.person()), mission.lead_id))


def names(make, mission):
    _db.session.expire_all()
    return [column.name for column in make.columns(mission)]


def test_a_new_column_stands_last_with_its_limit(make, mission, actor):
    columns.add_column(actor, mission.id, name="Arkiv", wip_limit=3)

    last = make.columns(mission)[-1]
    assert (last.name, last.wip_limit, last.is_done) == ("Arkiv", 3, False)


def test_a_column_gets_a_new_name_and_limit_unless_somebody_was_first(make, mission, actor):
    column = make.columns(mission)[1]
    version = column.version

    columns.change_column(actor, column.id, name="I arbeid", wip_limit=4, version=version)
    with pytest.raises(Conflict):
        columns.change_column(actor, column.id, name="Nå", wip_limit=None, version=version)

    changed = make.columns(mission)[1]
    assert (changed.name, changed.wip_limit) == ("I arbeid", 4)


@pytest.mark.parametrize(
    ("which", "by", "order"),
    [
        (0, 1, ["Pågår", "Skal gjøres", "Prøves ut", "Ferdig"]),
        (3, -1, ["Skal gjøres", "Pågår", "Ferdig", "Prøves ut"]),
        (0, -1, ["Skal gjøres", "Pågår", "Prøves ut", "Ferdig"]),
        (3, 1, ["Skal gjøres", "Pågår", "Prøves ut", "Ferdig"]),
    ],
)
def test_columns_change_places_and_stop_at_the_ends(make, mission, actor, which, by, order):
    columns.shift_column(actor, make.columns(mission)[which].id, by=by)

    assert names(make, mission) == order


def test_an_empty_column_is_removed_at_once(make, mission, actor):
    columns.remove_column(actor, make.columns(mission)[2].id)

    assert names(make, mission) == ["Skal gjøres", "Pågår", "Ferdig"]


def test_the_cards_of_a_removed_column_go_last_in_the_one_chosen(make, db, mission, actor):
    todo, doing = make.columns(mission)[:2]
    make.task(mission, "der fra før", column=doing)
    for name in "ab":
        make.task(mission, name)

    with pytest.raises(DomainError, match="Velg hvilken kolonne"):
        columns.remove_column(actor, todo.id)
    columns.remove_column(actor, todo.id, cards_to=doing.id)

    assert names(make, mission) == ["Pågår", "Prøves ut", "Ferdig"]
    assert list(
        db.session.scalars(select(Task.title).where(Task.column_id == doing.id).order_by(Task.rank))
    ) == ["der fra før", "a", "b"]


def test_cards_moved_out_of_a_removed_done_column_are_open_again(make, db, mission, actor):
    todo, *_, done = make.columns(mission)
    make.task(mission, column=done, done_at=clock.now())

    columns.remove_column(actor, done.id, cards_to=todo.id)

    db.session.expire_all()
    assert db.session.scalars(select(Task.done_at)).all() == [None]


def test_the_last_column_stays(make, db, mission, actor):
    for column in make.columns(mission)[1:]:
        columns.remove_column(actor, column.id)

    with pytest.raises(DomainError, match="minst én"):
        columns.remove_column(actor, make.columns(mission)[0].id)


def test_cards_do_not_go_to_another_mission_s_board(make, mission, actor):
    other = make.mission(make.person())
    make.task(mission)

    with pytest.raises(DomainError, match="samme tavle"):
        columns.remove_column(actor, make.columns(mission)[0].id, cards_to=make.columns(other)[0].id)


def test_only_the_team_changes_its_board(make, mission):
    outsider = make.actor(make.person())

    with pytest.raises(Forbidden):
        columns.add_column(outsider, mission.id, name="Min")


def test_a_mission_that_starts_gets_a_board_and_keeps_the_one_it_has(make, db, mission):
    for column in make.columns(mission):
        db.session.delete(column)
    db.session.commit()
    started = MissionStarted(actor_id=None, object_id=mission.id)

    for _twice in range(2):
        make_columns(db.session, started)
        db.session.commit()

    made = db.session.scalars(
        select(BoardColumn).where(BoardColumn.mission_id == mission.id).order_by(BoardColumn.position)
    ).all()
    assert [(c.name, c.is_done) for c in made] == [
        ("Skal gjøres", False),
        ("Pågår", False),
        ("Prøves ut", False),
        ("Ferdig", True),
    ]


def test_starting_a_mission_gives_it_a_board(make):
    office = make.person("Kristin Ødegård", Role.PORTFOLIO_OFFICE)
    charter = Charter("Trygt hjem", "Mål", "Mandat", lead_id=office.id, owner_id=office.id)

    mission_id = start(make.actor(office), charter)

    assert len(queries.columns(mission_id)) == 4
