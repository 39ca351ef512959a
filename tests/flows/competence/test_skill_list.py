"""The controlled list of skills and the places: kept by the portfolio office, found by any of their words."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.competence.curating import code_of, tidy
from teamhub.competence.models import Place, Skill
from teamhub.competence.queries import find_skills


def soup(answer):
    return BeautifulSoup(answer.text, "html5lib")


@pytest.fixture
def office(make, sign_in):
    return sign_in(make.person("Kontoret", Role.PORTFOLIO_OFFICE))


@pytest.fixture
def skill(make, db):
    skill = make.skill("tjenestedesign")
    skill.synonyms = "design thinking|kundereiser"
    db.session.commit()
    return skill


def offered(page, name="skill_id"):
    return [option.text for option in soup(page).select(f"#{name} option")]


def test_the_office_adds_a_skill_in_three_languages_with_synonyms(office, db):
    form = {"nb": "Åpne data", "nn": "Opne data", "en": "Open data", "synonyms": "API, datasett, api"}
    assert office.post("/skills", data=form | {"area": "digital"}).status_code == 303

    skill = db.session.scalar(select(Skill).where(Skill.nb == "Åpne data"))
    assert (skill.code, skill.nn, skill.en) == ("apne-data", "Opne data", "Open data")
    assert (skill.synonyms, skill.area, skill.retired) == ("API|datasett", "digital", False)


def test_a_language_without_a_name_of_its_own_has_the_one_in_bokmal(office, db):
    office.post("/skills", data={"nb": "Sykepleie"})

    skill = db.session.scalar(select(Skill).where(Skill.code == "sykepleie"))
    assert (skill.nn, skill.en) == ("Sykepleie", "Sykepleie")


def test_two_skills_are_not_called_the_same(office, db):
    answer = office.post("/skills", data={"nb": "KLARSPRÅK", "en": "Something else"})

    assert answer.status_code == 422
    assert "En annen ferdighet heter dette." in soup(answer).select_one("#nb-error").text


def test_sent_twice_a_skill_is_added_once(office, db):
    for _twice in range(2):
        assert office.post("/skills", data={"nb": "Sykepleie"}).status_code == 303

    assert len(db.session.scalars(select(Skill).where(Skill.nb == "Sykepleie")).all()) == 1


def test_a_retired_skill_stays_where_it_is_and_is_not_offered(office, make, sign_in, skill, db):
    said = make.person("Kari")
    browser = sign_in(said)
    browser.post("/competence/skills", data={"skill_id": skill.id, "level": 3})
    form = {"nb": skill.nb, "nn": skill.nn, "en": skill.en, "retired": "y", "version": skill.version}

    assert office.post(f"/skills/{skill.id}", data=form).status_code == 303

    page = browser.get("/competence")
    assert "Tjenestedesign og brukerinnsikt" in soup(page).select_one("#skills ~ .rows").text
    assert "Tjenestedesign og brukerinnsikt" not in offered(page)
    assert find_skills("tjenestedesign") == []
    assert (
        browser.post("/competence/skills", data={"skill_id": skill.id, "level": 3, "shared": "y"}).status_code
        == 303
    )


def test_the_office_finds_a_skill_by_a_synonym_in_its_list(office, skill):
    page = soup(office.get("/skills", query_string={"q": "kundereise"}))

    assert [row.text for row in page.select("#list ~ .rows h3")] == ["Tjenestedesign og brukerinnsikt"]


@pytest.mark.parametrize("path", ["/skills", "/places"])
def test_the_lists_are_the_offices_alone(make, sign_in, path):
    assert sign_in(make.person(None, Role.BOARD_MEMBER)).get(path).status_code == 403
    assert sign_in(make.person()).post(path, data={"nb": "X", "name": "X"}).status_code == 403


def test_places_are_added_once_renamed_and_retired(office, db):
    for _twice in range(2):
        office.post("/places", data={"name": "Helsehuset"})
    place = db.session.scalars(select(Place)).one()

    form = {"name": "Nye Helsehuset", "retired": "y", "version": place.version}
    office.post(f"/places/{place.id}", data=form)

    db.session.refresh(place)
    assert (place.name, place.retired) == ("Nye Helsehuset", True)


def test_two_places_are_not_called_the_same(office, make):
    make.place("Fjell")
    other = make.place("Helsehuset")

    answer = office.post(f"/places/{other.id}", data={"name": "fjell", "version": other.version})

    assert (answer.status_code, "Et annet sted heter dette." in answer.text) == (422, True)


# -- finding ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", ["tjenestedesign", "service design", "brukarinnsikt", "Design Thinking", "kundereise"]
)
def test_a_skill_is_found_by_any_name_or_synonym_however_it_is_bent(skill, word):
    assert [found.name for found in find_skills(word)][:1] == ["Tjenestedesign og brukerinnsikt"]


@pytest.mark.parametrize("word", ["", "  ", "xyzzy", "design xyzzy"])
def test_what_nothing_is_called_finds_nothing(skill, word):
    assert find_skills(word) == []


def test_on_my_page_a_synonym_puts_the_skill_on_top_chosen_and_saves_nothing(make, sign_in, skill, db):
    browser = sign_in(make.person())
    page = browser.post("/competence/skills", data={"find_skill": "kundereiser", "do": "find", "wants": "y"})

    chosen = soup(page).select_one("#skill_id option[selected]")
    assert (page.status_code, chosen["value"]) == (200, str(skill.id))
    assert chosen.parent["label"] == "Treff på «kundereiser»"
    assert soup(page).select_one("#wants").has_attr("checked")
    assert soup(page).select("#skills ~ .rows") == []


def test_a_lead_finds_a_skill_for_a_seat_with_all_that_was_typed_kept(make, sign_in, skill):
    lead = make.person()
    mission = make.mission(lead)
    form = {"role": "Designer", "share": "30", "find_skill": "design thinking", "do": "find"}

    page = soup(sign_in(lead).post(f"/missions/{mission.id}/seats", data=form))

    assert page.select_one("#skill_id option[selected]")["value"] == str(skill.id)
    assert (page.select_one("#role")["value"], page.select_one("#share")["value"]) == ("Designer", "30")
    assert page.select_one("#skill_2 optgroup")["label"] == "Treff på «design thinking»"
    assert page.select(".error") == []


def test_a_word_for_no_skill_says_so_at_its_field(make, sign_in, skill):
    page = sign_in(make.person()).post("/competence/skills", data={"find_skill": "xyzzy", "do": "find"})

    assert "ingen ferdighet for «xyzzy»" in soup(page).select_one("#find_skill-error").text


def test_codes_and_synonyms_are_made_plain():
    assert (
        code_of("Økonomi & ærlighet på Å", {"okonomi-aerlighet-pa-a"}.__contains__)
        == "okonomi-aerlighet-pa-a-2"
    )
    assert code_of("数", lambda _code: False) == "ferdighet"
    assert tidy(" en,to|EN\n tre  fire ;") == "en|to|tre fire"
