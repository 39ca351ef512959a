"""What the tests of teams share: a mission with its lead, two on the team, and the agreement they write."""

import pytest
from sqlalchemy import select

from teamhub.missions import agreeing
from teamhub.notifications.models import Notification


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim", unit=make.unit("IKT", code="IK"))


@pytest.fixture
def owner(make):
    return make.person("Solveig Dahl")


@pytest.fixture
def mission(make, lead, owner):
    return make.mission(lead, owner=owner)


@pytest.fixture
def nurse(make, mission):
    person = make.person("Ingrid Moen", unit=make.unit("Omsorg", code="OM"))
    make.seat(mission, person)
    return person


@pytest.fixture
def teacher(make, mission):
    person = make.person("Trygve Bakken", unit=make.unit("Skole", code="SK"))
    make.seat(mission, person)
    return person


@pytest.fixture
def write(make, mission, lead):
    """Let somebody, the lead unless another is named, give the team's agreement its words."""

    def written(meets="Tirsdager klokka 9", *, by=None, version=0, **more):
        agreeing.write(
            make.actor(by or lead), mission.id, agreeing.Wording(meets=meets, **more), version=version
        )

    return written


@pytest.fixture
def told(db):
    """Return what somebody has been told, the latest last, by the names of the ways of telling."""

    def of(person):
        db.session.rollback()
        notes = select(Notification.told).where(Notification.person_id == person.id)
        return list(db.session.scalars(notes.order_by(Notification.id)))

    return of


@pytest.fixture
def owed(db):
    """Return what somebody still owes an answer to, by the names of the ways of telling."""

    def by(person):
        db.session.rollback()
        asks = (Notification.person_id == person.id, Notification.asks.is_(True))
        return list(db.session.scalars(select(Notification.told).where(*asks)))

    return by
