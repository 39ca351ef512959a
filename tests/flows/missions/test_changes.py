"""What is agreed about a seat changes when all three agree: person, line manager and lead."""

from datetime import timedelta

import pytest

from teamhub.access.actor import Role
from teamhub.core import clock
from teamhub.missions.accord import SeatOffer
from teamhub.missions.models import Seat
from teamhub.missions.states import SeatState, Status

WHY = "Det går mot slutten, og vakta trenger henne."
NO = "Vi er midt i utprøvingen."


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim", unit=make.unit("IKT"))


@pytest.fixture
def mission(make, lead):
    return make.mission(lead)


@pytest.fixture
def manager(make):
    return make.person("Siri Vik", Role.UNIT_MANAGER, unit=make.unit("Omsorg"))


@pytest.fixture
def nurse(make, manager):
    return make.person("Ingrid Moen", unit=make.unit("Sone øst"), manager=manager)


@pytest.fixture
def all_three(nurse, manager, lead):
    return [nurse, manager, lead]


@pytest.fixture
def seat(make, mission, nurse):
    """An active seat of 40 percent for 90 days more."""
    return make.seat(mission, nurse, share=40)


@pytest.fixture
def address(mission, seat):
    return f"/missions/{mission.id}/seats/{seat.id}"


@pytest.fixture
def propose(sign_in, address):
    def _propose(person, *, share=40, days=30, starts_in=0, reason=WHY):
        first, last = (clock.today() + timedelta(days=n) for n in (starts_in, days))
        terms = {"share": share, "starts_on": first.isoformat(), "ends_on": last.isoformat()}
        return sign_in(person).post(f"{address}/change", data=terms | {"reason": reason})

    return _propose


@pytest.fixture
def answer(sign_in, db):
    def _answer(person, accept="yes", word=""):
        offer = db.session.query(SeatOffer).order_by(SeatOffer.id.desc()).first()
        data = {"accept": accept, "answer": word}
        return sign_in(person).post(f"/seat-offers/{offer.id}/agree", data=data)

    return _answer


def terms(seat, db):
    db.session.expire_all()
    now = db.session.get(Seat, seat.id)
    return now.share, (now.ends_on - clock.today()).days


@pytest.mark.parametrize("first", [0, 1, 2])
def test_it_holds_when_the_two_others_have_agreed(propose, answer, seat, all_three, db, first):
    proposer = all_three[first]
    others = [person for person in all_three if person is not proposer]
    assert propose(proposer, share=20, days=30).status_code == 303

    assert answer(others[0]).status_code == 303
    assert terms(seat, db) == (40, 90)
    assert answer(others[1]).status_code == 303

    assert terms(seat, db) == (20, 30)
    assert db.session.get(Seat, seat.id).state == SeatState.ACTIVE


def test_each_finds_it_where_they_look_and_all_are_told_when_it_holds(
    propose, answer, nurse, manager, lead, address, sign_in
):
    propose(nurse)

    assert "Andre vilkår for Ingrid Moen" in sign_in(lead).get("/").text
    assert "Endringer som venter på deg" in sign_in(manager).get("/my/requests").text
    assert WHY in sign_in(manager).get(address).text
    answer(manager)
    answer(lead)
    assert "Endringer som venter" not in sign_in(manager).get("/my/requests").text
    for person in (nurse, manager):
        assert "Nye vilkår for Ingrid Moen i «Trygt hjem» er avtalt" in sign_in(person).get("/inbox").text


def test_one_who_declines_says_why_and_what_is_agreed_stands(propose, answer, seat, nurse, lead, sign_in, db):
    propose(nurse)

    assert answer(lead, "no").status_code == 422
    assert answer(lead, "no", NO).status_code == 303

    assert terms(seat, db) == (40, 90)
    assert NO in sign_in(nurse).get("/inbox").text
    assert answer(lead).status_code == 422


def test_whoever_proposed_it_may_take_it_back(propose, answer, nurse, manager, sign_in, db, seat):
    propose(nurse)
    offer = db.session.query(SeatOffer).one()

    assert sign_in(manager).post(f"/seat-offers/{offer.id}/withdraw").status_code == 403
    assert sign_in(nurse).post(f"/seat-offers/{offer.id}/withdraw").status_code == 303

    assert answer(manager).status_code == 422
    assert "er trukket" in sign_in(manager).get("/inbox").text
    assert terms(seat, db) == (40, 90)


def test_one_cannot_agree_for_the_others(propose, answer, seat, nurse, db):
    propose(nurse)

    assert answer(nurse).status_code == 422
    assert terms(seat, db) == (40, 90)


def test_a_second_change_waits_until_the_first_is_answered(propose, nurse, lead, db):
    propose(nurse)

    assert "Det venter alt et forslag" in propose(lead, days=20).text
    assert propose(nurse).status_code == 303  # the same form once more
    assert db.session.query(SeatOffer).count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"days": 90}, "det samme som er avtalt"),
        ({"days": -1, "starts_in": -5}, "tidligst være i dag"),
        ({"starts_in": 5}, "Plassen har begynt"),
        ({"reason": ""}, "Skriv hvorfor"),
    ],
)
def test_a_change_that_makes_no_sense_is_told_so(propose, nurse, db, wrong, told):
    refused = propose(nurse, **wrong)

    assert refused.status_code == 422
    assert told in refused.text
    assert db.session.query(SeatOffer).count() == 0


def test_others_neither_propose_answer_nor_read_it(make, propose, answer, nurse, address, sign_in):
    propose(nurse)
    others = [make.person("Ola"), make.person("Berit", Role.BOARD_MEMBER)]

    for person in others:
        assert propose(person).status_code == 403
        assert answer(person).status_code == 404
        assert WHY not in sign_in(person).get(address).text
        assert "Forslag til endring" not in sign_in(person).get(address).text


def test_nothing_is_changed_of_a_seat_nobody_has_agreed_to(make, mission, nurse, sign_in):
    asked = make.seat(mission, nurse, state="requested")

    assert sign_in(nurse).get(f"/missions/{mission.id}/seats/{asked.id}/change").status_code == 404


def test_when_the_person_leaves_or_the_mission_stops_nobody_is_left_with_a_question(
    make, propose, answer, all_three, mission, address, sign_in
):
    nurse, manager, lead = all_three
    propose(nurse)
    mission.status = Status.STOPPED
    make.session.commit()
    assert "Endringer som venter" not in sign_in(manager).get("/my/requests").text
    mission.status = Status.ACTIVE
    make.session.commit()

    sign_in(lead).post(f"{address}/withdraw")

    assert "Endringer som venter" not in sign_in(manager).get("/my/requests").text
    assert answer(manager).status_code == 422


def test_a_lead_who_is_also_the_manager_speaks_for_both(make, mission, lead, sign_in, db):
    helper = make.person("Kari", manager=lead)
    seat = make.seat(mission, helper, share=40)
    today = clock.today()
    form = {"share": 10, "starts_on": today, "ends_on": today + timedelta(days=90), "reason": WHY}
    sign_in(helper).post(f"/missions/{mission.id}/seats/{seat.id}/change", data=form)
    offer = db.session.query(SeatOffer).one()

    sign_in(lead).post(f"/seat-offers/{offer.id}/agree", data={"accept": "yes"})

    assert terms(seat, db) == (10, 90)
