"""The manager's desk: what a request means for the person and the unit, and the unit's part in the whole."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from teamhub.access.actor import Role
from teamhub.core import clock
from teamhub.missions import desk
from tests import contracts


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim", unit=make.unit("IKT"))


@pytest.fixture
def mission(make, lead):
    return make.mission(lead)


@pytest.fixture
def care(make):
    return make.unit("Hjemmetjenesten", kind="hjemmetjeneste")


@pytest.fixture
def manager(make, care):
    return make.person("Siri Vik", Role.UNIT_MANAGER, unit=care)


@pytest.fixture
def nurse(make, manager, care):
    return make.person("Ingrid Moen", unit=care, manager=manager)


@pytest.fixture
def asked(make, mission, nurse):
    """The nurse is asked for 30 percent of her time over the next 26 weeks and more."""
    last = clock.today() + timedelta(days=300)
    return contracts.invitation(
        make, make.seat(mission, nurse, state="requested", share=30, ends_on=last), nurse
    )


@pytest.fixture
def page(sign_in, manager):
    def _page(person=manager):
        return BeautifulSoup(sign_in(person).get("/my/requests").text, "html5lib")

    return _page


def words(part):
    return " ".join(part.get_text(" ").split())


def rows(table):
    return [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in table.select("tbody tr")]


def test_the_person_over_the_ceiling_is_told_of_in_words_bars_and_numbers(make, lead, nurse, asked, page):
    make.seat(
        make.mission(lead, title="Et annet"), nurse, share=80, ends_on=clock.today() + timedelta(days=6)
    )

    card = page().select_one(".req")

    assert "får Ingrid opptil 110 % i oppdrag. Taket er 100 %." in words(card)
    assert card.select(".chart svg .bar-over")
    first, *_, last = rows(card.select_one("details table"))
    assert (first[1:], last[1:]) == (["80 %", "110 %"], ["0 %", "30 %"])
    assert all(svg["aria-label"] for svg in card.select(".chart svg"))
    assert len(card.select(".chart svg .bar-new")) == 26 * 2


def test_the_load_of_the_unit_is_one_sum_for_all_in_it(make, care, lead, nurse, asked, page):
    for share in (20, 40):
        make.seat(make.mission(lead), make.person(unit=care), share=share, ends_on=lead_time(300))

    unit = page().select("details table")[1]

    assert rows(unit)[0][1:] == ["60 %", "90 %"]
    assert "Person" not in words(page().select_one(".req"))


def lead_time(days):
    return clock.today() + timedelta(days=days)


def test_who_is_asked_sees_what_it_means_for_them_and_nothing_of_the_unit(
    make, lead, nurse, care, asked, page
):
    make.seat(make.mission(lead), make.person("Kari Kollega", unit=care), share=40)

    card = page(nurse).select_one(".req")

    assert "Du får på det meste 30 % i oppdrag" in words(card)
    assert len(card.select(".chart svg")) == 1
    assert "40 %" not in words(card)


def test_the_part_of_the_unit_stands_beside_the_mean_of_its_kind(make, lead, care, nurse, page):
    mission, other = make.mission(lead), make.mission(lead, title="Et annet")
    below = make.unit("Sone øst", parent=care)
    make.seat(mission, nurse, share=40, ends_on=lead_time(400))
    make.seat(other, make.person(unit=below), share=20, ends_on=lead_time(400))
    for name in ("Hjemme nord", "Hjemme sør"):
        unit = make.unit(name, kind="hjemmetjeneste")
        make.seat(mission, make.person(unit=unit), share=15, ends_on=lead_time(400))
    make.seat(other, make.person(unit=make.unit("Skole", kind="skole")), share=90)

    part = page().select_one("section[aria-labelledby=part]")

    assert [row[1:] for row in rows(part.select_one("table"))] == [
        ["60 %", "30 %"],
        ["60 %", "30 %"],
        ["2", "1"],
    ]
    assert "Ingrid" not in words(part)


def test_what_has_ended_or_not_begun_is_not_given_now(make, lead, mission, nurse, page):
    make.seat(mission, nurse, share=50, starts_on=lead_time(-90), ends_on=lead_time(-1))
    make.seat(make.mission(lead), nurse, share=26, starts_on=lead_time(14), ends_on=lead_time(400))

    now, ahead_, missions = rows(page().select_one("section[aria-labelledby=part] table"))

    assert now[1] == "0 %"
    assert ahead_[1] == "24 %"
    assert missions[1] == "1"


def test_without_enough_units_of_its_kind_nothing_is_compared(make, care, page):
    make.unit("Hjemme nord", kind="hjemmetjeneste")

    assert "Snitt for slike enheter" not in words(page())


@pytest.mark.parametrize(("people", "told"), [(4, False), (5, True)])
def test_people_are_counted_from_five_up(make, care, manager, page, people, told):
    for _ in range(people - 1):
        make.person(unit=care)

    assert (f"{people} ansatte" in words(page())) == told


def test_only_who_leads_a_unit_sees_its_part(make, page, nurse, asked):
    assert page(nurse).select_one("section[aria-labelledby=part]") is None


def test_the_desk_costs_the_same_however_much_waits(
    make, mission, lead, care, manager, sign_in, queries_counted
):
    browser, costs = sign_in(manager), []
    for number in (1, 8):
        for _ in range(number):
            person = make.person(unit=care, manager=manager)
            asked = contracts.invitation(make, make.seat(mission, person, state="requested"), person)
            contracts.offer(make, asked, person)
            seat = make.seat(make.mission(lead), person, share=10)
            contracts.change(make, seat, lead, share=5)
        with queries_counted() as sent:
            assert browser.get("/my/requests").status_code == 200
        costs.append(len(sent))

    assert costs[0] == costs[1] <= 8


def test_the_mean_is_the_same_for_all_who_ask(make, care, mission, nurse):
    make.seat(mission, nurse, share=40)

    assert desk.parts_of("hjemmetjeneste", 1, clock.today())[care.id].now == 40
    assert desk.parts_of("skole", 1, clock.today()) == {}
