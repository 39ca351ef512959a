"""Each kind of thing that waits has its own way on, and the link leads somewhere the person may go."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from teamhub.access.actor import Role
from teamhub.challenges.states import State
from teamhub.core import clock


@pytest.fixture
def unit(make):
    return make.unit("Hjemmetjenesten")


@pytest.fixture
def kari(make, unit):
    return make.person("Kari Nordmann", unit=unit)


def waits(browser):
    return BeautifulSoup(browser.get("/").text, "html5lib").select("section[aria-labelledby=waits] .row")


def draft(make, kari):
    make.challenge(kari, state=State.DRAFT, title="Kladd")
    return kari


def question(make, kari):
    make.challenge(kari, state=State.CLARIFICATION, due_on=clock.today())
    return kari


def offer(make, kari):
    make.challenge(make.person(), line_unit_id=kari.unit_id)
    return make.person("Siri Vik", Role.UNIT_MANAGER, unit=kari.unit)


def line_report(make, kari):
    make.challenge(make.person(), state=State.LINE, line_unit_id=kari.unit_id, due_on=clock.today())
    return make.person("Siri Vik", Role.UNIT_MANAGER, unit=kari.unit)


def desk(make, kari):
    make.challenge(kari)
    return make.person("Kristin", Role.PORTFOLIO_OFFICE)


def candidates(make, kari):
    make.challenge(kari, state=State.CANDIDATE)
    return make.person("Berit", Role.BOARD_MEMBER)


def silent_mission(make, kari):
    make.mission(kari, created_at=clock.now() - timedelta(days=90))
    return kari


@pytest.mark.parametrize(
    ("situation", "word"),
    [
        (draft, "Skriv ferdig"),
        (question, "Svar"),
        (offer, "Les og svar"),
        (line_report, "Fortell"),
        (desk, "Åpne køen"),
        (candidates, "Se kandidatene"),
        (silent_mission, "Skriv rapport"),
    ],
)
def test_what_takes_more_than_a_button_has_a_link_to_where_it_is_done(make, sign_in, kari, situation, word):
    browser = sign_in(situation(make, kari))

    (row,) = waits(browser)

    link = row.select_one(".actions a")
    assert link.get_text().startswith(word)
    assert link["href"] == row.select_one(".row__title a")["href"]
    assert browser.get(link["href"]).status_code == 200


def test_what_waits_for_one_person_waits_for_nobody_else(make, sign_in, kari):
    for situation in (draft, question, silent_mission):
        situation(make, kari)
    make.task(make.mission(make.person()), "Ringe", assignee=kari, due_on=clock.today())

    assert waits(sign_in(make.person("Ola"))) == []


def test_own_challenges_show_their_state_but_drafts_and_others_do_not(make, sign_in, kari):
    make.challenge(kari, title="Min sak", state=State.ASSESSING)
    make.challenge(kari, title="Kladd", state=State.DRAFT)
    make.challenge(make.person(), title="En annens")

    page = BeautifulSoup(sign_in(kari).get("/").text, "html5lib")

    own = page.select("section[aria-labelledby=own] .row")
    assert [row.select_one(".row__title").text for row in own] == ["Min sak"]
    assert own[0].select_one(".state").get_text(strip=True)


def test_an_empty_day_offers_something_to_do(sign_in, kari):
    page = BeautifulSoup(sign_in(kari).get("/").text, "html5lib")

    assert page.select_one(".empty a[href='/challenges']")
    assert "Ingen har meldt inn noe ennå." in page.select_one("section[aria-labelledby=week]").text


def test_the_week_says_in_words_how_many_areas_took_part(make, sign_in, kari):
    make.unit("Skole", code="SK")
    make.challenge(kari)

    week = BeautifulSoup(sign_in(kari).get("/").text, "html5lib").select_one("section[aria-labelledby=week]")

    assert "1 av 2 områder har meldt inn noe." in week.text


def test_drafts_and_what_is_older_than_a_week_are_not_counted(make, db, sign_in, kari):
    make.challenge(kari, state=State.DRAFT)
    make.challenge(kari).submitted_at = clock.now() - timedelta(days=8)
    db.session.commit()

    week = BeautifulSoup(sign_in(kari).get("/").text, "html5lib").select_one("section[aria-labelledby=week]")

    assert week.select_one("dd").text == "0"


def test_the_question_begins_a_proposal_with_what_was_typed(sign_in, kari):
    browser = sign_in(kari)
    form = BeautifulSoup(browser.get("/").text, "html5lib").select_one("form.wish")

    page = browser.get(form["action"], query_string={"title": "Nøkler fryser fast"})

    assert form["method"] == "get"
    assert BeautifulSoup(page.text, "html5lib").select_one("[name=title]")["value"] == "Nøkler fryser fast"
