"""A session is over when it is over (quality.md R13), its key is fresh and kept as a hash (R14), its cookie
is held tight (R11), and an account that is closed opens nothing (R1)."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

import config
from teamhub import create_app
from teamhub.access.actor import SYSTEM, Role
from teamhub.core import clock
from teamhub.people import commands
from teamhub.people.models import SignInSession, Unit
from tests.factories import PASSWORD

REPLAYS = 20
NEW_PASSWORD = "en helt annen setning"


@pytest.fixture
def kari(make):
    return make.person("Kari Nordmann", email="kari@test.example")


@pytest.fixture
def signed_in(app, db):
    """Sign somebody in through the page, and return the browser."""

    def _in(email="kari@test.example", password=PASSWORD, client=None):
        client = client or app.test_client()
        answer = client.post("/login", data={"email": email, "password": password})
        assert answer.status_code == 303
        return client

    return _in


def cookie_of(client):
    return client.get_cookie("teamhub").value


def is_in(app, cookie):
    """Whether a browser that holds ``cookie`` is somebody to Teamhub."""
    client = app.test_client()
    client.set_cookie("teamhub", cookie)
    return client.get("/settings").status_code == 200


def sign_out(client, person):
    client.post("/logout")


def change_password_elsewhere(client, person):
    other = client.application.test_client()
    other.post("/login", data={"email": person.email, "password": PASSWORD})
    other.post("/settings/password", data={"current": PASSWORD, "new": NEW_PASSWORD})


def close_the_account(client, person):
    commands.set_active(SYSTEM, person.id, active=False)


def be_signed_out_by_an_administrator(client, person):
    commands.end_all_sessions(SYSTEM, person.id)


def end_it_from_another_browser(client, person):
    other = client.application.test_client()
    other.post("/login", data={"email": person.email, "password": PASSWORD})
    session_id = min(each.id for each in sessions_of(person))
    other.post(f"/settings/sessions/{session_id}/end")


def sessions_of(person):
    return person._sa_instance_state.session.scalars(
        select(SignInSession).where(SignInSession.person_id == person.id)
    ).all()


ENDINGS = [
    sign_out,
    change_password_elsewhere,
    close_the_account,
    be_signed_out_by_an_administrator,
    end_it_from_another_browser,
]


@pytest.mark.parametrize("end", ENDINGS, ids=lambda end: end.__name__)
def test_the_old_cookie_is_worth_nothing_afterwards(app, kari, signed_in, end):
    client = signed_in()
    cookie = cookie_of(client)
    assert is_in(app, cookie)

    end(client, kari)

    assert [is_in(app, cookie) for _ in range(REPLAYS)] == [False] * REPLAYS


LIMITS = {"idle": timedelta(minutes=120), "absolute": timedelta(hours=12)}


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize(("off_by", "still_in"), [(-60, True), (60, False)])
def test_a_session_ends_by_itself_to_the_minute(app, kari, signed_in, limit, off_by, still_in):
    start = clock.now()
    with time_machine.travel(start, tick=False) as time:
        client = signed_in()
        if limit == "absolute":  # used all the time, and yet over in the end
            for minutes in range(30, 12 * 60, 30):
                time.move_to(start + timedelta(minutes=minutes))
                assert client.get("/settings").status_code == 200
        time.move_to(start + LIMITS[limit] + timedelta(seconds=off_by))

        assert is_in(app, cookie_of(client)) is still_in


def test_a_clock_that_is_set_back_does_not_bring_a_session_to_life(app, kari, signed_in):
    with time_machine.travel(clock.now(), tick=False) as time:
        client = signed_in()
        time.shift(timedelta(hours=-1))

        assert not is_in(app, cookie_of(client))


# -- keys --------------------------------------------------------------------------------------------


def test_each_sign_in_has_a_new_key_and_only_its_hash_is_kept(app, kari, signed_in):
    keys = set()
    for _ in range(REPLAYS):
        with signed_in().session_transaction() as session:
            keys.add(session["_user_id"])

    kept = {each.token_hash for each in sessions_of(kari)}
    assert len(keys) == REPLAYS
    assert all(len(key) >= 43 for key in keys)  # 256 bits
    assert kept == {hashlib.sha256(key.encode()).hexdigest() for key in keys}


def test_what_a_visitor_held_before_signing_in_is_not_what_they_hold_after(app, kari, signed_in):
    for _ in range(REPLAYS):
        client = app.test_client()
        with client.session_transaction() as session:
            session.update(_user_id="chosen by somebody else", csrf_token="planted", locale="en")
        planted = cookie_of(client)

        signed_in(client=client)

        with client.session_transaction() as session:
            assert session["_user_id"] != "chosen by somebody else"
            assert session.get("csrf_token") != "planted"
        assert not is_in(app, planted)


def test_signing_in_again_does_not_bring_the_first_session_along(app, kari, signed_in):
    client = signed_in()
    first = cookie_of(client)
    client.post("/logout")
    signed_in(client=client)

    assert is_in(app, cookie_of(client))
    assert not is_in(app, first)


def test_a_closed_account_cannot_sign_in(app, kari, signed_in):
    commands.set_active(SYSTEM, kari.id, active=False)
    client = app.test_client()

    answer = client.post("/login", data={"email": kari.email, "password": PASSWORD})

    assert answer.status_code == 422
    assert client.get("/").status_code == 302


def test_a_person_sees_and_ends_only_their_own_sessions(app, kari, make, signed_in):
    ola = make.person("Ola", email="ola@test.example")
    karis, olas = signed_in(), signed_in("ola@test.example")
    (session,) = sessions_of(kari)

    olas.post(f"/settings/sessions/{session.id}/end")

    assert is_in(app, cookie_of(karis))
    assert len(sessions_of(ola)) == 1


def test_an_office_taken_away_counts_from_the_next_request(app, make, sign_in):
    office = make.person("Kontoret", Role.PORTFOLIO_OFFICE)
    client = sign_in(office)
    assert client.get("/challenges?scope=desk").status_code == 200

    (held,) = commands.db.session.scalars(
        select(commands.Office).where(commands.Office.person_id == office.id)
    )
    commands.end_office(SYSTEM, held.id)

    assert client.get("/challenges?scope=desk").status_code == 302
    assert sign_in(office).get("/challenges?scope=desk").status_code == 403


# -- the cookie --------------------------------------------------------------------------------------


@pytest.fixture
def over_https(settings):
    class Https(settings):
        BASE_URL = "https://teamhub.example"

    return create_app(Https)


def test_over_https_the_cookie_is_bound_to_the_host_and_out_of_reach(over_https):
    client = over_https.test_client()

    answer = client.get("/login", base_url="https://teamhub.example")

    (cookie,) = answer.headers.getlist("Set-Cookie")
    name, *attributes = (part.strip() for part in cookie.split(";"))
    assert name.startswith("__Host-teamhub=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(attributes)
    assert not any(part.startswith("Domain") for part in attributes)


def test_all_cookies_together_stay_small(app, kari, signed_in, make):
    client = signed_in()
    task = make.task(make.mission(kari), "x" * 250)
    for number in range(REPLAYS):
        client.get("/login", query_string={"next": f"/challenges?q={'x' * 500}{number}"})
        client.post(f"/tasks/{task.id}/done")
        client.post(f"/tasks/{task.id}/reopen")

    assert len(cookie_of(client)) + len("teamhub=") < 4_096


def test_settings_of_every_environment_keep_the_cookie_out_of_reach_of_scripts():
    for settings in config.BY_NAME.values():
        assert settings.SESSION_COOKIE_HTTPONLY
        assert settings.SESSION_COOKIE_SAMESITE == "Lax"
        assert settings.SESSION_COOKIE_PATH == "/"


@pytest.mark.parametrize("change", ["given", "ended"])
def test_a_key_from_before_ones_rights_changed_is_worth_nothing_r14(make, sign_in, db, change):
    person = make.person()
    office = make.office(person, Role.DIGITAL_AGENT, unit=person_unit(db, person))
    browser, admin = sign_in(person), sign_in(make.person("Adm", Role.ADMIN))
    assert browser.get("/settings").status_code == 200

    if change == "given":
        data = {"kind": "safety_representative", "unit_id": person.unit_id}
        admin.post(f"/people/{person.id}/offices", data=data)
    else:
        admin.post(f"/people/{person.id}/offices/{office.id}/end")

    assert browser.get("/settings").status_code == 302


def person_unit(db, person):
    return db.session.get(Unit, person.unit_id)
