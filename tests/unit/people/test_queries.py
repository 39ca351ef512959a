"""Finding people and units."""

from datetime import timedelta

import pytest

from teamhub.core import clock
from teamhub.people import queries


@pytest.fixture
def care(make):
    return make.unit("Omsorg", code="OM", parent=make.unit("Kommunen", code="K", level=0))


def names(rows):
    return [row.name for row in rows]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kari", ["Kari Nordmann"]),
        ("NORD kari", ["Kari Nordmann"]),
        ("sykepleier", ["Kari Nordmann"]),
        ("omsorg", ["Kari Nordmann", "Ola Hansen"]),
        ("kari hansen", []),
        ("100 %", []),
        ("_", []),
    ],
)
def test_every_word_must_be_in_name_title_or_unit(make, care, text, found):
    make.person("Kari Nordmann", unit=care, job_title="Sykepleier")
    make.person("Ola Hansen", unit=care, job_title="Vaktmester")

    assert names(queries.search_people(text)) == found


def test_people_who_have_left_are_not_found(make, care):
    make.person("Kari Nordmann", unit=care, is_active=False)

    assert queries.search_people("kari") == queries.people_in(care.id) == []


def test_a_search_shows_no_more_than_asked_for(make, care):
    for number in range(4):
        make.person(f"Kari {number}", unit=care)

    assert names(queries.search_people("kari", most=3)) == ["Kari 0", "Kari 1", "Kari 2"]


def test_the_tree_puts_each_unit_after_its_parent_and_counts_those_in_it(make, db):
    town = make.unit("Kommunen", code="K", level=0)
    care = make.unit("Omsorg", code="OM", parent=town)
    make.unit("Utdanning", code="UT", parent=town)
    home = make.unit("Hjemmetjenesten", parent=care)
    make.person(unit=home)
    make.person(unit=home, is_active=False)

    found = [(row.name, row.level, row.people) for row in queries.tree()]

    assert found == [("Kommunen", 0, 0), ("Omsorg", 1, 0), ("Hjemmetjenesten", 2, 1), ("Utdanning", 1, 0)]


def test_a_unit_that_is_closed_down_leaves_the_tree_but_keeps_its_page(make, db, care):
    care.valid_to = clock.today() - timedelta(days=1)
    db.session.commit()

    assert names(queries.tree()) == ["Kommunen"]
    assert queries.divisions() == []
    assert queries.get_unit(care.id).name == "Omsorg"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kultur, by- og stedsutvikling", "KB"),
        ("Omsorg", "OM"),
        ("Folkehelse, helse og miljø", "FH"),
        ("", "??"),
    ],
)
def test_an_area_has_two_letters_made_from_its_name(name, code):
    assert queries.area_code(name) == code
