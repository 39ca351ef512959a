"""The official steps the demo's challenges have been through, each from where the one before left it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING, Any

from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.demo.organisation import Organisation
from teamhub.demo.written import read

if TYPE_CHECKING:
    from teamhub.demo.proposals import Written

OFFERED = "offered"
OFFER = "Dere er nærmest. Kan dere løse den?"

WAYS: dict[State, tuple[str, ...]] = {
    State.CLARIFICATION: (State.CLARIFICATION,),
    State.ASSESSING: (State.ASSESSING,),
    State.CANDIDATE: (State.ASSESSING, State.CANDIDATE),
    State.LINE: (OFFERED, State.LINE),
    State.RESOLVED: (OFFERED, State.LINE, State.RESOLVED),
    State.MISSION: (State.ASSESSING, State.CANDIDATE, State.MISSION),
    State.HOLD: (State.ASSESSING, State.CANDIDATE, State.HOLD),
    State.CLOSED: (State.ASSESSING, State.CANDIDATE, State.CLOSED),
}
"""The decisions that lead from submitted to a state."""

BY_BOARD = frozenset({State.MISSION, State.HOLD, State.CLOSED})
DAYS_TO_FIRST = (2, 12)
DAYS_BETWEEN = (5, 21)


@dataclass(frozen=True)
class Step:
    """One official step."""

    author_id: int
    from_state: State
    decision: str
    reason: str
    at: datetime


def steps(w: Written, organisation: Organisation, rng: Random) -> list[Step]:
    """Return the steps that brought a challenge where it is, the content's own reason on the last."""
    way = (OFFERED,) if w.offered_to else WAYS.get(w.state, ())
    office, board = organisation.persona("office").id, organisation.persona("board").id
    found, old = list[Step](), State.SUBMITTED
    for decision, at in zip(way, _moments(w, len(way), rng), strict=True):
        last = len(found) == len(way) - 1
        written = w.entry.get("reason", "") if last and decision != OFFERED else ""
        said = _usual(decision, rng)
        found.append(Step(board if decision in BY_BOARD else office, old, decision, written or said, at))
        old = old if decision == OFFERED else State(decision)
    return found


def rows(written: list[Written]) -> Iterator[dict[str, Any]]:
    """Return the steps of all challenges as rows, in the order they were taken."""
    taken = ((w.id, step) for w in written for step in w.steps)
    for n, (challenge_id, step) in enumerate(taken, 1):
        yield {"id": n, "challenge_id": challenge_id, **vars(step)}


def _usual(decision: str, rng: Random) -> str:
    if decision == OFFERED:
        return OFFER
    said: list[str] = read("experiences")["answers"].get(str(decision), [""])
    return rng.choice(said)


def _moments(w: Written, wanted: int, rng: Random) -> list[datetime]:
    """When each step was taken: some days apart, closer together where there were not enough days."""
    days, reached = [], 0
    for n in range(wanted):
        reached += rng.randrange(*(DAYS_BETWEEN if n else DAYS_TO_FIRST))
        days.append(reached)
    room = (_no_later_than(w) - w.submitted_at) / timedelta(days=1)
    pace = min(1.0, room / (reached + 1))
    return [w.submitted_at + timedelta(days=day * pace) for day in days]


def _no_later_than(w: Written) -> datetime:
    """Now; or, for one a written mission answers, when that mission began."""
    ago = _mission_began().get(w.entry["title"], 0)
    return clock.now() - timedelta(days=ago)


@lru_cache(maxsize=1)
def _mission_began() -> dict[str, int]:
    """How many days ago the mission began that answers a challenge, by the challenge's title."""
    missions = read("missions")["mission"]
    return {m["challenge"]: 30 * m.get("months_running", 3) for m in missions if m.get("challenge")}
