"""What has ended is opened again when there are new facts, by the proposer or the office."""

from __future__ import annotations

import pytest

from teamhub.access.actor import Role
from teamhub.challenges.models import Answer
from teamhub.challenges.states import State
from teamhub.notifications.models import Notification
from teamhub.people.models import Person


@pytest.fixture
def closed(make):
    return make.challenge(make.person("Kari"), state=State.CLOSED)


def reopen(client, challenge, reason="Nå gjelder det tre til."):
    return client.post(f"/challenges/{challenge.id}/reopen", data={"reason": reason})


def told(db, name):
    return {one.person_id for one in db.session.query(Notification).filter_by(told=name)}


def test_the_proposer_reopens_with_new_facts_and_the_office_is_told(make, sign_in, closed, db):
    office = make.person("Kontor", Role.PORTFOLIO_OFFICE)
    client = sign_in(db.session.get(Person, closed.proposer_id))

    assert "Åpne den igjen" in client.get(f"/challenges/{closed.id}").text
    assert reopen(client, closed).status_code == 303

    assert (closed.state, closed.due_on is not None) == (State.ASSESSING, True)
    assert db.session.query(Answer).one().decision == "reopened"
    assert told(db, "reopened_to_office") == {office.id}
    assert "Åpnet igjen med nye opplysninger" in client.get(f"/challenges/{closed.id}").text


def test_the_office_reopens_and_the_proposer_is_told(make, sign_in, closed, db):
    reopen(sign_in(make.person("Kontor", Role.PORTFOLIO_OFFICE)), closed)

    assert told(db, "reopened_to_proposer") == {closed.proposer_id}


def test_new_facts_must_be_told(make, sign_in, closed):
    refused = reopen(sign_in(make.person("Kontor", Role.PORTFOLIO_OFFICE)), closed, reason="  ")

    assert refused.status_code == 422
    assert "Skriv hva som er nytt siden sist." in refused.text
    assert closed.state == State.CLOSED


def test_a_colleague_may_not_and_nobody_reopens_what_has_not_ended(make, sign_in, closed):
    open_one = make.challenge(make.person("Ola"), state=State.CANDIDATE)

    assert reopen(sign_in(make.person("Annen")), closed).status_code == 403
    assert reopen(sign_in(make.person("Kontor", Role.PORTFOLIO_OFFICE)), open_one).status_code == 403


def test_sent_twice_it_is_reopened_once(make, sign_in, closed, db):
    client = sign_in(make.person("Kontor", Role.PORTFOLIO_OFFICE))

    assert [reopen(client, closed).status_code for _ in range(2)] == [303, 403]
    assert db.session.query(Answer).count() == 1
