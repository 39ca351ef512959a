"""The list, the span of a team, and what waits for whom."""

from datetime import timedelta

import pytest
from werkzeug.datastructures import MultiDict

from teamhub.core import clock
from teamhub.missions import explore, owed, queries
from teamhub.missions.explore import Search
from teamhub.missions.states import DAYS_UNTIL_SILENT, Status


def titles(actor, **search):
    return [row.title for row in explore.find(actor, Search(**search)).rows]


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ({}, Search()),
        ({"scope": "nowhere", "sort": "x", "phase": "x", "page": "x", "division": "²"}, Search()),
        ({"q": "  skole ", "scope": "all", "phase": "planning"}, Search("skole", "all", "planning")),
        ({"division": "4", "sort": "end", "page": "2"}, Search(division=4, sort="end", page=2)),
    ],
)
def test_an_address_that_makes_no_sense_still_opens(address, meant):
    assert explore.parse(MultiDict(address)) == meant


def test_the_list_is_ordered_as_asked(make):
    lead = make.person()
    actor = make.actor(lead)
    day = clock.today()
    make.mission(lead, title="beta").ends_on = day + timedelta(days=9)
    make.mission(lead, title="Alfa").ends_on = None
    make.mission(lead, title="Gamma").ends_on = day + timedelta(days=1)
    make.session.commit()

    assert titles(actor, sort="new") == ["Gamma", "Alfa", "beta"]
    assert titles(actor, sort="title") == ["Alfa", "beta", "Gamma"]
    assert titles(actor, sort="end") == ["Gamma", "beta", "Alfa"]


def test_mine_are_those_one_leads_owns_or_has_agreed_to_join(make):
    me, other = make.person(), make.person()
    make.mission(me, owner=other, title="Leder")
    make.mission(other, owner=me, title="Eier", status=Status.HOLD)
    make.seat(make.mission(other, title="Med"), me, state="released")
    make.seat(make.mission(other, title="Spurt"), me, state="requested")

    assert titles(make.actor(me), scope="mine") == ["Med", "Eier", "Leder"]
    assert titles(make.actor(make.person()), scope="mine") == []


def test_a_search_holds_every_word_and_takes_signs_as_signs(make):
    lead = make.person()
    make.mission(lead, title="Åpne dører 100 %")
    make.mission(lead, title="Åpne haller")
    actor = make.actor(lead)

    assert titles(actor, text="åpne dører") == ["Åpne dører 100 %"]
    assert titles(actor, text="%") == ["Åpne dører 100 %"]


def test_an_area_has_the_missions_it_leads_or_sits_in_once_each(make):
    care, school = make.unit("Omsorg"), make.unit("Skole")
    home = make.unit("Hjemmetjenesten", parent=care)
    lead, nurse = make.person(unit=school), make.person(unit=home)
    joined = make.mission(lead, title="Sammen")
    for _ in range(2):
        make.seat(joined, nurse, state="active")
    make.seat(make.mission(lead, title="Spurt"), nurse, state="requested")
    make.mission(nurse, title="Eget")

    assert titles(make.actor(lead), division=care.id) == ["Eget", "Sammen"]


def test_a_span_is_the_leads_area_and_those_of_agreed_seats(make):
    care, school, culture = (make.unit(name) for name in ("Omsorg", "Skole", "Kultur"))
    mission = make.mission(make.person(unit=care))
    alone = make.mission(make.person(unit=school))
    make.seat(mission, make.person(unit=school), state="released")
    make.seat(mission, make.person(unit=culture), state="requested")

    assert queries.divisions_of([mission.id, alone.id]) == {
        mission.id: {care.id, school.id},
        alone.id: {school.id},
    }
    assert queries.divisions_of(None) == queries.divisions_of([mission.id, alone.id])
    assert queries.divisions_of([]) == {}


def test_the_latest_report_is_the_last_one_posted(make):
    lead = make.person()
    mission, silent = make.mission(lead), make.mission(lead)
    make.report(mission, lead, risk="red", summary="Før")
    make.report(mission, lead, summary="Nå")

    latest = queries.latest_reports([mission.id, silent.id])

    assert {id_: (r.summary, r.risk) for id_, r in latest.items()} == {mission.id: ("Nå", "green")}


@pytest.mark.parametrize(
    ("days_ago", "waits"),
    [
        (0, False),
        (DAYS_UNTIL_SILENT - 8, False),
        (DAYS_UNTIL_SILENT - 7, True),
        (DAYS_UNTIL_SILENT + 9, True),
    ],
)
def test_a_report_waits_for_the_lead_when_the_last_one_grows_old(make, days_ago, waits):
    lead, owner = make.person(), make.person()
    mission = make.mission(lead, owner=owner)
    make.report(mission, lead, at=clock.now() - timedelta(days=days_ago + 40))
    make.report(mission, lead, at=clock.now() - timedelta(days=days_ago))

    due = [(w.kind, w.object_id) for w in owed.waiting_for(make.actor(lead))]

    assert due == ([("report", mission.id)] if waits else [])
    assert owed.waiting_for(make.actor(owner)) == []


def test_no_report_waits_for_a_mission_that_rests_or_is_over(make):
    lead = make.person()
    long_ago = clock.now() - timedelta(days=90)
    for status in Status:
        make.mission(lead, title=str(status), status=status, created_at=long_ago)

    assert [w.title for w in owed.waiting_for(make.actor(lead))] == ["active"]


def test_what_waits_costs_two_statements_however_much_it_is(make, queries_counted):
    lead = make.person()
    actor_before = make.actor(lead)
    for _ in range(15):
        make.mission(lead, created_at=clock.now() - timedelta(days=90))
    actor = make.actor(lead)

    with queries_counted() as counted:
        assert len(owed.waiting_for(actor)) == 15
    assert len(counted) == 2
    assert owed.waiting_for(actor_before) == []
