"""Phases, statuses, seats and lights of a mission: domain.md 3.3 and 3.4."""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    """Which phase a mission is in; a gate (BP) stands at the end of each."""

    IDEA = "idea"
    CONCEPT = "concept"
    PLANNING = "planning"
    EXECUTION = "execution"
    CLOSING = "closing"
    REALISING = "realising"


class Status(StrEnum):
    """Whether a mission is being worked on, beside its phase."""

    ACTIVE = "active"
    HOLD = "hold"
    STOPPED = "stopped"
    COMPLETED = "completed"


GOING_ON = (Status.ACTIVE, Status.HOLD)
"""In these statuses a mission still asks for people's time; otherwise it is over."""


class Light(StrEnum):
    """How one axis of a mission is going."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


AXES = ("progress", "economy", "quality", "risk", "staffing")
"""The five axes of a status report, in the order they are shown."""


class SeatState(StrEnum):
    """Where a place in a team stands: ledig → forespurt → avgitt → aktiv → ferdig."""

    OPEN = "open"
    REQUESTED = "requested"
    RELEASED = "released"
    ACTIVE = "active"
    DONE = "done"


SEAT_TRANSITIONS: dict[SeatState, frozenset[SeatState]] = {
    SeatState.OPEN: frozenset({SeatState.REQUESTED}),
    SeatState.REQUESTED: frozenset({SeatState.RELEASED, SeatState.OPEN}),
    SeatState.RELEASED: frozenset({SeatState.ACTIVE, SeatState.OPEN}),
    SeatState.ACTIVE: frozenset({SeatState.DONE, SeatState.OPEN}),
    SeatState.DONE: frozenset(),
}

AGREED = (SeatState.RELEASED, SeatState.ACTIVE)
"""In these states the person is on the team and the time is agreed with the line manager."""


class Side(StrEnum):
    """Who in a time contract somebody is: it holds when all whom it binds have said yes."""

    PERSON = "person"
    MANAGER = "manager"
    LEAD = "lead"


MOST_MORE_SKILLS = 3
"""A seat asks for so many skills beside its first one."""

MOST_AT_ONCE = 10
"""So many equal seats can be made at once."""

MOST_DAYS_ANNOUNCED = 60
"""A seat is announced for so long at most, and then taken down."""
USUAL_DAYS_ANNOUNCED = 21

SPAN_REQUIRED = 2
"""A team with people from fewer divisions than this is told that it is still in one silo."""

DAYS_TO_ANSWER_INVITATION = 7
DAYS_OF_GRACE = 7
"""An invitation nobody has settled so long after its last day is closed, and the seat is free again."""
DAYS_TO_ANSWER_AGAIN = 4
"""Who is asked anew, or whose own proposal was not taken, has at least so many days from then."""
DAYS_UNTIL_SILENT = 30
"""An active mission without a status report for this long needs attention."""
