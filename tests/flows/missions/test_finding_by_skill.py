"""Who fits a seat is found by what people share, and by nothing they keep to themselves."""

import pytest
from bs4 import BeautifulSoup


@pytest.fixture
def lead(make):
    return make.person("Liv Leder")


def found(browser, seat, q=""):
    page = browser.get(f"/missions/{seat.mission_id}/seats/{seat.id}", query_string={"q": q})
    people = BeautifulSoup(page.text, "html5lib").select("#candidates .person")
    return {p.select_one(".who__name").text: " ".join(m.text for m in p.select("p.meta")) for p in people}


def test_those_who_share_the_skill_at_the_level_are_shown_without_a_search(
    make, sign_in, lead, skill, person_with
):
    person_with("Anna Kan", level=3)
    person_with("Bo Kan Litt", level=1)
    person_with("Cato Er Ikke Åpen", level=4, is_open=False)
    seat = make.seat(make.mission(lead), skill_id=skill.id, level=2)

    assert found(sign_in(lead), seat) == {"Anna Kan": "Klarspråk: kan selv"}


def test_what_is_not_shared_shows_in_nothing(make, sign_in, lead, skill, person_with):
    person_with("Hemmelig Kunnig", level=4, shared=False)
    seat = make.seat(make.mission(lead), skill_id=skill.id, level=1)
    browser = sign_in(lead)

    assert found(browser, seat) == {}
    assert "Klarspråk" not in found(browser, seat, q="Kunnig")["Hemmelig Kunnig"]


def test_a_seat_for_somebody_who_wants_to_learn_finds_them(make, sign_in, lead, skill, person_with):
    person_with("Dina Vil", wants=True)
    person_with("Even Kan", level=4)
    seat = make.seat(make.mission(lead), skill_id=skill.id, stretch=True)

    assert found(sign_in(lead), seat) == {"Dina Vil": "Vil lære klarspråk"}


def test_the_least_loaded_stands_first_and_who_is_on_the_team_is_left_out(
    make, sign_in, lead, skill, person_with
):
    busy, _free, here = (person_with(name, level=2) for name in ("Aud Opptatt", "Åse Ledig", "Per Her"))
    mission = make.mission(lead)
    make.seat(make.mission(lead), person=busy, share=40)
    make.seat(mission, person=here)
    seat = make.seat(mission, skill_id=skill.id)

    assert list(found(sign_in(lead), seat)) == ["Åse Ledig", "Aud Opptatt"]


def test_finding_costs_the_same_for_one_and_for_many(
    make, sign_in, lead, skill, person_with, queries_counted
):
    seat = make.seat(make.mission(lead), skill_id=skill.id)
    browser, path, costs = sign_in(lead), f"/missions/{seat.mission_id}/seats/{seat.id}", []
    for number in (1, 10):
        for n in range(number):
            person_with(f"Person {number}-{n}", level=2)
        with queries_counted() as sent:
            browser.get(path)
        costs.append(len(sent))

    assert costs[0] == costs[1] <= 8
