"""Which languages and places one can work in and at: one's own to say, and nobody else's until shared."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.audit.models import Entry
from teamhub.competence.models import PersonLanguage, PersonPlace


def ways(browser):
    page = BeautifulSoup(browser.get("/competence").text, "html5lib")
    rows = page.select("[aria-labelledby=ways] .rows .row")
    return [" · ".join(p.text.strip() for p in row.select("h3, p")) for row in rows]


@pytest.fixture
def place(make):
    return make.place("Helsehuset")


@pytest.fixture
def browser(make, sign_in):
    return sign_in(make.person("Kari Kan"))


def test_a_language_and_a_place_are_private_until_each_is_shared(browser, place):
    browser.post("/competence/languages", data={"language": "pl"})
    browser.post("/competence/places", data={"place_id": place.id})
    assert ways(browser) == ["Polsk · Bare du ser dette", "Helsehuset · Bare du ser dette"]

    browser.post("/competence/languages", data={"language": "pl", "language_shared": "y"})
    browser.post("/competence/places", data={"place_id": place.id, "place_shared": "y"})
    assert ways(browser) == ["Polsk · Delt med oppdragsledere", "Helsehuset · Delt med oppdragsledere"]


def test_both_can_be_taken_back(browser, place, db):
    browser.post("/competence/languages", data={"language": "tegn"})
    browser.post("/competence/places", data={"place_id": place.id})

    browser.post("/competence/languages/tegn/remove")
    browser.post(f"/competence/places/{place.id}/remove")

    assert ways(browser) == []
    assert db.session.scalar(select(PersonLanguage)) is db.session.scalar(select(PersonPlace)) is None


@pytest.mark.parametrize(
    ("where", "form", "says"),
    [
        ("languages", {}, "Velg et språk."),
        ("languages", {"language": "tlh"}, "Velg en av mulighetene på lista."),
        ("places", {}, "Velg et sted."),
        ("places", {"place_id": "999999"}, "Velg en av mulighetene på lista."),
    ],
)
def test_what_is_not_on_the_list_is_refused_at_its_field(browser, place, where, form, says):
    answer = browser.post(f"/competence/{where}", data=form)

    field = "language" if where == "languages" else "place_id"
    error = BeautifulSoup(answer.text, "html5lib").select_one(f"#{field}-error")
    assert (answer.status_code, error.text.strip()) == (422, says)


def test_a_place_that_is_retired_is_not_offered(make, browser, place, db):
    make.place("Gamle rådhuset", retired=True)

    page = BeautifulSoup(browser.get("/competence").text, "html5lib")
    assert [option.text for option in page.select("#place_id option")] == ["Velg sted", "Helsehuset"]


def test_the_log_tells_neither_which_language_nor_which_place(browser, place, db):
    browser.post("/competence/languages", data={"language": "so"})
    browser.post("/competence/places", data={"place_id": place.id})

    entries = db.session.scalars(select(Entry).where(Entry.object_type == "competence")).all()
    assert [(entry.kind, entry.data) for entry in entries] == [("WaysChanged", {})] * 2


def test_my_page_costs_the_same_for_one_and_for_all(make, browser, queries_counted):
    def cost():
        with queries_counted() as sent:
            browser.get("/competence")
        return len(sent)

    browser.post("/competence/languages", data={"language": "nb"})
    few = cost()
    for code in ("nn", "en", "se", "pl", "ar"):
        browser.post("/competence/languages", data={"language": code})
        browser.post("/competence/places", data={"place_id": make.place(f"Sted {code}").id})

    assert cost() == few
