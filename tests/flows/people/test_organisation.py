"""Units, the search for people, and a person's page."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from teamhub.access.actor import Role


@pytest.fixture
def town(make):
    return make.unit("Kommunen", code="K", level=0)


@pytest.fixture
def care(make, town):
    return make.unit("Omsorg", code="OM", parent=town, kind="kommunalområde")


@pytest.fixture
def kari(make, care):
    return make.person("Kari Nordmann", unit=care, job_title="Sykepleier", email="kari@test.example")


def main(page):
    return BeautifulSoup(page.text, "html5lib").main


def texts(page, selector):
    return [element.get_text(" ", strip=True) for element in main(page).select(selector)]


def test_the_tree_shows_every_unit_with_its_level_and_its_people(make, sign_in, town, care, kari):
    page = sign_in(kari).get("/units")

    rows = [(row["data-level"], row.a.text) for row in main(page).select(".tree__row")]
    assert rows == [("0", "Kommunen"), ("1", "Omsorg")]
    assert "2 enheter i organisasjonen i dag." in page.text
    assert texts(page, ".tree__row .num") == ["1 person"]


def test_a_unit_shows_its_people_its_offices_what_is_below_and_where_it_has_stood(make, sign_in, care, kari):
    make.unit("Hjemmetjenesten", parent=care)
    make.office(kari, Role.DIRECTOR, unit=care)

    page = sign_in(kari).get(f"/units/{care.id}")

    assert texts(page, "section[aria-labelledby=people] .who__name") == ["Kari Nordmann"]
    assert texts(page, "section[aria-labelledby=below] a") == ["Hjemmetjenesten"]
    assert texts(page, "section[aria-labelledby=holders] .who__unit") == ["Kommunalsjef"]
    assert "Omsorg, under Kommunen" in page.text


def test_a_unit_without_people_and_offices_says_so(make, sign_in, town):
    page = sign_in(make.person(unit=make.unit("Annet"))).get(f"/units/{town.id}")

    assert "Ingen har denne enheten som arbeidssted" in page.text
    assert "Ingen har verv for denne enheten." in page.text


def test_a_unit_that_is_closed_down_says_when(make, db, sign_in, care, kari):
    care.valid_to = date(2026, 1, 1)
    db.session.commit()

    assert "nedlagt fra 1. januar" in sign_in(kari).get(f"/units/{care.id}").text


@pytest.mark.parametrize("path", ["/units/999999", "/people/999999"])
def test_what_does_not_exist_is_not_found(sign_in, kari, path):
    assert sign_in(kari).get(path).status_code == 404


@pytest.mark.parametrize("path", ["/units", "/people", "/people?q=kari", "/settings"])
def test_nobody_reads_the_organisation_without_signing_in(app, db, path):
    answer = app.test_client().get(path)

    assert answer.status_code == 302
    assert answer.location.startswith("/login?next=")


def test_a_search_finds_people_and_its_address_can_be_sent_to_others(make, sign_in, kari):
    make.person("Ola Hansen")

    page = sign_in(kari).get("/people?q=syke+nord")

    assert texts(page, "#people-list .who__name") == ["Kari Nordmann"]
    assert main(page).select_one("#q")["value"] == "syke nord"


def test_a_search_without_hits_says_what_to_try(sign_in, kari):
    assert "Ingen treff på «xyz»" in sign_in(kari).get("/people?q=xyz").text
    assert "Skriv minst ett ord" in sign_in(kari).get("/people?q=++").text


def test_htmx_gets_only_the_list(sign_in, kari):
    headers = {"HX-Request": "true", "HX-Target": "people-list"}

    part = sign_in(kari).get("/people?q=kari", headers=headers)

    assert "<html" not in part.text
    assert "Kari Nordmann" in part.text


def test_a_persons_page_tells_where_they_belong_and_what_they_hold(make, sign_in, care):
    leader = make.person("Siri Vik", unit=care)
    kari = make.person("Kari Nordmann", unit=care, manager=leader, email="kari@test.example")
    make.office(kari, Role.DIGITAL_AGENT, unit=care)

    page = sign_in(leader).get(f"/people/{kari.id}")

    facts = " ".join(texts(page, "dl.facts"))
    assert all(word in facts for word in ("Omsorg", "Siri Vik", "kari@test.example"))
    assert texts(page, "section[aria-labelledby=offices] .row__title") == ["Digital agent"]


def test_a_persons_page_says_nothing_of_what_they_do_or_when_they_were_here(make, sign_in, kari):
    make.challenge(kari, title="Lang kø")
    sign_in(kari).get("/")

    page = main(sign_in(make.person()).get(f"/people/{kari.id}"))

    assert "Lang kø" not in page.text
    assert page.select("time, .figure, table") == []


@pytest.mark.parametrize("path", ["/units", "/units/{unit}", "/people?q=ansatt", "/people/{person}"])
def test_the_pages_cost_the_same_however_many_there_are(make, sign_in, queries_counted, care, kari, path):
    browser = sign_in(kari)
    address = path.format(unit=care.id, person=kari.id)

    def cost():
        with queries_counted() as counted:
            assert browser.get(address).status_code == 200
        return len([said for said in counted if not said.startswith("BEGIN")])

    make.person("Ansatt", unit=care)
    few = cost()
    for number in range(30):
        below = make.unit(f"Sone {number}", parent=care)
        make.office(make.person(f"Ansatt {number}", unit=care, manager=kari), Role.UNIT_MANAGER, unit=below)
        make.office(kari, Role.UNIT_MANAGER, unit=below)

    assert cost() == few <= 8
