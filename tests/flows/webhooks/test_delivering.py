"""What happens is told to those webhooks that listen: signed, tried again, and never to the wrong one."""

import hashlib
import hmac
import json
import time

import pytest
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.challenges import commands as challenges
from teamhub.jobs.models import Job
from teamhub.jobs.states import JobState
from teamhub.missions import commands as missions
from teamhub.missions.states import AXES, Light
from teamhub.tasks import commands as tasks
from teamhub.tasks import removing
from teamhub.tasks.commands import Written
from teamhub.webhooks import commands
from teamhub.webhooks.models import NO_ANSWER, NOT_ALLOWED, Webhook
from teamhub.webhooks.shapes import Shape
from teamhub.webhooks.signing import secret_of


@pytest.fixture
def report(make, mission, lead):
    """Something every employee may read, and webhooks are told."""

    def _report(on=None):
        lights = dict.fromkeys(AXES, Light.GREEN)
        missions.report(make.actor(lead), (on or mission).id, lights, "Det går bra.")

    return _report


def jobs(db):
    return db.session.scalars(select(Job).where(Job.name == "webhook.deliver")).all()


def signed(received, secret):
    """What the signature must be, made as docs/how-to/receive-a-webhook.md says."""
    message = received.headers["X-Teamhub-Timestamp"].encode() + b"." + received.body
    return "sha256=" + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def said(received):
    return json.loads(received.body)


def test_a_report_reaches_the_missions_webhook_signed(app, make, mission, chat, report, send):
    webhook = make.webhook(mission, url=chat.url)
    report()

    assert send() == [JobState.DONE]
    (got,) = chat.got
    message = said(got)
    at = message.pop("at")
    assert message == {
        "id": got.headers["X-Teamhub-Delivery"],
        "event": "StatusReported",
        "object": {
            "type": "mission",
            "id": mission.id,
            "url": f"{app.config['BASE_URL']}/missions/{mission.id}",
            "title": "Trygt hjem",
        },
        "actor": "Håkon Åsheim",
        "text": "Håkon Åsheim skrev en statusrapport",
    }
    assert at.endswith("+00:00")
    assert got.headers["Content-Type"] == "application/json"
    assert got.headers["User-Agent"] == "Teamhub"
    # As a receiver verifies it, by what its page says.
    assert got.headers["X-Teamhub-Signature"] == signed(got, secret_of(webhook))
    assert abs(time.time() - int(got.headers["X-Teamhub-Timestamp"])) < 60
    assert webhook.last_status == 200
    assert webhook.version == 1


def test_teams_gets_a_card_in_which_a_title_is_only_text(app, make, lead, chat, report, send):
    title = "[Trykk her](https://evil.example) **nå** {{DATE(2026-01-01)}}"
    mission = make.mission(lead, title=title)
    make.webhook(mission, url=chat.url, shape=Shape.TEAMS)
    report(mission)
    send()

    (attachment,) = said(chat.got[0])["attachments"]
    card = attachment["content"]
    assert said(chat.got[0])["type"] == "message"
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert [block["type"] for block in card["body"]] == ["RichTextBlock", "RichTextBlock"]
    assert [run["text"] for block in card["body"] for run in block["inlines"]] == [
        title,
        "Håkon Åsheim skrev en statusrapport",
    ]
    address = f"{app.config['BASE_URL']}/missions/{mission.id}"
    assert card["actions"] == [{"type": "Action.OpenUrl", "title": "Åpne i Teamhub", "url": address}]


def test_a_missions_webhook_hears_of_that_mission_only(make, lead, mission, chat, report, send):
    other = make.mission(lead, title="Et annet")
    make.webhook(mission, url=chat.url, with_tasks=True)
    report(other)
    tasks.add(make.actor(lead), other.id, Written("Hemmelig sak"))
    office = make.actor(make.person("Berit", Role.PORTFOLIO_OFFICE))
    missions.start(office, missions.Charter("Et nytt", "Mål", "Mandat", lead.id, lead.id))
    send()
    assert chat.got == []

    report()
    send()
    assert [said(got)["object"]["id"] for got in chat.got] == [mission.id]


def test_one_for_all_hears_of_missions_and_challenges_but_never_of_tasks(
    make, db, lead, mission, chat, report, send
):
    make.webhook(url=chat.url, with_tasks=True)
    proposer = make.person("Kari Nordmann")
    proposal = challenges.Proposal(
        title="Lang kø", situation="Folk venter.", affected="Alle", evidence="Sett"
    )
    challenges.propose(make.actor(proposer), proposal)
    report()
    tasks.add(make.actor(lead), mission.id, Written("Hemmelig sak"))
    send()

    assert [(said(got)["event"], said(got)["object"]["title"]) for got in chat.got] == [
        ("ChallengeSubmitted", "Lang kø"),
        ("StatusReported", "Trygt hjem"),
    ]


def test_tasks_go_only_where_they_are_asked_for_and_without_names(make, lead, mission, chat, send):
    make.webhook(mission, url=f"{chat.url}/with", with_tasks=True)
    make.webhook(mission, url=f"{chat.url}/without")
    tasks.add(make.actor(lead), mission.id, Written("Ringe apoteket"))
    send()

    (got,) = chat.got
    assert got.path == "/hook/with"
    assert said(got)["object"]["title"] == "Ringe apoteket"
    assert said(got)["actor"] is None
    assert said(got)["text"] == "En i teamet la inn oppgaven"
    assert "Håkon" not in got.body.decode()


