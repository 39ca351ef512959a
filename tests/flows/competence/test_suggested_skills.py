"""A skill that is missing: anybody suggests it, the office answers, and whoever suggested it is told."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.competence.models import Skill, SkillSuggestion
from teamhub.notifications.models import Notification


def soup(answer):
    return BeautifulSoup(answer.text, "html5lib")


@pytest.fixture
def kari(make):
    return make.person("Kari Kan")


@pytest.fixture
def office(make):
    return make.person("Kontoret", Role.PORTFOLIO_OFFICE)


@pytest.fixture
def suggested(kari, office, sign_in, db):
    """A suggestion of hers that waits."""
    form = {"name": "Fasilitering", "why": "Til verksteder."}
    assert sign_in(kari).post("/competence/suggestions", data=form).status_code == 303
    return db.session.scalars(select(SkillSuggestion)).one()


def told(db, person):
    return [
        n.told for n in db.session.scalars(select(Notification).where(Notification.person_id == person.id))
    ]


def inbox(browser):
    return soup(browser.get("/inbox")).main.text


def answer(browser, suggestion, how, **form):
    return browser.post(f"/competence/suggestions/{suggestion.id}/{how}", data=form)


def test_the_office_is_asked_and_sees_it_on_its_list(suggested, office, sign_in, db):
    browser = sign_in(office)

    assert told(db, office) == ["skill_suggested"]
    assert "Kari Kan savner ferdigheten «Fasilitering»" in inbox(browser)
    assert "Fasilitering" in soup(browser.get("/skills")).select_one("#suggested ~ .rows").text


def test_the_same_again_is_one(suggested, kari, sign_in, db):
    sign_in(kari).post("/competence/suggestions", data={"name": "fasilitering"})

    assert len(db.session.scalars(select(SkillSuggestion)).all()) == 1


@pytest.mark.parametrize("name", ["Klarspråk", "plain language", "JUSS"])
def test_what_is_on_the_list_already_is_said_so(kari, sign_in, db, name):
    page = sign_in(kari).post("/competence/suggestions", data={"name": name})

    assert page.status_code == 422
    assert "Den finnes alt" in soup(page).select_one("details[open] #name-error").text


def test_accepted_it_is_a_skill_and_she_is_told(suggested, kari, office, sign_in, db):
    form = {"nb": "Fasilitering", "nn": "Fasilitering", "en": "Facilitation", "synonyms": "verksted"}
    assert answer(sign_in(office), suggested, "accept", **form).status_code == 303

    skill = db.session.scalar(select(Skill).where(Skill.code == "fasilitering"))
    db.session.refresh(suggested)
    assert (suggested.outcome, suggested.skill_id) == ("accepted", skill.id)
    assert told(db, kari) == ["suggestion_accepted"]
    assert "kommet med på lista" in inbox(sign_in(kari))


def test_merged_her_word_finds_the_skill_that_was_there(suggested, make, kari, office, sign_in, db):
    into = make.skill("teamarbeid")

    answer(sign_in(office), suggested, "merge", skill_id=into.id)

    db.session.refresh(into)
    assert into.said_as == ["Fasilitering"]
    assert "finnes på lista som «Smidig samarbeid og teamarbeid»" in inbox(sign_in(kari))


def test_declined_she_gets_a_kind_word(suggested, kari, office, sign_in, db):
    browser = sign_in(office)
    without = answer(browser, suggested, "decline")
    assert (without.status_code, "Skriv noen ord" in without.text) == (422, True)

    answer(browser, suggested, "decline", answer="Takk! Vi har tre som ligner, og venter litt.")

    assert "«Takk! Vi har tre som ligner, og venter litt.»" in inbox(sign_in(kari))
    page = sign_in(kari).get(f"/competence/suggestions/{suggested.id}")
    assert "Vi har tre som ligner" in page.text
    assert "Kommer ikke med nå" in soup(sign_in(kari).get("/competence")).select_one("#missing ~ .rows").text


def test_it_is_answered_once_and_the_office_owes_no_more(suggested, office, sign_in, db):
    browser = sign_in(office)
    answer(browser, suggested, "decline", answer="Ikke nå.")

    again = answer(browser, suggested, "decline", answer="Jo, likevel ikke.")

    assert (again.status_code, "alt besvart" in again.text) == (422, True)
    assert [n.asks for n in db.session.scalars(select(Notification))][:1] == [False]


def test_nobody_else_sees_it_or_answers(suggested, make, sign_in):
    other = sign_in(make.person(None, Role.BOARD_MEMBER))

    assert other.get(f"/competence/suggestions/{suggested.id}").status_code == 404
    assert answer(other, suggested, "decline", answer="Nei").status_code == 403
