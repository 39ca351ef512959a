"""What the rooms tell the security log by their events: feeds, webhooks, jobs, imports, the demo (R72)."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.access.actor import SYSTEM
from teamhub.access.policy import Action, authorize
from teamhub.audit.names import DETAILS, OUTCOMES, SECURITY_KINDS
from teamhub.audit.states import Outcome, SecurityKind
from teamhub.consequences.table import TABLE
from teamhub.core.db import db as _db
from teamhub.core.events import emit
from teamhub.core.transaction import command
from teamhub.demo.events import DemoLoaded
from teamhub.jobs.models import Job
from teamhub.jobs.states import JobState
from teamhub.webhooks.models import Webhook

HERE = {"REMOTE_ADDR": "10.20.30.40"}
SECRET_ADDRESS = "https://hooks.example.com/very-secret-part"
WEBHOOK = {"name": "Kanalen", "url": SECRET_ADDRESS, "shape": "teams"}

# What is told without an event: by the command, or the error page, itself.
TOLD_DIRECTLY = {
    SecurityKind.SIGNED_IN,
    SecurityKind.SIGN_IN_FAILED,
    SecurityKind.GUESSES_STOPPED,
    SecurityKind.SIGNED_OUT,
    SecurityKind.SESSION_ENDED,
    SecurityKind.ACCESS_DENIED,
    SecurityKind.LOG_BEGUN,
    SecurityKind.LOG_VERIFIED,
    SecurityKind.LOG_SHORTENED,
}


@pytest.fixture
def browser(admin, sign_in):
    inside = sign_in(admin)
    return lambda address, **form: inside.post(address, data=form, environ_overrides=HERE)


@pytest.fixture
def dead(make):
    """A job that has stopped."""
    job = Job(uid="1", name="mail.send", args={}, created=1.0, due=1.0, state=JobState.DEAD, attempts=5)
    make.session.add(job)
    make.session.commit()
    return job.id


@pytest.fixture
def webhook(browser):
    browser("/admin/webhooks/new", **WEBHOOK)
    return _db.session.scalars(select(Webhook)).one()


def the(logged, kind):
    """The only line of a kind, with what holds for every line that a person leaves through a page."""
    (line,) = [line for line in logged() if line.kind == kind]
    assert (line.outcome, line.address) == ("ok", "10.20.30.40")
    return line


def test_addresses_of_feeds(admin, browser, logged):
    browser("/settings/feeds/calendar")
    made = the(logged, "feed_made")
    browser("/settings/feeds/calendar/close")

    assert (made.actor_id, made.subject_id) == (admin.id, admin.id)
    assert made.data == the(logged, "feed_closed").data == {"path": "calendar"}


def test_a_feed_that_gets_a_new_address(browser, sign_in, admin, logged):
    browser("/settings/feeds/calendar")
    page = BeautifulSoup(sign_in(admin).get("/settings/feeds").text, "html5lib")
    mark = page.select_one("form[action='/settings/feeds/calendar'] [name=replaces]")["value"]

    browser("/settings/feeds/calendar", replaces=mark)

    assert the(logged, "feed_reset").data == {"path": "calendar"}


def test_webhooks_without_the_address_that_is_as_good_as_a_key(admin, browser, webhook, logged):
    id_, added = webhook.id, the(logged, "webhook_added")
    assert added.actor_id == admin.id
    assert added.data == {"mission_id": None, "name": "Kanalen", "object_id": id_}

    browser(f"/webhooks/{id_}/edit", **WEBHOOK | {"name": "Ny", "version": webhook.version})
    browser(f"/webhooks/{id_}/secret")
    browser(f"/webhooks/{id_}/remove")

    for kind in ("webhook_changed", "webhook_secret_reset", "webhook_removed"):
        assert the(logged, kind).data["object_id"] == id_
    assert "secret-part" not in str([line.data for line in logged()])


def test_jobs_that_were_taken_in_hand(admin, browser, dead, logged):
    browser(f"/admin/jobs/{dead}/retry")
    retried = the(logged, "job_retried")
    assert (retried.actor_id, retried.data) == (admin.id, {"name": "mail.send", "object_id": dead})

    _db.session.execute(Job.__table__.update().values(state=JobState.DEAD))
    _db.session.commit()
    browser(f"/admin/jobs/{dead}/discard")

    assert the(logged, "job_discarded").actor_id == admin.id


def test_the_demo(logged, db):
    @command
    def load():
        authorize(SYSTEM, Action.DEMO_LOAD)
        emit(db.session(), DemoLoaded(actor_id=None, object_id=1, size="small", seed=1))

    load()

    (line,) = logged()
    assert (line.kind, line.data) == ("demo_loaded", {"size": "small", "object_id": 1})


def test_every_kind_there_is_is_told_of_somewhere_and_by_one_mechanism():
    by_event = {follows.security for follows in TABLE.values() if follows.security}

    assert by_event | TOLD_DIRECTLY == set(SecurityKind)
    assert by_event & TOLD_DIRECTLY == set()


def test_everything_has_a_name_on_the_page():
    assert SECURITY_KINDS.keys() == set(SecurityKind)
    assert OUTCOMES.keys() == set(Outcome)
    assert len({str(word) for word in DETAILS.values()}) == len(DETAILS)
