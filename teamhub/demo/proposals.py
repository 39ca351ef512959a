"""The demo's challenges: what was proposed, by whom, where it stands and when the next answer is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from teamhub.challenges import deadlines
from teamhub.challenges.models import Answer, Challenge, search_stems
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.demo import answers, conversation
from teamhub.demo.organisation import Organisation, Place
from teamhub.demo.written import Size, days_ago, in_days, read, store

# Where made-up challenges stand: out of a hundred, and how many days ago they were proposed.
SPREAD = {
    "submitted": (22, 1, 28),
    "clarification": (6, 4, 27),
    "assessing": (14, 5, 45),
    "candidate": (8, 25, 90),
    "line": (12, 12, 70),
    "mission": (10, 90, 330),
    "hold": (4, 40, 200),
    "closed": (8, 40, 330),
    "resolved": (16, 60, 330),
}

DRAFTS = 1
"""The teacher's, which counts among the challenges."""

AT_THE_DESK = (State.SUBMITTED, State.CLARIFICATION, State.ASSESSING)
"""Of these, somebody at the office has taken two of three."""

DAYS_LEFT = 20
"""Working days left on an answer's clock while it waits for the proposer."""

LATE = 0.02
DRAWS = 8
"""How often a pattern is filled anew when the title is taken already."""

WAITS: dict[State, Callable[[date], date]] = {
    State.SUBMITTED: deadlines.answer_by,
    State.CLARIFICATION: deadlines.clarify_by,
    State.ASSESSING: deadlines.answer_by,
    State.LINE: deadlines.report_by,
    State.HOLD: lambda begun: begun + timedelta(days=90),
}
"""From the day of the last step to the next date of the clock."""


@dataclass
class Written:
    """One challenge as the content says it, with what the loader adds."""

    id: int
    entry: dict[str, Any]
    place: Place
    proposer_id: int
    submitted_at: datetime
    people: int = 0
    units: int = 0
    offered_to: Place | None = None
    handler_id: int | None = None
    steps: list[answers.Step] = field(default_factory=list)

    @property
    def state(self) -> State:
        return State(self.entry["state"])

    @property
    def moved_at(self) -> datetime:
        """When it came where it stands."""
        stays = self.state in {State.SUBMITTED, State.DRAFT} or not self.steps
        return self.submitted_at if stays else self.steps[-1].at


def make(size: Size, organisation: Organisation, rng: Random) -> list[Written]:
    """Make and store the challenges with all that belongs to them."""
    written = [_written(n, entry, organisation, rng) for n, entry in enumerate(_entries(size, rng), 1)]
    _give_personas(written, organisation)
    for w in written:
        w.steps = answers.steps(w, organisation, rng)
        w.handler_id = organisation.persona("office").id if w.state in AT_THE_DESK and w.id % 3 else None
    supports = list(conversation.supports(written, organisation, rng))
    store(Challenge, [*(_row(w, rng) for w in written), _draft(len(written) + 1, organisation, rng)])
    conversation.make(supports, written, organisation, rng)
    store(Answer, answers.rows(written))
    return written


def _entries(size: Size, rng: Random) -> Iterator[dict[str, Any]]:
    """What is written by hand first, then made of patterns until there are enough."""
    wanted = size.challenges - DRAFTS
    by_hand = _some(read("challenges")["challenge"], wanted)
    yield from by_hand
    patterns, taken = read("challenge_patterns"), {entry["title"] for entry in by_hand}
    states = [state for state, (share, _, _) in SPREAD.items() for _ in range(share)]
    for n in range(wanted - len(by_hand)):
        pattern = patterns["pattern"][n % len(patterns["pattern"])]
        for _ in range(DRAWS):
            filled = _filled(pattern, patterns, rng)
            if filled["title"] not in taken:
                break
        taken.add(filled["title"])
        state = rng.choice(states)
        _, youngest, oldest = SPREAD[state]
        yield filled | {"state": state, "days_ago": rng.randrange(youngest, oldest)}


def _is_late(entry: dict[str, Any]) -> bool:
    """Tell whether the content makes a challenge wait longer than the clock allows."""
    return deadlines.answer_by(in_days(-entry["days_ago"])) < clock.today()


def _some(entries: list[dict[str, Any]], wanted: int) -> list[dict[str, Any]]:
    """Leave out the last of those submitted and not late when there are too many: all others are rarer."""
    spare = [n for n, entry in enumerate(entries) if entry["state"] == "submitted" and not _is_late(entry)]
    left_out = set(spare[len(spare) - max(len(entries) - wanted, 0) :])
    return [entry for n, entry in enumerate(entries) if n not in left_out][:wanted]


