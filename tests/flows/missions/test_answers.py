"""What whoever is asked meets: an answer too late, nobody above them, a mission that stopped."""

from datetime import timedelta

import pytest

from teamhub.access.actor import Role
from teamhub.core import clock
from teamhub.missions.models import Invitation, Seat
from teamhub.missions.states import SeatState, Status


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
def ask(sign_in, lead, make, mission, db):
    """Ask a person to fill a new seat, and return the invitation."""

    def _ask(person):
        seat = make.seat(mission)
        sign_in(lead).post(f"/missions/{mission.id}/seats/{seat.id}/invite", data={"person_id": person.id})
        return db.session.query(Invitation).filter_by(seat_id=seat.id).one()

    return _ask


def test_an_answer_after_the_invitation_is_taken_back_is_told_why(ask, mission, lead, sign_in, nurse):
    invitation = ask(nurse)
    sign_in(lead).post(f"/missions/{mission.id}/seats/{invitation.seat_id}/withdraw")

    late = sign_in(nurse).post(
        f"/my/requests/{invitation.id}/answer", data={"accept": "no", "reason": "Jeg er i permisjon."}
    )

    assert late.status_code == 422
    assert "alt besvart eller trukket tilbake" in late.text
    assert "Trygt hjem" not in late.text.split("<main", 1)[1].split("Plassene mine")[0]


def test_somebody_without_a_line_manager_waits_with_whoever_leads_the_unit(
    make, ask, sign_in, care, manager, mission
):
    alone = make.person("Ola Nordmann", unit=care)
    invitation = ask(alone)

    assert "Kan Ola Nordmann bruke 20 % av tiden sin her?" in sign_in(manager).get("/").text
    sign_in(manager).post(f"/my/requests/{invitation.id}/release", data={"accept": "yes"})
    assert "Kan Ola Nordmann" not in sign_in(manager).get("/").text


def test_the_request_waits_with_the_line_manager_and_not_with_everybody_above(
    make, ask, sign_in, care, manager, nurse
):
    director = make.person("Gro", Role.DIRECTOR, unit=care)
    ask(nurse)

    assert "Kan Ingrid Moen bruke" in sign_in(manager).get("/").text
    assert "Kan Ingrid Moen bruke" not in sign_in(director).get("/").text
    assert "Ingrid Moen" in sign_in(director).get("/my/requests").text


def test_a_no_from_above_is_not_put_in_the_line_managers_mouth(
    make, ask, sign_in, care, nurse, lead, mission
):
    director = make.person("Gro Dahl", Role.DIRECTOR, unit=care)
    invitation = ask(nurse)

    sign_in(director).post(
        f"/my/requests/{invitation.id}/release", data={"accept": "no", "reason": "Vi slår sammen to soner."}
    )

    team = sign_in(lead).get(f"/missions/{mission.id}/team").text
    assert "Vi slår sammen to soner." in team
    assert "Siri Vik takket nei" not in team


def test_a_reason_is_read_by_lead_and_owner_and_nobody_else(
    make, ask, sign_in, nurse, manager, lead, mission, db
):
    owner = make.person("Solveig Dahl")
    mission.owner_id = owner.id
    db.session.commit()
    invitation = ask(nurse)
    sign_in(nurse).post(
        f"/my/requests/{invitation.id}/answer", data={"accept": "no", "reason": "Jeg er sykmeldt."}
    )
    pages = [f"/missions/{mission.id}{part}" for part in ("", "/team", f"/seats/{invitation.seat_id}")]
    others = [
        make.person("Kristin", Role.PORTFOLIO_OFFICE),
        make.person("Berit", Role.BOARD_MEMBER),
        make.person("Ola"),
    ]

    def reads(person):
        return any("sykmeldt" in sign_in(person).get(page).text for page in pages)

    assert [reads(p) for p in (lead, owner)] == [True, True]
    assert [reads(p) for p in others] == [False, False, False]


@pytest.mark.parametrize("status", [Status.STOPPED, Status.COMPLETED])
def test_nobody_is_asked_into_a_mission_that_is_over(make, mission, lead, sign_in, nurse, db, status):
    seat = make.seat(mission)
    mission.status = status
    db.session.commit()

    refused = sign_in(lead).post(
        f"/missions/{mission.id}/seats/{seat.id}/invite", data={"person_id": nurse.id}
    )

    assert refused.status_code == 422
    assert "Oppdraget er over, og ber ikke om tid" in refused.text
    assert db.session.query(Invitation).count() == 0


def test_when_a_mission_stops_nobody_is_left_with_a_question(ask, sign_in, nurse, manager, lead, mission, db):
    invitation = ask(nurse)
    mission.status = Status.STOPPED
    db.session.commit()

    for person in (nurse, manager):
        assert "Ingen venter på svar fra deg." in sign_in(person).get("/my/requests").text
        assert "av tiden" not in sign_in(person).get("/").text
    late = sign_in(nurse).post(f"/my/requests/{invitation.id}/answer", data={"accept": "yes"})
    assert late.status_code == 422
    assert db.session.get(Seat, invitation.seat_id).state == SeatState.REQUESTED


def test_a_load_over_the_ceiling_is_warned_of_only_when_the_periods_meet(
    make, ask, sign_in, manager, nurse, lead, mission
):
    later = clock.today() + timedelta(days=200)
    other = make.mission(lead, title="Et annet")
    make.seat(other, nurse, state="active", share=90, starts_on=later, ends_on=later + timedelta(days=30))
    ask(nurse)
    assert "20 % med dette, tak 100 %" in sign_in(manager).get("/my/requests").text

    make.seat(other, nurse, state="released", share=90)

    assert "110 % med dette, over taket på 100 %" in sign_in(manager).get("/my/requests").text


@pytest.mark.parametrize("answer", [{"accept": ""}, {"accept": "maybe"}, {}])
def test_an_unclear_answer_is_no_yes(ask, sign_in, nurse, db, answer):
    invitation = ask(nurse)

    assert sign_in(nurse).post(f"/my/requests/{invitation.id}/answer", data=answer).status_code == 422

    db.session.refresh(invitation)
    assert invitation.person_says is None
