"""What the inbox says, and what is done in it, without a line of JavaScript."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.consequences.kinds import Kind
from teamhub.core import clock
from teamhub.missions import staffing
from teamhub.missions.models import Invitation
from teamhub.notifications import inbox as reads
from teamhub.notifications.models import Muted, Notification
from tests.flows.notifications.conftest import said, titles


def test_it_says_what_waits_and_what_it_means(make, kari, inbox):
    make.notification(kari, make.challenge(kari, title="Lang kø"), told="receipt")

    page = inbox()

    assert page.select_one(".lead").get_text() == "Ett nytt varsel."
    assert titles(page) == ["Vi har fått «Lang kø»"]
    assert "Porteføljekontoret svarer innen 1. januar 2030." in said(page)
    assert page.select_one(".item .newdot")


def test_a_headline_without_the_title_has_it_below(make, kari, inbox):
    challenge = make.challenge(title="Lang kø")
    make.notification(kari, challenge, told="mentioned_in_challenge", actor_id=make.person("Ola").id)

    page = inbox()

    assert titles(page) == ["Ola nevnte deg"]
    assert "Utfordring: Lang kø" in said(page)


@pytest.mark.parametrize(
    ("tab", "says"),
    [
        ("", "Innboksen er tom"),
        ("?tab=asked", "Ingen venter på svar fra deg"),
        ("?tab=mentioned", "Ingen har nevnt deg"),
        ("?tab=followed", "Ingenting nytt i det du følger"),
        ("?tab=nonsense", "Innboksen er tom"),
        ("?after=nonsense", "Innboksen er tom"),
    ],
)
def test_each_empty_part_says_what_would_be_there_and_what_to_do(inbox, tab, says):
    empty = inbox(tab).select_one(".empty")

    assert says in empty.get_text()
    assert empty.select_one("a[href]")


def test_read_and_unread_again(make, kari, inbox, press):
    make.notification(kari, make.challenge(kari))

    read = press(inbox(), "Merk som lest")
    assert not read.select(".newdot")
    assert "Merket som lest." in said(read)

    assert press(read, "Merk som ulest").select(".newdot")


def test_reading_all_can_be_undone(make, kari, inbox, press):
    for _ in range(2):
        make.notification(kari, make.challenge(kari))

    read = press(inbox(), "Merk alle som lest")
    assert "2 varsler er merket som lest." in said(read)
    assert "Ingenting nytt." in said(read)

    assert "To nye varsler." in said(press(read, "Angre"))
    assert not inbox().select(".undo")


@pytest.mark.parametrize("button", ["Til i morgen", "Til mandag", "En uke"])
def test_put_off_it_is_gone_and_comes_back_as_news(make, kari, inbox, press, db, button, monkeypatch):
    note = make.notification(kari, make.challenge(kari), read_at=clock.now())

    later = press(inbox(), button)
    assert titles(later) == []
    assert "Utsatt. Det kommer tilbake" in said(later)

    then = clock.now() + timedelta(days=8)
    monkeypatch.setattr(clock, "now", lambda: then)
    group = reads.page(make.actor(kari)).groups[0]
    assert (group.last_id, group.unread) == (note.id, 1)


def test_putting_off_can_be_undone(make, kari, inbox, press):
    make.notification(kari, make.challenge(kari))

    assert len(titles(press(press(inbox(), "Til i morgen"), "Angre"))) == 1


def test_muting_silences_the_object_and_can_be_undone(make, kari, inbox, press, db):
    challenge = make.challenge(kari)
    make.notification(kari, challenge)

    muted = press(inbox(), "Demp")
    assert "Dempet" in muted.select_one(".item .tag").get_text()
    assert not muted.select(".newdot")
    assert db.session.get(Muted, (kari.id, "challenge", challenge.id))

    back = press(muted, "Angre")
    assert "Demping opphevet." in said(back)
    assert back.select(".newdot")
    db.session.expire_all()
    assert not db.session.scalars(select(Muted)).all()


def test_an_invitation_is_answered_in_place(make, kari, inbox, press, db):
    lead = make.person("Liv")
    mission = make.mission(lead, title="Trygt hjem")
    staffing.invite(make.actor(lead), make.seat(mission, role="Sykepleier").id, kari.id)
    db.session.commit()

    page = inbox()
    assert titles(page) == ["Liv spør om du vil bli med i «Trygt hjem»"]
    assert "Sykepleier, 20 % av tiden" in said(page)

    after = press(page, "Ja, jeg blir med")

    assert after.select_one("h1").get_text() == "Innboks"
    assert "Takk, svaret er sendt." in said(after)
    assert "Ingenting nytt." in said(after)
    assert not after.select("[data-does]")
    assert db.session.scalar(select(Invitation.person_says))


def test_a_task_is_done_in_place(make, kari, inbox, press, db):
    mission = make.mission(make.person())
    make.seat(mission, kari)
    task = make.task(mission, "Ringe apoteket", assignee=kari)
    make.notification(kari, task, told="task_given", kind=Kind.MINE)

    after = press(inbox(), "Merk som ferdig")

    assert "«Ringe apoteket» er ferdig." in said(after)
    assert after.select_one("h1").get_text() == "Innboks"
    db.session.refresh(task)
    assert task.done_at


def test_a_question_is_answered_in_place(make, kari, inbox, browser, db):
    challenge = make.challenge(kari, state="clarification")
    make.notification(kari, challenge, told="clarification_to_proposer", kind=Kind.ASKED, asks=True)
    form = inbox("?tab=asked").select_one("[data-does=clarify] form")
    data = {f["name"]: f.get("value", "") for f in form.select("input")} | {"body": "Omtrent tjue."}

    answer = browser.post(form["action"], data=data)

    assert answer.location == "/inbox?tab=asked"
    assert titles(inbox("?tab=asked")) == []


def test_who_opens_something_with_javascript_is_not_told_that_it_was_read(make, kari, browser, db):
    note = make.notification(kari, make.challenge(kari))

    assert browser.post(f"/inbox/{note.id}/read", data={"quietly": "yes"}).status_code == 204
    assert "Merket som lest" not in browser.get("/inbox").text
    db.session.refresh(note)
    assert note.read_at


def test_opening_the_inbox_changes_nothing(make, kari, inbox, db):
    make.notification(kari, make.challenge(kari))

    inbox()

    assert db.session.scalars(select(Notification.read_at)).all() == [None]


def test_htmx_gets_the_inbox_and_the_count_beside_it(make, kari, browser):
    note = make.notification(kari, make.challenge(kari))
    make.notification(kari, make.challenge(kari))

    answer = browser.post(
        f"/inbox/{note.id}/read?tab=followed", headers={"HX-Request": "true", "HX-Target": "inbox"}
    )

    assert "<html" not in answer.text
    assert 'hx-swap-oob="true"' in answer.text
    assert "Innboks, 1 ulest" in answer.text
    assert f"#read-{note.id}" in answer.headers["HX-Trigger"]


def test_the_count_is_a_link_that_says_how_many(make, kari, browser):
    headers = {"HX-Request": "true", "HX-Target": "inbox-tool"}
    assert "Innboks</span>" in browser.get("/inbox/count", headers=headers).text
    for _ in range(3):
        make.notification(kari, make.challenge(kari))

    link = browser.get("/inbox/count", headers=headers).text

    assert "Innboks, 3 uleste" in link
    assert 'id="inbox-tool"' in link
    assert browser.get("/inbox/count").location == "/inbox"


@pytest.mark.parametrize("query", ["", "?tab=asked"])
def test_it_costs_no_more_with_much_in_it(make, kari, browser, queries_counted, query):
    def cost():
        with queries_counted() as statements:
            browser.get(f"/inbox{query}")
        return len([s for s in statements if not s.startswith("BEGIN")])

    make.notification(kari, make.challenge(kari), asks=True)
    few = cost()
    for number in range(200):
        make.notification(kari, make.challenge(kari) if number % 3 else make.mission(kari), asks=True)

    assert cost() == few <= 6


def test_today_shows_the_latest_three_one_has_not_read(make, kari, browser):
    for number in range(4):
        make.notification(kari, make.challenge(title=f"Sak {number}"), kind=Kind.FOLLOWED)
    make.notification(kari, make.challenge(title="Lest"), kind=Kind.FOLLOWED, read_at=clock.now())

    page = BeautifulSoup(browser.get("/").text, "html5lib")

    section = page.select_one("#news").find_parent("section")
    assert [link.get_text() for link in section.select("h3 a")] == [
        f"Vi har fått «Sak {number}»" for number in (3, 2, 1)
    ]
