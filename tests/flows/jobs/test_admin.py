"""What an admin sees of the queue, and can do with jobs that have stopped."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.audit.models import Entry
from teamhub.jobs.models import Job
from teamhub.jobs.outbox import db_now
from teamhub.jobs.states import LOST, JobState


@pytest.fixture
def job(make):
    def write(**values):
        now = make.session.scalar(select(db_now()))
        number = len(make.session.scalars(select(Job.id)).all())
        row = Job(
            **({"uid": str(number), "name": "mail.send", "args": {}, "created": now, "due": now} | values)
        )
        make.session.add(row)
        make.session.commit()
        return row

    return write


@pytest.fixture
def dead(job):
    def write(**values):
        how = {"state": JobState.DEAD, "attempts": 5, "error": "OSError: refused", "finished": 1.7e9}
        return job(**(how | values))

    return write


@pytest.fixture
def admin(make, sign_in):
    return sign_in(make.person("Ada Admin", Role.ADMIN))


def post(admin, address):
    """Send a form and return the page one is sent on to."""
    assert admin.post(address).location == "/admin/jobs"
    return admin.get("/admin/jobs").text


def stand(db):
    return [(job.name, job.state, job.attempts) for job in db.session.scalars(select(Job).order_by(Job.id))]


def test_nothing_has_stopped(admin):
    page = admin.get("/admin/jobs").text

    assert "Ingen jobber står i kø." in page
    assert "Ingenting har stoppet" in page
    assert "Prøv alle igjen" not in page


def test_the_queue_in_words(admin, job, db):
    now = db.session.scalar(select(db_now()))
    job(due=now - 130)
    job(due=now + 500)
    job(state=JobState.RUNNING, leased_until=now + 30)
    job(state=JobState.DONE, finished=now - 10)
    job(state=JobState.DONE, finished=now - 4000)
    page = admin.get("/admin/jobs").text

    assert "Én jobb står i kø." in page
    assert "Den eldste har ventet 2 minutter." in page


def test_what_stopped_says_what_it_was_how_often_when_and_why(admin, dead):
    dead()
    dead(name="webhook.send", error=LOST, attempts=1)
    page = admin.get("/admin/jobs").text

    assert "2 har stoppet og trenger hjelp." in page
    assert "OSError: refused" in page
    assert "Arbeideren forsvant midt i jobben, hver gang." in page
    assert "Stoppet 14. november 2023 23:13" in page
    assert "etter 5 forsøk" in page
    assert "etter ett forsøk" in page


def test_one_can_be_tried_again(admin, dead, db):
    one, _other = dead(), dead()
    page = post(admin, f"/admin/jobs/{one.id}/retry")

    assert "Jobben prøves igjen nå." in page
    assert stand(db) == [("mail.send", "waiting", 0), ("mail.send", "dead", 5)]
    assert db.session.scalar(select(Entry.kind)) == "JobRetried"


def test_all_can_be_tried_again(admin, dead, db):
    dead()
    dead()
    page = post(admin, "/admin/jobs/retry")

    assert "2 jobber prøves igjen nå." in page
    assert {state for _name, state, _attempts in stand(db)} == {"waiting"}


def test_one_can_be_discarded_and_it_is_written_down(admin, dead, db):
    one = dead()
    page = post(admin, f"/admin/jobs/{one.id}/discard")

    assert "Jobben er forkastet." in page
    assert stand(db) == []
    entry = db.session.scalar(select(Entry))
    assert (entry.kind, entry.data) == ("JobDiscarded", {"name": "mail.send"})


@pytest.mark.parametrize("verb", ["retry", "discard"])
def test_a_job_that_goes_on_meanwhile_is_left_alone(admin, job, db, verb):
    one = job()

    assert admin.post(f"/admin/jobs/{one.id}/{verb}").status_code == 422
    assert stand(db) == [("mail.send", "waiting", 0)]


def test_only_admins_see_the_way_there(admin, make, sign_in):
    other = sign_in(make.person("Kari"))

    assert 'href="/admin/jobs"' in admin.get("/admin").text
    assert 'href="/admin"' in admin.get("/help").text
    assert 'href="/admin"' not in other.get("/help").text
    assert other.get("/admin").status_code == 403
    assert other.get("/admin/jobs").status_code == 403


def test_the_page_costs_the_same_with_many(admin, dead, queries_counted):
    for _number in range(60):
        dead()
    with queries_counted() as seen:
        page = admin.get("/admin/jobs").text

    assert len(seen) <= 8
    assert page.count("OSError: refused") == 50
    assert "De 50 siste vises." in page


def test_the_command_line_gives_the_same_figures(app, dead, job):
    dead()
    job(due=1.0)
    run = app.test_cli_runner()

    told = json.loads(run.invoke(args=["jobs", "status", "--json"]).output)
    assert (told["waiting"], told["due"], told["dead"], told["running"]) == (1, 1, 1, 0)
    assert "Har stoppet: 1" in run.invoke(args=["jobs", "status"]).output
