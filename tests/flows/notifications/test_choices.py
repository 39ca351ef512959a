"""The page where a person chooses what to hear, how often, and when it shall be quiet."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.audit.models import Entry
from teamhub.consequences.kinds import DEFAULTS, Channel, Kind
from teamhub.notifications.models import Choice, Muted, QuietHours
from tests.flows.notifications.conftest import said

PAGE = "/settings/notifications"


@pytest.fixture
def form(browser):
    """The form as it stands, as a browser would send it."""

    def of(page=None):
        html = BeautifulSoup(page or browser.get(PAGE).text, "html5lib").select_one(f'form[action="{PAGE}"]')
        chosen = {s["name"]: s.select_one("[selected]") for s in html.select("select")}
        data = {name: option["value"] if option else "" for name, option in chosen.items()}
        return data | {box["name"]: "y" for box in html.select("[type=checkbox][checked]")}

    return of


def test_it_begins_with_the_usual(form):
    usual = {f"{kind}_{way}": pace for kind, by in DEFAULTS.items() for way, pace in by.items()}

    assert form() == usual | {"starts": "", "ends": ""}


def test_the_usual_is_marked(browser):
    page = BeautifulSoup(browser.get(PAGE).text, "html5lib")

    for kind in Kind:
        for channel in Channel:
            options = page.select(f"#{kind}_{channel} option")
            marked = [option["value"] for option in options if "(vanlig)" in option.get_text()]
            assert marked == [DEFAULTS[kind][channel]]


def test_what_is_chosen_is_kept_and_only_what_differs(browser, form, db, kari):
    wanted = form() | {"mention_mail": "never", "starts": "22", "ends": "7", "weekends": "y"}

    assert browser.post(PAGE, data=wanted).status_code == 303

    assert form() == wanted
    kept = [(c.person_id, c.kind, c.channel, c.pace) for c in db.session.scalars(select(Choice))]
    assert kept == [(kari.id, "mention", "mail", "never")]


def test_back_to_the_usual_leaves_nothing(browser, form, db):
    usual = form()
    browser.post(PAGE, data=usual | {"mention_mail": "never", "starts": "22", "ends": "7"})
    browser.post(PAGE, data=usual)

    assert db.session.scalars(select(Choice)).all() == []
    assert db.session.scalars(select(QuietHours)).all() == []


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"starts": "22"}, "ends", "Velg både fra og til"),
        ({"ends": "7"}, "starts", "Velg både fra og til"),
        ({"starts": "7", "ends": "7"}, "ends", "samme klokkeslett"),
        ({"asked_mail": "hourly"}, "asked_mail", "Velg en av mulighetene på lista."),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_the_rest_is_kept(browser, form, db, wrong, field, says):
    answer = browser.post(PAGE, data=form() | {"mine_app": "weekly"} | wrong)

    page = BeautifulSoup(answer.text, "html5lib")
    assert answer.status_code == 422
    assert says in page.select_one(f"#{field}-error").get_text()
    assert page.select_one("#mine_app [selected]")["value"] == "weekly"
    assert db.session.scalars(select(Choice)).all() == []


def test_that_something_changed_is_told_but_not_what(browser, form, db):
    browser.post(PAGE, data=form() | {"mention_mail": "never"})
    browser.post(PAGE, data=form())

    entries = db.session.scalars(select(Entry).where(Entry.kind == "ChoicesChanged")).all()
    assert [(entry.object_type, entry.data) for entry in entries] == [("person", {})]


def test_what_is_muted_is_listed_and_can_be_heard_again(make, browser, kari, press, db):
    make._add(Muted(person_id=kari.id, object_type="mission", object_id=make.mission(kari).id))
    page = BeautifulSoup(browser.get(PAGE).text, "html5lib")
    assert "Trygt hjem" in page.select_one("#muted").find_parent("section").get_text()

    after = press(page, "Slå på igjen")

    assert after.select_one("h1").get_text() == "Hva du får beskjed om"
    assert "Demping opphevet." in said(after)
    assert "Du har ikke dempet noe." in said(after)


def test_the_settings_and_the_inbox_lead_there(browser):
    assert PAGE in browser.get("/settings").text
    assert PAGE in browser.get("/inbox").text
