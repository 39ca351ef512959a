"""Mentioning colleagues: who is told is in the event, who is not is said to the writer."""

import pytest
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.audit.models import Entry
from teamhub.challenges.models import ChallengeComment
from teamhub.challenges.states import State

PART = {"HX-Request": "true"}


@pytest.fixture
def told(db):
    def of(kind):
        rows = db.session.scalars(select(Entry.data).where(Entry.kind == kind).order_by(Entry.id))
        return [data["mentioned"] for data in rows]

    return of


def written(browser, address, body):
    """Send a comment, and return the page one then stands on."""
    return browser.get(browser.post(address, data={"body": body}).location).text


@pytest.fixture
def kari(make):
    return make.person("Kari Nordmann")


@pytest.fixture
def twins(kari, make):
    return kari, make.person("Kari Nordmann")


def test_a_mention_in_a_challenge_is_for_that_person(make, sign_in, kari, told):
    writer = make.person()
    challenge = make.challenge(make.person())

    address = f"/challenges/{challenge.id}/comments"
    page = written(sign_in(writer), address, "Hva mener @kari nordmann?")

    assert told("ChallengeCommented") == [[kari.id]]
    assert "Innlegget er sendt." in page
    assert "Det finnes flere" not in page


def test_a_mention_in_an_answer_to_the_office_counts_too(make, sign_in, kari, told):
    proposer = make.person()
    challenge = make.challenge(proposer, state=State.CLARIFICATION)

    sign_in(proposer).post(f"/challenges/{challenge.id}/clarify", data={"body": "Spør @Kari Nordmann."})

    assert told("ChallengeCommented") == [[kari.id]]


def test_a_name_two_have_is_kept_and_nobody_told(make, sign_in, twins, told, db):
    challenge = make.challenge(make.person())

    address = f"/challenges/{challenge.id}/comments"
    page = written(sign_in(make.person()), address, "@Kari Nordmann?")

    assert told("ChallengeCommented") == [[]]
    assert db.session.scalars(select(ChallengeComment.body)).all() == ["@Kari Nordmann?"]
    assert "Det finnes flere som heter Kari Nordmann. Skriv e-postadressen." in page


def test_a_task_tells_only_those_who_may_see_it(make, sign_in, kari, told):
    lead, office = make.person("Liv Leder"), make.person("Odd Office", Role.PORTFOLIO_OFFICE)
    mission = make.mission(lead)
    member = make.person("Mia Med")
    make.seat(mission, member)
    task = make.task(mission)

    body = "@Kari Nordmann, @Mia Med og @Odd Office"
    page = written(sign_in(lead), f"/tasks/{task.id}/comments", body)

    assert told("TaskCommented") == [sorted([member.id, office.id])]
    assert "Kari Nordmann er ikke med i oppdraget og får ikke beskjed." in page


def test_what_was_not_told_is_said_beside_the_conversation_when_only_that_is_fetched(make, sign_in, twins):
    lead = make.person()
    task = make.task(make.mission(lead))

    part = sign_in(lead).post(
        f"/tasks/{task.id}/comments",
        data={"body": "@Kari Nordmann"},
        headers=PART | {"HX-Target": "thread"},
    )

    assert "Det finnes flere som heter Kari Nordmann." in part.text
    assert "Det finnes flere" not in sign_in(lead).get(f"/tasks/{task.id}").text


@pytest.mark.parametrize("room", ["challenge", "task"])
def test_the_conversation_shows_whom_it_mentions_and_how_to(make, sign_in, kari, room):
    lead = make.person()
    thing = make.challenge(make.person()) if room == "challenge" else make.task(make.mission(lead))
    browser = sign_in(lead)
    browser.post(f"/{room}s/{thing.id}/comments", data={"body": "Hei @Kari Nordmann!"})

    page = browser.get(f"/{room}s/{thing.id}").text

    assert 'Hei <strong class="mention">@Kari Nordmann</strong>!' in page
    assert "Skriv @ og navnet for å si fra til noen." in page
    assert "js/mentions.js" in page


def test_whom_one_may_mean_is_anybody_in_a_challenge(make, sign_in, kari):
    make.person("Ola Karlsen")

    hits = sign_in(make.person()).get(
        "/people/choices?field=mention&q=ka", headers=PART | {"HX-Target": "mention-hits"}
    )

    assert hits.text.count('role="option"') == 2
    assert 'data-writes="Kari Nordmann"' in hits.text


def test_whom_one_may_mean_is_the_team_in_a_task(make, sign_in, kari):
    lead = make.person("Karin Leder")
    task = make.task(make.mission(lead))
    headers = PART | {"HX-Target": "mention-hits"}

    hits = sign_in(lead).get(f"/tasks/{task.id}/mention?q=kar", headers=headers)

    assert hits.text.count('role="option"') == 1
    assert 'data-writes="Karin Leder"' in hits.text
    assert sign_in(make.person()).get(f"/tasks/{task.id}/mention?q=kar", headers=headers).status_code == 404


@pytest.mark.parametrize("query", ["q=ka", "q=", ""])
def test_without_htmx_the_hits_are_a_page(make, sign_in, kari, query):
    page = sign_in(make.person()).get(f"/people/choices?field=mention&{query}")

    assert page.status_code == 200
    assert "<h1>" in page.text
