"""The demo municipality: the contract's sizes, the same every time, and something to do for everyone."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from teamhub.challenges.models import Answer, Challenge, Support
from teamhub.challenges.states import State
from teamhub.core.errors import DomainError
from teamhub.demo.load import is_empty, load
from teamhub.missions.models import Invitation, Mission, Seat, StatusReport
from teamhub.missions.queries import waiting_for as waiting_in_missions
from teamhub.missions.states import AGREED
from teamhub.people import passwords
from teamhub.people.models import Person
from teamhub.people.personas import DEMO_PASSWORD, PERSONAS
from teamhub.tasks.models import BoardColumn, Task


@pytest.fixture
def small(db):
    return load("small", 1)


def persona(db, name):
    return db.session.scalar(select(Person).where(Person.email == f"{name}@demo.example"))


def test_a_small_demo_has_what_the_contract_says(small):
    assert small == {"units": 42, "people": 300, "challenges": 61, "missions": 12, "tasks": 500}


def test_the_same_seed_gives_the_same_municipality(db, small):
    def told():
        rows = db.session.execute(
            select(Challenge.title, Challenge.proposer_id, Challenge.support_people).order_by(Challenge.id)
        )
        names = db.session.scalars(select(Person.name).order_by(Person.id))
        tasks = db.session.execute(select(Task.title, Task.assignee_id, Task.rank).order_by(Task.id))
        return [tuple(r) for r in rows], list(names), [tuple(r) for r in tasks]

    first = told()
    db.session.rollback()
    for table in reversed(Person.metadata.sorted_tables):
        if table.name != "skill":
            db.session.execute(
                Person.__table__.update().values(manager_id=None)
            ) if table.name == "person" else 0
            db.session.execute(table.delete())
    db.session.commit()
    assert is_empty()
    load("small", 1)

    assert told() == first


def test_it_is_not_loaded_on_top_of_something(small):
    with pytest.raises(DomainError):
        load("small", 1)


def test_every_persona_can_sign_in_and_nobody_else(db, small):
    with_password = {p.email: p for p in db.session.scalars(select(Person).where(Person.password_hash != ""))}

    assert set(with_password) == set(PERSONAS)
    assert all(passwords.fits(DEMO_PASSWORD, p.password_hash) for p in with_password.values())


def test_names_have_the_letters_a_municipality_must_write(db, small):
    names = "".join(db.session.scalars(select(Person.name)))

    assert all(letter in names for letter in "ÁåøŁığşćž'’-" if letter not in "ćž")


def test_counts_on_challenges_match_their_rows(db, small):
    counted = Counter(db.session.scalars(select(Support.challenge_id)))

    assert all(counted[c.id] == c.support_people for c in db.session.scalars(select(Challenge)))


def test_everything_beyond_submitted_has_an_official_answer(db, small):
    answered = set(db.session.scalars(select(Answer.challenge_id)))
    moved = db.session.scalars(
        select(Challenge.id).where(Challenge.state.not_in([State.SUBMITTED, State.DRAFT]))
    )

    assert set(moved) <= answered


def test_seats_and_invitations_tell_the_same(db, small):
    closed = {i.seat_id: i for i in db.session.scalars(select(Invitation)) if i.closed_at}
    asked = {i.seat_id for i in db.session.scalars(select(Invitation)) if not i.closed_at}

    for seat in db.session.scalars(select(Seat)):
        if seat.state in AGREED:
            assert closed[seat.id].person_says
            assert closed[seat.id].manager_says
        else:
            assert (seat.id in asked) == (seat.state == "requested")


def test_every_card_is_in_a_column_of_its_own_mission(db, small):
    astray = select(func.count()).select_from(Task).join(BoardColumn, BoardColumn.id == Task.column_id)

    assert db.session.scalar(astray.where(BoardColumn.mission_id != Task.mission_id)) == 0


def test_the_personas_have_something_to_do(db, small, make):
    manager, nurse, lead = (persona(db, n) for n in ("unitmanager", "employee", "lead"))
    asked_of = {n: waiting_in_missions(make.actor(p)) for n, p in (("manager", manager), ("nurse", nurse))}

    assert len([w for w in asked_of["manager"] if w.kind == "request"]) == 3
    assert len([w for w in asked_of["nurse"] if w.kind == "invitation"]) == 1
    assert any(w.kind == "report" for w in waiting_in_missions(make.actor(lead)))
    assert db.session.scalar(select(func.count()).where(Mission.lead_id == lead.id)) == 3
    assert db.session.scalar(select(func.count()).where(Task.assignee_id == nurse.id)) >= 2
    owned = select(func.count()).where(Mission.owner_id == persona(db, "board").id)
    assert db.session.scalar(owned) >= 5
    teacher = persona(db, "proposer").id
    states = set(db.session.scalars(select(Challenge.state).where(Challenge.proposer_id == teacher)))
    assert {State.DRAFT, State.CLARIFICATION} <= states
    assert db.session.scalar(select(func.count()).where(Challenge.line_unit_id == manager.unit_id)) >= 1


def test_one_mission_is_silent_one_is_red_and_one_is_in_a_single_area(db, small):
    reports = list(db.session.scalars(select(StatusReport).order_by(StatusReport.id)))

    assert any("red" in (r.staffing, r.risk, r.progress) for r in reports)
    assert len({r.mission_id for r in reports}) == 12
