"""A late answer rises: from who has it, to the whole office, to the board."""

from __future__ import annotations

from datetime import timedelta

import pytest

from teamhub.access.actor import Role
from teamhub.core import clock
from teamhub.notifications import reminding
from teamhub.notifications.models import Notification


@pytest.fixture
def people(make):
    return {
        "per": make.person("Per", Role.PORTFOLIO_OFFICE),
        "oda": make.person("Oda", Role.PORTFOLIO_OFFICE),
        "board": make.person("Styret", Role.BOARD_MEMBER),
        "kari": make.person("Kari"),
    }


def told_when_late_by(days, make, people, db, handler="per"):
    """Who is reminded when the date passed so many days ago, by name."""
    handler_id = people[handler].id if handler else None
    make.challenge(people["kari"], due_on=clock.today() - timedelta(days=days), handler_id=handler_id)
    reminding.remind()
    reached = {one.person_id for one in db.session.query(Notification)}
    return {name for name, person in people.items() if person.id in reached}


@pytest.mark.parametrize(
    ("days", "reached"), [(1, {"per"}), (4, {"per", "oda"}), (7, {"board", "kari"}), (0, {"per"})]
)
def test_it_rises_from_the_handler_to_the_office_to_the_board(make, people, db, days, reached):
    assert told_when_late_by(days, make, people, db) == reached


def test_what_nobody_has_taken_is_the_whole_offices(make, people, db):
    assert told_when_late_by(1, make, people, db, handler=None) == {"per", "oda"}


def test_a_handler_who_has_left_the_office_is_not_the_only_one_to_hear(make, people, db):
    assert told_when_late_by(1, make, people, db, handler="kari") == {"per", "oda"}
