"""The digest: whom it is gathered for, what comes first, and that it is read in half a minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from teamhub.access.actor import SYSTEM
from teamhub.consequences.kinds import DIGEST_HOUR, Kind, Pace
from teamhub.jobs.models import Job
from teamhub.jobs.schedule import TIMETABLE
from teamhub.jobs.work import Ticket
from teamhub.mail import sending
from teamhub.notifications.models import Notification
from tests.flows.mail.conftest import MONDAY, html_of, subject_of, text_of

BEFORE = MONDAY - timedelta(minutes=30)
TASK_SOON = "task_soon_to_assignee"
WORDS_IN_HALF_A_MINUTE = 120
"""At 240 words a minute, which is a calm reader's pace."""


@pytest.fixture
def tell(make, kari, ola):
    """Something Kari is told, gathered for a digest that was due half an hour ago."""

    def note(thing, told="comment_to_proposer", *, to=kari, **kw):
        how = {"kind": Kind.MINE, "mail_pace": Pace.DAILY, "mail_at": BEFORE, "actor_id": ola.id}
        return make.notification(to, thing, told=told, **(how | kw))

    return note


@pytest.fixture
def gather(run, write):
    """Let eight o'clock strike, and return the mails that went."""

    def strike():
        write("digest", period="2026-11-23")
        return run()

    return strike


