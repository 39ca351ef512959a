"""Following a challenge: heard of without being seen."""

from __future__ import annotations

import pytest

from teamhub.access.actor import Role
from teamhub.challenges import answering, commands
from teamhub.challenges.models import Support
from teamhub.challenges.states import State
from teamhub.missions import commands as missions
from teamhub.notifications.models import Notification

HTMX = {"HX-Request": "true", "HX-Target": "follow"}


@pytest.fixture
def challenge(make):
    return make.challenge(make.person("Kari"), state=State.ASSESSING)


def told(db, person):
    rows = db.session.query(Notification.told).filter(Notification.person_id == person.id)
    return [name for (name,) in rows.order_by(Notification.id)]


def test_one_follows_and_stops_with_and_without_javascript(make, sign_in, challenge):
    browser, address = sign_in(make.person("Ola")), f"/challenges/{challenge.id}"

    assert browser.post(f"{address}/follow").status_code == 303
    assert "Slutt å følge" in browser.get(address).text
    assert "Én følger den" in browser.get(address).text

    part = browser.post(f"{address}/unfollow", headers=HTMX)
    assert part.status_code == 200
    assert "<main" not in part.text
    assert "Slutt å følge" not in part.text
    assert "Slutt å følge" not in browser.get(address).text


def test_how_many_follow_is_told_and_never_who(make, sign_in, challenge):
    for name in ("Aksel Følgesvenn", "Berit Følgesvenn"):
        sign_in(make.person(name)).post(f"/challenges/{challenge.id}/follow")

    page = sign_in(make.person("Leser", Role.PORTFOLIO_OFFICE)).get(f"/challenges/{challenge.id}").text

    assert "2 følger den" in page
    assert "Følgesvenn" not in page


def test_following_twice_and_stopping_twice_is_harmless(make, sign_in, challenge, db):
    browser, address = sign_in(make.person("Ola")), f"/challenges/{challenge.id}"

    codes = [
        browser.post(f"{address}/{what}").status_code for what in ("follow", "follow", "unfollow", "unfollow")
    ]

    assert codes == [303] * 4


def test_a_draft_cannot_be_followed(make, sign_in):
    draft = make.challenge(make.person("Kari"), state=State.DRAFT)

    assert sign_in(make.person("Ola")).post(f"/challenges/{draft.id}/follow").status_code == 404


def test_a_follower_hears_of_answers_and_comments_and_nobody_hears_twice(make, db, challenge):
    office, ola = make.person("Kontor", Role.PORTFOLIO_OFFICE), make.person("Ola")
    make.follower(challenge, ola)
    db.session.add(Support(challenge_id=challenge.id, person_id=ola.id, unit_id=ola.unit_id))
    db.session.commit()

    commands.comment(make.actor(office), challenge.id, "Vi ser på dette.")
    answering.answer(make.actor(office), challenge.id, State.CANDIDATE, reason="Den er viktig.", sure=True)

    assert told(db, ola) == ["comment_to_followers", "candidate_to_supporters"]


def test_a_follower_hears_nothing_after_stopping(make, db, sign_in, challenge):
    ola = make.person("Ola")
    for what in ("follow", "unfollow"):
        sign_in(ola).post(f"/challenges/{challenge.id}/{what}")

    commands.comment(make.actor(make.person("Eva")), challenge.id, "Hei.")

    assert told(db, ola) == []


def test_those_who_wait_for_a_mission_hear_how_it_goes_once(make, db):
    kari, ola, lead = (make.person(name) for name in ("Kari", "Ola", "Lead"))
    challenge = make.challenge(kari, state=State.MISSION)
    mission = make.mission(lead, challenge=challenge)
    make.follower(challenge, ola)
    make.follower(challenge, lead)
    lights = dict.fromkeys(("progress", "economy", "quality", "risk", "staffing"), "green")

    missions.report(make.actor(lead), mission.id, lights, "Vi er i gang.")

    assert told(db, kari) == told(db, ola) == ["report_to_followers"]
    assert told(db, lead) == []
