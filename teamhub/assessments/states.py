"""The eight criteria, and the numbers that make an assessment fair: domain.md 8."""

from __future__ import annotations

from enum import StrEnum

from teamhub.challenges.states import State


class Criterion(StrEnum):
    """What a challenge is judged by: four of value, then four of whether it can be done."""

    RESIDENTS = "INNB"
    OPERATIONS = "DRIFT"
    GOALS = "STRAT"
    ACROSS = "TVERR"
    CAPACITY = "KAPA"
    RISK = "RISI"
    ARCHITECTURE = "ARKI"
    ANCHORING = "FORA"


VALUE = tuple(Criterion)[:4]
FEASIBILITY = tuple(Criterion)[4:]

MARKS = (1, 2, 3, 4, 5)
HIGHEST = MARKS[-1]
SHORTEST_REASON = 20
"""Characters of a reason: less than that says nothing another can weigh."""

ENOUGH = 2
"""So many assessors, from different areas, before anybody sees what they think."""

FAR_APART = 2
"""A spread of so many marks is talked about, never averaged away."""

DAYS_TO_ASSESS = 14

ASSESSABLE = (State.SUBMITTED, State.CLARIFICATION, State.ASSESSING, State.CANDIDATE, State.HOLD)
"""In these states somebody can be asked, and can submit. Afterwards the decision is taken."""

UNDECIDED = (State.SUBMITTED, State.CLARIFICATION, State.ASSESSING)
"""In these states the proposer does not see the marks yet."""
