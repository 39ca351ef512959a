"""Lead, invited and manager act at the same moment, on connections of their own: one promise, never two."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

import config
from teamhub import create_app
from teamhub.core import transaction
from teamhub.core.db import db
from teamhub.core.errors import DomainError
from teamhub.missions import room, staffing
from teamhub.missions.models import Invitation, Seat
from teamhub.missions.states import SeatState
from teamhub.notifications.models import Notification
from teamhub.people.sign_in import load_actor
from tests.databases import DATABASES
from tests.factories import Make

SEATS = 12


@pytest.fixture
def team(tmp_path):
    """A mission with free seats on a database of its own; ``at_once`` does several things together."""

    class Settings(config.Test):
        DATABASE_URL = DATABASES.new()
        INSTANCE_PATH = str(tmp_path)

    app = create_app(Settings)
    with app.app_context():
        db.session().info["writes_allowed"] = True
        make = Make(db.session)
        lead, boss = make.person(), make.person()
        people = [make.person(manager=boss) for _ in range(SEATS)]
        mission = make.mission(lead)
        seats = [make.seat(mission, share=60).id for _ in range(SEATS)]
        another = make.person()
        others = [make.seat(make.mission(another), share=60).id for _ in range(SEATS)]

        def at_once(*deeds):
            start = Barrier(len(deeds))

            def one(deed):
                with app.app_context():
                    start.wait()
                    try:
                        return deed()
                    except DomainError as refused:
                        return refused
                    finally:
                        db.session.remove()

            with ThreadPoolExecutor(len(deeds)) as pool:
                return list(pool.map(one, deeds))

        at_once.lead, at_once.boss = load_actor(lead.id), load_actor(boss.id)
        at_once.people, at_once.seats, at_once.others = [load_actor(p.id) for p in people], seats, others
        at_once.lead_of_another = load_actor(another.id)
        db.session.remove()
        yield at_once
        db.session.remove()
        db.engine.dispose()


def test_a_person_offered_two_seats_at_once_gets_one(team):
    for person, first, second in zip(team.people[:6], team.seats[::2], team.seats[1::2], strict=True):
        team(
            lambda seat=first, id_=person.id: staffing.invite(team.lead, seat, id_),
            lambda seat=second, id_=person.id: staffing.invite(team.lead, seat, id_),
        )

    asked = list(db.session.scalars(select(Seat.person_id).where(Seat.person_id.is_not(None))))
    assert sorted(asked) == [p.id for p in team.people[:6]]


def test_a_yes_and_a_withdrawal_at_once_end_alike_and_nobody_waits_for_the_other(team):
    for person, seat in zip(team.people, team.seats, strict=True):
        id_ = staffing.invite(team.lead, seat, person.id)
        db.session.remove()
        team(
            lambda who=person, i=id_: staffing.answer_invitation(who, i, accept=False, reason="Nei"),
            lambda i=id_: staffing.answer_release(team.boss, i, accept=True),
            lambda s=seat: staffing.withdraw(team.lead, s),
        )

    assert set(db.session.scalars(select(Seat.state))) == {SeatState.OPEN}
    assert set(db.session.scalars(select(Invitation.closed_at.is_(None)))) == {False}


def test_both_saying_yes_at_once_fill_the_seat(team):
    for person, seat in zip(team.people, team.seats, strict=True):
        id_ = staffing.invite(team.lead, seat, person.id)
        db.session.remove()
        team(
            lambda who=person, i=id_: staffing.answer_invitation(who, i, accept=True),
            lambda i=id_: staffing.answer_release(team.boss, i, accept=True),
        )

    states = select(Seat.state).where(Seat.id.in_(team.seats))
    assert set(db.session.scalars(states)) == {SeatState.RELEASED}


def test_two_leads_after_the_same_last_free_person_exactly_one_gets_the_contract(team):
    """Each is asked for 60 percent by two missions, whose last answers come at the same moment."""
    other = team.lead_of_another
    for person, first, second in zip(team.people, team.seats, team.others, strict=True):
        asked = staffing.invite(team.lead, first, person.id), staffing.invite(other, second, person.id)
        for id_ in asked:
            staffing.answer_invitation(person, id_, accept=True)
        db.session.remove()

        team(*(lambda i=id_: staffing.answer_release(team.boss, i, accept=True) for id_ in asked))

        states = list(db.session.scalars(select(Seat.state).where(Seat.id.in_((first, second)))))
        assert sorted(states) == [SeatState.OPEN, SeatState.RELEASED]
        db.session.remove()

    told = db.session.scalars(select(Notification.told).where(Notification.told == "overtaken_to_lead"))
    assert len(list(told)) == SEATS


def test_without_the_lock_both_would_get_it(team, monkeypatch):
    """The control run: the same race with the person's lock off, and each slow enough to be overtaken."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time, whatever is locked")
    monkeypatch.setattr(room, "_one_at_a_time", lambda _person_id: None)
    monkeypatch.setattr(transaction, "_wait_for_oneself", lambda _session, _args: None)
    together = Barrier(2)
    highest = room._highest

    def slow(*args):
        found = highest(*args)
        together.wait(5)
        return found

    monkeypatch.setattr(room, "_highest", slow)
    person, first, second = team.people[0], team.seats[0], team.others[0]
    asked = (
        staffing.invite(team.lead, first, person.id),
        staffing.invite(team.lead_of_another, second, person.id),
    )
    for id_ in asked:
        staffing.answer_invitation(person, id_, accept=True)
    db.session.remove()

    team(*(lambda i=id_: staffing.answer_release(team.boss, i, accept=True) for id_ in asked))

    states = set(db.session.scalars(select(Seat.state).where(Seat.id.in_((first, second)))))
    assert states == {SeatState.RELEASED}
