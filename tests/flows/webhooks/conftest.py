"""What the tests of webhooks share: a real receiver on this machine, and the work that waits, done."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from teamhub.jobs.models import Job
from teamhub.jobs.runner import run_due
from tests.receivers import receiver


@pytest.fixture
def chat(app, monkeypatch):
    """A receiver that the installation allows."""
    with receiver() as there:
        monkeypatch.setitem(app.config, "OUTBOUND_HOSTS", there.host)
        yield there


@pytest.fixture
def send(db):
    """Do the deliveries that wait, those put off too, and return how each job stands."""

    def _send():
        db.session.execute(update(Job).values(due=0))
        db.session.commit()
        run_due(limit=len(deliveries(db)))
        db.session.expire_all()
        return [job.state for job in deliveries(db)]

    return _send


def deliveries(db):
    return db.session.scalars(select(Job).where(Job.name == "webhook.deliver").order_by(Job.id)).all()


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim")


@pytest.fixture
def mission(make, lead):
    return make.mission(lead, title="Trygt hjem")
