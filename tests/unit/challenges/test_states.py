"""The table of transitions, held against domain.md 3.2 as text."""

import pytest

from teamhub.challenges.names import ANSWERED, DECISIONS, MARKS, STATES
from teamhub.challenges.states import CAN_GO_TO_LINE, OPEN, TRANSITIONS, Mover, State, may_move

# domain.md 3.2, its line of transitions, written out.
WAYS = {
    "draft": "submitted",
    "submitted": "clarification assessing withdrawn line merged",
    "clarification": "submitted assessing withdrawn line merged",
    "assessing": "clarification candidate line merged",
    "candidate": "mission hold closed line",
    "hold": "candidate closed",
    "line": "resolved candidate",
    "mission": "resolved candidate closed",
    "resolved": "assessing",
    "closed": "assessing",
    "merged": "",
    "withdrawn": "",
}


@pytest.mark.parametrize("state", list(State))
def test_a_challenge_can_go_where_the_domain_says_and_nowhere_else(state):
    assert {str(new) for new in TRANSITIONS[state]} == set(WAYS[state].split())


def test_only_the_board_says_no_or_wait():
    for state, ways in TRANSITIONS.items():
        for new in (State.CLOSED, State.HOLD):
            assert ways.get(new, frozenset()) <= {Mover.BOARD}, (state, new)


def test_only_the_board_starts_a_mission():
    assert [state for state in State if may_move(state, State.MISSION, Mover.OFFICE)] == []
    assert may_move(State.CANDIDATE, State.MISSION, Mover.BOARD)


def test_only_the_unit_itself_takes_a_challenge_into_the_line():
    for state in CAN_GO_TO_LINE:
        assert TRANSITIONS[state][State.LINE] == {Mover.LINE}


def test_every_state_has_a_word_and_a_mark():
    assert set(STATES) == set(MARKS) == set(State)
    assert set(DECISIONS) < set(State)
    assert {*DECISIONS} <= {State(code) for code in ANSWERED if code in list(State)}


def test_nothing_open_is_a_dead_end():
    assert all(TRANSITIONS[state] for state in OPEN)
