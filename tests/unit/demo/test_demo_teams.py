"""The demo's teams have agreed on something, and somebody follows them."""

import pytest
from sqlalchemy import select

from teamhub.demo.load import load
from teamhub.missions.accord import AgreementYes, MissionPartner, TeamAgreement
from teamhub.missions.agreements import members_of
from teamhub.missions.partners import holds_office
from teamhub.people.models import Person


@pytest.fixture
def small(db):
    load("small", 1)


def test_only_those_in_a_team_stand_by_its_agreement_and_the_nurse_is_still_to_answer(db, small):
    nurse = db.session.scalar(select(Person.id).where(Person.email == "employee@demo.example"))
    waits = []
    for mission_id in db.session.scalars(select(TeamAgreement.mission_id)):
        members = set(db.session.scalars(members_of(mission_id)))
        yes = set(
            db.session.scalars(select(AgreementYes.person_id).where(AgreementYes.mission_id == mission_id))
        )
        assert yes <= members
        waits += members - yes

    assert waits == [nurse]


def test_who_follows_a_mission_holds_the_office_they_follow_it_by(db, small):
    partners = list(db.session.scalars(select(MissionPartner)))

    assert partners
    assert all(db.session.scalar(holds_office(p.person_id, p.kind)) for p in partners)
