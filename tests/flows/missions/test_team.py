"""The time contract: the lead asks, the person answers, the line manager agrees to the time."""

from datetime import timedelta

import pytest

from teamhub.access.actor import Role
from teamhub.core import clock
from teamhub.missions.models import Invitation, Seat
from teamhub.missions.states import SeatState


@pytest.fixture
def ict(make):
    return make.unit("IKT", code="IK")


@pytest.fixture
def care(make):
    return make.unit("Omsorg", code="OM")


@pytest.fixture
def lead(make, ict):
    return make.person("Håkon Åsheim", unit=ict)


@pytest.fixture
def mission(make, lead):
    return make.mission(lead)


@pytest.fixture
def manager(make, care):
    return make.person("Siri Vik", Role.UNIT_MANAGER, unit=care)


@pytest.fixture
def nurse(make, manager, care):
    return make.person("Ingrid Moen", unit=care, manager=manager)


def need(**changes):
    today = clock.today()
    return {
        "role": "Sykepleier",
        "share": "20",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=90)).isoformat(),
    } | changes


def invited(make, mission, lead, sign_in, nurse, db):
    seat = make.seat(mission)
    sign_in(lead).post(f"/missions/{mission.id}/seats/{seat.id}/invite", data={"person_id": nurse.id})
    return seat, db.session.query(Invitation).one()


def test_the_lead_makes_a_seat_with_role_skill_share_and_period(make, mission, lead, sign_in, db):
    skill = make.skill()

    answer = sign_in(lead).post(
        f"/missions/{mission.id}/seats", data=need(skill_id=skill.id, level="3", stretch="y")
    )

    seat = db.session.query(Seat).one()
    assert answer.status_code == 303
    assert (seat.role, seat.skill_id, seat.level, seat.share, seat.stretch) == (
        "Sykepleier",
        skill.id,
        3,
        20,
        True,
    )


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"share": "0"}, "mellom 1 og 100"),
        ({"share": "tjue"}, "helt tall"),
        ({"role": " "}, "hva personen skal være"),
        ({"ends_on": "2001-01-01"}, "slutte før den begynner"),
        ({"starts_on": "i går"}, "Skriv en dato"),
    ],
)
def test_a_seat_that_makes_no_sense_is_told_so(mission, lead, sign_in, db, wrong, told):
    answer = sign_in(lead).post(f"/missions/{mission.id}/seats", data=need(**wrong))

    assert answer.status_code == 422
    assert told in answer.text
    assert db.session.query(Seat).count() == 0


def test_a_seat_is_agreed_when_person_and_manager_have_both_said_yes(
    make, mission, lead, sign_in, nurse, manager, db
):
    seat, invitation = invited(make, mission, lead, sign_in, nurse, db)
    assert "Vil du være med?" in sign_in(nurse).get("/my/requests").text
    assert "Ingrid Moen" in sign_in(manager).get("/my/requests").text

    sign_in(nurse).post(f"/my/requests/{invitation.id}/answer", data={"accept": "yes"})
    db.session.refresh(seat)
    assert seat.state == SeatState.REQUESTED
    sign_in(manager).post(f"/my/requests/{invitation.id}/release", data={"accept": "yes"})

    db.session.refresh(seat)
    assert (seat.state, seat.person_id) == (SeatState.RELEASED, nurse.id)
    assert mission.title in sign_in(nurse).get("/my/requests").text


def test_the_manager_may_answer_first(make, mission, lead, sign_in, nurse, manager, db):
    seat, invitation = invited(make, mission, lead, sign_in, nurse, db)

    sign_in(manager).post(f"/my/requests/{invitation.id}/release", data={"accept": "yes"})
    sign_in(nurse).post(f"/my/requests/{invitation.id}/answer", data={"accept": "yes"})

    db.session.refresh(seat)
    assert seat.state == SeatState.RELEASED


@pytest.mark.parametrize("who", ["person", "manager"])
def test_a_no_needs_a_reason_frees_the_seat_and_is_read_by_the_lead(
    make, mission, lead, sign_in, nurse, manager, db, who
):
    seat, invitation = invited(make, mission, lead, sign_in, nurse, db)
    browser = sign_in(nurse if who == "person" else manager)
    address = f"/my/requests/{invitation.id}/{'answer' if who == 'person' else 'release'}"

    without = browser.post(address, data={"accept": "no"})
    assert without.status_code == 422
    assert "Skriv hvorfor." in without.text
    browser.post(address, data={"accept": "no", "reason": "Turnusen går ikke opp i mars."})

    db.session.refresh(seat)
    assert (seat.state, seat.person_id) == (SeatState.OPEN, None)
    team = f"/missions/{mission.id}/team"
    assert "Turnusen går ikke opp i mars." in sign_in(lead).get(team).text
    assert "Turnusen" not in sign_in(make.person()).get(team).text


def test_nobody_answers_for_another_and_nobody_is_ones_own_manager(
    make, mission, lead, sign_in, nurse, manager, db
):
    _, invitation = invited(make, mission, lead, sign_in, nurse, db)
    at = f"/my/requests/{invitation.id}"
    stranger = sign_in(make.person("Ola", Role.UNIT_MANAGER, unit=make.unit("Skole")))

    assert stranger.post(f"{at}/answer", data={"accept": "yes"}).status_code == 404
    assert stranger.post(f"{at}/release", data={"accept": "yes"}).status_code == 404
    assert sign_in(manager).post(f"{at}/answer", data={"accept": "yes"}).status_code == 403
    assert sign_in(nurse).post(f"{at}/release", data={"accept": "yes"}).status_code == 403


