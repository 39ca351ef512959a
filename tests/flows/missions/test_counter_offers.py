"""Counter-offers: who is asked proposes other terms, and the lead takes them or says why not."""

from datetime import timedelta

import pytest

from teamhub.access.actor import Role
from teamhub.core import clock
from teamhub.missions.accord import SeatOffer
from teamhub.missions.models import Invitation, Seat
from teamhub.missions.states import SeatState

WHY = "Turnusen tåler ikke mer enn dette."
NO = "Vi trenger mer tid enn det."


@pytest.fixture
def care(make):
    return make.unit("Omsorg", code="OM")


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim", unit=make.unit("IKT", code="IK"))


@pytest.fixture
def mission(make, lead):
    return make.mission(lead)


@pytest.fixture
def manager(make, care):
    return make.person("Siri Vik", Role.UNIT_MANAGER, unit=care)


@pytest.fixture
def nurse(make, manager, care):
    return make.person("Ingrid Moen", unit=care, manager=manager)


@pytest.fixture
def asked(make, mission, lead, sign_in, nurse, db):
    """A seat of 40 percent in 90 days that the nurse is asked to fill."""
    seat = make.seat(mission, share=40)
    sign_in(lead).post(f"/missions/{mission.id}/seats/{seat.id}/invite", data={"person_id": nurse.id})
    return db.session.query(Invitation).one()


@pytest.fixture
def propose(asked, sign_in):
    def _propose(person, **terms):
        return sign_in(person).post(f"/my/requests/{asked.id}/counter", data=said(**terms))

    return _propose


@pytest.fixture
def reply(sign_in, lead, db):
    def _reply(accept, answer="", *, by=None):
        offer = db.session.query(SeatOffer).order_by(SeatOffer.id.desc()).first()
        address = f"/seat-offers/{offer.id}/answer"
        return sign_in(by or lead).post(address, data={"accept": accept, "answer": answer})

    return _reply


def said(*, share=20, days=90, starts_in=0, reason=WHY):
    first = clock.today() + timedelta(days=starts_in)
    last = clock.today() + timedelta(days=days)
    return {"share": share, "starts_on": first.isoformat(), "ends_on": last.isoformat(), "reason": reason}


def seat_of(asked, db):
    db.session.expire_all()
    return db.session.get(Seat, asked.seat_id)


def say(sign_in, person, asked, accept="yes"):
    part = "answer" if person.id == asked.person_id else "release"
    return sign_in(person).post(f"/my/requests/{asked.id}/{part}", data={"accept": accept, "reason": "Nei."})


def test_the_lead_reads_the_proposal_and_takes_it_and_the_seat_has_the_new_terms(
    asked, propose, reply, nurse, lead, mission, sign_in, db
):
    assert propose(nurse, share=20, days=60).status_code == 303
    assert "Se forslaget og svar" in sign_in(lead).get(f"/missions/{mission.id}/team").text
    assert WHY in sign_in(lead).get(f"/missions/{mission.id}/seats/{asked.seat_id}").text

    assert reply("yes").status_code == 303

    seat = seat_of(asked, db)
    assert (seat.share, seat.ends_on) == (20, clock.today() + timedelta(days=60))
    assert db.session.get(Invitation, asked.id).person_says is True
    assert seat.state == SeatState.REQUESTED


def test_a_manager_who_said_yes_to_more_is_not_asked_again(
    asked, propose, reply, nurse, manager, sign_in, db
):
    say(sign_in, manager, asked)
    propose(nurse, share=20)

    reply("yes")

    assert seat_of(asked, db).state == SeatState.RELEASED


@pytest.mark.parametrize("more", [{"share": 50}, {"share": 20, "days": 120}])
def test_a_manager_is_asked_again_about_more_than_they_agreed_to(
    asked, propose, reply, nurse, manager, sign_in, db, more
):
    say(sign_in, manager, asked)
    propose(nurse, **more)

    reply("yes")

    assert seat_of(asked, db).state == SeatState.REQUESTED
    assert "Nye vilkår: kan Ingrid Moen" in sign_in(manager).get("/inbox").text
    say(sign_in, manager, asked)
    assert seat_of(asked, db).state == SeatState.RELEASED


def test_the_manager_proposes_less_and_a_person_who_said_yes_need_not_say_it_again(
    asked, propose, reply, nurse, manager, lead, sign_in, db
):
    say(sign_in, nurse, asked)
    propose(manager, share=10)
    assert "Lederen til Ingrid Moen foreslår andre vilkår" in sign_in(lead).get("/inbox").text

    reply("yes")

    assert (seat_of(asked, db).share, seat_of(asked, db).state) == (10, SeatState.RELEASED)


