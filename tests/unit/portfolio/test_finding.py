"""What an address means, and which missions it finds in which order."""

from datetime import timedelta

import pytest
from werkzeug.datastructures import MultiDict

from teamhub.core import clock
from teamhub.missions.states import Status
from teamhub.portfolio.queries import PAGE_SIZE, Search, find, overview, parse


@pytest.fixture(autouse=True)
def request_of_somebody(app, db):
    with app.test_request_context():
        yield


def titles(**search):
    return [mission.title for mission in find(Search(**search)).page.rows]


@pytest.mark.parametrize(
    ("address", "search"),
    [
        ({}, Search()),
        (
            {"q": " kø ", "scope": "all", "phase": "concept", "division": "3", "owner": "4", "sort": "end"},
            Search("kø", "all", "concept", 3, 4, "end"),
        ),
        ({"scope": "x", "phase": "x", "division": "x", "owner": "-1", "sort": "x", "page": "x"}, Search()),
        ({"division": "9" * 5000, "owner": "²"}, Search()),
    ],
)
def test_an_address_is_read_and_what_makes_no_sense_is_left_out(address, search):
    assert parse(MultiDict(address)) == search


def test_it_is_narrowed_by_owner_area_and_words(make):
    care, school = make.unit("Omsorg", code="OM"), make.unit("Skole", code="SK")
    lead, owner = make.person("Håkon Åsheim", unit=care), make.person("Solveig Dahl")
    make.mission(lead, owner=owner, title="Trygt hjem")
    other = make.mission(make.person("Mona", unit=care), title="Mat som frister")
    make.seat(other, make.person(unit=school))

    assert titles(owner=owner.id) == ["Trygt hjem"]
    assert titles(division=school.id) == ["Mat som frister"]
    assert titles(division=care.id, sort="title") == ["Mat som frister", "Trygt hjem"]
    assert titles(text="dahl TRYGT") == ["Trygt hjem"]
    assert titles(text="trygt mona") == []


def test_every_owner_can_be_chosen_once(make):
    lead, owner = make.person("Håkon Åsheim"), make.person("Berit Lunde")
    for mission in ("En", "To"):
        make.mission(lead, owner=owner, title=mission)
    make.mission(lead, title="Tre")

    assert find(Search()).owners == [(owner.id, "Berit Lunde"), (lead.id, "Håkon Åsheim")]


def test_only_agreed_seats_count_as_areas_and_only_open_ones_as_open(make):
    lead = make.person(unit=make.unit("Omsorg", code="OM"))
    asked = make.person(unit=make.unit("Skole", code="SK"))
    mission = make.mission(lead)
    make.seat(mission)
    make.seat(mission, asked, state="requested")
    make.seat(mission, asked, state="done")

    (seen,) = overview()

    assert (seen.areas, seen.open_seats) == (frozenset({lead.unit_id}), 1)


def test_a_lead_whose_account_is_closed_is_no_lead(make, db):
    lead = make.person()
    make.mission(lead)
    assert overview()[0].has_lead

    lead.is_active = False
    db.session.commit()

    assert not overview()[0].has_lead


def test_each_order(make):
    lead = make.person()
    today, now = clock.today(), clock.now()
    bare = make.mission(lead, title="Åpen", status=Status.ACTIVE)
    bare.ends_on = None
    soon = make.mission(lead, title="brei")
    soon.ends_on = today + timedelta(days=5)
    stuck = make.mission(lead, title="Cirka")
    make.report(soon, lead, at=now - timedelta(days=3))
    make.report(stuck, lead, risk="red")

    assert titles(sort="title") == ["brei", "Cirka", "Åpen"]
    assert titles(sort="end") == ["brei", "Cirka", "Åpen"]
    assert titles(sort="report") == ["brei", "Cirka", "Åpen"]
    assert titles(sort="attention")[0] == "Cirka"


def test_a_page_holds_fifty_and_attention_counts_them_all(make):
    lead = make.person()
    for number in range(PAGE_SIZE + 3):
        make.report(make.mission(lead, title=f"Nr {number:02}"), lead, risk="red")

    first, last = find(Search(sort="title")), find(Search(sort="title", page=2))

    assert [mission.title for mission in last.page.rows] == ["Nr 50", "Nr 51", "Nr 52"]
    assert (len(first.page.rows), first.page.total, len(first.attention)) == (50, 53, 53)
    assert find(Search(page=99)).page.rows == []
