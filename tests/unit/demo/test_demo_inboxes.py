"""The personas of the demo find an inbox that has been lived in."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from teamhub.demo.load import load
from teamhub.jobs.models import Job
from teamhub.notifications import inbox, queries
from teamhub.notifications.models import Notification
from teamhub.notifications.states import Tab
from teamhub.people.models import Person
from teamhub.people.personas import PERSONAS
from teamhub.people.sign_in import load_actor


@pytest.fixture
def small(db):
    load("small", 1)


@pytest.fixture
def reader(db, small):
    """Return the actor of a persona."""

    def named(name):
        found = load_actor(db.session.scalar(select(Person.id).where(Person.email == f"{name}@demo.example")))
        db.session.rollback()
        return found

    return named


PERSONAS_WITH_NEWS = "employee proposer lead unitmanager office board union safety".split()


@pytest.mark.parametrize("name", PERSONAS_WITH_NEWS)
def test_there_is_something_to_read(reader, name):
    groups = inbox.page(reader(name)).groups

    assert groups
    assert all(item.words.says for group in groups for item in group.items)


@pytest.mark.parametrize("name", ["employee", "unitmanager", "proposer"])
def test_what_waits_can_be_answered_in_place(reader, name):
    groups = inbox.page(reader(name), Tab.ASKED).groups

    assert groups
    assert all(item.does for group in groups for item in group.first)


def test_some_is_new_and_some_is_read(reader):
    actor = reader("proposer")

    total = sum(group.total for group in inbox.page(actor).groups)
    assert 0 < queries.unread_count(actor) < total


def test_a_team_asks_the_nurse_whether_she_stands_by_its_agreement(reader):
    asked = [item.does for group in inbox.page(reader("employee"), Tab.ASKED).groups for item in group.items]

    assert "open_agreement" in asked


def test_nobody_else_is_told_anything_and_no_mail_goes(db, small):
    told = db.session.scalars(select(Person.email).join(Notification, Notification.person_id == Person.id))

    assert set(told) <= set(PERSONAS)
    assert set(db.session.scalars(select(Job.name))) <= {"challenges.compare"}
    assert db.session.scalar(select(func.count()).where(Notification.mail_at.is_not(None))) == 0
