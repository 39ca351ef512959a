"""The list of a mission's tasks, my work across missions, and the page that sets up a board."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from teamhub.access.actor import Role
from teamhub.core import clock
from teamhub.core.db import db as _db


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim")


@pytest.fixture
def mission(make, lead):
    return make.mission(lead, title="Trygt hjem")


@pytest.fixture
def browser(sign_in, mission, lead):
    return sign_in(lead)


def parsed(response):
    return BeautifulSoup(response.text, "html5lib")


def names(make, mission):
    _db.session.expire_all()
    return [(c.name, c.wip_limit) for c in make.columns(mission)]


def test_the_list_takes_its_order_filter_and_page_from_the_address(make, browser, mission, lead):
    for n in range(60):
        make.task(mission, f"Oppgave {n:02d}", assignee=lead if n < 55 else None)
    address = f"/missions/{mission.id}/tasks?sort=title&person=me&page=2"

    page = parsed(browser.get(address))

    assert [th.text for th in page.select("tbody th")] == [f"Oppgave {n}" for n in range(50, 55)]
    assert page.select_one("#sort option[selected]")["value"] == "title"
    assert "page=1" in page.select_one("[rel=prev]")["href"]
    assert "person=me" in page.select_one("[rel=prev]")["href"]


def test_htmx_gets_the_list_alone(make, browser, mission):
    make.task(mission, "Ringe")

    answer = browser.get(
        f"/missions/{mission.id}/tasks?q=ring", headers={"HX-Request": "true", "HX-Target": "task-list"}
    )

    assert "<html" not in answer.text
    assert [th.text for th in parsed(answer).select("tbody th")] == ["Ringe"]


def test_an_empty_list_says_what_to_do(browser, mission):
    assert "Legg til den første på tavla." in browser.get(f"/missions/{mission.id}/tasks").text
    assert "Ingen treff" in browser.get(f"/missions/{mission.id}/tasks?q=finnesikke").text


def test_strangers_do_not_find_the_list_or_the_columns(make, sign_in, mission):
    stranger = sign_in(make.person())

    for page in ("tasks", "columns"):
        assert stranger.get(f"/missions/{mission.id}/{page}").status_code == 404


def test_my_tasks_are_grouped_by_when_with_my_seats_beside(make, sign_in, mission):
    me = make.person("Piotr Kowalski")
    make.seat(mission, me, role="Farmasøyt", share=40)
    make.seat(
        make.mission(make.person(), title="Senere"), me, share=20, starts_on=clock.today() + timedelta(9)
    )
    make.task(mission, "sent", assignee=me, due_on=clock.today() - timedelta(days=1))
    make.task(mission, "en gang", assignee=me)

    page = parsed(sign_in(me).get("/my/tasks"))

    assert [h.text.split()[0] for h in page.select(".split > .stack:first-child h2")] == ["Forfalt", "Senere"]
    assert "Du har 2 åpne oppgaver. Én er over frist." in page.select_one(".lead").text
    seats = page.select_one("aside").text
    assert "40 % av tiden din er avtalt i oppdrag nå." in seats
    assert "Farmasøyt, 40 %" in seats


def test_a_person_without_tasks_is_shown_the_missions(make, sign_in):
    page = parsed(sign_in(make.person()).get("/my/tasks"))

    assert page.select_one('.empty a[href="/missions"]')


def test_my_tasks_cost_the_same_with_one_and_with_many(make, browser, mission, lead, queries_counted):
    prices = []
    for number in (1, 30):
        for _ in range(number):
            make.task(mission, assignee=lead)
        with queries_counted() as queries:
            browser.get("/my/tasks")
        prices.append(len(queries))

    assert prices[0] == prices[1]
    assert prices[0] <= 3 + 2


def test_a_team_sets_up_its_board(make, browser, mission):
    here = f"/missions/{mission.id}/columns"
    todo, doing = make.columns(mission)[:2]

    assert browser.post(here, data={"name": "Venter", "wip_limit": "2"}).location == here
    browser.post(f"{here}/{doing.id}", data={"name": "I arbeid", "wip_limit": "4", "version": doing.version})
    browser.post(f"{here}/{doing.id}/shift", data={"to": "left"})
    browser.post(f"{here}/{todo.id}/remove", data={})

    assert names(make, mission) == [("I arbeid", 4), ("Prøves ut", None), ("Ferdig", None), ("Venter", 2)]


def test_a_column_with_cards_asks_where_they_shall_go(make, browser, mission):
    here = f"/missions/{mission.id}/columns"
    todo, doing = make.columns(mission)[:2]
    task = make.task(mission)

    asked = browser.post(f"{here}/{todo.id}/remove", data={"cards_to": ""})
    assert asked.status_code == 422
    assert "Velg hvilken kolonne oppgavene skal til." in asked.text
    browser.post(f"{here}/{todo.id}/remove", data={"cards_to": doing.id})

    _db.session.refresh(task)
    assert task.column_id == doing.id
    assert len(names(make, mission)) == 3


def test_two_who_change_a_column_see_both_versions(make, browser, mission):
    here = f"/missions/{mission.id}/columns"
    doing = make.columns(mission)[1]
    version = doing.version
    browser.post(f"{here}/{doing.id}", data={"name": "Først", "wip_limit": "3", "version": version})

    answer = browser.post(f"{here}/{doing.id}", data={"name": "Sist", "wip_limit": "", "version": version})

    page = parsed(answer)
    assert answer.status_code == 409
    assert page.select_one(f"#name-{doing.id}")["value"] == "Sist"
    assert [p.text for p in page.select(".theirs__text")] == ["Først", "3"]
    again = {"name": "Sist", "wip_limit": "", "version": page.select_one(f"#version-{doing.id}")["value"]}
    assert browser.post(f"{here}/{doing.id}", data=again).status_code == 303


@pytest.mark.parametrize("data", [{"name": ""}, {"name": "x" * 61}, {"name": "A", "wip_limit": "0"}])
def test_a_column_that_cannot_be_saved_is_shown_again(make, browser, mission, data):
    before = names(make, mission)

    answer = browser.post(f"/missions/{mission.id}/columns", data=data)

    assert answer.status_code == 422
    assert parsed(answer).select_one("[role=alert]")
    assert names(make, mission) == before


def test_followers_do_not_change_the_board_s_columns(make, sign_in, mission):
    here = f"/missions/{mission.id}/columns"
    todo = make.columns(mission)[0]
    follower = sign_in(make.person("Berit Lunde", Role.BOARD_MEMBER))

    assert parsed(follower.get(here)).select("main form") == []
    for address in (here, f"{here}/{todo.id}", f"{here}/{todo.id}/shift", f"{here}/{todo.id}/remove"):
        answer = follower.post(address, data={"name": "Ny", "version": todo.version, "to": "right"})
        assert answer.status_code == 403


def test_another_mission_s_column_is_not_found_here(make, browser, mission):
    theirs = make.columns(make.mission(make.person()))[0]

    assert browser.post(f"/missions/{mission.id}/columns/{theirs.id}/remove").status_code == 404
