"""What a proxy or a watchman hears: /healthz and /readyz."""

import pytest
from sqlalchemy.exc import OperationalError

from teamhub import health
from teamhub.access.actor import SYSTEM
from teamhub.access.policy import Action, authorize
from teamhub.core.transaction import command
from teamhub.jobs import commands
from teamhub.jobs.outbox import enqueue


@pytest.fixture
def ask(app, db):
    return lambda path: app.test_client().get(path)


@pytest.fixture
def enqueued(db):
    @command
    def write(name):
        authorize(SYSTEM, Action.JOB_RUN)
        enqueue(db.session(), name, {})

    return write


def test_the_process_is_alive_without_asking_the_database(ask, queries_counted):
    with queries_counted() as queries:
        answer = ask("/healthz")

    assert (answer.status_code, answer.json, queries) == (200, {"status": "alive"}, [])


def test_all_is_ready_when_nothing_is_wrong(ask):
    answer = ask("/readyz")

    assert answer.status_code == 200
    assert answer.json == {
        "status": "ready",
        "parts": {"database": "ok", "schema": "ok", "jobs": "ok", "mail": "ok"},
    }


def test_mail_that_waits_for_its_server_is_degraded_not_down(ask, enqueued):
    enqueued("mail.now")
    commands.postpone(SYSTEM, commands.claim(SYSTEM), 60, "the server does not answer")

    answer = ask("/readyz")

    assert (answer.status_code, answer.json["status"], answer.json["parts"]["mail"]) == (
        200,
        "degraded",
        "degraded",
    )


def test_a_job_nobody_tries_any_more_is_degraded(ask, enqueued):
    enqueued("webhook.deliver")
    commands.give_up(SYSTEM, commands.claim(SYSTEM), "no such thing")

    assert ask("/readyz").json["parts"]["jobs"] == "degraded"


def test_without_its_database_it_is_not_ready(ask, monkeypatch):
    def gone(_app):
        raise OperationalError(None, None, Exception())

    monkeypatch.setattr(health.self_check, "schema", gone)

    answer = ask("/readyz")

    assert (answer.status_code, answer.json) == (503, {"status": "down", "parts": {"database": "down"}})
