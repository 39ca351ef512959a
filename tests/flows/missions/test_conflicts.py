"""Two people with the same form open: the second sees what the first saved and loses nothing."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from teamhub.access.actor import Role
from teamhub.missions.states import Phase


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim")


@pytest.fixture
def mission(make, lead):
    return make.mission(lead)


def theirs(response):
    """What the page says somebody else saved, by field."""
    page = BeautifulSoup(response.text, "html5lib")
    return {
        e["id"].removesuffix("-theirs"): e.select_one(".theirs__text").text for e in page.select(".theirs")
    }


def typed(response):
    """What the form on the page would send if it were saved as it stands."""
    form = BeautifulSoup(response.text, "html5lib").select_one("form.form")
    sent = {
        i["name"]: i.get("value", "y") for i in form.select("input[name]:not([type=radio], [type=checkbox])")
    }
    sent |= {i["name"]: i.get("value", "y") for i in form.select("input[checked]")}
    sent |= {t["name"]: t.text.strip() for t in form.select("textarea")}
    for select in form.select("select"):
        chosen = select.select_one("option[selected]") or select.select_one("option")
        sent[select["name"]] = chosen.get("value", "")
    return sent


def test_everything_the_first_changed_in_the_charter_stands_beside_what_the_second_typed(
    make, mission, lead, sign_in, db
):
    new_lead, new_owner = make.person("Solveig Dahl"), make.person("Rune Vik")
    browser = sign_in(lead)
    as_opened = typed(browser.get(f"/missions/{mission.id}/edit"))
    mission.title, mission.goal, mission.mandate = "Ny tittel", "Nytt mål", "Nytt mandat"
    mission.lead_id, mission.owner_id = new_lead.id, new_owner.id
    mission.starts_on, mission.ends_on, mission.phase = date(2026, 3, 1), None, Phase.CLOSING
    db.session.commit()

    office = sign_in(make.person("Kristin", Role.PORTFOLIO_OFFICE))
    second = office.post(f"/missions/{mission.id}/edit", data=as_opened)

    assert second.status_code == 409
    assert theirs(second) == {
        "title": "Ny tittel",
        "goal": "Nytt mål",
        "mandate": "Nytt mandat",
        "lead_id": "Solveig Dahl",
        "owner_id": "Rune Vik",
        "starts_on": "1. mars",
        "ends_on": "(tomt)",
        "phase": "Avslutte",
    }
    assert f'name="owner_id" value="{new_owner.id}"' in second.text  # theirs can be chosen at once
    kept = typed(second)
    assert {k: kept[k] for k in as_opened if k not in {"version", "csrf_token"}} == {
        k: v for k, v in as_opened.items() if k not in {"version", "csrf_token"}
    }


def test_saving_again_from_the_conflict_page_goes_through(mission, lead, sign_in, db):
    browser = sign_in(lead)
    stale = typed(browser.get(f"/missions/{mission.id}/edit")) | {"goal": "Mitt mål"}
    mission.goal = "Deres mål"
    db.session.commit()
    second = browser.post(f"/missions/{mission.id}/edit", data=stale)

    again = browser.post(f"/missions/{mission.id}/edit", data=typed(second))

    db.session.refresh(mission)
    assert (second.status_code, again.status_code) == (409, 303)
    assert mission.goal == "Mitt mål"


def test_everything_the_first_changed_in_a_seat_stands_beside_what_the_second_typed(
    make, mission, lead, sign_in, db
):
    seat = make.seat(mission)
    at = f"/missions/{mission.id}/seats/{seat.id}/edit"
    browser = sign_in(lead)
    as_opened = typed(browser.get(at))
    seat.role, seat.skill_id, seat.level, seat.share = "Farmasøyt", make.skill().id, 3, 40
    seat.starts_on, seat.ends_on, seat.stretch = date(2026, 3, 1), date(2026, 4, 1), True
    db.session.commit()

    second = browser.post(at, data=as_opened)

    assert second.status_code == 409
    assert theirs(second) == {
        "role": "Farmasøyt",
        "skill_id": "Klarspråk",
        "level": "Kan selv",
        "share": "40",
        "starts_on": "1. mars",
        "ends_on": "1. april",
        "stretch": "Utviklingsplass",
    }
    assert browser.post(at, data=typed(second)).status_code == 303
    db.session.refresh(seat)
    assert (seat.role, seat.skill_id, seat.share, seat.stretch) == ("Fagperson", None, 20, False)


def test_a_form_without_its_version_is_not_saved(mission, lead, sign_in, db):
    browser = sign_in(lead)
    sent = typed(browser.get(f"/missions/{mission.id}/edit")) | {"goal": "Uten versjon"}
    del sent["version"]

    assert browser.post(f"/missions/{mission.id}/edit", data=sent).status_code == 422

    db.session.refresh(mission)
    assert mission.goal == "Alle kommer trygt hjem."
