"""A team without seats can begin with a starter: one press, and each seat can be changed or taken away."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from teamhub.core import clock
from teamhub.core.i18n import in_language
from teamhub.missions.models import Seat, SeatSkill
from teamhub.missions.needs import needs_of
from teamhub.missions.starters import STARTERS


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim")


@pytest.fixture
def mission(make, lead):
    return make.mission(lead)


def start(browser, mission, code="service-design"):
    return browser.post(f"/missions/{mission.id}/seats/starter", data={"starter": code})


def offered(browser, mission):
    page = BeautifulSoup(browser.get(f"/missions/{mission.id}/team").text, "html5lib")
    return [button["value"] for button in page.select("button[name=starter]")]


def test_an_empty_team_is_offered_the_starters_to_whoever_may_staff_it(make, mission, lead, sign_in):
    assert offered(sign_in(lead), mission) == list(STARTERS)
    assert offered(sign_in(make.person()), mission) == []

    make.seat(mission)
    assert offered(sign_in(lead), mission) == []


@pytest.mark.parametrize("code", STARTERS)
def test_each_starter_makes_its_seats_with_skills_the_list_has(mission, lead, sign_in, db, code):
    start(sign_in(lead), mission, code)

    needs = list(needs_of(mission.id).values())
    plans = STARTERS[code].seats
    assert 4 <= len(needs) <= 7
    assert [(need.role, need.share) for need in needs] == [(str(p.role), p.share) for p in plans]
    assert [len(need.skills) for need in needs] == [len(p.skills) for p in plans]
    assert all(need.starts_on >= mission.starts_on and need.ends_on <= mission.ends_on for need in needs)


def test_periods_count_from_the_missions_start(make, lead, sign_in, db):
    begins = clock.today() + timedelta(days=30)
    mission = make.mission(lead)
    mission.starts_on, mission.ends_on = begins, begins + timedelta(weeks=20)
    db.session.commit()

    start(sign_in(lead), mission, "procurement")

    first, *_between, last = db.session.query(Seat).order_by(Seat.id)
    assert (first.starts_on, first.ends_on) == (begins, mission.ends_on)
    assert (last.starts_on, last.ends_on) == (begins + timedelta(weeks=12), mission.ends_on)


def test_a_short_mission_gets_no_seat_beyond_its_end(make, lead, sign_in, db):
    mission = make.mission(lead)
    mission.ends_on = clock.today() + timedelta(days=10)
    db.session.commit()

    start(sign_in(lead), mission, "procurement")

    assert all(s.starts_on <= s.ends_on <= mission.ends_on for s in db.session.query(Seat))


def test_roles_are_written_in_the_language_of_whoever_presses(make, mission, lead, sign_in, db):
    lead.locale = "en"
    db.session.commit()

    start(sign_in(lead), mission, "insight")

    said = [in_language(plan.role, "en") for plan in STARTERS["insight"].seats]
    assert [s.role for s in db.session.query(Seat).order_by(Seat.id)] == said


def test_pressed_twice_it_is_made_once(mission, lead, sign_in, db):
    browser = sign_in(lead)
    for _twice in range(2):
        assert start(browser, mission).status_code == 303

    assert db.session.query(Seat).count() == len(STARTERS["service-design"].seats)


def test_its_seats_can_be_taken_away_one_by_one(mission, lead, sign_in, db):
    browser = sign_in(lead)
    start(browser, mission)
    for seat in db.session.query(Seat).all():
        browser.post(f"/missions/{mission.id}/seats/{seat.id}/remove")

    assert db.session.query(Seat).count() == db.session.query(SeatSkill).count() == 0
    assert offered(browser, mission) == list(STARTERS)


def test_what_is_no_starter_makes_nothing(mission, lead, sign_in, db):
    assert start(sign_in(lead), mission, "dragon").status_code == 303
    assert db.session.query(Seat).count() == 0
