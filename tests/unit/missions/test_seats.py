"""A seat moves only along its table, and what is promised is counted only where periods meet."""

from datetime import date, timedelta

import pytest

from teamhub.access.actor import SYSTEM, Role
from teamhub.core import clock
from teamhub.core.errors import DomainError, Forbidden
from teamhub.missions import staffing, team
from teamhub.missions.models import Invitation, Seat
from teamhub.missions.states import AGREED, SEAT_TRANSITIONS, SeatState, Status
from teamhub.missions.wanted import Need

STATES = list(SeatState)


@pytest.mark.parametrize("old", STATES)
@pytest.mark.parametrize("new", STATES)
def test_a_seat_moves_only_along_the_table(old, new):
    seat = Seat(state=old)

    if new in SEAT_TRANSITIONS[old]:
        seat.move_to(new, person_id=None)
        assert seat.state == new
    else:
        with pytest.raises(DomainError):
            seat.move_to(new, person_id=None)
        assert seat.state == old


def test_nobody_gets_a_seat_without_being_asked_first():
    before_agreed = {old for old, after in SEAT_TRANSITIONS.items() if set(AGREED) & after}

    assert before_agreed == {SeatState.REQUESTED, SeatState.RELEASED}
    assert {old for old, after in SEAT_TRANSITIONS.items() if SeatState.RELEASED in after} == {
        SeatState.REQUESTED
    }


def need(**changes):
    today = clock.today()
    return Need(
        **{
            "role": "Sykepleier",
            "skill_id": None,
            "level": None,
            "share": 20,
            "starts_on": today,
            "ends_on": today + timedelta(days=30),
        }
        | changes
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"share": 0}, "share"),
        ({"share": 101}, "share"),
        ({"level": 5}, "level"),
        ({"ends_on": date(2001, 1, 1)}, "ends_on"),
    ],
)
def test_a_need_that_makes_no_sense_is_refused_without_a_form_too(make, wrong, field):
    lead = make.person()
    mission = make.mission(lead)

    with pytest.raises(DomainError) as refused:
        staffing.add_seat(make.actor(lead), mission.id, need(**wrong))

    assert refused.value.field == field


def test_staffing_is_for_lead_and_owner_and_not_for_office_board_or_system(make, db):
    lead, owner = make.person(), make.person()
    mission = make.mission(lead, owner=owner)
    others = [make.person(None, role) for role in (Role.PORTFOLIO_OFFICE, Role.BOARD_MEMBER, Role.ADMIN)]
    refused = []

    for actor in [make.actor(p) for p in (lead, owner, *others)] + [SYSTEM]:
        try:
            staffing.add_seat(actor, mission.id, need())
        except Forbidden:
            refused.append(actor.id)

    assert refused == [p.id for p in others] + [None]
    assert db.session.query(Seat).count() == 2


def test_load_counts_agreed_seats_that_touch_the_period_in_missions_that_go_on(make):
    lead, nurse = make.person(), make.person()
    day = clock.today()
    going, over = make.mission(lead), make.mission(lead, status=Status.COMPLETED)
    other = make.mission(lead, status=Status.HOLD)
    make.seat(going, nurse, state="active", share=10, starts_on=day, ends_on=day)
    make.seat(other, nurse, state="released", share=20, starts_on=day, ends_on=day)
    make.seat(over, nurse, state="active", share=40)
    make.seat(going, nurse, state="requested", share=80)
    make.seat(going, nurse, state="done", share=80)

    def load(first, last):
        return team.agreed_shares([nurse.id, lead.id], first, last)

    assert load(day, day) == {nurse.id: 30}
    assert load(day - timedelta(9), day) == {nurse.id: 30}
    assert load(day + timedelta(1), day + timedelta(9)) == {}
    assert team.agreed_shares([], day, day) == {}


def test_an_invitation_remembers_manager_unit_and_deadline_as_they_were(make, db):
    lead, boss = make.person(), make.person()
    nurse = make.person(manager=boss)
    seat = make.seat(make.mission(lead))

    staffing.invite(make.actor(lead), seat.id, nurse.id, message="Du kan dette.")

    asked = db.session.query(Invitation).one()
    assert (asked.person_id, asked.manager_id, asked.unit_id) == (nurse.id, boss.id, nurse.unit_id)
    assert asked.answer_by == clock.today() + timedelta(days=7)
    assert (asked.message, asked.invited_by_id, asked.closed_at) == ("Du kan dette.", lead.id, None)


def test_whoever_has_left_cannot_be_asked(make):
    lead, gone = make.person(), make.person(is_active=False)
    seat = make.seat(make.mission(lead))

    for person_id in (gone.id, None, 10**6):
        with pytest.raises(DomainError) as refused:
            staffing.invite(make.actor(lead), seat.id, person_id)
        assert refused.value.field == "person_id"


def test_somebody_who_leaves_the_team_frees_the_seat_and_the_promise(make, db):
    lead, nurse = make.person(), make.person()
    mission = make.mission(lead)
    seat = make.seat(mission, nurse, state="released")
    actor = make.actor(lead)

    staffing.withdraw(actor, seat.id)

    db.session.refresh(seat)
    assert (seat.state, seat.person_id) == (SeatState.OPEN, None)
    assert team.agreed_shares([nurse.id], seat.starts_on, seat.ends_on) == {}
    with pytest.raises(DomainError):
        staffing.withdraw(actor, seat.id)


def test_tasks_can_go_to_lead_owner_and_those_who_have_agreed(make):
    lead, owner, nurse = (make.person(name) for name in ("Berit", "Anne", "Ola"))
    mission = make.mission(lead, owner=owner)
    make.seat(mission, nurse, state="released")
    make.seat(mission, make.person("Spurt"), state="requested")
    make.seat(mission, make.person("Ferdig"), state="done")
    make.seat(mission, make.person("Sluttet", is_active=False), state="active")

    assert team.team_choices(mission.id) == [(owner.id, "Anne"), (lead.id, "Berit"), (nurse.id, "Ola")]


def test_my_seats_are_those_agreed_in_missions_at_work(make):
    lead, nurse = make.person(), make.person()
    make.seat(make.mission(lead, title="Nå"), nurse, state="active", role="Sykepleier")
    make.seat(make.mission(lead, title="Før", status=Status.STOPPED), nurse, state="active")
    make.seat(make.mission(lead, title="Kanskje"), nurse, state="requested")

    assert [(s.mission, s.role, s.share) for s in team.seats_of(nurse.id)] == [("Nå", "Sykepleier", 20)]
