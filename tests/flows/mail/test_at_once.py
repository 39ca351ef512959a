"""A mail sent at once: what it says, what programs read in it, and when it is not sent after all."""

from __future__ import annotations

import re
from datetime import timedelta
from email.utils import getaddresses, parsedate_to_datetime
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.challenges import commands as challenges
from teamhub.consequences.kinds import Channel, Kind, Pace
from teamhub.jobs.work import WORK, Work
from teamhub.mail import sending, transport
from teamhub.notifications.models import Choice, Muted, Notification
from tests.flows.mail.conftest import MONDAY, html_of, subject_of, text_of


def test_a_question_asked_is_a_mail_with_its_words_and_where_to_answer(make, kari, ola, challenge, run):
    kari.name = "Kari Æsøy"
    make.session.commit()
    text = "Gjelder det også om natta?"
    make._add(Choice(person_id=kari.id, kind=Kind.MINE, channel=Channel.MAIL, pace=Pace.NOW))

    challenges.comment(make.actor(ola), challenge.id, text)

    (mail,) = run()
    message = mail.message()
    assert subject_of(message) == "Ola Hansen skrev om utfordringen din"
    assert text in text_of(message)
    assert f"http://localhost/challenges/{challenge.id}#c" in text_of(message)
    assert getaddresses([mail.to[0]])[0][1] == kari.email
    assert make.session.scalar(select(Notification.mailed_at)) == MONDAY


def test_both_forms_say_the_same(asked, mail):
    message = mail(asked)

    assert message.get_content_type() == "multipart/alternative"
    text, page = text_of(message), BeautifulSoup(html_of(message), "html.parser")
    assert page.html["lang"] == "nb"
    assert [part.get_content_type() for part in message.get_payload()] == ["text/plain", "text/html"]
    for each in page.select("h1, p"):
        assert " ".join(each.get_text(" ").split()).split(" ")[0] in text
    for link in page.select("a"):
        assert f"{link.get_text()}: {link['href']}" in text
    assert "fredag 27. november" in text


@pytest.mark.parametrize(
    ("locale", "subject", "button", "day"),
    [
        ("nb", "Ola Hansen har et spørsmål om utfordringen din", "Svar i Teamhub", "fredag 27. november"),
        ("nn", "Ola Hansen har eit spørsmål om utfordringa di", "Svar i Teamhub", "fredag 27. november"),
        ("en", "Ola Hansen has a question about your challenge", "Answer in Teamhub", "Friday 27 November"),
    ],
)
def test_it_is_in_the_readers_language(asked, kari, mail, locale, subject, button, day):
    kari.locale = locale

    message = mail(asked)

    assert (message["Content-Language"], subject_of(message)) == (locale, subject)
    assert button in text_of(message)
    assert day in text_of(message)


def test_who_has_chosen_no_language_gets_the_installations(app, asked, kari, mail, monkeypatch):
    monkeypatch.setitem(app.config, "DEFAULT_LOCALE", "nn")
    kari.locale = None

    assert mail(asked)["Content-Language"] == "nn"


# -- what programs read ------------------------------------------------------------------------------


