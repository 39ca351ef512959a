"""Offices (verv): who may give and end them, and what they give the holder."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from teamhub.access.actor import OFFICES, SYSTEM, Role
from teamhub.audit.models import Entry
from teamhub.core import clock
from teamhub.core.errors import DomainError, Forbidden
from teamhub.people import commands, queries
from teamhub.people.models import Office


@pytest.fixture
def unit(make):
    return make.unit("Hjemmetjenesten")


@pytest.fixture
def kari(make, unit):
    return make.person("Kari Nordmann", unit=unit)


@pytest.fixture
def admin(make, unit):
    return make.actor(make.person("Admin", Role.ADMIN, unit=unit))


def kinds_in_the_log(db):
    return db.session.scalars(select(Entry.kind).order_by(Entry.id)).all()


def test_an_office_counts_from_the_next_request_and_is_logged(make, db, kari, unit, admin):
    below = make.unit("Sone vest", parent=unit)

    commands.give_office(admin, kari.id, kind=Role.UNIT_MANAGER, unit_id=unit.id)

    actor = make.actor(kari)
    assert actor.roles == {Role.EMPLOYEE, Role.UNIT_MANAGER}
    assert actor.managed_units == {unit.id, below.id}
    assert kinds_in_the_log(db) == ["OfficeGiven"]


def test_giving_an_office_twice_changes_nothing(db, kari, unit, admin):
    first = commands.give_office(admin, kari.id, kind=Role.DPO, unit_id=unit.id).id
    second = commands.give_office(admin, kari.id, kind=Role.DPO, unit_id=unit.id).id

    assert first == second
    assert kinds_in_the_log(db) == ["OfficeGiven"]


@pytest.mark.parametrize("role", [None, *[role for role in OFFICES if role != Role.ADMIN]])
def test_only_an_administrator_changes_offices(make, db, kari, unit, role):
    somebody = make.actor(make.person("Noen", *([role] if role else []), unit=unit))
    held = make.office(kari, Role.DIGITAL_AGENT, unit=unit)

    with pytest.raises(Forbidden):
        commands.give_office(somebody, kari.id, kind=Role.ADMIN, unit_id=unit.id)
    with pytest.raises(Forbidden):
        commands.end_office(somebody, held.id)

    assert kinds_in_the_log(db) == []


def test_an_office_that_ends_counts_no_more_but_is_remembered(make, db, kari, unit, admin):
    office_id = make.office(kari, Role.BOARD_MEMBER, unit=unit).id

    commands.end_office(admin, office_id)

    assert make.actor(kari).roles == {Role.EMPLOYEE}
    office = db.session.get(Office, office_id)
    assert (office.valid_from, office.valid_to) == (date(2020, 1, 1), clock.today() - timedelta(days=1))
    assert kinds_in_the_log(db) == ["OfficeEnded"]


def test_an_office_given_by_mistake_today_leaves_no_trace_but_the_log(make, db, kari, unit, admin):
    office_id = commands.give_office(admin, kari.id, kind=Role.ADMIN, unit_id=unit.id).id

    commands.end_office(admin, office_id)

    assert make.actor(kari).roles == {Role.EMPLOYEE}
    assert db.session.get(Office, office_id) is None
    assert kinds_in_the_log(db) == ["OfficeGiven", "OfficeEnded"]


def test_an_office_ends_only_once(make, kari, unit, admin):
    office_id = make.office(kari, Role.DPO, unit=unit).id
    commands.end_office(admin, office_id)

    with pytest.raises(DomainError, match="alt avsluttet"):
        commands.end_office(admin, office_id)


def test_an_office_that_has_ended_can_be_given_again(make, kari, unit, admin):
    commands.end_office(admin, make.office(kari, Role.DPO, unit=unit).id)

    commands.give_office(admin, kari.id, kind=Role.DPO, unit_id=unit.id)

    assert make.actor(kari).roles == {Role.EMPLOYEE, Role.DPO}


def test_an_administrator_cannot_end_the_administration_they_hold(make, db, unit):
    person = make.person("Admin", Role.ADMIN, unit=unit)
    own = db.session.scalars(select(Office).where(Office.person_id == person.id)).one()

    with pytest.raises(DomainError, match="deg selv"):
        commands.end_office(make.actor(person), own.id)

    assert Role.ADMIN in make.actor(person).roles


def test_an_office_for_later_does_not_count_yet(make, kari, unit):
    later = clock.today() + timedelta(days=1)

    commands.give_office(SYSTEM, kari.id, kind=Role.DPO, unit_id=unit.id, valid_from=later)

    assert make.actor(kari).roles == {Role.EMPLOYEE}
    assert queries.holders(unit.id) == []


def test_a_unit_names_who_holds_its_offices_but_not_people_who_have_left(make, kari, unit, admin):
    make.office(make.person("Borte", unit=unit, is_active=False), Role.DPO, unit=unit)
    make.office(kari, Role.UNIT_MANAGER, unit=unit)

    assert [(role, row.name) for role, row in queries.holders(unit.id)] == [
        (Role.ADMIN, "Admin"),
        (Role.UNIT_MANAGER, "Kari Nordmann"),
    ]
