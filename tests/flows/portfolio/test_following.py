"""The portfolio: every mission, and those that need attention first, each with its reason."""

from datetime import UTC, datetime, time, timedelta

import pytest
from bs4 import BeautifulSoup

from teamhub.core import clock
from teamhub.missions.states import Phase, Status


def block(page):
    found = BeautifulSoup(page.text, "html5lib").select_one(".attention")
    return found.get_text(" ") if found else ""


def listed(page):
    return [a.text for a in BeautifulSoup(page.text, "html5lib").select(".ptable th a")]


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim", unit=make.unit("IKT", code="IK"))


@pytest.fixture
def fine(make, lead):
    """A mission that spans two areas and has just reported that all is well."""
    mission = make.mission(lead, title="I rute")
    make.seat(mission, make.person(unit=make.unit("Omsorg", code="OM")), state="active")
    make.report(mission, lead)
    return mission


def test_nothing_is_said_to_need_attention_when_all_is_well(make, sign_in, fine):
    page = sign_in(make.person()).get("/portfolio")

    assert block(page) == ""
    assert "Alle er i rute." in page.text
    assert listed(page) == ["I rute"]


def test_a_red_light_comes_first_with_the_leads_own_words(make, sign_in, fine, lead):
    make.report(fine, lead, risk="yellow", summary="Vi følger med.")
    other = make.mission(lead, title="Står fast")
    make.seat(other, make.person(unit=make.unit("Skole", code="SK")), state="active")
    make.report(other, lead, staffing="red", summary="Vi mangler farmasøyt.")

    page = sign_in(make.person()).get("/portfolio")

    told = block(page)
    assert told.index("Står fast") < told.index("I rute")
    assert "Bemanning og forankring" in told
    assert "Vi mangler farmasøyt." in told
    assert listed(page) == ["Står fast", "I rute"]


def test_only_the_latest_report_counts(make, sign_in, fine, lead):
    make.report(fine, lead, progress="red")
    make.report(fine, lead)

    assert block(sign_in(make.person()).get("/portfolio")) == ""


def test_a_silent_mission_an_overdue_one_and_one_in_a_single_area_are_told(make, sign_in, lead):
    # At noon: sixty days may have a night in them that is an hour longer.
    long_ago = datetime.combine(clock.today() - timedelta(days=60), time(12), tzinfo=UTC)
    silent = make.mission(lead, title="Stille", created_at=long_ago)
    make.seat(silent, make.person(unit=make.unit("Omsorg", code="OM")), state="active")
    make.report(silent, lead, at=long_ago)
    late = make.mission(lead, title="Over tida")
    late.ends_on = clock.today() - timedelta(days=1)
    late.starts_on = clock.today() - timedelta(days=9)
    narrow = make.mission(lead, title="Alene", created_at=long_ago)
    make.report(narrow, lead)

    told = block(sign_in(make.person()).get("/portfolio"))

    assert "Ingen rapport på 60 dager." in told
    assert "Over sluttdato" in told
    assert "Bare ett område" in told


def test_a_mission_on_hold_rests_and_is_found_under_all(make, sign_in, lead):
    mission = make.mission(lead, title="På vent", status=Status.HOLD)
    make.report(mission, lead, risk="red")
    browser = sign_in(make.person())

    assert listed(browser.get("/portfolio")) == []
    assert listed(browser.get("/portfolio?scope=all")) == ["På vent"]
    assert block(browser.get("/portfolio?scope=all")) == ""


def test_the_address_narrows_and_sorts(make, sign_in, lead, fine):
    make.mission(lead, title="Annet", phase=Phase.PLANNING)
    browser = sign_in(make.person())

    assert listed(browser.get("/portfolio?phase=planning")) == ["Annet"]
    assert listed(browser.get("/portfolio?q=rute")) == ["I rute"]
    assert listed(browser.get("/portfolio?sort=title")) == ["Annet", "I rute"]
    assert listed(browser.get("/portfolio?q=åsheim&sort=title")) == ["Annet", "I rute"]


def test_it_costs_the_same_for_one_mission_and_for_many(make, sign_in, lead, fine, queries_counted):
    browser = sign_in(make.person())

    def cost():
        with queries_counted() as counted:
            assert browser.get("/portfolio").status_code == 200
        return len(counted)

    few = cost()
    for n in range(70):
        make.report(make.mission(lead, title=f"Nummer {n}"), lead, risk="red")

    assert cost() == few <= 8