def test_the_headers_say_what_kind_of_mail_it_is(app, asked, kari, mail, jobs, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://teamhub.town.example")
    message = mail(asked)

    (job,) = jobs("mail.now")
    assert message["Message-ID"] == f"<{job.uid}@teamhub.town.example>"
    assert message["Idempotency-Key"] == job.uid
    assert message["To"] == f"Kari Nordmann <{kari.email}>"
    assert message["From"].startswith("Teamhub <teamhub@")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<https://teamhub\.town\.example/mail/off/[\w.-]+>", message["List-Unsubscribe"])
    assert parsedate_to_datetime(message["Date"]) is not None


def test_a_second_try_is_the_same_mail(asked, run, write, outbox, monkeypatch):
    """The server took the mail, and then the worker was killed: it comes twice, and is known as one."""

    def killed(_ticket, _sent):
        raise RuntimeError

    monkeypatch.setitem(WORK, "mail.now", Work(sending.send, outside=True, then=killed))
    write("mail.now", notifications=[asked.id], person=asked.person_id)
    run()
    run()

    first, second = (mail.message() for mail in outbox)
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Idempotency-Key"] == second["Idempotency-Key"]


def test_a_title_cannot_write_headers(make, kari, ola, mail):
    title = "Lang kø\r\nBcc: all@evil.example\r\n\r\n<script>alert(1)</script>\u2028{{ 7*7 }}"
    challenge = make.challenge(kari, title=title)
    kari.name = "Kari\r\nBcc: x@evil.example"
    note = make.notification(kari, challenge, told="receipt", mail_pace=Pace.NOW)

    message = mail(note)

    raw = message.as_bytes().decode()
    assert message.get_all("Bcc") is None
    assert len(message.get_all("Subject")) == 1
    assert "\nBcc:" not in raw.partition("Content-Type: text/plain")[0]
    assert "<script>" not in html_of(message)
    assert "{{ 7*7 }}" in html_of(message)


@pytest.mark.parametrize("template", ["mail.now", "mail.digest"])
def test_it_points_to_base_url_alone_and_fetches_nothing(app, asked, mail, template, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://teamhub.town.example/")
    page = BeautifulSoup(html_of(mail(asked, name=template)), "html.parser")

    assert page.select("img, link, script, iframe, object, video, [src], [background], [style]") == []
    assert "url(" not in page.style.string
    assert "@import" not in page.style.string
    hosts = {urlsplit(place["href"]).netloc for place in page.select("[href]")}
    assert hosts == {"teamhub.town.example"}


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "Forwarded", "X-Forwarded-Proto"])
def test_a_forged_host_poisons_no_link(sign_in, make, ola, kari, challenge, run, header):
    """R18: the mail is written by a request that says it came to another host."""
    make._add(Choice(person_id=kari.id, kind=Kind.MINE, channel=Channel.MAIL, pace=Pace.NOW))
    value = "host=evil.example" if header == "Forwarded" else "evil.example"
    sign_in(ola).post(
        f"/challenges/{challenge.id}/comments", data={"body": "Hei du."}, headers={header: value}
    )

    mails = [mail.message() for mail in run()]
    assert len(mails) == (header != "Host")  # whoever is signed in here is not signed in there
    assert not any("evil.example" in mail.as_string() for mail in mails)
    assert all("http://localhost/challenges/" in text_of(mail) for mail in mails)


# -- when it is not sent -----------------------------------------------------------------------------


def test_what_has_been_read_is_not_mailed(asked, mail):
    asked.read_at = MONDAY

    assert mail(asked) is None


def test_what_has_been_settled_is_not_mailed(make, asked, kari, challenge, mail):
    asked.read_at, asked.asks = MONDAY, False

    assert mail(asked) is None


def test_what_has_been_put_off_is_not_mailed(asked, mail):
    asked.show_at = MONDAY + timedelta(days=1)

    assert mail(asked) is None


def test_what_the_inbox_gathers_is_mailed_even_so(make, asked, kari, mail):
    make._add(Choice(person_id=kari.id, kind=Kind.ASKED, channel=Channel.APP, pace=Pace.WEEKLY))
    asked.show_at = MONDAY + timedelta(days=7)

    assert mail(asked) is not None


@pytest.mark.parametrize(
    ("kind", "told", "sent"), [(Kind.MINE, "receipt", False), (Kind.ASKED, "clarification_to_proposer", True)]
)
def test_a_muted_object_mails_only_what_one_is_asked(make, kari, ola, challenge, mail, kind, told, sent):
    make._add(Muted(person_id=kari.id, object_type="challenge", object_id=challenge.id))
    note = make.notification(kari, challenge, told=told, kind=kind, actor_id=ola.id, mail_pace=Pace.NOW)

    assert (mail(note) is not None) == sent


def test_a_kind_turned_off_since_is_not_mailed(make, asked, kari, mail):
    make._add(Choice(person_id=kari.id, kind=Kind.ASKED, channel=Channel.MAIL, pace=Pace.NEVER))

    assert mail(asked) is None


def test_a_closed_account_gets_nothing(asked, kari, mail, jobs):
    kari.is_active = False

    assert mail(asked) is None
    assert [job.state for job in jobs("mail.now")] == ["done"]


def test_nobody_gets_what_was_told_to_somebody_else(asked, ola, mail):
    assert mail(asked, person=ola.id) is None


def test_without_a_mail_server_nothing_is_said_to_have_gone(app, asked, mail, monkeypatch, jobs):
    monkeypatch.setitem(app.config, "MAIL_BACKEND", "dummy")

    assert mail(asked) is None
    assert asked.mailed_at is None
    assert [job.state for job in jobs("mail.now")] == ["done"]


def test_a_server_that_is_away_is_waited_for_by_all_mail(asked, make, run, write, jobs, outbox, monkeypatch):
    def away(_message):
        raise transport._away(OSError("gone"))

    monkeypatch.setattr(transport, "send", away)
    for _mail in range(3):
        write("mail.now", notifications=[asked.id], person=asked.person_id)
    run()

    waiting = jobs("mail.now")
    assert [(job.state, job.attempts) for job in waiting] == [("waiting", 0)] * 3
    waits = [job.due - waiting[0].created for job in waiting]
    assert waits == pytest.approx([62, 31, 31], abs=2)
    assert (outbox, asked.mailed_at) == ([], None)
