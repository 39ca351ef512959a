"""Who is told of what happens: once each, as they have chosen, and nobody who does not want to."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from teamhub.challenges import commands as challenges
from teamhub.challenges.models import Support
from teamhub.consequences.kinds import Channel, Kind, Pace
from teamhub.core import clock
from teamhub.jobs.models import Job
from teamhub.notifications import handlers
from teamhub.notifications.models import Choice, Muted, Notification, QuietHours
from teamhub.tasks import commands as tasks

MOST_STATEMENTS = 16

WEDNESDAY = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: WEDNESDAY)


@pytest.fixture
def told(db):
    """Return what everybody has been told, by name: ``told()`` gives {«Kari»: [«comment_to_proposer»]}."""

    def all_told():
        db.session.rollback()
        found = {}
        for note in db.session.scalars(select(Notification).order_by(Notification.id)):
            found.setdefault(note.person_id, []).append(note.told)
        return found

    return all_told


@pytest.fixture
def kari(make):
    return make.person("Kari")


@pytest.fixture
def ola(make):
    return make.person("Ola")


@pytest.fixture
def challenge(make, kari):
    return make.challenge(kari)


def note(db, **at):
    db.session.rollback()
    return db.session.scalar(select(Notification).filter_by(**at))


def support(make, challenge, person):
    make._add(Support(challenge_id=challenge.id, person_id=person.id, unit_id=person.unit_id))


def choose(make, person, kind, channel, pace):
    make._add(Choice(person_id=person.id, kind=kind, channel=channel, pace=pace))


def test_each_is_told_once_in_the_words_that_come_first(make, told, kari, ola, challenge):
    """The proposer follows too, and somebody mentioned has supported it as well."""
    mentioned = make.person("Mia Mentioned")
    for person in (kari, ola, mentioned):
        support(make, challenge, person)

    challenges.comment(make.actor(ola), challenge.id, "Hva sier @Mia Mentioned?")

    assert told() == {kari.id: ["comment_to_proposer"], mentioned.id: ["mentioned_in_challenge"]}


def test_the_one_who_acts_is_told_only_of_a_receipt(make, told, kari):
    proposal = challenges.Proposal(
        title="Lang kø på legevakta", situation="Folk venter.", affected="Alle", evidence="Sett det selv"
    )

    challenges.propose(make.actor(kari), proposal)

    assert told() == {kari.id: ["receipt"]}


def test_who_has_no_open_account_is_not_told(make, told, kari, ola, challenge):
    kari.is_active = False
    make.session.commit()

    challenges.comment(make.actor(ola), challenge.id, "Hei.")

    assert told() == {}


def test_what_the_words_need_is_kept_and_nothing_more(make, db, kari, ola, challenge):
    challenges.comment(make.actor(ola), challenge.id, "Slik er det hos oss.")

    kept = note(db, person_id=kari.id)
    assert kept.data["quote"] == "Slik er det hos oss."
    assert (kept.object_type, kept.object_id, kept.actor_id) == ("challenge", challenge.id, ola.id)
    assert (kept.kind, kept.asks, kept.read_at) == (Kind.MINE, False, None)


@pytest.mark.parametrize(
    ("kind", "heard"), [(Kind.MENTION, True), (Kind.MINE, False), (Kind.FOLLOWED, False)]
)
def test_a_muted_object_says_no_more_but_to_whom_it_names(make, told, ola, challenge, kari, kind, heard):
    reader = {Kind.MINE: kari}.get(kind) or make.person("Mia Mentioned")
    if kind == Kind.FOLLOWED:
        support(make, challenge, reader)
    make._add(Muted(person_id=reader.id, object_type="challenge", object_id=challenge.id))

    words = "Hva sier @Mia Mentioned?" if kind == Kind.MENTION else "Hei."
    challenges.comment(make.actor(ola), challenge.id, words)

    assert (reader.id in told()) == heard


def test_a_muted_mission_silences_the_news_of_its_tasks_but_not_tasks_one_is_given(make, told, kari, ola):
    mission = make.mission(ola)
    make.seat(mission, kari)
    make._add(Muted(person_id=kari.id, object_type="mission", object_id=mission.id))
    followed = make.task(mission, "Fulgt", created_by_id=kari.id)

    tasks.comment(make.actor(ola), followed.id, "Nytt her.")
    assert told() == {}
    tasks.add(make.actor(ola), mission.id, tasks.Written("Gitt", assignee_id=kari.id))

    assert told() == {kari.id: ["task_given"]}


@pytest.mark.parametrize(
    ("pace", "shows"),
    [
        (Pace.NOW, WEDNESDAY),
        (Pace.DAILY, datetime(2026, 11, 26, 7, 0, tzinfo=UTC)),
        (Pace.WEEKLY, datetime(2026, 11, 30, 7, 0, tzinfo=UTC)),
        (Pace.NEVER, None),
    ],
)
def test_the_inbox_shows_it_at_the_pace_chosen(make, db, kari, ola, challenge, pace, shows):
    choose(make, kari, Kind.MINE, Channel.APP, pace)

    challenges.comment(make.actor(ola), challenge.id, "Hei.")

    assert note(db, person_id=kari.id).show_at == shows


def test_who_wants_it_by_no_way_gets_no_row(make, told, kari, ola, challenge):
    for channel in Channel:
        choose(make, kari, Kind.MINE, channel, Pace.NEVER)

    challenges.comment(make.actor(ola), challenge.id, "Hei.")

    assert told() == {}


@pytest.mark.parametrize(
    ("pace", "mailed", "jobs"),
    [
        (Pace.NOW, WEDNESDAY, 1),
        (Pace.DAILY, datetime(2026, 11, 26, 7, 0, tzinfo=UTC), 0),
        (Pace.NEVER, None, 0),
    ],
)
def test_mail_goes_at_the_pace_chosen_and_only_at_once_needs_a_job(
    make, db, kari, ola, challenge, pace, mailed, jobs
):
    choose(make, kari, Kind.MINE, Channel.MAIL, pace)

    challenges.comment(make.actor(ola), challenge.id, "Hei.")

    kept = note(db, person_id=kari.id)
    written = db.session.scalars(select(Job).where(Job.name == "mail.now")).all()
    assert (kept.mail_pace, kept.mail_at) == (pace, mailed)
    assert [job.args for job in written] == [{"notifications": [kept.id], "person": kari.id}] * jobs


def test_mail_at_once_waits_for_the_quiet_hours_to_end(make, db, kari, ola, challenge):
    choose(make, kari, Kind.MINE, Channel.MAIL, Pace.NOW)
    make._add(QuietHours(person_id=kari.id, starts=12, ends=15))

    challenges.comment(make.actor(ola), challenge.id, "Hei.")

    job = db.session.scalar(select(Job).where(Job.name == "mail.now"))
    assert note(db, person_id=kari.id).mail_at == datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
    assert job.due - job.created == pytest.approx(2 * 3600, abs=1)


def fail(*_args):
    raise RuntimeError


def test_a_command_that_fails_tells_nobody(make, told, ola, challenge, monkeypatch):
    monkeypatch.setattr(handlers, "enqueue_all", fail)
    with pytest.raises(RuntimeError):
        challenges.comment(make.actor(ola), challenge.id, "Hei.")

    assert told() == {}


@pytest.mark.parametrize("number", [1, 60])
def test_telling_many_costs_no_more_statements_than_telling_one(
    make, db, ola, challenge, queries_counted, number
):
    for n in range(number):
        follower = make.person(f"Følger {n}")
        support(make, challenge, follower)
        choose(make, follower, Kind.FOLLOWED, Channel.MAIL, Pace.NOW)
    actor = make.actor(ola)

    with queries_counted() as statements:
        challenges.comment(actor, challenge.id, "Hei.")

    db.session.rollback()
    written = [said for said in statements if not said.startswith("BEGIN")]
    assert len(written) <= MOST_STATEMENTS
    assert len(db.session.scalars(select(Notification)).all()) == number + 1