def test_it_begins_with_what_waits_by_date(make, kari, ola, tell, gather, challenge):
    later, sooner = (make.task(make.mission(kari), title, assignee=kari) for title in ("Senere", "Snart"))
    tell(challenge)
    tell(later, TASK_SOON, kind=Kind.DEADLINE, data={"due": "2026-11-25"})
    tell(sooner, TASK_SOON, kind=Kind.DEADLINE, data={"due": "2026-11-24"})
    tell(
        challenge,
        "clarification_to_proposer",
        kind=Kind.ASKED,
        asks=True,
        data={"quote": "Når?", "due": "2026-11-27"},
    )

    (mail,) = gather()
    message = mail.message()
    text = text_of(message)

    assert subject_of(message) == "3 ting venter på deg, Kari"
    order = ["Venter på deg", "Snart", "Senere", "fredag 27. november", "Nytt i det som angår deg"]
    order += ["Lang kø", "Åpne innboksen", "Endre hvor ofte", "Slå av denne e-posten"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "Du får denne på hverdager klokka 8" in text


@pytest.mark.parametrize(
    ("number", "subject"), [(0, "Nytt til deg, Kari"), (1, "Én ting venter på deg, Kari")]
)
def test_the_subject_says_how_much_waits(make, kari, tell, gather, challenge, number, subject):
    tell(challenge)
    for _each in range(number):
        tell(
            make.task(make.mission(kari), assignee=kari),
            TASK_SOON,
            kind=Kind.DEADLINE,
            data={"due": "2026-11-24"},
        )

    assert subject_of(gather()[0].message()) == subject


def test_news_are_grouped_and_what_there_is_no_room_for_is_counted(make, kari, tell, gather):
    for number in range(12):
        challenge = make.challenge(kari, title=f"Utfordring {number}")
        for _time in range(6):
            tell(challenge)

    text = text_of(gather()[0].message())

    assert [number for number in range(12) if f"Utfordring {number}:" in text] == [7, 8, 9, 10, 11]
    assert text.index("Utfordring 11") < text.index("Utfordring 7")  # the latest first
    assert text.count("Ola Hansen skrev") == 5  # the same words about one thing are said once
    assert "Og 7 til i innboksen" in text


def test_a_busy_persons_digest_is_read_in_half_a_minute(make, kari, tell, gather):
    mission = make.mission(kari)
    for number in range(30):
        tell(make.challenge(kari, title=f"Lang ventetid for pasienter på sted nummer {number}"))
        task = make.task(mission, f"Ringe sted nummer {number} om ventetid", assignee=kari)
        tell(task, TASK_SOON, kind=Kind.DEADLINE, data={"due": "2026-11-24"})

    message = gather()[0].message()
    page = BeautifulSoup(html_of(message), "html.parser")
    page.style.decompose()

    assert subject_of(message) == "30 ting venter på deg, Kari"
    assert len(page.body.get_text(" ").split()) <= 2 * WORDS_IN_HALF_A_MINUTE
    assert "Og 45 til i innboksen" in text_of(message)


def test_a_read_question_still_waits_but_read_news_is_no_news(make, kari, ola, tell, gather, challenge):
    tell(
        challenge,
        "clarification_to_proposer",
        kind=Kind.ASKED,
        asks=True,
        read_at=BEFORE,
        data={"quote": "Når?", "due": "2026-11-27"},
    )
    tell(challenge, read_at=BEFORE)

    text = text_of(gather()[0].message())

    assert "har et spørsmål" in text
    assert "Nytt i det" not in text


def test_nothing_left_to_say_is_no_mail(tell, challenge, gather, jobs):
    tell(challenge, read_at=BEFORE)

    assert gather() == []
    assert [job.state for job in jobs("mail.digest")] == ["done"]


def test_on_mondays_the_daily_and_the_weekly_are_one(make, kari, tell, gather, challenge):
    tell(challenge)
    other = make.challenge(kari, title="Noe jeg følger")
    tell(other, "edited_to_supporters", kind=Kind.FOLLOWED, mail_pace=Pace.WEEKLY)

    (mail,) = gather()

    text = text_of(mail.message())
    assert "Lang kø" in text
    assert "Noe jeg følger" in text
    assert "på hverdager" in text


def test_a_weekly_one_says_that_it_is(tell, gather, challenge):
    tell(challenge, mail_pace=Pace.WEEKLY)

    assert "Du får denne hver mandag klokka 8" in text_of(gather()[0].message())


@pytest.mark.parametrize(
    "more",
    [
        {"mail_at": MONDAY + timedelta(days=1)},
        {"mail_pace": Pace.NEVER, "mail_at": None},
        {"mailed_at": BEFORE},
    ],
)
def test_what_is_not_due_or_has_gone_is_left_alone(tell, challenge, gather, jobs, more):
    tell(challenge, **more)

    assert gather() == []
    assert jobs("mail.digest") == []


def test_each_thing_is_told_of_once(tell, challenge, gather):
    tell(challenge)
    gather()

    assert len(gather()) == 1


def test_every_attempt_tells_of_the_same(make, kari, tell, write, run, jobs, challenge, monkeypatch):
    """What comes between the first attempt and the next waits for the next digest."""
    tell(challenge)

    def fail(*_args):
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(sending.transport, "send", fail)
        write("digest", period="2026-11-23")
        run()
    tell(make.challenge(kari, title="Noe nytt"))
    (mail,) = run()

    assert "Noe nytt" not in text_of(mail.message())
    assert len(jobs("mail.digest")) == 1


def test_many_people_are_gathered_some_at_a_time(make, tell, write, run, jobs, monkeypatch):
    monkeypatch.setattr(sending, "PEOPLE_AT_A_TIME", 2)
    for _person in range(5):
        somebody = make.person()
        tell(make.challenge(somebody), to=somebody)

    write("digest", period="2026-11-23")
    mails = run()

    assert len({mail.to[0] for mail in mails}) == len(mails) == 5
    assert len(jobs("digest")) == 3
    assert not make.session.scalar(select(func.count()).where(Notification.mailed_at.is_(None)))


def test_gathering_for_many_costs_no_more_statements_than_for_one(make, tell, queries_counted, write, run):
    for _person in range(30):
        somebody = make.person()
        tell(make.challenge(somebody), to=somebody)
    ticket = Ticket(1, "0", "digest", {}, 1, "")

    with queries_counted() as statements:
        sending.gather(SYSTEM, ticket)

    make.session.rollback()
    assert len([said for said in statements if not said.startswith("BEGIN")]) <= 6
    assert make.session.scalar(select(func.count()).where(Job.name == "mail.digest")) == 30


def test_it_goes_at_eight_on_weekdays():
    entry = TIMETABLE["digest"]
    friday = datetime(2026, 11, 27, DIGEST_HOUR - 1, 30, tzinfo=UTC)

    assert (entry.job, next(entry.when(friday))) == ("digest", "2026-11-27")
    assert next(entry.when(friday + timedelta(days=2))) == "2026-11-27"
    assert next(entry.when(friday - timedelta(hours=1))) == "2026-11-26"


def test_a_reminder_takes_the_place_of_the_question(kari, tell, gather, challenge):
    due = {"quote": "Når?", "due": "2026-11-27"}
    tell(challenge, "clarification_to_proposer", kind=Kind.ASKED, asks=True, data=due)
    tell(challenge, "clarification_soon_to_proposer", kind=Kind.DEADLINE, data=due)

    message = gather()[0].message()

    assert subject_of(message) == "Én ting venter på deg, Kari"
    assert "Frist fredag 27. november: Vi venter på svar fra deg" in text_of(message)
    assert "har et spørsmål" not in text_of(message)


@pytest.mark.parametrize(
    ("locale", "subject", "words"),
    [
        ("nn", "2 ting ventar på deg, Kari", ["Ventar på deg", "fredag 27. november", "Opne innboksen"]),
        (
            "en",
            "2 things are waiting for you, Kari",
            ["Waits for you", "Friday 27 November", "Open the inbox"],
        ),
    ],
)
def test_it_is_in_the_readers_language(make, kari, tell, gather, challenge, locale, subject, words):
    kari.locale = locale
    tell(
        challenge,
        "clarification_to_proposer",
        kind=Kind.ASKED,
        asks=True,
        data={"quote": "?", "due": "2026-11-27"},
    )
    tell(
        make.task(make.mission(kari), assignee=kari),
        TASK_SOON,
        kind=Kind.DEADLINE,
        data={"due": "2026-11-24"},
    )
    tell(make.challenge(kari, title="Noe annet"))

    message = gather()[0].message()

    assert subject_of(message) == subject
    assert [word for word in words if word not in text_of(message)] == []
    for theirs in ("Venter", "Åpne", "Endre", "klokka"):
        assert locale == "nn" or theirs not in text_of(message)
