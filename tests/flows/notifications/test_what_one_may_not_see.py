"""Nothing of what somebody may no longer see is shown, counted or reached (quality.md R5, R52, R3)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.challenges.states import State
from teamhub.missions.models import Seat
from teamhub.missions.states import SeatState
from teamhub.notifications.models import Choice, Muted, Notification
from tests.flows.notifications.conftest import titles

CANARY = "kanarifugl-7f3a"


@pytest.fixture
def task(make, kari):
    mission = make.mission(make.person("Liv"))
    make.seat(mission, kari, share=20)
    return make.task(mission, CANARY, assignee=kari)


@pytest.fixture
def note(make, kari, task):
    return make.notification(kari, task, told="task_given", actor_id=make.person("Ola").id)


def leave(make, db):
    for seat in db.session.scalars(select(Seat)):
        seat.state, seat.person_id = SeatState.OPEN, None
    db.session.commit()


PAGES = ("/inbox", "/inbox?tab=followed", "/inbox?tab=asked", "/inbox/count", "/settings/notifications", "/")


def test_a_task_of_a_team_one_has_left_is_nowhere(make, db, browser, note, task, kari):
    make._add(Muted(person_id=kari.id, object_type="task", object_id=task.id))
    assert CANARY in browser.get("/inbox").text
    assert CANARY in browser.get("/settings/notifications").text

    leave(make, db)

    headers = {"HX-Request": "true", "HX-Target": "inbox-tool"}
    assert all(CANARY not in browser.get(page).text for page in PAGES)
    assert "ulest" not in browser.get("/inbox/count", headers=headers).text
    assert "Ingenting nytt." in browser.get("/inbox").text


@pytest.mark.parametrize("act", ["read", "unread", "snooze", "wake", "mute"])
def test_what_one_may_not_see_is_answered_as_what_is_not_there(make, db, browser, note, act):
    leave(make, db)

    hidden = browser.post(f"/inbox/{note.id}/{act}", data={"until": "week"})
    missing = browser.post("/inbox/999999/" + act, data={"until": "week"})

    assert (hidden.status_code, missing.status_code) == (404, 404)


@pytest.mark.parametrize("act", ["read", "unread", "snooze", "wake", "mute"])
def test_somebody_elses_notification_cannot_be_touched(make, db, sign_in, note, act):
    other = sign_in(make.person("Nils", Role.PORTFOLIO_OFFICE))
    before = db.session.execute(select(Notification.read_at, Notification.show_at)).all()

    assert other.post(f"/inbox/{note.id}/{act}", data={"until": "week"}).status_code == 404
    assert db.session.execute(select(Notification.read_at, Notification.show_at)).all() == before


def test_reading_all_and_undoing_it_leaves_others_alone(make, db, sign_in, note):
    other = sign_in(make.person("Nils"))
    other.post("/inbox/read", data={"upto": note.id})
    assert db.session.scalar(select(Notification.read_at)) is None

    note.read_at = note.created_at
    make.session.commit()
    other.post("/inbox/undo-read", data={"at": note.read_at.isoformat()})
    assert db.session.scalar(select(Notification.read_at)) is not None


def test_another_persons_draft_and_what_is_deleted_are_not_shown(make, kari, browser, db, note, task, inbox):
    make.notification(kari, make.challenge(make.person(), state=State.DRAFT, title=CANARY))
    db.session.delete(task)
    db.session.commit()

    assert titles(inbox()) == []
    assert CANARY not in browser.get("/inbox").text


MORE = {
    "id": 1,
    "person_id": 1,
    "kind": "asked",
    "told": "invited",
    "object_type": "mission",
    "object_id": 1,
    "about": 1,
    "actor_id": 1,
    "data": "{}",
    "show_at": "2000-01-01",
    "read_at": "2000-01-01",
    "asks": "true",
    "mail_pace": "now",
    "mail_at": "2000-01-01",
    "mailed_at": "2000-01-01",
    "is_admin": "true",
}


def test_no_other_column_can_be_written(make, db, browser, note):
    """R3: all columns are sent, and only what the button does is done."""
    columns = [c for c in Notification.__table__.columns if c.name != "read_at"]
    before = db.session.execute(select(*columns)).one()

    browser.post(f"/inbox/{note.id}/read", data=MORE)

    assert db.session.execute(select(*columns)).one() == before


def test_choices_are_ones_own(make, db, browser, kari):
    other = make.person("Nils")

    browser.post("/settings/notifications", data={"person_id": other.id, "asked_mail": "never"})

    assert set(db.session.scalars(select(Choice.person_id))) <= {kari.id}


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/inbox/undo-read", {"at": "i går"}),
        ("/inbox/undo-read", {"at": "2026-11-25"}),
        ("/inbox/undo-read", {}),
        ("/inbox/unmute", {"object_type": "person", "object_id": "1"}),
        ("/inbox/unmute", {"object_type": "task", "object_id": "9" * 30}),
        ("/inbox/unmute", {"object_type": "task"}),
    ],
)
def test_what_makes_no_sense_is_refused(browser, address, data):
    assert browser.post(address, data=data).status_code == 400


def test_a_number_too_large_is_no_error(browser):
    assert browser.post("/inbox/read", data={"upto": "9" * 30}).status_code == 303


def test_it_comes_back_to_no_other_site(browser):
    answer = browser.post("/inbox/read", data={"next": "https://evil.example/"})

    assert answer.location == "/inbox"
