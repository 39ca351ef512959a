"""The list of challenges: fair by default, read from any place in it, and as dense as one likes."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from teamhub.challenges.states import State
from teamhub.core import clock
from tests.flows.challenges.test_exploring import titles


def soup(answer):
    return BeautifulSoup(answer.text, "html5lib")


def link(answer, rel):
    found = soup(answer).select_one(f'.paging a[rel="{rel}"]')
    return found["href"] if found else None


def pages(browser, address, rel="next"):
    """All pages from an address on, as lists of titles."""
    found = []
    while address:
        answer = browser.get(address)
        found.append(titles(answer))
        address = link(answer, rel)
    return found


def test_units_take_turns_so_that_neither_the_first_nor_the_busiest_fills_the_page(make, sign_in):
    busy, quiet = make.unit("Travel", code="TR"), make.unit("Stille", code="ST")
    today = clock.now()
    make.challenge(make.person(unit=quiet), title="Stille 1", submitted_at=today - timedelta(days=90))
    for n in (1, 2, 3):
        make.challenge(make.person(unit=busy), title=f"Travel {n}", submitted_at=today - timedelta(days=n))

    shown = titles(sign_in(make.person()).get("/challenges"))

    assert shown == ["Travel 1", "Stille 1", "Travel 2", "Travel 3"]


def test_what_is_decided_comes_after_what_is_open(make, sign_in):
    make.challenge(make.person(), title="Løst", state=State.RESOLVED)
    make.challenge(make.person(), title="Åpen", submitted_at=clock.now() - timedelta(days=300))

    assert titles(sign_in(make.person()).get("/challenges")) == ["Åpen", "Løst"]


@pytest.mark.parametrize("sort", ["fair", "new", "old", "due", "units"])
def test_pages_cover_everything_once_forwards_and_back(make, sign_in, sort):
    proposers = [make.person(unit=make.unit(f"Enhet {n}", code=f"E{n}")) for n in range(3)]
    when = clock.now()
    for n in range(45):
        due_on = clock.today() + timedelta(days=n % 5) if n % 3 else None
        make.challenge(
            proposers[n % 3], title=f"Nummer {n:02}", due_on=due_on, submitted_at=when - timedelta(days=n % 7)
        )
    browser = sign_in(make.person())

    there = pages(browser, f"/challenges?sort={sort}")
    last = pages(browser, f"/challenges?sort={sort}")[-1]
    second = link(browser.get(f"/challenges?sort={sort}"), "next")
    third = link(browser.get(second), "next")
    back = pages(browser, third, rel="prev")

    assert [len(page) for page in there] == [20, 20, 5]
    assert len({title for page in there for title in page}) == 45
    assert back == [last, there[1], there[0]]


def test_what_comes_meanwhile_moves_nothing_on_the_next_page(make, sign_in):
    nurse = make.person()
    for n in range(25):
        make.challenge(nurse, title=f"Nummer {n:02}")
    browser = sign_in(make.person())
    onwards = link(browser.get("/challenges?sort=new"), "next")
    before = titles(browser.get(onwards))
    make.challenge(nurse, title="Kom nettopp")

    assert titles(browser.get(onwards)) == before


@pytest.mark.parametrize("sort", ["new", "old", "units"])
def test_what_is_answered_meanwhile_skips_nobody_on_the_next_page(make, db, sign_in, sort):
    nurse = make.person()
    made = [make.challenge(nurse, title=f"Nummer {n:02}") for n in range(45)]
    browser = sign_in(make.person())
    listed = [title for page in pages(browser, f"/challenges?sort={sort}&state=submitted") for title in page]
    onwards = link(browser.get(f"/challenges?sort={sort}&state=submitted"), "next")
    answered = next(challenge for challenge in made if challenge.title == listed[19])
    answered.state = State.CLOSED
    db.session.commit()

    assert titles(browser.get(onwards)) == listed[20:40]
    assert titles(browser.get(onwards.replace("after=", "before="))) == listed[:19] + listed[20:21]


@pytest.mark.parametrize(
    ("sort", "expected"), [("new", ["Køen kom", "Køen sto"]), ("old", ["Køen sto", "Køen kom"])]
)
def test_what_has_come_since_an_order_was_made_stands_where_new_things_do(
    app, make, sign_in, monkeypatch, sort, expected
):
    monkeypatch.setitem(app.config, "REMEMBER", True)
    monkeypatch.setitem(app.config, "DATABASE_URL", f"the key of this test's memory, {sort}")
    make.challenge(make.person(), title="Køen sto", submitted_at=clock.now() - timedelta(days=1))
    browser = sign_in(make.person())
    browser.get(f"/challenges?sort={sort}")
    make.challenge(make.person(), title="Køen kom")

    assert titles(browser.get(f"/challenges?sort={sort}&q=køen")) == expected


def test_a_place_that_is_gone_shows_the_beginning(make, sign_in):
    make.challenge(make.person(), title="Her")

    assert titles(sign_in(make.person()).get("/challenges?after=999999")) == ["Her"]


def test_each_choice_tells_how_many_it_would_show_given_the_others(make, sign_in):
    care, school = make.unit("Omsorg", code="OM"), make.unit("Skole", code="SK")
    long_ago = clock.now() - timedelta(days=60)
    make.challenge(make.person(unit=care), title="Ny i omsorg")
    make.challenge(make.person(unit=care), title="Gammel i omsorg", submitted_at=long_ago)
    make.challenge(make.person(unit=school), title="Ny i skole", due_on=clock.today() - timedelta(days=1))

    def count(address, id_):
        return soup(sign_in(make.person()).get(address)).select_one(f'label[for="{id_}"] .count').text

    assert count("/challenges", "recent") == "2"
    assert count(f"/challenges?division={care.id}", "recent") == "1"
    assert count(f"/challenges?division={care.id}", "late") == "0"
    assert count("/challenges?recent=1", f"division-{care.id}") == "1"
    assert count("/challenges?recent=1", "recent") == "2"


def test_missions_that_want_people_can_be_found_and_say_how_many(make, sign_in):
    lead = make.person()
    wanting = make.challenge(make.person(), title="Søker", state=State.MISSION)
    full = make.challenge(make.person(), title="Fullt lag", state=State.MISSION)
    mission, other = make.mission(lead, challenge=wanting), make.mission(lead, challenge=full)
    make.seat(mission), make.seat(mission), make.seat(other, person=make.person())

    page = sign_in(make.person()).get("/challenges?people=1")

    assert titles(page) == ["Søker"]
    assert "Søker 2 til laget" in page.text


def test_how_dense_the_list_is_set_is_kept_until_one_chooses_again(make, sign_in):
    make.challenge(make.person(), situation="Det er lange køer hver morgen.", title="Kø")
    browser = sign_in(make.person())

    assert "Det er lange køer" in browser.get("/challenges").text
    assert "Det er lange køer" not in browser.get("/challenges?density=compact").text
    assert "Det er lange køer" not in browser.get("/challenges").text
    assert "Det er lange køer" in browser.get("/challenges?density=roomy").text


def test_what_is_withdrawn_elsewhere_is_gone_at_once_though_the_order_is_remembered(
    app, db, make, sign_in, monkeypatch
):
    monkeypatch.setitem(app.config, "REMEMBER", True)
    monkeypatch.setitem(app.config, "DATABASE_URL", "the key of this test's memory")
    make.challenge(make.person(), title="Står")
    going = make.challenge(make.person(), title="Trukket")
    browser = sign_in(make.person())
    before = titles(browser.get("/challenges"))
    going.state = State.WITHDRAWN
    db.session.commit()

    assert (set(before), titles(browser.get("/challenges"))) == ({"Står", "Trukket"}, ["Står"])
