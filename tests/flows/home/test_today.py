"""«I dag»: what waits for each person, doable in place, the nearest deadline first."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from teamhub.access.actor import Role
from teamhub.challenges.states import State
from teamhub.core import clock


def rows(page):
    found = BeautifulSoup(page.text, "html5lib").select("section[aria-labelledby=waits] .row__title")
    return [row.text for row in found]


def test_a_new_employee_is_told_nothing_waits_and_can_begin_a_proposal(make, sign_in):
    browser = sign_in(make.person("Ingrid Moen"))

    page = browser.get("/")

    assert "Ingenting venter på deg." in page.text
    assert "Ingrid" in page.text
    assert 'name="title"' in page.text
    assert "Nøkler fryser" in browser.get("/challenges/new?title=Nøkler+fryser").text


def test_what_waits_comes_by_deadline_and_drafts_last(make, sign_in):
    nurse, lead = make.person(), make.person()
    mission = make.mission(lead)
    today = clock.today()
    make.challenge(nurse, title="Kladd", state=State.DRAFT)
    make.challenge(nurse, title="Spørsmål", state=State.CLARIFICATION, due_on=today + timedelta(days=2))
    make.seat(mission, nurse, state="active")
    make.task(mission, "Ringe apoteket", assignee=nurse, due_on=today - timedelta(days=1))

    assert rows(sign_in(nurse).get("/")) == ["Ringe apoteket", "Spørsmål", "Kladd"]


def test_an_invitation_is_accepted_and_time_agreed_to_from_the_front_page(make, sign_in):
    manager = make.person("Siri Vik", Role.UNIT_MANAGER)
    nurse = make.person("Ingrid Moen", manager=manager)
    lead = make.person()
    mission = make.mission(lead, title="Trygt hjem")
    seat = make.seat(mission)
    sign_in(lead).post(f"/missions/{mission.id}/seats/{seat.id}/invite", data={"person_id": nurse.id})

    for person in (nurse, manager):
        browser = sign_in(person)
        page = BeautifulSoup(browser.get("/").text, "html5lib")
        form = page.select_one("section[aria-labelledby=waits] form")
        browser.post(form["action"], data={"accept": "yes"})
        assert "Trygt hjem" not in rows(browser.get("/"))


def test_a_task_is_done_from_the_front_page_and_one_comes_back_there(make, sign_in, db):
    lead = make.person()
    task = make.task(make.mission(lead), "Ringe", assignee=lead, due_on=clock.today())
    browser = sign_in(lead)

    answer = browser.post(f"/tasks/{task.id}/done", data={"next": "/"})

    db.session.refresh(task)
    assert answer.location == "/"
    assert task.done_at is not None
    assert "Ringe" not in rows(browser.get("/"))


def test_the_office_sees_its_queue_and_the_board_its_candidates(make, sign_in):
    make.challenge(make.person(), state=State.SUBMITTED)
    make.challenge(make.person(), state=State.CANDIDATE)

    office = sign_in(make.person("K", Role.PORTFOLIO_OFFICE)).get("/")
    board = sign_in(make.person("B", Role.BOARD_MEMBER)).get("/")

    assert "1 utfordring venter på svar" in rows(office)
    assert "1 kandidat til beslutning" in rows(board)
    assert rows(sign_in(make.person()).get("/")) == []


def test_a_manager_is_asked_whether_the_unit_can_solve_it(make, sign_in):
    unit = make.unit("Hjemmetjenesten")
    manager = make.person("Siri", Role.UNIT_MANAGER, unit=unit)
    make.challenge(make.person(), title="Nøkler", line_unit_id=unit.id)

    assert rows(sign_in(manager).get("/")) == ["Nøkler"]


def test_the_week_counts_areas_and_never_people(make, sign_in):
    care = make.unit("Omsorg", code="OM")
    nurse = make.person("Kari Nordmann", unit=care)
    make.challenge(nurse)

    page = BeautifulSoup(sign_in(make.person()).get("/").text, "html5lib")

    week = page.select_one("section[aria-labelledby=week]").get_text(" ")
    assert "Omsorg" in week
    assert "Kari" not in week


@pytest.mark.parametrize("path", ["/help", "/privacy"])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_help_and_privacy_are_there_without_signing_in_in_three_languages(app, db, path, language):
    page = app.test_client().get(path, headers={"Accept-Language": language})

    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text


def test_the_front_page_costs_the_same_however_much_waits(make, sign_in, queries_counted):
    manager = make.person("Siri", Role.UNIT_MANAGER, Role.PORTFOLIO_OFFICE)
    mission = make.mission(manager)
    browser = sign_in(manager)

    def cost():
        with queries_counted() as counted:
            browser.get("/")
        return len(counted)

    few = cost()
    for n in range(30):
        make.challenge(manager, title=f"Nummer {n}")
        make.task(mission, f"Oppgave {n}", assignee=manager, due_on=clock.today())

    assert cost() == few <= 10  # the week and the open calls are remembered for a minute
