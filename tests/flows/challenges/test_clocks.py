"""The clocks of a challenge, in working days, over holidays, changes of the clock and a leap day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from teamhub.access.actor import Role
from teamhub.challenges import answering, commands
from teamhub.challenges.commands import Proposal
from teamhub.challenges.models import Challenge
from teamhub.challenges.names import clock_words
from teamhub.challenges.states import State
from teamhub.core import clock

OSLO = clock.OSLO


def at(*when):
    """A moment by the clock on the wall in Norway."""
    return datetime(*when, tzinfo=OSLO).astimezone(UTC)


@pytest.fixture
def kari(make):
    return make.actor(make.person("Kari"))


@pytest.fixture
def office(make):
    return make.actor(make.person("Kontor", Role.PORTFOLIO_OFFICE))


def propose(actor, db):
    written = Proposal("Lang kø", "Folk venter.", "Alle", "Sett det")
    return db.session.get(Challenge, commands.propose(actor, written))


@pytest.mark.parametrize(
    ("proposed", "answer_by"),
    [
        (at(2026, 3, 2, 12), date(2026, 4, 16)),  # Easter takes three working days
        (at(2026, 11, 23, 12), date(2027, 1, 6)),  # Christmas Day and New Year's Day
        (at(2028, 1, 31, 12), date(2028, 3, 13)),  # a leap day among them
        (at(2027, 4, 12, 12), date(2027, 5, 26)),  # Ascension, the 17th of May on Whit Monday
        (at(2026, 3, 29, 0, 30), date(2026, 5, 15)),  # the night the clock goes ahead, still Saturday in UTC
        (at(2026, 3, 28, 23, 30), date(2026, 5, 15)),
        (at(2026, 10, 25, 0, 30), date(2026, 12, 4)),  # the night it goes back
        (at(2026, 10, 25, 2, 30), date(2026, 12, 4)),
        (at(2026, 10, 26, 0, 30), date(2026, 12, 7)),  # Monday here, Sunday in UTC
        (at(2026, 7, 31, 23, 59), date(2026, 9, 11)),
        (at(2026, 8, 1, 0, 1), date(2026, 9, 11)),
    ],
)
def test_an_answer_is_due_thirty_working_days_after_the_day_in_norway(kari, db, proposed, answer_by):
    with time_machine.travel(proposed, tick=False):
        assert propose(kari, db).due_on == answer_by


def test_the_settings_say_how_long_each_clock_runs(app, kari, office, db, monkeypatch, make):
    for name, days in (("ANSWER", 5), ("CLARIFY", 2), ("REPORT", 10)):
        monkeypatch.setitem(app.config, f"DAYS_TO_{name}", days)
    with time_machine.travel(at(2026, 11, 23, 12), tick=False):
        challenge = propose(kari, db)
        assert challenge.due_on == date(2026, 11, 30)
        answering.answer(office, challenge.id, State.CLARIFICATION, reason="Hvor ofte?")
        assert challenge.due_on == date(2026, 11, 25)
        manager = make.person("Leder", Role.UNIT_MANAGER)
        answering.answer(office, challenge.id, State.LINE, reason="Kan dere?", unit_id=manager.unit_id)
        answering.accept_in_line(make.actor(manager), challenge.id)
        assert challenge.due_on == date(2026, 12, 7)


def test_the_answers_clock_rests_while_the_proposer_is_asked(kari, office, db):
    with time_machine.travel(at(2026, 11, 2, 12), tick=False) as moved:
        challenge = propose(kari, db)
        moved.move_to(at(2026, 11, 16, 12))  # ten working days used, twenty left
        answering.answer(office, challenge.id, State.CLARIFICATION, reason="Hvor ofte?")
        assert (challenge.days_left, challenge.due_on) == (20, date(2026, 12, 4))
        moved.move_to(at(2026, 12, 23, 12))
        commands.clarify(kari, challenge.id, "Hver dag.")

    assert (challenge.state, challenge.days_left) == (State.SUBMITTED, None)
    assert challenge.due_on == date(2027, 1, 22)


def test_a_question_answered_the_same_day_costs_the_office_nothing(kari, office, db):
    with time_machine.travel(at(2026, 11, 2, 12), tick=False) as moved:
        challenge = propose(kari, db)
        promised = challenge.due_on
        moved.move_to(at(2026, 11, 16, 9))
        answering.answer(office, challenge.id, State.CLARIFICATION, reason="Hvor ofte?")
        moved.move_to(at(2026, 11, 16, 15))
        commands.clarify(kari, challenge.id, "Hver dag.")

    assert challenge.due_on == promised


def test_a_late_office_is_as_late_after_its_question(kari, office, db):
    with time_machine.travel(at(2026, 9, 1, 12), tick=False) as moved:
        challenge = propose(kari, db)
        moved.move_to(at(2026, 10, 15, 12))
        answering.answer(office, challenge.id, State.CLARIFICATION, reason="Hvor ofte?")
        moved.move_to(at(2026, 11, 5, 12))
        commands.clarify(kari, challenge.id, "Hver dag.")
        assert clock_words(challenge.state, challenge.due_on) == ("2 arbeidsdager over frist", "over")
    assert challenge.answered_in_time is False


def test_taking_it_to_assessment_lets_the_clock_go_on_and_starts_no_new_one(kari, office, db):
    with time_machine.travel(at(2026, 11, 2, 12), tick=False) as moved:
        challenge = propose(kari, db)
        promised = challenge.due_on
        moved.move_to(at(2026, 11, 20, 12))
        answering.answer(office, challenge.id, State.ASSESSING)

    assert challenge.due_on == promised
    assert challenge.answered_in_time is True


def test_one_that_is_reopened_with_new_facts_gets_a_clock_of_its_own(kari, office, db, make):
    board = make.actor(make.person("Styret", Role.BOARD_MEMBER))
    with time_machine.travel(at(2026, 9, 1, 12), tick=False) as moved:
        challenge = propose(kari, db)
        answering.answer(office, challenge.id, State.ASSESSING)
        answering.answer(office, challenge.id, State.CANDIDATE)
        answering.answer(board, challenge.id, State.CLOSED, reason="Ikke nå.")
        moved.move_to(at(2026, 11, 23, 12))
        answering.reopen(kari, challenge.id, reason="Nå gjelder det tre enheter til.")

    assert (challenge.state, challenge.due_on) == (State.ASSESSING, date(2027, 1, 6))


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (date(2026, 12, 14), ("Svar innen 12. januar 2027", "ok")),
        (date(2027, 1, 5), ("Svar innen 12. januar (5 arbeidsdager igjen)", "soon")),
        (date(2027, 1, 8), ("Svar innen 12. januar (2 arbeidsdager igjen)", "soon")),
        (date(2027, 1, 11), ("Svar innen 12. januar (1 arbeidsdag igjen)", "soon")),
        (date(2027, 1, 12), ("Svar innen 12. januar (siste frist)", "soon")),
        (date(2027, 1, 13), ("1 arbeidsdag over frist", "over")),
        (date(2027, 1, 18), ("4 arbeidsdager over frist", "over")),
    ],
)
def test_the_clock_on_a_card_tells_what_is_left_in_working_days(app, today, says):
    noon = datetime(today.year, today.month, today.day, 11, tzinfo=UTC)
    with app.test_request_context(), time_machine.travel(noon, tick=False):
        assert clock_words("submitted", date(2027, 1, 12)) == says


def test_in_the_weekend_after_its_date_it_is_late_by_no_working_day_yet(app):
    saturday = datetime(2026, 11, 28, 11, tzinfo=UTC)
    with app.test_request_context(), time_machine.travel(saturday, tick=False):
        assert clock_words("submitted", date(2026, 11, 27)) == ("Fristen var 27. november", "over")
        assert clock_words("candidate", None) == ("Til porteføljestyret", "ok")
        assert clock_words("submitted", date(2026, 11, 27) + timedelta(days=1))[1] == "soon"
