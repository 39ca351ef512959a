"""Who a team's agreement is for: the policy and its SQL say the same."""

import pytest
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.access.policy import Action, can
from teamhub.missions import agreements
from teamhub.missions.accord import MissionPartner
from teamhub.missions.models import Mission
from teamhub.missions.states import Status


@pytest.fixture
def people(make):
    unit = make.unit("Omsorg")
    named = ("lead", "owner", "member", "asked", "partner", "office", "board", "admin", "colleague")
    people = {name: make.person(name.capitalize(), unit=unit) for name in named}
    held = {
        "partner": Role.SAFETY_REPRESENTATIVE,
        "office": Role.PORTFOLIO_OFFICE,
        "board": Role.BOARD_MEMBER,
        "admin": Role.ADMIN,
    }
    for name, kind in held.items():
        make.office(people[name], kind, unit=unit)
    return people


@pytest.fixture
def missions(make, people):
    """One of theirs, and one that is nobody's of them."""
    ours = make.mission(people["lead"], owner=people["owner"])
    make.seat(ours, people["member"])
    make.seat(ours, people["asked"], state="requested")
    kind = Role.SAFETY_REPRESENTATIVE
    make._add(MissionPartner(mission_id=ours.id, person_id=people["partner"].id, kind=kind))
    return [ours, make.mission(make.person("En annen"))]


READS = {"lead", "owner", "member", "partner", "office"}


def test_the_team_and_those_who_follow_it_closely_read_it(make, people, missions):
    ours = missions[0]

    assert {name for name, p in people.items() if can(make.actor(p), Action.AGREEMENT_VIEW, ours)} == READS


def test_only_those_in_the_team_stand_by_it_and_only_those_who_steer_write_it(make, people, missions):
    def may(action):
        return {name for name, person in people.items() if can(make.actor(person), action, missions[0])}

    assert may(Action.AGREEMENT_ACCEPT) == {"lead", "member"}
    assert may(Action.AGREEMENT_WRITE) == may(Action.PARTNER_MANAGE) == {"lead", "owner"}
    assert may(Action.PARTNER_LEAVE) == {"partner"}


def test_the_sql_of_who_hears_of_it_says_what_the_policy_says(make, people, missions, db):
    for name, person in people.items():
        actor = make.actor(person)
        heard = set(db.session.scalars(select(Mission.id).where(agreements.asked_of(actor))))

        assert heard == {m.id for m in missions if can(actor, Action.AGREEMENT_VIEW, m)}, name


def test_nobody_hears_of_one_whose_mission_is_over(make, people, missions, db):
    missions[0].status = Status.STOPPED
    db.session.commit()

    for person in people.values():
        heard = db.session.scalars(select(Mission.id).where(agreements.asked_of(make.actor(person))))
        assert missions[0].id not in set(heard)
