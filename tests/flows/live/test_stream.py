"""A page hears when to look again, for as long as its reader may: never what has changed."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import select

from teamhub.access.actor import SYSTEM, Role
from teamhub.core import clock
from teamhub.live import views as live
from teamhub.missions import staffing
from teamhub.people import commands as people
from teamhub.people.models import SignInSession
from teamhub.people.sign_in import SEEN_EVERY
from teamhub.tasks import commands as tasks
from tests.own_app import browser_of, command_in, data_of

AT_ONCE_S = 1.0
NEWS = "event: board\ndata:\n\n"
GONE = "event: gone\ndata:\n\n"


@pytest.fixture
def scene(app):
    """A board, its lead, and a colleague on the team with the board open in one browser."""

    class Scene:
        with data_of(app) as make:
            lead_person, colleague, stranger = make.person("Leder"), make.person("Kollega"), make.person()
            mission = make.mission(lead_person)
            seat_id = make.seat(mission, colleague).id
            task_id = make.task(mission, "Hemmelig tittel").id
            column_ids = [column.id for column in make.columns(mission)]
            lead = make.actor(lead_person)
            admin = make.actor(make.person("Admin", Role.ADMIN))
            colleague_id, stranger_id = colleague.id, stranger.id
            mission_id = mission.id
            address = f"/live?board={mission_id}"
            board = f"/missions/{mission_id}/board"
        browser = browser_of(app, colleague_id)
        _to = 0

        def move(self):
            self._to += 1
            column_id = self.column_ids[self._to % 2]
            command_in(app, tasks.move, self.lead, self.task_id, column_id=column_id)

    return Scene()


def test_a_change_on_the_board_is_told_without_saying_what(scene, follow):
    stream = follow(scene.browser, scene.address)

    scene.move()

    assert stream.says() == NEWS
    assert stream.says(0.5) == ""


def test_a_page_without_a_board_hears_of_its_inbox_only(app, scene, follow):
    stream = follow(scene.browser)

    scene.move()
    new = tasks.Written(title="Ny", assignee_id=scene.colleague_id)
    command_in(app, tasks.add, scene.lead, scene.mission_id, new)

    assert stream.says() == "event: inbox\ndata:\n\n"


def test_a_board_one_may_not_see_does_not_exist(app, scene):
    stranger = browser_of(app, scene.stranger_id)

    assert stranger.get(scene.address).status_code == 404
    assert stranger.get("/live?board=99999").status_code == 404


def _leaves_the_team(app, scene):
    command_in(app, staffing.withdraw, scene.lead, scene.seat_id)


def _account_is_closed(app, scene):
    command_in(app, people.set_active, scene.admin, scene.colleague_id, active=False)


def _signed_out_elsewhere(app, scene):
    command_in(app, people.end_all_sessions, SYSTEM, scene.colleague_id)


def _signs_out(app, scene):
    assert scene.browser.post("/logout").status_code == 303


def _session_grows_old(app, scene):
    with data_of(app) as make:
        session = make.session.scalar(
            select(SignInSession).where(SignInSession.person_id == scene.colleague_id)
        )
        session.created_at = clock.now().replace(year=2020)
        make.session.commit()


@pytest.mark.parametrize(
    "loses",
    [_leaves_the_team, _account_is_closed, _signed_out_elsewhere, _signs_out, _session_grows_old],
)
def test_who_has_lost_the_right_is_told_only_that_and_at_once(app, scene, follow, loses):
    stream = follow(scene.browser, scene.address)
    loses(app, scene)
    since = time.monotonic()

    scene.move()

    assert stream.says() == GONE
    assert stream.ends(AT_ONCE_S)
    assert stream.ended_at - since < AT_ONCE_S
    assert stream.says(0.1) == ""


@pytest.mark.usefixtures("quick_heart")
def test_a_lost_right_is_found_also_when_nothing_happens(app, scene, follow):
    stream = follow(scene.browser, scene.address)
    assert stream.says(0.7) == ""

    _account_is_closed(app, scene)

    assert stream.says() == GONE
    assert stream.ends(AT_ONCE_S)


@pytest.mark.usefixtures("quick_heart")
def test_a_stream_is_not_held_for_ever(scene, follow, monkeypatch):
    monkeypatch.setattr(live, "LONGEST_S", 0.3)

    assert follow(scene.browser, scene.address).ends()


@pytest.fixture
def quick_heart(monkeypatch):
    """Heartbeats a test need not wait for."""
    monkeypatch.setattr(live, "HEARTBEAT_S", 0.2)
    monkeypatch.setattr(live, "LOOK_S", 0.1)


@pytest.fixture
def few_places(app, monkeypatch):
    """Room for two streams in this process."""
    app.extensions.pop("teamhub.live.places", None)
    monkeypatch.setitem(app.config, "THREADS", live.LEFT_FOR_PAGES + 2)
    yield
    app.extensions.pop("teamhub.live.places", None)


@pytest.mark.usefixtures("few_places", "quick_heart")
def test_when_no_places_are_left_the_page_is_asked_to_come_back_later(scene, follow):
    streams = [follow(scene.browser, scene.address) for _ in range(2)]

    refused = scene.browser.get(scene.address)

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
    assert scene.browser.get(scene.board).status_code == 200

    streams[0].wanted = False
    assert streams[0].ends()
    assert follow(scene.browser, scene.address)


@pytest.mark.usefixtures("few_places")
def test_asking_only_for_the_headers_takes_no_place(scene, follow):
    for _ in range(3):
        assert scene.browser.head(scene.address, buffered=True).status_code == 200

    assert follow(scene.browser, scene.address)


# -- what a page does by itself is no use of the session --------------------------------------------


def seen(browser):
    with browser.session_transaction() as session:
        return session["seen"]


@pytest.fixture
def idle(app, scene):
    """A browser nobody has touched for longer than the idle clock takes to be renewed."""
    with scene.browser.session_transaction() as session:
        session["seen"] -= SEEN_EVERY + 60
    return scene.browser


def test_neither_the_stream_nor_what_it_leads_to_renews_the_idle_clock(scene, follow, idle):
    before = seen(idle)

    follow(idle, scene.address)
    part = {"HX-Request": "true", "HX-Target": "board", "X-Background": "1"}
    assert idle.get(scene.board, headers=part).status_code == 200
    assert seen(idle) == before

    assert idle.get(scene.board).status_code == 200
    assert seen(idle) > before


def test_signed_out_pages_are_refused_rather_than_led_to_sign_in(app, scene):
    nobody = app.test_client()
    part = {"HX-Request": "true", "HX-Target": "board", "X-Background": "1"}

    for answer in (nobody.get(scene.address), nobody.get(scene.board, headers=part)):
        assert answer.status_code == 401
        assert not answer.data
        assert "Location" not in answer.headers
        assert "HX-Redirect" not in answer.headers
