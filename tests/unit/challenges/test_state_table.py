"""Who may take which official step from which state: every combination, held against one written table."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from teamhub.access.actor import Actor, Role
from teamhub.access.policy import Action, can
from teamhub.challenges.answering import DECIDABLE, decisions
from teamhub.challenges.states import State

OFFICE_DECIDES = {
    "submitted": "clarification assessing line",
    "clarification": "assessing line",
    "assessing": "clarification line candidate",
    "candidate": "line",
    "hold": "candidate",
    "line": "candidate resolved",
    "mission": "resolved",
}
BOARD_DECIDES = {
    "assessing": "candidate",
    "candidate": "hold closed",
    "hold": "candidate closed",
    "mission": "candidate closed",
}
"""What each may decide on a challenge's page. A mission is started on a page of its own, and a merge too."""

STEPS = {
    Action.CHALLENGE_CLARIFY: {"proposer": "clarification"},
    Action.CHALLENGE_REOPEN: {"proposer": "resolved closed", "office": "resolved closed"},
    Action.CHALLENGE_WITHDRAW: {"proposer": "submitted clarification"},
    Action.CHALLENGE_ACCEPT_IN_LINE: {"manager": " ".join(State)},
    Action.CHALLENGE_REPORT_FROM_LINE: {"manager": "line", "office": "line"},
}

WHO = {
    "proposer": Actor(id=1),
    "office": Actor(id=2, roles=frozenset({Role.EMPLOYEE, Role.PORTFOLIO_OFFICE})),
    "board": Actor(id=3, roles=frozenset({Role.EMPLOYEE, Role.BOARD_MEMBER})),
    "manager": Actor(id=4, managed_units=frozenset({9})),
    "other manager": Actor(id=5, managed_units=frozenset({8})),
    "colleague": Actor(id=6),
    "admin": Actor(id=7, roles=frozenset({Role.EMPLOYEE, Role.ADMIN})),
    "both": Actor(id=8, roles=frozenset({Role.EMPLOYEE, Role.PORTFOLIO_OFFICE, Role.BOARD_MEMBER})),
}


def allowed(who, state):
    told = {"office": [OFFICE_DECIDES], "board": [BOARD_DECIDES], "both": [OFFICE_DECIDES, BOARD_DECIDES]}
    return {new for table in told.get(who, []) for new in table.get(state, "").split()}


def challenge(state):
    return SimpleNamespace(id=1, state=State(state), proposer_id=1, line_unit_id=9)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("state", list(State))
def test_each_decision_is_open_to_exactly_those_the_table_says(who, state):
    open_to_them = decisions(WHO[who], challenge(state))
    assert {str(new) for new in open_to_them} == allowed(who, str(state))
    assert open_to_them == [new for new in DECIDABLE if new in open_to_them]


@pytest.mark.parametrize("who", [name for name in WHO if name != "both"])
@pytest.mark.parametrize("step", list(STEPS))
def test_every_other_step_is_open_to_exactly_those_the_table_says(who, step):
    found = {str(state) for state in State if can(WHO[who], step, challenge(state))}
    assert found == set(STEPS[step].get(who, "").split())


def test_only_the_board_says_no_or_wait():
    for who in ("office", "proposer", "manager", "colleague", "admin"):
        for state in State:
            assert not {State.CLOSED, State.HOLD} & set(decisions(WHO[who], challenge(state)))
