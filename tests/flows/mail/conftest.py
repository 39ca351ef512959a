"""What the tests of mail share: a reader, a mail for some of what the reader is told, and the day it is."""

from __future__ import annotations

from datetime import UTC, datetime
from email.header import decode_header, make_header

import pytest
from sqlalchemy import select, update

from teamhub.access.actor import SYSTEM
from teamhub.access.policy import Action, authorize
from teamhub.consequences.kinds import Kind, Pace
from teamhub.core import clock
from teamhub.core.transaction import command
from teamhub.jobs.models import Job
from teamhub.jobs.outbox import enqueue
from teamhub.jobs.runner import run_due

MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
"""Half past eight in Drammen."""


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


@pytest.fixture
def outbox(app, monkeypatch):
    """Mails that have gone, newest last, as messages to read."""
    monkeypatch.setattr(app.extensions["mailman"], "outbox", [], raising=False)
    monkeypatch.setitem(app.extensions["teamhub.mail"], "away_until", 0.0)
    return app.extensions["mailman"].outbox


@pytest.fixture
def run(db, outbox):
    """Do all that waits, and return the mails that went."""

    def _run():
        db.session.commit()
        db.session.execute(update(Job).where(Job.state == "waiting").values(due=1.0))
        db.session.commit()
        run_due()
        db.session.expire_all()
        return outbox

    return _run


@pytest.fixture
def write(db):
    """Write a job as the code does, once what the test has changed is kept."""

    @command
    def _write(name, **args):
        authorize(SYSTEM, Action.JOB_RUN)
        enqueue(db.session(), name, args)

    def keep_and_write(name, **args):
        db.session.commit()
        _write(name, **args)

    return keep_and_write


@pytest.fixture
def mail(run, write, outbox):
    """Send a mail of some notifications, and return it, or None when nothing was sent."""

    def _mail(*notes, name="mail.now", person=None):
        before = len(outbox)
        write(name, notifications=[note.id for note in notes], person=person or notes[0].person_id)
        run()
        return outbox[-1].message() if len(outbox) > before else None

    return _mail


@pytest.fixture
def kari(make):
    return make.person("Kari Nordmann")


@pytest.fixture
def ola(make):
    return make.person("Ola Hansen")


@pytest.fixture
def challenge(make, kari):
    return make.challenge(kari, title="Lang kø på legevakta")


@pytest.fixture
def asked(make, kari, ola, challenge):
    """A question to Kari, to be mailed at once."""
    return make.notification(
        kari, challenge, told="clarification_to_proposer", kind=Kind.ASKED, actor_id=ola.id,
        data={"quote": "Gjelder det også om natta?", "due": "2026-11-27"},
        asks=True, mail_pace=Pace.NOW, mail_at=MONDAY,
    )  # fmt: skip


@pytest.fixture
def jobs(db):
    """How each job of a name stands."""
    return lambda name: list(db.session.scalars(select(Job).where(Job.name == name).order_by(Job.id)))


def text_of(message):
    return message.get_payload(0).get_payload(decode=True).decode()


def html_of(message):
    return message.get_payload(1).get_payload(decode=True).decode()


def subject_of(message):
    return str(make_header(decode_header(message["Subject"])))