def _filled(pattern: dict[str, Any], patterns: dict[str, Any], rng: Random) -> dict[str, Any]:
    values = {
        "place": rng.choice(patterns["places"]),
        "tool": rng.choice(patterns["tools"]),
        "unit": rng.choice(patterns["places"]),
        "n": rng.randrange(4, 90),
    }
    return {k: v.format(**values) if isinstance(v, str) else v for k, v in pattern.items()}


def _written(number: int, entry: dict[str, Any], organisation: Organisation, rng: Random) -> Written:
    place = organisation.of_kind(entry["unit"], rng)
    return Written(number, entry, place, rng.choice(place.staff), days_ago(entry["days_ago"], rng))


def _give_personas(written: list[Written], organisation: Organisation) -> None:
    """Let the personas have challenges of their own: the teacher three, the nurse two.

    The first of the nurse's is offered to the unit she works in, which the unit manager leads.
    """
    teacher, nurse = organisation.persona("proposer"), organisation.persona("employee")
    manager = organisation.persona("unitmanager")
    given: set[int] = set()
    for person, kinds, wanted in (
        (teacher, {"skole", "sfo", "ppt"}, ("clarification", "submitted", "assessing")),
        (nurse, {"hjemmetjeneste", "sykehjem"}, ("submitted", "mission")),
    ):
        for state in wanted:
            free = [w for w in written if w.entry["state"] == state and w.id not in given]
            near = [w for w in free if w.entry["unit"] in kinds] or free
            if near:
                given.add(near[0].id)
                near[0].proposer_id, near[0].place = person.id, person.place
                if (person, state) == (nurse, "submitted"):
                    near[0].offered_to = manager.place


def _row(w: Written, rng: Random) -> dict[str, Any]:
    entry = w.entry
    texts = (entry["title"], entry["situation"], entry["affected"], entry.get("suggestion", ""))
    in_line = w.state in {State.LINE, State.RESOLVED}
    line_unit = w.place if in_line else w.offered_to
    return {
        "id": w.id,
        "title": entry["title"],
        "situation": entry["situation"],
        "affected": entry["affected"],
        "evidence": entry.get("evidence", ""),
        "suggestion": entry.get("suggestion", ""),
        "theme": entry.get("theme") or None,
        "unit_id": w.place.id,
        "division_id": w.place.division_id,
        "proposer_id": w.proposer_id,
        "state": w.state,
        "state_since": w.moved_at,
        "created_at": w.submitted_at,
        "submitted_at": w.submitted_at,
        "first_answer_at": w.steps[0].at if w.steps else None,
        "answered_in_time": _in_time(w),
        "due_on": _due(w, rng),
        "days_left": DAYS_LEFT if w.state == State.CLARIFICATION else None,
        "handler_id": w.handler_id,
        "line_unit_id": line_unit.id if line_unit else None,
        "support_people": w.people,
        "support_units": w.units,
        "stems": search_stems(*texts),
        "version": 1,
    }


def _draft(number: int, organisation: Organisation, rng: Random) -> dict[str, Any]:
    """One draft for the teacher to go on with."""
    teacher = organisation.persona("proposer")
    entry = {
        "title": "Foresatte ringer fordi ukeplanen ligger tre steder",
        "situation": "Ukeplanen ligger i læringsplattformen, på nettsiden og i appen. De er sjelden like.",
        "affected": "",
        "state": "draft",
    }
    draft = Written(number, entry, teacher.place, teacher.id, clock.now() - timedelta(days=1))
    return _row(draft, rng) | {"submitted_at": None}


def _in_time(w: Written) -> bool | None:
    if not w.steps:
        return None
    promised = deadlines.answer_by(clock.local(w.submitted_at).date())
    return clock.local(w.steps[0].at).date() <= promised


def _due(w: Written, rng: Random) -> date | None:
    wait = WAITS.get(w.state)
    if wait is None:
        return None
    begun = w.submitted_at if w.state == State.ASSESSING else w.moved_at
    due = wait(clock.local(begun).date())
    # Only a few are late: those the content made late on purpose, and one in fifty of the others.
    late = _is_late(w.entry) and w.state == State.SUBMITTED
    luck, later = rng.random(), in_days(rng.randrange(2, (wait(clock.today()) - clock.today()).days))
    return due if due >= clock.today() or late or luck < LATE else later
