"""What is owed stops waiting when it is answered, by whomever, and only then."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.challenges import answering
from teamhub.challenges import commands as challenges
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.missions import commands as missions
from teamhub.missions import staffing
from teamhub.missions.states import Status
from teamhub.notifications.models import Notification
from teamhub.tasks import commands as tasks


@pytest.fixture
def owed(db):
    """Return who owes an answer to what, by id."""

    def still():
        db.session.rollback()
        n = Notification
        return {(row.person_id, row.told) for row in db.session.scalars(select(n).where(n.asks))}

    return still


@pytest.fixture
def unread(db):
    def still():
        db.session.rollback()
        n = Notification
        rows = db.session.scalars(select(n).where(n.read_at.is_(None)))
        return {(row.person_id, row.told) for row in rows}

    return still


@pytest.fixture
def manager(make):
    return make.person("Mona", Role.UNIT_MANAGER)


@pytest.fixture
def kari(make, manager):
    return make.person("Kari", manager=manager)


@pytest.fixture
def lead(make):
    return make.person("Liv")


@pytest.fixture
def mission(make, lead):
    return make.mission(lead)


@pytest.fixture
def invitation(make, lead, kari, mission):
    seat = make.seat(mission)
    return staffing.invite(make.actor(lead), seat.id, kari.id)


def test_both_are_asked_and_each_answers_for_oneself(make, owed, kari, manager, invitation):
    assert owed() == {(kari.id, "invited"), (manager.id, "time_asked")}

    staffing.answer_invitation(make.actor(kari), invitation, accept=True)
    assert owed() == {(manager.id, "time_asked")}

    staffing.answer_release(make.actor(manager), invitation, accept=True)
    assert owed() == set()


def test_a_no_from_one_leaves_nothing_for_the_other_to_answer(make, owed, unread, kari, manager, invitation):
    staffing.answer_invitation(make.actor(kari), invitation, accept=False, reason="Full uke.")

    assert owed() == set()
    assert (manager.id, "time_asked") not in unread()


def test_an_invitation_that_is_withdrawn_asks_nobody(make, db, owed, lead, invitation, mission):
    seat_id = db.session.scalars(select(staffing.Invitation.seat_id)).first()
    staffing.withdraw(make.actor(lead), seat_id)

    assert owed() == set()


def test_another_invitation_to_the_same_mission_is_still_owed(make, owed, lead, kari, manager, mission):
    first = staffing.invite(make.actor(lead), make.seat(mission).id, kari.id)
    other = make.person("Nils", manager=manager)
    staffing.invite(make.actor(lead), make.seat(mission).id, other.id)

    staffing.answer_invitation(make.actor(kari), first, accept=True)

    assert (other.id, "invited") in owed()
    assert (kari.id, "invited") not in owed()


def test_nobody_owes_a_mission_that_is_over_an_answer(make, owed, lead, mission, invitation):
    charter = missions.Charter(
        title=mission.title,
        goal=mission.goal,
        mandate=mission.mandate,
        owner_id=mission.owner_id,
        lead_id=mission.lead_id,
        starts_on=mission.starts_on,
        ends_on=mission.ends_on,
    )
    missions.edit(
        make.actor(lead), mission.id, charter, phase=mission.phase, status=Status.STOPPED, version=1
    )

    assert owed() == set()


def test_a_question_is_owed_until_it_is_answered(make, owed, kari):
    office = make.actor(make.person("Odd", Role.PORTFOLIO_OFFICE))
    challenge = make.challenge(kari, due_on=clock.today() + timedelta(days=9))

    answering.answer(office, challenge.id, State.CLARIFICATION, reason="Hvor mange gjelder det?")
    assert owed() == {(kari.id, "clarification_to_proposer")}

    challenges.clarify(make.actor(kari), challenge.id, "Omtrent tjue.")
    assert owed() == set()


def test_what_one_of_the_office_has_answered_waits_for_none_of_them(make, unread, kari):
    office = [make.person(f"Odd {n}", Role.PORTFOLIO_OFFICE) for n in range(2)]
    proposal = challenges.Proposal(
        title="Lang kø på legevakta", situation="Folk venter.", affected="Alle", evidence="Sett det selv"
    )
    challenge_id = challenges.propose(make.actor(kari), proposal)
    assert {(person.id, "new_to_office") for person in office} <= unread()

    answering.answer(make.actor(office[0]), challenge_id, State.ASSESSING, reason="Vi ser på den.")

    assert not {(person.id, "new_to_office") for person in office} & unread()


def test_a_task_that_is_done_is_no_news_to_whoever_was_given_it(make, unread, lead, kari, mission):
    make.seat(mission, kari)
    task_id = tasks.add(make.actor(lead), mission.id, tasks.Written("Ringe", assignee_id=kari.id))
    assert unread() == {(kari.id, "task_given")}

    tasks.set_done(make.actor(kari), task_id, done=True)

    assert (kari.id, "task_given") not in unread()


def test_who_answers_a_mention_has_read_it_and_only_that_one(make, unread, kari, lead):
    challenge = make.challenge(make.person("Pia"))
    challenges.comment(make.actor(lead), challenge.id, "Hva sier du, @Kari? Og @Mona?")
    named = {row for row in unread() if row[1] == "mentioned_in_challenge"}
    assert len(named) == 2

    challenges.comment(make.actor(kari), challenge.id, "Slik er det.")

    assert {row for row in unread() if row[1] == "mentioned_in_challenge"} == named - {
        (kari.id, "mentioned_in_challenge")
    }
