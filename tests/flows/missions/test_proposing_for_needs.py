"""«Foreslå team» keeps to all a seat asks for, and counts only what people share of themselves."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from teamhub.competence.models import PersonLanguage, PersonPlace, PersonSkill
from teamhub.competence.states import WorkLanguage
from teamhub.core import clock
from teamhub.missions.models import SeatSkill


@pytest.fixture
def care(make):
    return make.unit("Omsorg", code="OM")


@pytest.fixture
def school(make):
    return make.unit("Skole", code="SK")


@pytest.fixture
def lead(make, care):
    return make.person("Liv Leder", unit=care)


@pytest.fixture
def anna(person_with, care):
    return person_with("Anna Omsorg", level=3, unit=care)


@pytest.fixture
def bo(person_with, school):
    return person_with("Bo Skole", level=3, unit=school)


@pytest.fixture
def proposed(make, sign_in, lead, skill, anna, bo):
    """Return a function that tells who alone is proposed, team by team, for a seat that asks for so much."""

    def names(*, more=(), **asked):
        mission, starts_on = make.mission(lead), clock.today() + timedelta(days=7)
        asked = {"skill_id": skill.id, "level": 3} | asked
        seat = make.seat(mission, starts_on=starts_on, ends_on=starts_on + timedelta(days=60), **asked)
        make.session.add_all(SeatSkill(seat_id=seat.id, skill_id=s.id, **said) for s, said in more)
        make.session.commit()
        page = sign_in(lead).get(f"/missions/{mission.id}/team/suggest", query_string={"span": 1})
        assert page.status_code == 200
        found = BeautifulSoup(page.text, "html5lib")
        return [[n.text for n in why.select(".who__name")] for why in found.select("details.why")]

    return names


def test_a_seat_that_must_come_from_an_area_gets_only_who_does(proposed, school):
    assert sorted(proposed()) == [["Anna Omsorg"], ["Bo Skole"]]
    assert proposed(from_division_id=school.id) == [["Bo Skole"]]


def test_a_seat_that_must_not_come_from_an_area_gets_only_who_does_not(proposed, school):
    assert proposed(not_division_id=school.id) == [["Anna Omsorg"]]


def test_a_language_counts_only_for_who_shares_it(make, proposed, anna, bo):
    for person, shared in ((anna, False), (bo, True)):
        said = {"language": WorkLanguage.SIGN_LANGUAGE, "shared": shared}
        make.session.add(PersonLanguage(person_id=person.id, **said))
    make.session.commit()

    assert proposed(language=WorkLanguage.SIGN_LANGUAGE) == [["Bo Skole"]]
    assert proposed(language=WorkLanguage.ARABIC) == []


def test_a_place_counts_only_for_who_shares_it(make, proposed, anna, bo):
    here, there = make.place("Helsehuset"), make.place("Rådhuset")
    for person, shared in ((anna, False), (bo, True)):
        make.session.add(PersonPlace(person_id=person.id, place_id=here.id, shared=shared))
    make.session.commit()

    assert proposed(place_id=here.id) == [["Bo Skole"]]
    assert proposed(place_id=there.id) == []


def test_a_second_required_skill_must_be_shared_at_its_level(make, proposed, anna, bo):
    law = make.skill("juss")
    for person, shared in ((anna, False), (bo, True)):
        make.session.add(PersonSkill(person_id=person.id, skill_id=law.id, level=3, shared=shared))
    make.session.commit()

    assert proposed(more=[(law, {"level": 3})]) == [["Bo Skole"]]
    assert proposed(more=[(law, {"level": 4})]) == []


def test_a_wished_skill_keeps_nobody_out_and_speaks_for_who_has_it(make, proposed, bo):
    law = make.skill("juss")
    make.session.add(PersonSkill(person_id=bo.id, skill_id=law.id, level=3, shared=True))
    make.session.commit()

    assert proposed(more=[(law, {"level": 3, "required": False})]) == [["Bo Skole"], ["Anna Omsorg"]]


def test_what_binds_is_told_with_the_name_of_a_further_skill(make, sign_in, lead, skill, anna):
    mission, law = make.mission(lead), make.skill("juss")
    seat = make.seat(mission, role="Rådgiver", skill_id=skill.id, level=3)
    make.session.add(SeatSkill(seat_id=seat.id, skill_id=law.id, level=3))
    make.session.commit()

    page = sign_in(lead).get(f"/missions/{mission.id}/team/suggest", query_string={"span": 1})

    assert "«Rådgiver» krever Juss" in page.text
