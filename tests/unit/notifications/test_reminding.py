"""The daily job: who is reminded of what, on its day and only once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.audit.models import Entry
from teamhub.challenges.states import State
from teamhub.consequences.reminders import REMINDERS
from teamhub.consequences.table import TABLE
from teamhub.core import clock
from teamhub.core.events import emit
from teamhub.missions.models import Invitation, Mission
from teamhub.missions.states import Status
from teamhub.notifications import reminding
from teamhub.notifications.models import Reminded
from teamhub.notifications.reminding import remind

TUESDAY = date(2026, 11, 24)
EVERYBODY = ["proposer", "manager", "office", "board", "lead", "owner"]
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

    def report(due):
        made = mission()
        make.report(made, people["lead"], at=datetime.combine(due, time(9), UTC) - timedelta(days=30))
        return made

    kinds = {
        "answer": challenge(State.SUBMITTED),
        "clarification": challenge(State.CLARIFICATION),
        "line": challenge(State.LINE),
        "hold": challenge(State.HOLD),
        "invitation": invitation,
        "task": lambda due: make.task(mission(), assignee=people["lead"], due_on=due),
        "report": report,
        "assess": lambda due: make.assessment(
            make.challenge(people["proposer"], state=State.ASSESSING), people["lead"], due_on=due
        ),
        "call": lambda due: make.call(begins=-60, ends=(due - TUESDAY).days),
        "call_opens": lambda _due: make.call(told_at=None),
    }
    return lambda name: kinds[name if name in kinds else name.partition("_")[0]](
        TUESDAY - timedelta(days=DAYS[name])
    )


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("answer_soon", ["office"]),
        ("answer_late", ["office"]),
        ("answer_waiting", ["office"]),
        ("answer_overdue", ["board", "proposer"]),
        ("clarification_soon", ["proposer"]),
        ("clarification_late", ["proposer", "office"]),
        ("line_report_soon", ["manager"]),
        ("line_report_late", ["manager"]),
        ("line_report_overdue", ["office"]),
        ("hold_review", ["board"]),
        ("invitation_soon", ["proposer", "manager"]),
        ("invitation_late", ["lead"]),
        ("task_soon", ["lead"]),
        ("task_late", ["lead"]),
        ("assess_soon", ["lead"]),
        ("assess_late", ["lead", "office"]),
        ("call_opens", EVERYBODY),
        ("call_ends_soon", EVERYBODY),
        ("call_report_due", ["office"]),
        ("call_report_late", ["office"]),
        ("report_due", ["lead"]),
        ("report_late", ["owner"]),
    ],
)
def test_whom_it_concerns_is_reminded_on_the_day_and_only_once(name, who, owed, people, given, day):
    owed(name)

    day(TUESDAY - timedelta(days=1))
    before = [reminder for reminder, _told in given()]
    day(TUESDAY)
    on_the_day, again = given(), given()

    assert name not in before
    assert on_the_day == [(name, {people[each].id for each in who})]
    assert again == []


def test_every_reminder_is_tried():
    tried = test_whom_it_concerns_is_reminded_on_the_day_and_only_once.pytestmark[0].args[1]

    assert {name for name, _who in tried} == set(DAYS)


def test_who_has_answered_is_not_reminded_and_who_has_not_is(owed, people, given, db):
    asked = owed("invitation_soon")
    asked.person_says = True
    db.session.commit()

    assert given() == [("invitation_soon", {people["manager"].id})]


def test_what_is_answered_needs_no_reminder(owed, given, db):
    owed("answer_soon").state = State.CANDIDATE
    owed("task_late").done_at = clock.now()
    owed("invitation_late").closed_at = clock.now()
    db.session.commit()

    assert given() == []


def test_what_is_answered_while_the_job_runs_needs_no_reminder(owed, given, db, monkeypatch):
    challenge = owed("answer_soon")
    real = reminding._give

    def answered_first(*args):
        challenge.state = State.CANDIDATE
        db.session.commit()
        return real(*args)

    monkeypatch.setattr(reminding, "_give", answered_first)

    assert given() == []


def test_a_draft_has_no_clock(make, people, given):
    for state in (State.DRAFT, State.CLOSED, State.WITHDRAWN, State.RESOLVED):
        make.challenge(people["proposer"], state=state, due_on=TUESDAY)

    assert given() == []


@pytest.mark.parametrize("name", ["task_soon", "invitation_soon", "report_due"])
def test_a_mission_that_is_over_asks_for_nothing(name, owed, given, db):
    owed(name)
    db.session.scalars(select(Mission)).one().status = Status.STOPPED
    db.session.commit()

    assert given() == []


def test_a_date_that_is_moved_starts_anew(owed, given, day, db):
    task = owed("task_soon")
    first = given()
    task.due_on += timedelta(days=7)
    db.session.commit()
    moved = given()
    day(TUESDAY + timedelta(days=7))

    assert ([name for name, _ in first], moved) == (["task_soon"], [])
    assert [name for name, _ in given()] == ["task_soon"]


def test_days_the_job_did_not_run_are_made_up_for(owed, given, day):
    owed("task_soon")
    owed("hold_review")

    day(TUESDAY + timedelta(days=4))

    assert sorted(name for name, _ in given()) == ["hold_review", "task_late"]
    assert given() == []


def test_old_data_floods_nobody_on_the_first_run(make, people, given):
    mission = make.mission(people["lead"])
    for days in range(20, 60):
        long_ago = TUESDAY - timedelta(days=days)
        make.challenge(people["proposer"], due_on=long_ago)
        make.task(mission, due_on=long_ago, assignee=people["lead"])

    assert given() == []


def test_a_clock_set_wrong_and_back_reminds_once(owed, given, day):
    owed("answer_soon")
    day(TUESDAY + timedelta(days=12))
    ahead = [name for name, _ in given()]
    day(TUESDAY)
    back = given()

    assert (ahead, back) == (["answer_overdue"], [])


@pytest.mark.parametrize("night", [date(2026, 3, 29), date(2026, 10, 25)], ids=["spring", "autumn"])
def test_a_night_the_clock_is_changed_has_one_reminder(night, make, people, given, day):
    make.task(make.mission(people["lead"]), assignee=people["lead"], due_on=night - timedelta(days=1))
    counts = []

    for on, hour, minute in ((night, 0, 30), (night, 3, 30), (night, 7, 0), (night, 23, 30)):
        day(on, hour, minute)
        counts.append([name for name, _ in given()])

    assert counts == [["task_late"], [], [], []]


def test_a_reminder_leaves_a_line_and_a_mark_together(owed, given, db):
    challenge = owed("answer_late")

    given()

    line = db.session.scalars(select(Entry).where(Entry.kind == "ChallengeReminded")).one()
    mark = db.session.scalars(select(Reminded)).one()
    assert (line.object_id, line.actor_id, line.data["reminder"]) == (challenge.id, None, "answer_late")
    assert (mark.reminder, mark.object_id, mark.due_on) == ("answer_late", challenge.id, challenge.due_on)


def test_a_job_stopped_in_the_middle_goes_on_where_it_was(make, people, given, db, monkeypatch):
    monkeypatch.setattr(reminding, "BATCH", 2)
    mission = make.mission(people["lead"])
    for _ in range(5):
        make.task(mission, assignee=people["lead"], due_on=TUESDAY + timedelta(days=1))
    real, batches = reminding._give, []

    def stopped_at_the_second(*args):
        batches.append(args)
        if len(batches) == 2:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(reminding, "_give", stopped_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        given()

    assert len(given()) == 3
    assert len(db.session.scalars(select(Reminded)).all()) == 5