def test_whoever_leads_the_unit_above_may_agree_when_the_manager_is_away(
    make, mission, lead, sign_in, nurse, care, db
):
    seat, invitation = invited(make, mission, lead, sign_in, nurse, db)
    director = make.person("Gro", Role.DIRECTOR, unit=care)
    sign_in(nurse).post(f"/my/requests/{invitation.id}/answer", data={"accept": "yes"})

    sign_in(director).post(f"/my/requests/{invitation.id}/release", data={"accept": "yes"})

    db.session.refresh(seat)
    assert seat.state == SeatState.RELEASED


def test_an_answer_given_twice_is_refused_the_second_time(make, mission, lead, sign_in, nurse, db):
    _, invitation = invited(make, mission, lead, sign_in, nurse, db)
    address = f"/my/requests/{invitation.id}/answer"

    assert sign_in(nurse).post(address, data={"accept": "yes"}).status_code == 303
    assert sign_in(nurse).post(address, data={"accept": "no", "reason": "Angrer"}).status_code == 422


def test_the_lead_takes_an_invitation_back_and_asks_somebody_else(make, mission, lead, sign_in, nurse, db):
    seat, invitation = invited(make, mission, lead, sign_in, nurse, db)
    browser = sign_in(lead)

    browser.post(f"/missions/{mission.id}/seats/{seat.id}/withdraw")

    db.session.refresh(seat)
    assert seat.state == SeatState.OPEN
    assert (
        sign_in(nurse).post(f"/my/requests/{invitation.id}/answer", data={"accept": "yes"}).status_code == 422
    )
    other = make.person()
    assert (
        browser.post(
            f"/missions/{mission.id}/seats/{seat.id}/invite", data={"person_id": other.id}
        ).status_code
        == 303
    )


def test_a_person_is_asked_once_in_a_team(make, mission, lead, sign_in, nurse, db):
    invited(make, mission, lead, sign_in, nurse, db)
    second = make.seat(mission, role="Fagutvikler")

    answer = sign_in(lead).post(
        f"/missions/{mission.id}/seats/{second.id}/invite", data={"person_id": nurse.id}
    )

    assert answer.status_code == 422
    assert "alt spurt" in answer.text


@pytest.mark.parametrize("step", ["seats", "invite", "withdraw", "edit", "remove"])
def test_only_lead_and_owner_staff_the_team(make, mission, sign_in, step):
    seat = make.seat(mission)
    at = f"/missions/{mission.id}/seats"
    address = at if step == "seats" else f"{at}/{seat.id}/{step}"

    assert sign_in(make.person()).post(address, data=need()).status_code == 403


def test_a_team_of_one_division_is_told_so_until_another_joins(make, mission, lead, ict, sign_in, nurse):
    browser = sign_in(lead)
    make.seat(mission, make.person(unit=ict), state="released")
    assert "Alle på teamet kommer fra ett område" in browser.get(f"/missions/{mission.id}").text

    make.seat(mission, nurse, state="released")

    page = browser.get(f"/missions/{mission.id}").text
    assert "Alle på teamet kommer fra ett område" not in page
    assert "2 av 2 områder" in page


def test_people_are_found_with_the_time_they_have_already_agreed(make, mission, lead, sign_in, nurse):
    make.seat(make.mission(lead, title="Et annet"), nurse, state="active", share=90)
    seat = make.seat(mission, share=20)

    page = sign_in(lead).get(f"/missions/{mission.id}/seats/{seat.id}?q=ingrid").text

    assert "Ingrid Moen" in page
    assert "over taket på 100" in page


def test_a_seat_somebody_holds_is_not_changed_behind_their_back(make, mission, lead, sign_in, nurse):
    seat = make.seat(mission, nurse, state="released")
    browser = sign_in(lead)

    changed = browser.post(
        f"/missions/{mission.id}/seats/{seat.id}/edit", data=need(share="80", version=seat.version)
    )
    browser.post(f"/missions/{mission.id}/seats/{seat.id}/remove")

    assert changed.status_code == 422
    assert seat.role in browser.get(f"/missions/{mission.id}/team").text


def test_a_free_seat_is_removed(make, mission, lead, sign_in, db):
    seat = make.seat(mission)

    sign_in(lead).post(f"/missions/{mission.id}/seats/{seat.id}/remove")

    assert db.session.query(Seat).count() == 0


def test_requests_cost_the_same_for_one_and_for_many(
    make, mission, lead, care, sign_in, manager, queries_counted
):
    browser = sign_in(manager)

    def ask(n):
        person = make.person(f"Person {n}", unit=care, manager=manager)
        seat = make.seat(mission)
        sign_in(lead).post(f"/missions/{mission.id}/seats/{seat.id}/invite", data={"person_id": person.id})

    def cost():
        with queries_counted() as counted:
            browser.get("/my/requests")
        return len(counted)

    ask(0)
    few = cost()
    for n in range(1, 20):
        ask(n)

    assert cost() == few <= 8


def test_a_page_that_is_too_old_takes_nobody_off_the_team(make, mission, lead, sign_in, nurse, manager, db):
    seat, invitation = invited(make, mission, lead, sign_in, nurse, db)
    as_the_lead_saw_it = seat.version
    sign_in(nurse).post(f"/my/requests/{invitation.id}/answer", data={"accept": "yes"})
    sign_in(manager).post(f"/my/requests/{invitation.id}/release", data={"accept": "yes"})

    sign_in(lead).post(
        f"/missions/{mission.id}/seats/{seat.id}/withdraw", data={"version": as_the_lead_saw_it}
    )

    db.session.refresh(seat)
    assert (seat.state, seat.person_id) == (SeatState.RELEASED, nurse.id)
