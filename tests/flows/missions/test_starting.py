"""A mission is started by the board from a candidate, or from scratch, and kept up by its lead."""

from datetime import timedelta

import pytest

from teamhub.access.actor import Role
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.missions.models import Mission, StatusReport
from teamhub.missions.states import Phase


def charter(lead, owner, **changes):
    today = clock.today()
    return {
        "title": "Trygt hjem",
        "goal": "Alle kommer hjem med riktig medisinliste innen juni.",
        "mandate": "Teamet kan endre rutinen i to soner.",
        "lead_id": lead.id,
        "owner_id": owner.id,
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=180)).isoformat(),
    } | changes


@pytest.fixture
def board(make):
    return make.person("Berit Lunde", Role.BOARD_MEMBER)


def test_the_board_turns_a_candidate_into_a_mission(make, sign_in, board, db):
    challenge = make.challenge(make.person(), state=State.CANDIDATE, title="Medisinlister mangler")
    lead = make.person("Håkon Åsheim")
    browser = sign_in(board)
    assert "Medisinlister mangler" in browser.get(f"/missions/new?challenge={challenge.id}").text

    answer = browser.post("/missions/new", data=charter(lead, board, challenge_id=challenge.id))

    mission = db.session.query(Mission).one()
    db.session.refresh(challenge)
    assert answer.location.endswith(f"/missions/{mission.id}")
    assert challenge.state == State.MISSION
    assert "Medisinlister mangler" in browser.get(answer.location).text
    assert "Trygt hjem" in browser.get(f"/challenges/{challenge.id}").text


def test_the_office_cannot_make_a_mission_of_a_candidate_but_can_start_one_from_scratch(make, sign_in, db):
    office = make.person("Kristin", Role.PORTFOLIO_OFFICE)
    challenge = make.challenge(make.person(), state=State.CANDIDATE)
    browser = sign_in(office)

    refused = browser.post("/missions/new", data=charter(office, office, challenge_id=challenge.id))
    started = browser.post("/missions/new", data=charter(office, office))

    assert refused.status_code == 403
    assert started.status_code == 303
    assert db.session.query(Mission).count() == 1


def test_an_employee_cannot_start_a_mission(make, sign_in):
    person = make.person()

    assert sign_in(person).get("/missions/new").status_code == 403
    assert sign_in(person).post("/missions/new", data=charter(person, person)).status_code == 403


def test_a_challenge_that_is_no_candidate_cannot_become_a_mission(make, sign_in, board, db):
    challenge = make.challenge(make.person(), state=State.SUBMITTED)

    answer = sign_in(board).post("/missions/new", data=charter(board, board, challenge_id=challenge.id))

    assert answer.status_code == 422
    assert db.session.query(Mission).count() == 0


def test_what_is_wrong_is_told_and_what_was_typed_stays(make, sign_in, board):
    yesterday = (clock.today() - timedelta(days=1)).isoformat()

    answer = sign_in(board).post("/missions/new", data=charter(board, board, ends_on=yesterday, goal=""))

    assert answer.status_code == 422
    assert "Skriv hva som skal bli annerledes" in answer.text
    assert "Teamet kan endre rutinen" in answer.text


def test_without_javascript_a_lead_is_found_by_searching(make, sign_in, board):
    lead = make.person("Håkon Åsheim")

    page = sign_in(board).post(
        "/missions/new", data={"title": "Halvveis", "q_lead_id": "åsheim", "do": "find"}
    )

    assert page.status_code == 200
    assert f'name="lead_id" value="{lead.id}"' in page.text
    assert "Halvveis" in page.text


def test_two_people_editing_the_charter_the_second_sees_both(make, sign_in):
    lead = make.person()
    mission = make.mission(lead)
    both = charter(lead, lead, phase="planning", status="active", version=mission.version)
    browser = sign_in(lead)

    assert browser.post(f"/missions/{mission.id}/edit", data=both | {"goal": "Første"}).status_code == 303
    second = browser.post(f"/missions/{mission.id}/edit", data=both | {"goal": "Andre"})

    assert second.status_code == 409
    assert "Første" in second.text
    assert "Andre" in second.text


def test_the_lead_moves_the_phase_and_others_cannot(make, sign_in, db):
    lead, other = make.person(), make.person()
    mission = make.mission(lead)
    new = charter(lead, lead, phase="planning", status="active", version=mission.version)

    assert sign_in(other).post(f"/missions/{mission.id}/edit", data=new).status_code == 403
    sign_in(lead).post(f"/missions/{mission.id}/edit", data=new)

    db.session.refresh(mission)
    assert mission.phase == Phase.PLANNING


LIGHTS = {"progress": "green", "economy": "green", "quality": "yellow", "risk": "red", "staffing": "green"}


def test_the_lead_posts_a_report_with_five_lights_and_words(make, sign_in):
    lead = make.person("Håkon Åsheim")
    mission = make.mission(lead)

    sign_in(lead).post(
        f"/missions/{mission.id}/status", data=LIGHTS | {"summary": "Vi mangler farmasøyt i helgene."}
    )

    page = sign_in(make.person()).get(f"/missions/{mission.id}").text
    assert "Vi mangler farmasøyt i helgene." in page
    assert "Trenger hjelp" in page


@pytest.mark.parametrize("missing", ["risk", "summary"])
def test_a_report_without_a_light_or_without_words_is_not_posted(make, sign_in, db, missing):
    lead = make.person()
    mission = make.mission(lead)
    written = LIGHTS | {"summary": "Det går."}
    del written[missing]

    assert sign_in(lead).post(f"/missions/{mission.id}/status", data=written).status_code == 422
    assert db.session.query(StatusReport).count() == 0


def test_only_lead_and_owner_report(make, sign_in):
    mission = make.mission(make.person())

    answer = sign_in(make.person()).post(f"/missions/{mission.id}/status", data=LIGHTS | {"summary": "Hei"})

    assert answer.status_code == 403


def test_the_list_narrows_and_the_address_says_how(make, sign_in):
    care, school = make.unit("Omsorg", code="OM"), make.unit("Skole", code="SK")
    make.mission(make.person(unit=care), title="Trygt hjem")
    make.mission(make.person(unit=school), title="Skolevei uten bil", phase=Phase.PLANNING)
    browser = sign_in(make.person())

    assert "Trygt hjem" not in browser.get("/missions?q=skolevei").text
    assert "Skolevei" not in browser.get(f"/missions?division={care.id}").text
    assert "Skolevei" in browser.get("/missions?phase=planning").text
    assert "Trygt hjem" not in browser.get("/missions?phase=planning").text


def test_the_list_and_a_mission_cost_the_same_for_one_and_for_many(make, sign_in, queries_counted):
    lead = make.person()
    mission = make.mission(lead)
    make.report(mission, lead)
    browser = sign_in(make.person())

    def cost(address):
        with queries_counted() as counted:
            assert browser.get(address).status_code == 200
        return len(counted)

    pages = ["/missions", f"/missions/{mission.id}", f"/missions/{mission.id}/team"]
    few = [cost(page) for page in pages]
    for n in range(25):
        make.report(make.mission(lead, title=f"Nummer {n}"), lead)
        make.seat(mission, make.person(unit=make.unit(f"Enhet {n}")), state="active")
    many = [cost(page) for page in pages]

    assert many == few
    assert max(many) <= 8
