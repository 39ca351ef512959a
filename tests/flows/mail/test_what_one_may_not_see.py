"""A mail that was queued says nothing of what its reader may no longer see (quality.md R4, R5, R52)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from teamhub.access.actor import SYSTEM
from teamhub.challenges.states import State
from teamhub.consequences.kinds import Channel, Kind, Pace
from teamhub.core import clock
from teamhub.mail import transport
from teamhub.missions import staffing
from teamhub.notifications.models import Choice, QuietHours
from teamhub.people import commands as people
from teamhub.tasks import commands as tasks
from teamhub.tasks import removing
from tests.flows.mail.conftest import MONDAY, html_of, text_of

CANARY = "kanarifugl-7f3a"


@pytest.fixture
def lead(make):
    return make.person("Liv Leder")


@pytest.fixture
def seat(make, lead, kari):
    return make.seat(make.mission(lead), kari, share=20)


@pytest.fixture(params=[Pace.NOW, Pace.DAILY])
def task(request, make, lead, kari, seat):
    """A task Kari is given, of which a mail waits: in her quiet hours, or for the next digest."""
    make._add(Choice(person_id=kari.id, kind=Kind.MINE, channel=Channel.MAIL, pace=request.param))
    make._add(QuietHours(person_id=kari.id, starts=8, ends=12))
    return tasks.add(make.actor(lead), seat.mission_id, tasks.Written(CANARY, assignee_id=kari.id))


@pytest.fixture
def wait(run, write, monkeypatch):
    """Let the quiet hours pass and the next digest be gathered; return all that was mailed."""

    def _wait():
        monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=1))
        write("digest", period="2026-11-24")
        return [mail.message() for mail in run()]

    return _wait


def test_one_who_may_see_it_gets_it(task, wait):
    """The control: the same mail, with nothing lost."""
    (mail,) = wait()

    assert CANARY in text_of(mail)
    assert CANARY in html_of(mail)


def test_one_who_has_left_the_team_gets_nothing(make, lead, seat, task, wait):
    staffing.withdraw(make.actor(lead), seat.id)

    assert [mail for mail in wait() if CANARY in mail.as_string()] == []


def test_one_whose_account_is_closed_gets_nothing(kari, task, wait):
    people.set_active(SYSTEM, kari.id, active=False)

    assert wait() == []


def test_what_is_deleted_is_not_told_of(make, lead, task, wait):
    removing.delete(make.actor(lead), task)

    assert [mail for mail in wait() if CANARY in mail.as_string()] == []


def test_between_one_attempt_and_the_next_it_is_asked_again(make, lead, seat, task, wait, run, monkeypatch):
    def fail(_message):
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(transport, "send", fail)
        wait()
    staffing.withdraw(make.actor(lead), seat.id)

    assert [mail for mail in run() if CANARY in mail.message().as_string()] == []


def test_somebody_elses_draft_is_never_mailed(make, kari, mail):
    draft = make.challenge(make.person(), state=State.DRAFT, title=CANARY)
    note = make.notification(kari, draft, told="receipt", mail_pace=Pace.NOW)

    assert mail(note) is None


def test_of_several_only_what_may_be_seen_is_told(make, kari, challenge, mail):
    draft = make.challenge(make.person(), state=State.DRAFT, title=CANARY)
    hidden, seen = (
        make.notification(kari, each, told="receipt", mail_pace=Pace.DAILY) for each in (draft, challenge)
    )

    message = mail(hidden, seen, name="mail.digest")

    assert "Lang kø" in text_of(message)
    assert CANARY not in message.as_string()
