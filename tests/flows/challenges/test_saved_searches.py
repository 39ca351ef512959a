"""A search one keeps is one press away, and tells of what is new in it: once, and only its owner."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup

from teamhub.access.actor import SYSTEM
from teamhub.challenges import searches
from teamhub.challenges.states import State
from teamhub.core import clock
from tests.flows.challenges.test_exploring import titles

KEEP = {"name": "Kø på skolen", "alerts": "y"}


@pytest.fixture
def wait(monkeypatch):
    """Let some minutes pass."""
    now = clock.now

    def passes(minutes=5):
        then = clock.now() + timedelta(minutes=minutes)
        started = now()
        monkeypatch.setattr(clock, "now", lambda: then + (now() - started))

    return passes


@pytest.fixture
def look(wait):
    """Let what looks through kept searches run a while later; how many had something new."""

    def looks():
        wait(10)
        return searches.look(SYSTEM)

    return looks


@pytest.fixture
def keeper(make, sign_in):
    browser = sign_in(make.person("Kari Leser"))
    browser.post("/challenges/searches?q=kø", data=KEEP)
    return browser


def test_a_kept_search_stands_over_the_list_and_opens_the_same_view(make, sign_in, keeper):
    make.challenge(make.person(), title="Kø i gangen")
    make.challenge(make.person(), title="Noe annet")

    page = BeautifulSoup(keeper.get("/challenges").text, "html5lib")
    [address] = [a["href"] for a in page.select('nav[aria-label="Lagrede søk"] .pill') if "Kø på" in a.text]

    assert titles(keeper.get(address)) == ["Kø i gangen"]
    assert "Lagret som «Kø på skolen»." in keeper.get(address).text
    assert "Kø på skolen" not in sign_in(make.person()).get("/challenges").text


def test_its_owner_hears_of_what_is_new_once_and_is_led_to_it(make, sign_in, keeper, wait, look):
    wait()
    make.challenge(make.person(), title="Lang kø til skolebussen")
    make.challenge(make.person(), title="Noe annet")
    make.challenge(make.person(), title="Kladd om kø", state=State.DRAFT)

    assert (look(), look()) == (1, 0)

    text = keeper.get("/inbox").text
    assert "Én ny utfordring passer til søket «Kø på skolen»" in text
    link = BeautifulSoup(text, "html5lib").select_one('a[href^="/challenges/searches/"]')["href"]
    assert titles(keeper.get(keeper.get(link).location)) == ["Lang kø til skolebussen"]


def test_several_new_ones_are_told_together(make, keeper, wait, look):
    wait()
    for n in range(3):
        make.challenge(make.person(), title=f"Kø nummer {n}")

    assert look() == 1
    assert "3 nye utfordringer passer til søket «Kø på skolen»" in keeper.get("/inbox").text


def test_ones_own_and_what_was_there_before_are_no_news(make, sign_in, wait, look):
    nurse = make.person()
    make.challenge(make.person(), title="Kø fra før", submitted_at=clock.now() - timedelta(minutes=3))
    sign_in(nurse).post("/challenges/searches?q=kø", data=KEEP)
    wait()
    make.challenge(nurse, title="Min egen kø")

    assert look() == 0


def test_one_that_comes_to_a_state_the_search_names_is_news(make, sign_in, wait, look, db):
    old = make.challenge(make.person(), title="Gammel", submitted_at=clock.now() - timedelta(days=40))
    browser = sign_in(make.person())
    browser.post("/challenges/searches?state=candidate", data=KEEP)
    wait()
    old.state, old.state_since = State.CANDIDATE, clock.now()
    db.session.commit()

    assert look() == 1
    assert "Én ny utfordring passer" in browser.get("/inbox").text


def test_what_was_written_down_a_moment_ago_is_looked_for_next_time(make, keeper, wait, look):
    wait()
    make.challenge(make.person(), title="Kø nå")

    assert searches.look(SYSTEM) == 0
    assert look() == 1


@pytest.mark.parametrize("form", [{"name": "Stille"}, None])
def test_without_alerts_or_when_removed_nothing_is_told(make, keeper, wait, look, db, form):
    [kept] = db.session.scalars(db.select(searches.SavedSearch)).all()
    if form:
        keeper.post(f"/challenges/searches/{kept.id}/edit", data=form | {"version": kept.version})
    else:
        keeper.post(f"/challenges/searches/{kept.id}/remove")
    wait()
    make.challenge(make.person(), title="Kø")

    assert look() == 0


def test_the_same_search_again_is_the_same_one_called_otherwise(keeper):
    keeper.post("/challenges/searches?q=kø&sort=fair&after=4", data={"name": "Et bedre navn"})

    page = BeautifulSoup(keeper.get("/challenges/searches").text, "html5lib")
    assert [a.text for a in page.select(".row__title a")] == ["Et bedre navn"]


def test_a_search_without_a_name_is_asked_for_one_and_the_view_stands(make, sign_in):
    make.challenge(make.person(), title="Kø")
    answer = sign_in(make.person()).post("/challenges/searches?q=kø", data={"name": " "})

    assert answer.status_code == 422
    assert "Gi søket et navn." in answer.text
    assert titles(answer) == ["Kø"]


def test_nobody_reaches_anothers_search(make, sign_in, keeper, db):
    [kept] = db.session.scalars(db.select(searches.SavedSearch)).all()
    other = sign_in(make.person())
    asked = [other.get(f"/challenges/searches/{kept.id}{end}") for end in ("", "/edit")]
    asked += [
        other.post(f"/challenges/searches/{kept.id}/{end}", data={"name": "x"}) for end in ("edit", "remove")
    ]

    assert [answer.status_code for answer in asked] == [404] * 4


def test_after_a_name_was_missing_the_links_still_lead_through_the_list(make, sign_in):
    for n in range(25):
        make.challenge(make.person(), title=f"Kø {n}")
    answer = sign_in(make.person()).post("/challenges/searches?q=kø", data={"name": " "})

    found = BeautifulSoup(answer.text, "html5lib").select_one("#found")
    links = [a["href"] for a in found.select(".densities a, .pills a, .paging a")]
    assert len(links) >= 5
    assert {urlsplit(link).path for link in links} == {"/challenges"}
