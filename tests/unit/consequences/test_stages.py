"""On which day a reminder is given, and which of several: days alone, without a database."""

from datetime import date, timedelta

import pytest

from teamhub.consequences.reminders import REMINDERS, STAGES
from teamhub.consequences.stages import LATEST_DAYS, days_to_look_at, next_of

TUESDAY = date(2026, 11, 24)


def stage(name):
    return next(reminder for reminder in REMINDERS if reminder.name == name)


def given_on(stages, due_on, today, given=()):
    reminder = next_of(stages, due_on, today, set(given))
    return reminder.name if reminder else None


def test_each_reminder_has_a_name_of_its_own_and_tells_somebody():
    names = [reminder.name for reminder in REMINDERS]

    assert len(set(names)) == len(names)
    assert all(reminder.tells for reminder in REMINDERS)


@pytest.mark.parametrize("reminder", REMINDERS, ids=lambda reminder: reminder.name)
def test_a_reminder_is_given_on_its_day_and_not_before(reminder):
    due_on = TUESDAY - timedelta(days=reminder.after_days)
    stages = STAGES[reminder.clock]

    assert given_on(stages, due_on, TUESDAY) == reminder.name
    assert given_on(stages, due_on, TUESDAY - timedelta(days=1)) != reminder.name


@pytest.mark.parametrize("reminder", REMINDERS, ids=lambda reminder: reminder.name)
def test_a_reminder_once_given_is_not_given_again(reminder):
    stages = STAGES[reminder.clock]
    due_on = TUESDAY - timedelta(days=reminder.after_days)
    days = [TUESDAY + timedelta(days=n) for n in range(-60, 60)]

    assert reminder.name not in {given_on(stages, due_on, day, {reminder.name}) for day in days}


@pytest.mark.parametrize(
    ("due_on", "given"),
    [
        (date(2026, 11, 27), date(2026, 11, 26)),  # Friday
        (date(2026, 11, 28), date(2026, 11, 27)),  # Saturday
        (date(2026, 11, 29), date(2026, 11, 27)),  # Sunday: Saturday is no day to remind on
        (date(2026, 11, 30), date(2026, 11, 27)),  # Monday
    ],
)
def test_what_comes_before_a_date_is_given_on_friday_rather_than_in_the_weekend(due_on, given):
    assert stage("task_soon").day(due_on) == given


def test_what_comes_after_a_date_keeps_its_day():
    friday = date(2026, 11, 27)

    assert stage("task_late").day(friday) == date(2026, 11, 28)
    assert stage("hold_review").day(date(2026, 11, 28)) == date(2026, 11, 28)


def test_a_leap_day_is_a_day():
    assert stage("task_soon").day(date(2028, 3, 1)) == date(2028, 2, 29)
    assert stage("task_late").day(date(2028, 2, 29)) == date(2028, 3, 1)


def test_of_several_that_are_due_at_once_only_the_last_is_given():
    stages = STAGES[stage("task_soon").clock]
    due_on = TUESDAY - timedelta(days=3)  # nobody was reminded on the day before, nor on the day after

    assert given_on(stages, due_on, TUESDAY) == "task_late"
    assert given_on(stages, due_on, TUESDAY, {"task_late"}) is None


def test_a_clock_that_goes_back_brings_no_earlier_reminder():
    stages = STAGES[stage("answer_soon").clock]
    due_on = TUESDAY + timedelta(days=5)

    assert given_on(stages, due_on, TUESDAY) == "answer_soon"
    assert given_on(stages, due_on, TUESDAY, {"answer_overdue"}) is None


def test_reminders_rise_from_the_office_to_the_board():
    stages = STAGES[stage("answer_soon").clock]
    days = {due: given_on(stages, TUESDAY - timedelta(days=due), TUESDAY) for due in (-6, -5, 0, 1, 6, 7, 14)}

    assert days == {
        -6: None,
        -5: "answer_soon",
        0: "answer_soon",
        1: "answer_late",
        6: "answer_waiting",
        7: "answer_overdue",
        14: "answer_overdue",
    }


def test_what_is_older_than_a_week_is_let_be():
    stages = STAGES[stage("task_late").clock]
    latest = TUESDAY - timedelta(days=1 + LATEST_DAYS)

    assert given_on(stages, latest, TUESDAY) == "task_late"
    assert given_on(stages, latest - timedelta(days=1), TUESDAY) is None


@pytest.mark.parametrize("clock", STAGES)
def test_the_days_looked_at_hold_every_date_something_can_be_due_for(clock):
    stages = STAGES[clock]
    for weekday in range(7):
        today = TUESDAY + timedelta(days=weekday)
        days = days_to_look_at(stages, today)
        due = [
            on
            for n in range(-60, 60)
            if given_on(stages, on := TUESDAY + timedelta(days=n), today) is not None
        ]

        assert days.first <= min(due)
        assert max(due) <= days.last
