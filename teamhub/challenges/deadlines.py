"""By when a challenge is owed something, in working days: how long each clock runs is a setting."""

from __future__ import annotations

from datetime import date

from flask import current_app

from teamhub.challenges.models import Challenge
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.core.workdays import add_workdays


def answer_by(start: date | None = None) -> date:
    """Return by when a first answer is due on what came in on ``start``, today unless told."""
    return _after(start, "DAYS_TO_ANSWER")


def clarify_by(start: date | None = None) -> date:
    """Return by when the proposer should have answered a question asked on ``start``."""
    return _after(start, "DAYS_TO_CLARIFY")


def report_by(start: date | None = None) -> date:
    """Return by when a unit that took a challenge on ``start`` tells what it has done."""
    return _after(start, "DAYS_TO_REPORT")


def merge_by() -> date:
    """Return by when proposers asked today should have answered whether two are to be merged."""
    return _after(None, "DAYS_TO_AGREE")


def answer_goes_on_to(challenge: Challenge) -> date:
    """Return by when the answer is due once a resting clock goes on: with the working days it had left."""
    if challenge.state == State.CLARIFICATION and challenge.days_left is not None:
        return add_workdays(clock.today(), challenge.days_left)
    on_the_clock = None if challenge.state == State.CLARIFICATION else challenge.due_on
    return on_the_clock or answer_by()


def _after(start: date | None, setting: str) -> date:
    return add_workdays(start or clock.today(), int(current_app.config[setting]))
