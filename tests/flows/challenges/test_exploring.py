"""Finding challenges: the address says it all, and a page costs the same however many there are."""

import pytest
from bs4 import BeautifulSoup

from teamhub.access.actor import Role
from teamhub.challenges.states import State


def titles(page):

    return [a.text for a in BeautifulSoup(page.text, "html5lib").select(".challenge__title a")]


def test_search_finds_inflected_words_and_tells_accents_apart(make, sign_in):
    make.challenge(make.person(), title="For få barnehageplasser", situation="x")
    make.challenge(make.person(), title="En får går løs", situation="y")
    browser = sign_in(make.person())

    assert titles(browser.get("/challenges?q=barnehageplass")) == ["For få barnehageplasser"]
    assert titles(browser.get("/challenges?q=far")) == []


@pytest.mark.parametrize("text", ['"', "*", "a AND", "NEAR(", "'; DROP", "%", "((", "-", "æøå*", "\x00"])
def test_no_search_text_breaks_the_page(make, sign_in, text):
    assert sign_in(make.person()).get("/challenges", query_string={"q": text}).status_code == 200


def test_facets_narrow_and_count(make, sign_in):
    care, school = make.unit("Omsorg", code="OM"), make.unit("Skole", code="SK")
    make.challenge(make.person(unit=care), title="Én", theme="helse-og-omsorg")
    make.challenge(make.person(unit=school), title="To", theme="skole-og-utdanning")
    make.challenge(make.person(unit=school), title="Tre", state=State.ASSESSING)
    browser = sign_in(make.person())

    assert titles(browser.get(f"/challenges?division={care.id}")) == ["Én"]
    assert titles(browser.get("/challenges?theme=skole-og-utdanning")) == ["To"]
    assert set(titles(browser.get("/challenges?state=submitted&state=assessing"))) == {"Én", "To", "Tre"}
    assert titles(browser.get(f"/challenges?state=assessing&division={school.id}")) == ["Tre"]


def test_drafts_and_withdrawn_ones_are_not_listed_but_ones_own_are_under_mine(make, sign_in):
    nurse = make.person()
    make.challenge(nurse, title="Kladden min", state=State.DRAFT)
    make.challenge(nurse, title="Trukket", state=State.WITHDRAWN)
    browser = sign_in(nurse)

    assert titles(browser.get("/challenges")) == []
    assert set(titles(browser.get("/challenges?scope=mine"))) == {"Kladden min", "Trukket"}
    assert titles(sign_in(make.person()).get("/challenges?scope=mine")) == []


def test_the_desk_is_for_the_office_and_the_board(make, sign_in):
    make.challenge(make.person(), title="Venter")

    assert "Venter" in sign_in(make.person("K", Role.PORTFOLIO_OFFICE)).get("/challenges?desk=1").text
    assert sign_in(make.person()).get("/challenges?desk=1").status_code == 403


def test_nonsense_in_the_address_is_left_out(make, sign_in):
    make.challenge(make.person(), title="Her")
    browser = sign_in(make.person())

    page = browser.get("/challenges?state=tull&division=x&theme=y&sort=z&after=-3&before=x&scope=q&density=y")

    assert titles(page) == ["Her"]


def test_the_list_and_a_challenge_cost_the_same_for_one_and_for_many(make, sign_in, queries_counted):
    nurse = make.person()
    challenge = make.challenge(nurse)
    browser = sign_in(make.person())

    def cost(address):
        with queries_counted() as counted:
            assert browser.get(address).status_code == 200
        return len(counted)

    few = cost("/challenges"), cost(f"/challenges/{challenge.id}")
    for n in range(60):
        make.challenge(nurse, title=f"Nummer {n}")
        supporter = sign_in(make.person(unit=make.unit(f"Enhet {n}")))
        supporter.post(f"/challenges/{challenge.id}/support", data={"experience": "Her også"})
        supporter.post(f"/challenges/{challenge.id}/comments", data={"body": "Ja"})
    many = cost("/challenges"), cost(f"/challenges/{challenge.id}")

    assert many[0] <= few[0] + 1  # the areas of supporters are read when there are any
    assert many[1] == few[1]
    assert max(many) <= 8
