"""Private notes are read by those who answer and assess, and nowhere else by anybody."""

from __future__ import annotations

import pytest

from teamhub.access.actor import Role
from teamhub.assessments.models import Assessment
from teamhub.challenges.office import PrivateNote
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.jobs.models import Job
from teamhub.notifications.models import Notification
from teamhub.people.models import Person

CANARY = "kanarifugl i notatet"


@pytest.fixture
def challenge(make):
    return make.challenge(make.person("Kari"), state=State.ASSESSING)


@pytest.fixture
def office(make):
    return make.person("Kontor", Role.PORTFOLIO_OFFICE)


def assessor_of(make, challenge, name="Vurderer", *, done=False):
    person = make.person(name)
    make.session.add(
        Assessment(
            challenge_id=challenge.id,
            assessor_id=person.id,
            criteria_set_id=1,
            due_on=clock.today(),
            submitted_at=clock.now() if done else None,
        )
    )
    make.session.commit()
    return person


def address(challenge):
    return f"/challenges/{challenge.id}/notes"


def test_the_office_and_the_board_read_and_write_them(make, sign_in, challenge, office):
    sign_in(office).post(address(challenge), data={"body": CANARY})

    assert CANARY in sign_in(office).get(address(challenge)).text
    assert CANARY in sign_in(make.person("Styret", Role.BOARD_MEMBER)).get(address(challenge)).text


def test_nobody_else_even_learns_that_there_are_any(make, sign_in, challenge, office, db):
    sign_in(office).post(address(challenge), data={"body": CANARY})
    note = db.session.query(PrivateNote).one()

    proposer = db.session.get(Person, challenge.proposer_id)
    for person in (proposer, make.person("Annen"), make.person("IT", Role.ADMIN)):
        client = sign_in(person)
        assert client.get(address(challenge)).status_code == 404
        assert client.post(address(challenge), data={"body": "Hei"}).status_code == 404
        assert client.post(f"{address(challenge)}/{note.id}/remove").status_code == 404
        for page in (f"/challenges/{challenge.id}", "/", "/inbox", "/challenges"):
            shown = client.get(page).text.lower()
            assert CANARY not in shown
            assert "privat notat" not in shown
        assert "Ingen treff" in client.get("/challenges?q=kanarifugl").text
    assert db.session.query(Notification).count() == db.session.query(Job).count() == 0


def test_an_assessor_reads_the_others_only_after_handing_in(make, sign_in, challenge, office):
    waiting, done = assessor_of(make, challenge), assessor_of(make, challenge, "Ferdig", done=True)
    sign_in(office).post(address(challenge), data={"body": CANARY})
    mine = sign_in(waiting)

    mine.post(address(challenge), data={"body": "Mitt eget"})

    page = mine.get(address(challenge)).text
    assert "Mitt eget" in page
    assert CANARY not in page
    assert CANARY in sign_in(done).get(address(challenge)).text


def test_a_note_sent_twice_is_one_note_and_only_its_writer_removes_it(make, sign_in, challenge, office, db):
    client = sign_in(office)
    for _ in range(3):
        assert client.post(address(challenge), data={"body": CANARY}).status_code == 303
    note = db.session.query(PrivateNote).one()

    sign_in(make.person("Styret", Role.BOARD_MEMBER)).post(f"{address(challenge)}/{note.id}/remove")
    assert db.session.query(PrivateNote).count() == 1
    client.post(f"{address(challenge)}/{note.id}/remove")

    assert db.session.query(PrivateNote).count() == 0


def test_an_empty_note_is_not_kept(sign_in, challenge, office, db):
    refused = sign_in(office).post(address(challenge), data={"body": "  "})

    assert (refused.status_code, db.session.query(PrivateNote).count()) == (422, 0)
