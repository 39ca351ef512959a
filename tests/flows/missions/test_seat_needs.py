"""A seat says all it needs: more skills, where somebody comes from and works, and in which language."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from teamhub.competence.models import Openness, PersonSkill
from teamhub.competence.states import Assignment, WorkLanguage
from teamhub.core import clock
from teamhub.missions.models import Seat, SeatSkill
from teamhub.missions.needs import needs_of


@pytest.fixture
def care(make):
    return make.unit("Omsorg", code="OM")


@pytest.fixture
def school(make):
    return make.unit("Skole", code="SK")


@pytest.fixture
def lead(make, care):
    return make.person("Håkon Åsheim", unit=care)


@pytest.fixture
def mission(make, lead):
    return make.mission(lead)


def need(**changes):
    today = clock.today()
    period = {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=90)).isoformat()}
    return {"role": "Sykepleier", "share": "20", **period} | changes


NOTHING_MORE = dict.fromkeys(
    ("skill_id", "level", "skill_2", "skill_3", "skill_4", "from_division_id", "not_division_id", "place_id"),
    "",
) | {"language": ""}
"""As a browser sends the fields one leaves empty."""


def soup(answer):
    return BeautifulSoup(answer.text, "html5lib")


def facts(answer):
    rows = soup(answer).select("aside .facts > div")
    return {row.dt.text: " / ".join(row.dd.stripped_strings) for row in rows}


@pytest.fixture
def asked_in_full(make, care, school):
    """A form that asks for everything a seat can ask for."""
    first, second, third = (make.skill(code) for code in ("klarsprak", "juss", "okonomi"))
    return need(
        skill_id=first.id,
        level="3",
        skill_2=second.id,
        level_2="2",
        skill_3=third.id,
        level_3="4",
        wished_3="y",
        from_division_id=school.id,
        not_division_id=care.id,
        place_id=make.place("Helsehuset").id,
        language="tegn",
    )


def test_all_that_was_asked_for_stands_on_the_seat_and_on_the_team_page(
    mission, lead, sign_in, db, asked_in_full
):
    browser = sign_in(lead)
    made = browser.post(f"/missions/{mission.id}/seats", data=asked_in_full)

    assert facts(browser.get(made.location)) == {
        "Kompetanse": "Klarspråk, kan selv / Juss, kan med støtte",
        "Gjerne også": "Økonomi, kan lære bort",
        "Må komme fra": "Skole",
        "Må ikke komme fra": "Omsorg",
        "Sted": "Helsehuset",
        "Språk": "Norsk tegnspråk",
    }
    card = soup(browser.get(f"/missions/{mission.id}/team")).select_one(".seat[data-open] .meta").text
    assert card.startswith(
        "Klarspråk, kan selv · Juss, kan med støtte · Økonomi, kan lære bort (et ønske) · fra Skole · "
        "ikke fra Omsorg · Helsehuset · Norsk tegnspråk · 20 %"
    )


def test_what_seats_need_is_told_as_plain_values_at_a_bounded_cost(
    mission, lead, sign_in, db, asked_in_full, school, queries_counted
):
    browser, mission_id, costs = sign_in(lead), mission.id, []
    for number in ("1", "9"):
        browser.post(f"/missions/{mission_id}/seats", data=asked_in_full | {"number": number})
        db.session.expire_all()
        with queries_counted() as statements:
            needs = needs_of(mission_id)
        costs.append(len([said for said in statements if not said.startswith("BEGIN")]))

    need_of_one = needs[min(needs)]
    assert (len(needs), costs) == (10, [1, 1])
    assert [(s.name, s.level, s.least, s.required) for s in need_of_one.skills] == [
        ("Klarspråk", 3, 3, True),
        ("Juss", 2, 2, True),
        ("Økonomi", 4, 4, False),
    ]
    assert (need_of_one.from_division_id, need_of_one.from_division) == (school.id, "Skole")
    assert (need_of_one.not_division, need_of_one.place) == ("Omsorg", "Helsehuset")
    assert (need_of_one.language, need_of_one.language_name) == (
        WorkLanguage.SIGN_LANGUAGE,
        "Norsk tegnspråk",
    )


def test_several_equal_seats_are_made_at_once(make, mission, lead, sign_in, db):
    skill = make.skill()
    answer = sign_in(lead).post(f"/missions/{mission.id}/seats", data=need(number="3", skill_2=skill.id))

    assert answer.location.endswith(f"/missions/{mission.id}/team")
    assert [s.role for s in db.session.query(Seat)] == ["Sykepleier"] * 3
    assert {s.skill_id for s in db.session.query(SeatSkill)} == {skill.id}
    assert db.session.query(SeatSkill).count() == 3


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"number": "0"}, "number", "fra 1 til 10"),
        ({"number": "11"}, "number", "fra 1 til 10"),
        ({"number": "to"}, "number", "helt tall"),
        ({"place_id": "999999"}, "place_id", "mulighetene på lista"),
        ({"language": "tlh"}, "language", "mulighetene på lista"),
        ({"level_2": "5"}, "level_2", "mulighetene på lista"),
    ],
)
def test_what_cannot_be_asked_for_is_said_at_its_field(mission, lead, sign_in, db, wrong, field, told):
    answer = sign_in(lead).post(f"/missions/{mission.id}/seats", data=need(**wrong))

    assert answer.status_code == 422
    assert told in soup(answer).select_one(f"#{field}-error").text
    assert db.session.query(Seat).count() == 0


def test_the_same_skill_or_area_twice_is_said_at_its_field_in_the_open_part(
    make, mission, lead, school, sign_in, db
):
    browser, skill = sign_in(lead), make.skill().id
    twice = browser.post(f"/missions/{mission.id}/seats", data=need(skill_id=skill, skill_3=skill))
    both = need(from_division_id=school.id, not_division_id=school.id)
    neither = browser.post(f"/missions/{mission.id}/seats", data=both)

    assert "alt valgt" in soup(twice).select_one("details[open] #skill_3-error").text
    assert "Ingen kan både" in soup(neither).select_one("details[open] #not_division_id-error").text
    assert db.session.query(Seat).count() == 0


def test_a_seat_is_changed_to_ask_for_other_things(make, mission, lead, sign_in, db, asked_in_full):
    browser = sign_in(lead)
    at = browser.post(f"/missions/{mission.id}/seats", data=asked_in_full).location
    form = soup(browser.get(f"{at}/edit"))
    assert form.select_one("#skill_2 option[selected]").text == "Juss"
    assert form.select_one("#wished_3").has_attr("checked")
    assert form.select_one("#place_id option[selected]").text == "Helsehuset"

    changed = browser.post(
        f"{at}/edit", data=NOTHING_MORE | need(skill_2=make.skill("juss").id, level_2="4", version="1")
    )

    assert changed.status_code == 303
    assert facts(browser.get(at)) == {"Kompetanse": "Juss, kan lære bort"}


def test_who_changed_only_the_further_skills_is_not_overwritten(make, mission, lead, sign_in, db):
    browser, seat = sign_in(lead), make.seat(mission)
    at = f"/missions/{mission.id}/seats/{seat.id}/edit"
    usual = NOTHING_MORE | need(role=seat.role, version="1")
    first = browser.post(at, data=usual | {"skill_2": make.skill("juss").id, "level_2": "3"})

    second = browser.post(at, data=usual)

    assert (first.status_code, second.status_code) == (303, 409)
    assert soup(second).select_one("#skill_2-theirs .theirs__text").text == "Juss, kan selv"


def test_a_place_that_is_retired_stays_on_its_seat_and_is_not_offered_anew(make, mission, lead, sign_in, db):
    place = make.place("Gamle rådhuset", retired=True)
    seat, other = make.seat(mission, place_id=place.id), make.seat(mission)
    browser = sign_in(lead)

    def offered(seat):
        page = soup(browser.get(f"/missions/{mission.id}/seats/{seat.id}/edit"))
        return "Gamle rådhuset" in page.select_one("#place_id").text

    assert (offered(seat), offered(other)) == (True, False)


def test_those_who_may_not_fill_the_seat_are_not_proposed_for_it(make, mission, lead, care, school, sign_in):
    skill = make.skill()
    for name, unit in (("Fra Omsorg", care), ("Fra Skole", school)):
        person = make.person(name, unit=unit)
        make.session.add(PersonSkill(person_id=person.id, skill_id=skill.id, level=3, shared=True))
        make.session.add(Openness(person_id=person.id, kind=Assignment.SEAT, hours=8))
    make.session.commit()
    browser = sign_in(lead)

    def proposed(**asked):
        seat = make.seat(mission, skill_id=skill.id, **asked)
        page = soup(browser.get(f"/missions/{mission.id}/seats/{seat.id}"))
        return [e.text for e in page.select("#candidates .who__name")]

    assert proposed() == ["Fra Omsorg", "Fra Skole"]
    assert proposed(from_division_id=school.id) == ["Fra Skole"]
    assert proposed(not_division_id=school.id) == ["Fra Omsorg"]
    searched = f"/missions/{mission.id}/seats/{make.seat(mission, from_division_id=school.id).id}?q=fra"
    notes = {p.select_one(".who__name").text: p.text for p in soup(browser.get(searched)).select(".person")}
    assert ["Kommer ikke fra området" in notes[name] for name in ("Fra Omsorg", "Fra Skole")] == [True, False]
