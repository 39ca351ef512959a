"""What the reminder tests share: a day, the people, and what is owed on it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.challenges import merging
from teamhub.challenges.office import Merge
from teamhub.challenges.states import State
from teamhub.consequences.reminders import REMINDERS
from teamhub.consequences.table import TABLE
from teamhub.core import clock
from teamhub.core.events import emit
from teamhub.missions.models import Invitation
from teamhub.notifications import reminding
from teamhub.notifications.reminding import remind

TUESDAY = date(2026, 11, 24)
DAYS = {reminder.name: reminder.after_days for reminder in REMINDERS}


@pytest.fixture
def day(monkeypatch):
    """Let it be a day, at an hour by the clock in Norway: ``day(date)``, ``day(date, 0, 30)``."""

    def it_is(day, hour=7, minute=0):
        moment = datetime.combine(day, time(hour, minute), clock.OSLO).astimezone(UTC)
        monkeypatch.setattr(clock, "now", lambda: moment)

    it_is(TUESDAY)
    return it_is


@pytest.fixture
def given(monkeypatch, db, day):
    """Run the job and return what it gave: the name of each reminder with the names of who is told."""
    heard = []

    def listen(session, event):
        heard.append(event)
        emit(session, event)

    def told(event):
        return {id_ for told in TABLE[type(event)].tells for id_ in told.to(db.session, event)}

    def run():
        heard.clear()
        count = remind()
        assert count == len(heard)
        return [(event.reminder, told(event)) for event in heard]

    monkeypatch.setattr(reminding, "emit", listen)
    return run


@pytest.fixture
def people(make):
    """Somebody in each part: a unit with its leader under the municipality's office and board."""
    unit = make.unit("Hjemmetjenesten")
    return {
        "proposer": make.person("Pia", unit=unit),
        "manager": make.person("Mona", Role.UNIT_MANAGER, unit=unit),
        "office": make.person("Odd", Role.PORTFOLIO_OFFICE),
        "board": make.person("Berit", Role.BOARD_MEMBER),
        "lead": make.person("Liv"),
        "owner": make.person("Einar"),
    }


@pytest.fixture
def owed(make, people, db):
    """Make what a reminder is about, so that its day is today, and return it."""

    def challenge(state):
        return lambda due: make.challenge(
            people["proposer"], state=state, due_on=due, line_unit_id=people["manager"].unit_id
        )

    def mission():
        return make.mission(people["lead"], owner=people["owner"])

    def invitation(due):
        seat = make.seat(mission(), people["proposer"], state="requested")
        asked = Invitation(
            seat_id=seat.id,
            mission_id=seat.mission_id,
            person_id=people["proposer"].id,
            manager_id=people["manager"].id,
            unit_id=people["proposer"].unit_id,
            answer_by=due,
        )
        db.session.add(asked)
        db.session.commit()
        return asked

    def merge(due):
        twin, survivor = challenge(State.SUBMITTED)(None), make.challenge(None, submitted_by="Etaten")
        merging.ask(make.actor(people["office"]), twin.id, survivor.id)
        asked = db.session.scalars(select(Merge)).one()
        asked.due_on = due
        db.session.commit()
        return asked

    def report(due):
        made = mission()
        make.report(made, people["lead"], at=datetime.combine(due, time(9), UTC) - timedelta(days=30))
        return made

    kinds = {
        "answer": challenge(State.SUBMITTED),
        "clarification": challenge(State.CLARIFICATION),
        "line": challenge(State.LINE),
        "hold": challenge(State.HOLD),
        "merge": merge,
        "invitation": invitation,
        "task": lambda due: make.task(mission(), assignee=people["lead"], due_on=due),
        "report": report,
        "seat": lambda due: make.seat(mission(), people["proposer"], starts_on=due, ends_on=due),
        "assess": lambda due: make.assessment(
            make.challenge(people["proposer"], state=State.ASSESSING), people["lead"], due_on=due
        ),
        "call": lambda due: make.call(begins=-60, ends=(due - TUESDAY).days),
        "call_opens": lambda _due: make.call(told_at=None),
    }
    return lambda name: kinds[name if name in kinds else name.partition("_")[0]](
        TUESDAY - timedelta(days=DAYS[name])
    )
