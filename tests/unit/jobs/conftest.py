"""What tests of jobs share: work of their own, and a way to write jobs and read how they stand."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from teamhub.access.actor import SYSTEM
from teamhub.access.policy import Action, authorize
from teamhub.core.db import db as _db
from teamhub.core.transaction import command
from teamhub.jobs import outbox
from teamhub.jobs.models import Job
from teamhub.jobs.work import WORK, Work


@command
def add(name="greet", count=1, then=None, **how):
    """Write ``count`` jobs in one command, then do ``then`` in it."""
    authorize(SYSTEM, Action.JOB_RUN)
    for number in range(count):
        outbox.enqueue(_db.session(), name, {"number": number}, **how)
    if then:
        then()


def jobs():
    _db.session.expire_all()
    return _db.session.scalars(select(Job).order_by(Job.id)).all()


def set_all(**values):
    """Change every job behind the code's back: time passes, or a worker is lost."""
    _db.session().info["writes_allowed"] = True
    _db.session.execute(update(Job).values(**values))
    _db.session.commit()


def make_due():
    set_all(due=1.0)


@pytest.fixture
def works(db, monkeypatch):
    """Say how jobs of a name are done, for one test: ``works("greet", run, outside=True)``."""

    def say(name, run, **how):
        monkeypatch.setitem(WORK, name, Work(run, **how))

    return say