def test_a_receiver_that_fails_is_tried_again_with_the_same_delivery(make, db, mission, chat, report, send):
    webhook = make.webhook(mission, url=chat.url)
    chat.answers = [500, 503, 200]
    report()

    assert send() == [JobState.WAITING]
    (job,) = jobs(db)
    assert (job.error, job.attempts, webhook.last_status) == ("NotTaken: HTTP 500", 1, 500)
    assert send() == [JobState.WAITING]
    assert send() == [JobState.DONE]

    assert len({got.headers["X-Teamhub-Delivery"] for got in chat.got}) == 1
    assert len(chat.got) == 3
    assert webhook.last_status == 200


def test_one_that_fails_for_ever_is_given_up_for_a_person_to_see(make, mission, chat, report, send):
    make.webhook(mission, url=chat.url)
    chat.answers = [404]
    report()

    assert [send()[0] for _ in range(5)] == [JobState.WAITING] * 4 + [JobState.DEAD]


def test_one_that_does_not_answer_waits_without_using_up_its_attempts(
    make, mission, chat, report, send, monkeypatch, app
):
    webhook = make.webhook(mission, url="http://127.0.0.1:9/hook")
    monkeypatch.setitem(app.config, "OUTBOUND_HOSTS", "127.0.0.1:9")
    report()

    assert [send()[0] for _ in range(7)] == [JobState.WAITING] * 7
    assert webhook.last_status == NO_ANSWER


def test_an_address_that_leads_inside_gets_nothing_and_is_not_tried_again(make, mission, chat, report, send):
    webhook = make.webhook(mission, url="https://127.0.0.1/hook")
    report()

    assert send() == [JobState.DONE]
    assert webhook.last_status == NOT_ALLOWED


def test_a_receiver_that_is_gone_for_good_is_paused(make, mission, chat, report, send):
    webhook = make.webhook(mission, url=chat.url)
    chat.answers = [410]
    report()

    assert send() == [JobState.DONE]
    assert (webhook.is_active, webhook.last_status) == (False, 410)
    report()
    send()
    assert len(chat.got) == 1


def test_a_redirect_is_not_followed(make, mission, chat, report, send):
    make.webhook(mission, url=chat.url)
    chat.answers, chat.headers = [307], {"Location": f"{chat.url}/elsewhere"}
    report()
    send()

    assert [got.path for got in chat.got] == ["/hook"]


# -- what is true when it is sent (R4) ---------------------------------------------------------------


def test_a_paused_webhook_gets_nothing(make, db, mission, chat, report, send):
    make.webhook(mission, url=chat.url, is_active=False)
    report()

    assert jobs(db) == []


STOPS = {
    "removed": lambda lead, webhook: commands.remove(lead, webhook.id),
    "paused": lambda lead, webhook: commands.set_active(lead, webhook.id, active=False),
}


@pytest.mark.parametrize("how", STOPS)
def test_what_waits_for_a_webhook_that_is_stopped_is_not_sent(
    make, db, mission, lead, chat, report, send, how
):
    webhook = make.webhook(mission, url=chat.url)
    report()
    assert len(jobs(db)) == 1
    STOPS[how](make.actor(lead), webhook)

    assert send() == [JobState.DONE]
    assert chat.got == []


def test_tasks_that_wait_are_not_sent_once_tasks_are_not_asked_for(make, db, mission, lead, chat, send):
    webhook = make.webhook(mission, url=chat.url, with_tasks=True)
    tasks.add(make.actor(lead), mission.id, Written("Ringe apoteket"))
    webhook.with_tasks = False
    db.session.commit()

    assert send() == [JobState.DONE]
    assert chat.got == []


def test_a_task_deleted_meanwhile_is_not_told_of(make, db, mission, lead, chat, send):
    make.webhook(mission, url=chat.url, with_tasks=True)
    task_id = tasks.add(make.actor(lead), mission.id, Written("Ringe apoteket"))
    removing.delete(make.actor(lead), task_id)

    assert send() == [JobState.DONE]
    assert chat.got == []


def test_what_is_sent_goes_to_the_address_and_with_the_secret_of_now(
    make, db, mission, lead, chat, report, send
):
    webhook = make.webhook(mission, url=f"{chat.url}/old")
    old = secret_of(webhook)
    report()
    written = commands.Written("Ny kanal", f"{chat.url}/new", Shape.JSON)
    commands.change(make.actor(lead), webhook.id, written, version=webhook.version)
    commands.reset_secret(make.actor(lead), webhook.id)
    send()

    (got,) = chat.got
    new = secret_of(db.session.get(Webhook, webhook.id))
    assert got.path == "/hook/new"
    assert old != new
    assert got.headers["X-Teamhub-Signature"] == signed(got, new)


# -- what it costs -----------------------------------------------------------------------------------


def test_who_listens_is_asked_for_once_and_only_about_what_goes_out(
    make, mission, lead, report, queries_counted
):
    def asked(act):
        with queries_counted() as statements:
            act()
        return [said for said in statements if "FROM webhook" in said]

    assert len(asked(report)) == 1
    actor, task = make.actor(lead), make.task(mission)
    assert asked(lambda: tasks.comment(actor, task.id, "Hei")) == []


def test_a_delivery_holds_ids_and_no_address(make, db, mission, report):
    webhook = make.webhook(mission, url="https://hooks.example.com/secret-token")
    report()

    (job,) = jobs(db)
    assert (job.args.keys(), job.args["webhook_id"]) == ({"webhook_id", "entry"}, webhook.id)
