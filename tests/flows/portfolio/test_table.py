"""The portfolio's table: who leads and owns, filters that stay chosen, and pages that keep them."""

import pytest
from bs4 import BeautifulSoup


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim", unit=make.unit("IKT", code="IK"))


def whole(page):
    return BeautifulSoup(page.text, "html5lib")


def test_each_row_tells_lead_owner_phase_lights_areas_open_seats_and_last_report(make, sign_in, lead):
    mission = make.mission(lead, owner=make.person("Solveig Dahl"), title="Trygt hjem")
    make.seat(mission)
    make.report(mission, lead, risk="yellow")

    row = whole(sign_in(lead).get("/portfolio")).select_one(".ptable tbody tr")

    assert row.th.get_text(" ", strip=True) == "Trygt hjem Leder: Håkon Åsheim Eier: Solveig Dahl"
    assert [light["data-light"] for light in row.select(".light")] == ["green"] * 3 + ["yellow", "green"]
    assert all(light.get_text(strip=True) for light in row.select(".light"))
    assert {cell["data-col"] for cell in row.select("[data-col]")} == {"phase", "span", "open", "report"}
    assert "IKT" in row.select_one("[data-col=span] .sr").text
    assert row.select_one("[data-col=open]").text == "1"


def test_a_mission_without_a_report_says_so_in_words(make, sign_in, lead):
    make.mission(lead)

    row = whole(sign_in(lead).get("/portfolio")).select_one(".ptable tbody tr")

    assert [light.get_text(strip=True) for light in row.select(".light")] == ["Mangler"] * 5
    assert row.select_one("[data-col=report]").text == "Ingen"


def test_the_filters_show_what_the_address_says(make, sign_in, lead):
    make.mission(lead)
    address = f"/portfolio?q=hjem&phase=concept&division={lead.unit_id}&owner={lead.id}&sort=end&scope=all"

    page = whole(sign_in(lead).get(address))

    chosen = {
        select["name"]: select.select_one("[selected]")["value"] for select in page.select("#sok select")
    }
    assert chosen == {
        "phase": "concept",
        "division": str(lead.unit_id),
        "owner": str(lead.id),
        "sort": "end",
    }
    assert page.select_one("#q")["value"] == "hjem"
    assert page.select_one("#sok input[name=scope]")["value"] == "all"


def test_the_next_page_keeps_the_filters(make, sign_in, lead):
    for number in range(51):
        make.mission(lead, title=f"Nr {number:02}")
    browser = sign_in(lead)

    following = whole(browser.get(f"/portfolio?owner={lead.id}&sort=title")).select_one("a[rel=next]")["href"]

    assert f"owner={lead.id}" in following
    assert [a.text for a in whole(browser.get(f"/portfolio{following}")).select(".ptable th a")] == ["Nr 50"]


def test_no_hits_offers_the_way_back_and_no_attention_block(make, sign_in, lead):
    make.report(make.mission(lead), lead, risk="red")

    page = whole(sign_in(lead).get("/portfolio?q=finnes+ikke"))

    assert "Ingen treff" in page.select_one("#found").text
    assert page.select_one("#found a[href='/portfolio']")
    assert page.select_one(".attention") is None


def test_an_empty_portfolio_says_where_missions_come_from(sign_in, lead):
    assert "Et oppdrag begynner med en utfordring" in sign_in(lead).get("/portfolio").text


def test_a_mission_whose_lead_has_left_is_told(make, db, sign_in, lead):
    mission = make.mission(lead, title="Uten ror")
    make.report(mission, lead)
    lead.is_active = False
    db.session.commit()

    block = whole(sign_in(make.person()).get("/portfolio")).select_one(".attention").get_text(" ")

    assert "Uten leder" in block
    assert "Kontoen til Håkon Åsheim er stengt." in block


def test_htmx_gets_only_what_was_found(make, sign_in, lead):
    make.mission(lead, title="Trygt hjem")

    part = sign_in(lead).get("/portfolio?q=trygt", headers={"HX-Request": "true", "HX-Target": "found"})

    assert "<html" not in part.text
    assert "Trygt hjem" in part.text


def test_the_portfolio_is_for_employees_only(app, db):
    assert app.test_client().get("/portfolio").location.startswith("/login?next=")


def test_it_counts_missions_and_never_people(make, sign_in, lead):
    for _ in range(3):
        make.mission(lead)

    page = whole(sign_in(make.person()).get("/portfolio")).main

    # A name stands only beside the mission it belongs to, and in the filters.
    for found in page.find_all(string=lambda text: "Håkon Åsheim" in text):
        assert found.find_parent("th") or found.find_parent("option")
