"""The daily job: who is reminded of what, on its day and only once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from teamhub.audit.models import Entry
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.missions.models import Mission
from teamhub.missions.states import Status
from teamhub.notifications import reminding
from teamhub.notifications.models import Reminded
from tests.unit.notifications.conftest import DAYS, TUESDAY

EVERYBODY = ["proposer", "manager", "office", "board", "lead", "owner"]


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("answer_soon", ["office"]),
        ("answer_late", ["office"]),
        ("answer_waiting", ["office"]),
        ("answer_overdue", ["board", "proposer"]),
        ("clarification_soon", ["proposer"]),
        ("clarification_late", ["proposer", "office"]),
        ("merge_soon", ["proposer"]),
        ("merge_late", ["office"]),
        ("line_report_soon", ["manager"]),
        ("line_report_late", ["manager"]),
        ("line_report_overdue", ["office"]),
        ("hold_review", ["board"]),
        ("invitation_soon", ["proposer", "manager"]),
        ("invitation_late", ["lead"]),
        ("seat_over", ["lead"]),
        ("seat_still_over", ["lead"]),
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