def test_a_proposal_that_does_not_suit_is_answered_with_a_word_and_the_question_stands(
    asked, propose, reply, nurse, sign_in, db
):
    propose(nurse)
    assert "Ingenting venter på deg." in sign_in(nurse).get("/").text

    assert reply("no").status_code == 422
    assert reply("no", NO).status_code == 303

    assert NO in sign_in(nurse).get("/inbox").text
    assert "Vil du være med?" in sign_in(nurse).get("/").text
    assert (seat_of(asked, db).share, seat_of(asked, db).state) == (40, SeatState.REQUESTED)
    say(sign_in, nurse, asked)
    assert db.session.get(Invitation, asked.id).person_says is True


def test_a_newer_proposal_takes_the_place_of_the_one_that_waits(
    asked, propose, reply, nurse, manager, sign_in, db
):
    propose(nurse, share=20)
    propose(manager, share=10)

    waiting = db.session.query(SeatOffer).filter_by(closed_at=None).one()
    assert (waiting.side, waiting.share) == ("manager", 10)
    assert "Forslaget ditt gjelder ikke lenger." in sign_in(nurse).get("/inbox").text


def test_a_plain_answer_takes_ones_own_proposal_back(asked, propose, reply, nurse, sign_in, lead, mission):
    propose(nurse)
    say(sign_in, nurse, asked)

    assert reply("yes").status_code == 422
    assert "Se forslaget og svar" not in sign_in(lead).get(f"/missions/{mission.id}/team").text
    assert "foreslår andre vilkår" not in sign_in(lead).get("/").text


def test_the_lead_finds_it_among_what_waits(propose, nurse, lead, sign_in, asked):
    propose(nurse)

    assert "Andre vilkår for Ingrid Moen: 20 % av tiden. Passer det?" in sign_in(lead).get("/").text


def test_the_reason_is_read_by_lead_owner_and_manager_and_nobody_else(
    make, asked, propose, nurse, manager, lead, mission, sign_in
):
    owner, board = make.person("Solveig Dahl"), make.person("Berit", Role.BOARD_MEMBER)
    mission.owner_id = owner.id
    make.session.commit()
    propose(nurse)
    pages = [f"/missions/{mission.id}{part}" for part in ("", "/team", f"/seats/{asked.seat_id}")]

    def reads(person):
        return any(WHY in sign_in(person).get(page).text for page in [*pages, "/my/requests", "/inbox"])

    assert [reads(p) for p in (lead, owner, manager)] == [True, True, True]
    assert [reads(p) for p in (board, make.person("Ola"))] == [False, False]


def test_what_the_manager_writes_is_not_read_by_the_person(propose, nurse, manager, sign_in, asked):
    propose(manager, share=10)

    page = sign_in(nurse).get("/my/requests").text
    assert "Lederen din har foreslått 10 %" in page
    assert WHY not in page + sign_in(nurse).get("/inbox").text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"share": 40}, "det samme som det er spurt om"),
        ({"share": 0}, "mellom 1 og 100"),
        ({"days": -5, "starts_in": -9}, "kan ikke være over alt"),
        ({"days": 5, "starts_in": 9}, "slutte før den begynner"),
        ({"reason": " "}, "Skriv hvorfor"),
    ],
)
def test_a_proposal_that_makes_no_sense_is_told_so_and_kept_on_the_page(propose, nurse, db, wrong, told):
    answer = propose(nurse, **wrong)

    assert answer.status_code == 422
    assert told in answer.text
    assert db.session.query(SeatOffer).count() == 0


def test_only_those_asked_propose_and_only_the_lead_and_owner_answer(
    make, asked, propose, reply, nurse, manager, lead
):
    assert propose(make.person("Ola")).status_code == 404
    assert propose(lead).status_code == 404
    propose(nurse)

    assert reply("yes", by=manager).status_code == 403
    assert reply("yes", by=nurse).status_code == 403
    assert reply("yes", by=make.person("Ola")).status_code == 404


def test_the_lead_sees_afterwards_what_was_proposed_and_answered(
    asked, propose, reply, nurse, lead, mission, sign_in
):
    propose(nurse)
    reply("no", NO)

    page = sign_in(lead).get(f"/missions/{mission.id}/seats/{asked.seat_id}").text
    assert "Tidligere forslag" in page
    assert WHY in page
    assert NO in page
