"""The states of a challenge and who may move it between them: domain.md 3.2, one table."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a challenge stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CLARIFICATION = "clarification"
    ASSESSING = "assessing"
    CANDIDATE = "candidate"
    LINE = "line"
    MISSION = "mission"
    MERGED = "merged"
    HOLD = "hold"
    CLOSED = "closed"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


class MergeState(StrEnum):
    """Where a wish to let one challenge live on in another stands."""

    ASKED = "asked"
    MERGED = "merged"
    DECLINED = "declined"
    TAKEN_BACK = "taken-back"
    UNDONE = "undone"


class Mover(StrEnum):
    """In which capacity somebody moves a challenge. The policy says who that is."""

    PROPOSER = "proposer"
    OFFICE = "office"
    BOARD = "board"
    LINE = "line"


_P, _O, _B, _L = Mover.PROPOSER, Mover.OFFICE, Mover.BOARD, Mover.LINE

TRANSITIONS: dict[State, dict[State, frozenset[Mover]]] = {
    State.DRAFT: {State.SUBMITTED: frozenset({_P})},
    State.SUBMITTED: {
        State.CLARIFICATION: frozenset({_O}),
        State.ASSESSING: frozenset({_O}),
        State.LINE: frozenset({_L}),
        State.MERGED: frozenset({_O}),
        State.WITHDRAWN: frozenset({_P}),
    },
    State.CLARIFICATION: {
        State.SUBMITTED: frozenset({_P}),
        State.ASSESSING: frozenset({_O}),
        State.LINE: frozenset({_L}),
        State.MERGED: frozenset({_O}),
        State.WITHDRAWN: frozenset({_P}),
    },
    State.ASSESSING: {
        State.CLARIFICATION: frozenset({_O}),
        State.CANDIDATE: frozenset({_O, _B}),
        State.LINE: frozenset({_L}),
        State.MERGED: frozenset({_O}),
    },
    State.CANDIDATE: {
        State.MISSION: frozenset({_B}),
        State.HOLD: frozenset({_B}),
        State.CLOSED: frozenset({_B}),
        State.LINE: frozenset({_L}),
    },
    State.HOLD: {State.CANDIDATE: frozenset({_B, _O}), State.CLOSED: frozenset({_B})},
    State.LINE: {State.RESOLVED: frozenset({_L, _O}), State.CANDIDATE: frozenset({_O})},
    State.MISSION: {
        State.RESOLVED: frozenset({_O}),
        State.CANDIDATE: frozenset({_B}),
        State.CLOSED: frozenset({_B}),
    },
    State.RESOLVED: {State.ASSESSING: frozenset({_O, _P})},
    State.CLOSED: {State.ASSESSING: frozenset({_O, _P})},
    State.MERGED: {},
    State.WITHDRAWN: {},
}

OPEN = (
    State.SUBMITTED,
    State.CLARIFICATION,
    State.ASSESSING,
    State.CANDIDATE,
    State.LINE,
    State.MISSION,
    State.HOLD,
)
"""Challenges in these states are being worked on."""

UNANSWERED = (State.SUBMITTED, State.CLARIFICATION)
"""In these states the proposer has had no official answer yet."""

REOPENED_FROM = (State.RESOLVED, State.CLOSED)
"""What has ended may be opened again with new facts."""

CAN_GO_TO_LINE = tuple(state for state, ways in TRANSITIONS.items() if State.LINE in ways)
"""The office may ask a unit to solve a challenge in one of these states."""


def may_move(old: State, new: State, mover: Mover) -> bool:
    """Tell whether somebody in the capacity of ``mover`` may move a challenge from ``old`` to ``new``."""
    return mover in TRANSITIONS[old].get(new, frozenset())
