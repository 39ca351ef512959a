"""Turning mail off from the mail itself: one press, without signing in (RFC 8058)."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.audit.models import Entry
from teamhub.consequences.kinds import Channel, Kind, Pace
from teamhub.mail import stopping
from teamhub.notifications.models import Choice
from tests.flows.mail.conftest import html_of, text_of

MAIL_PROGRAM = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def address(asked, mail):
    """The address in the mail's header, as a mail program reads it."""
    return mail(asked)["List-Unsubscribe"].strip("<>").removeprefix("http://localhost")


@pytest.fixture
def paces(make, kari):
    """How often Kari wants mail of each kind, when it is not as usual."""

    def now():
        make.session.expire_all()
        rows = make.session.execute(
            select(Choice.kind, Choice.channel, Choice.pace).filter_by(person_id=kari.id)
        )
        return {tuple(map(str, row)) for row in rows}

    return now


def title(answer):
    return BeautifulSoup(answer.text, "html5lib").h1.get_text(strip=True)


def test_one_press_turns_off_the_kind_by_mail_and_nothing_else(app, address, kari, paces, monkeypatch):
    """As a mail program does it: no page first, no cookie, no token, no Origin."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)

    answer = app.test_client().post(address, data=MAIL_PROGRAM)

    assert (answer.status_code, title(answer)) == (200, "Du får ikke flere slike e-poster")
    assert paces() == {(Kind.ASKED, Channel.MAIL, Pace.NEVER)}


def test_the_page_asks_first_and_changes_nothing(app, address, paces):
    """R18: programs that look behind every link in a mail must not turn anything off."""
    answers = [app.test_client().open(address, method=method) for method in ("GET", "HEAD", "GET")]

    assert {answer.status_code for answer in answers} == {200}
    assert title(answers[0]) == "Slå av denne e-posten?"
    assert "Kari Nordmann" in answers[0].text
    assert "Noen spør meg om noe" in answers[0].text
    assert paces() == set()


def test_it_can_be_undone_on_the_page_that_says_so(app, make, address, kari, paces):
    make._add(Choice(person_id=kari.id, kind=Kind.ASKED, channel=Channel.MAIL, pace=Pace.WEEKLY))
    client = app.test_client()
    form = BeautifulSoup(client.post(address).text, "html5lib").select_one("main form")

    fields = {field["name"]: field["value"] for field in form.select("input")}
    answer = client.post(form["action"], data=fields)

    assert title(answer) == "Du får e-post om dette igjen"
    assert paces() == {(Kind.ASKED, Channel.MAIL, Pace.WEEKLY)}


def test_undoing_asks_for_a_token_and_takes_no_other_kind(app, address, paces, monkeypatch):
    client = app.test_client()
    client.post(f"{address}/undo", data={"mine": "never", "asked": "daily"})
    assert paces() == {(Kind.ASKED, Channel.MAIL, Pace.DAILY)}
    assert client.post(f"{address}/undo", data={"asked": "hourly"}).status_code == 400

    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert client.post(f"{address}/undo", data={"asked": "never"}).status_code == 400


def test_a_second_press_is_as_good_as_one(app, address, paces):
    for _press in range(2):
        assert app.test_client().post(address).status_code == 200
    page = app.test_client().get(address)

    assert title(page) == "Du får ikke flere slike e-poster"
    assert len(paces()) == 1


def test_the_links_in_the_mail_lead_to_the_same_page(asked, mail):
    message = mail(asked)
    page = BeautifulSoup(html_of(message), "html.parser")
    stop = next(link["href"] for link in page.select("a") if link.get_text() == "Slå av denne e-posten")

    assert message["List-Unsubscribe"] == f"<{stop}>"
    assert f"Slå av denne e-posten: {stop}" in text_of(message)


def test_it_leaves_a_line_in_the_change_log_without_saying_what(make, app, address, kari):
    app.test_client().post(address)

    entry = make.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert (entry.kind, entry.actor_id, entry.object_id) == ("ChoicesChanged", kari.id, kari.id)


def test_a_digests_address_turns_off_the_kinds_it_told_of(make, kari, ola, challenge, mail, app, paces):
    notes = [
        make.notification(kari, challenge, told=told, kind=kind, actor_id=ola.id, mail_pace=Pace.DAILY)
        for told, kind in (("receipt", Kind.MINE), ("mentioned_in_challenge", Kind.MENTION))
    ]
    address = (
        mail(*notes, name="mail.digest")["List-Unsubscribe"].strip("<>").removeprefix("http://localhost")
    )

    app.test_client().post(address)

    assert paces() == {(kind, Channel.MAIL, Pace.NEVER) for kind in (Kind.MINE, Kind.MENTION)}


# -- what is no key ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change", [lambda t: t[:-2] + "AA", lambda t: "x" + t, lambda t: t.split(".")[0], lambda _t: "a.b"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_address_we_did_not_make_is_not_there(app, address, paces, change, method):
    path, _slash, token = address.rpartition("/")

    assert app.test_client().open(f"{path}/{change(token)}", method=method).status_code == 404
    assert paces() == set()


def test_it_is_dead_when_the_key_has_changed_unless_the_old_one_is_kept(app, address, monkeypatch):
    old = app.config["SECRET_KEY"]
    monkeypatch.setitem(app.config, "SECRET_KEY", "another key of good length, made anew")
    assert app.test_client().get(address).status_code == 404

    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [old])
    assert app.test_client().get(address).status_code == 200


def test_it_is_dead_when_the_account_is_closed(app, make, address, kari):
    kari.is_active = False
    make.session.commit()

    assert app.test_client().post(address).status_code == 404


def test_what_is_signed_for_something_else_turns_nothing_off(app, kari):
    serializer = stopping._serializer()
    serializer.salt = b"another use"

    assert app.test_client().get(f"/mail/off/{serializer.dumps([kari.id, ['asked']])}").status_code == 404


def test_it_opens_nothing_else(app, address):
    token = address.rpartition("/")[2]

    assert app.test_client().get(f"/feeds/{token}/calendar.ics").status_code == 404
