"""The demo's challenges: what was proposed, who said it is so with them too, and what was answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from teamhub.challenges.models import Answer, Challenge, ChallengeComment, Support, search_stems
from teamhub.challenges.states import DAYS_TO_ANSWER, DAYS_TO_CLARIFY, DAYS_TO_REPORT_FROM_LINE, State
from teamhub.core import clock
from teamhub.demo.organisation import Organisation, Place
from teamhub.demo.written import Size, days_ago, in_days, read, store

# Where made-up challenges stand, out of a hundred, oldest states last.
SPREAD = {
    "submitted": 22,
    "clarification": 6,
    "assessing": 14,
    "candidate": 8,
    "line": 12,
    "mission": 10,
    "hold": 4,
    "closed": 8,
    "resolved": 16,
}

HALF = 0.5
LATE = 0.02
TALKED_ABOUT = 0.3

WAITS = {
    State.SUBMITTED: DAYS_TO_ANSWER,
    State.CLARIFICATION: DAYS_TO_CLARIFY,
    State.ASSESSING: DAYS_TO_ANSWER,
    State.LINE: DAYS_TO_REPORT_FROM_LINE,
    State.HOLD: 90,
}
"""Days from the last step to the next date of the clock."""


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

    @property
    def state(self) -> State:
        return State(self.entry["state"])


def make(size: Size, organisation: Organisation, rng: Random) -> list[Written]:
    """Make and store the challenges with all that belongs to them."""
    written = [_written(n, entry, organisation, rng) for n, entry in enumerate(_entries(size, rng), 1)]
    _give_personas(written, organisation)
    supports = list(_supports(written, organisation, rng))
    rows = [_row(w, organisation, rng) for w in written]
    rows += _own_drafts(len(rows), organisation, rng)
    store(Challenge, rows)
    store(Support, supports)
    store(ChallengeComment, _comments(written, organisation, rng))
    store(Answer, _answers(written, organisation, rng))
    return written


def _entries(size: Size, rng: Random) -> Iterator[dict[str, Any]]:
    """What is written by hand first, then made of patterns until there are enough."""
    by_hand = read("challenges")["challenge"][: size.challenges]
    yield from by_hand
    patterns = read("challenge_patterns")
    states = [state for state, share in SPREAD.items() for _ in range(share)]
    for n in range(size.challenges - len(by_hand)):
        pattern = patterns["pattern"][n % len(patterns["pattern"])]
        state = rng.choice(states)
        yield _filled(pattern, patterns, rng) | {
            "state": state,
            "days_ago": rng.randrange(1, 28 if state == "submitted" else 300),
        }


def _filled(pattern: dict[str, Any], patterns: dict[str, Any], rng: Random) -> dict[str, Any]:
    values = {
        "place": rng.choice(patterns["places"]),
        "tool": rng.choice(patterns["tools"]),
        "unit": rng.choice(patterns["places"]),
        "n": rng.randrange(4, 90),
    }
    return {k: v.format(**values) if isinstance(v, str) else v for k, v in pattern.items()}


def _written(number: int, entry: dict[str, Any], organisation: Organisation, rng: Random) -> Written:
    places = [p for p in organisation.places if p.kind == entry["unit"]]
    place = rng.choice(places) if places else organisation.by_kind(entry["unit"])
    return Written(number, entry, place, rng.choice(place.people), days_ago(entry["days_ago"], rng))


def _give_personas(written: list[Written], organisation: Organisation) -> None:
    """Let the personas have challenges of their own: the teacher three, the nurse two."""
    teacher, nurse = organisation.persona("proposer"), organisation.persona("employee")
    for person, kinds, wanted in (
        (teacher, {"skole", "sfo", "ppt"}, ("clarification", "submitted", "assessing")),
        (nurse, {"hjemmetjeneste", "sykehjem"}, ("submitted", "mission")),
    ):
        for state in wanted:
            free = [w for w in written if w.entry["state"] == state and w.proposer_id != teacher.id]
            near = [w for w in free if w.entry["unit"] in kinds] or free
            if near:
                near[0].proposer_id, near[0].place = person.id, person.place


def _row(w: Written, organisation: Organisation, rng: Random) -> dict[str, Any]:
    entry = w.entry
    texts = (entry["title"], entry["situation"], entry["affected"], entry.get("suggestion", ""))
    answered = w.state != State.SUBMITTED
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
        "state_since": w.submitted_at,
        "created_at": w.submitted_at,
        "submitted_at": w.submitted_at,
        "first_answer_at": _answered_at(w) if answered else None,
        "due_on": _due(w, rng),
        "line_unit_id": _line_unit(w, organisation),
        "support_people": w.people,
        "support_units": w.units,
        "stems": search_stems(*texts),
        "version": 1,
    }


def _own_drafts(so_far: int, organisation: Organisation, rng: Random) -> list[dict[str, Any]]:
    """One draft for the teacher to go on with."""
    teacher = organisation.persona("proposer")
    entry = {
        "title": "Foresatte ringer fordi ukeplanen ligger tre steder",
        "situation": "Ukeplanen ligger i læringsplattformen, på nettsiden og i appen. De er sjelden like.",
        "affected": "",
        "state": "draft",
        "unit": "skole",
        "days_ago": 1,
    }
    draft = Written(so_far + 1, entry, teacher.place, teacher.id, clock.now() - timedelta(days=1))
    row = _row(draft, organisation, rng)
    return [row | {"submitted_at": None, "first_answer_at": None}]


def _answered_at(w: Written) -> datetime:
    return min(w.submitted_at + timedelta(days=9), clock.now() - timedelta(minutes=5))


def _due(w: Written, rng: Random) -> date | None:
    wait = WAITS.get(w.state)
    if wait is None:
        return None
    begun = w.submitted_at if w.state in {State.SUBMITTED, State.ASSESSING} else _answered_at(w)
    due = clock.local(begun).date() + timedelta(days=wait)
    # Only a few are late: those the content made late on purpose, and one in fifty of the others.
    late = w.entry["days_ago"] > DAYS_TO_ANSWER and w.state == State.SUBMITTED
    return due if due >= clock.today() or late or rng.random() < LATE else in_days(rng.randrange(2, wait))


def _line_unit(w: Written, organisation: Organisation) -> int | None:
    if w.state in {State.LINE, State.RESOLVED}:
        return w.place.id
    manager = organisation.persona("unitmanager")
    is_offer = w.entry.get("offered") or w.entry["title"] == _offered_title()
    return manager.place.id if is_offer and w.state == State.SUBMITTED else None


def _offered_title() -> str:
    """The one the unit manager is asked to solve: the first submitted one from home care."""
    by_hand = read("challenges")["challenge"]
    return next(
        (e["title"] for e in by_hand if e["state"] == "submitted" and e["unit"] == "hjemmetjeneste"), ""
    )


def _supports(written: list[Written], organisation: Organisation, rng: Random) -> Iterator[dict[str, Any]]:
    lines, numbers = read("experiences")["lines"], count(1)
    for w in written:
        told = [(organisation.by_kind(e["unit"]), e["text"]) for e in w.entry.get("experiences", [])]
        told += [
            (rng.choice(organisation.places[1:]), rng.choice(lines) if rng.random() < HALF else "")
            for _ in range(rng.choice((0, 0, 0, 1, 1, 2, 3, 5)))
        ]
        seen = {w.proposer_id}
        units = set()
        for place, experience in told:
            person_id = rng.choice(place.people)
            if person_id in seen:
                continue
            seen.add(person_id)
            units.add(place.id)
            yield {
                "id": next(numbers),
                "challenge_id": w.id,
                "person_id": person_id,
                "unit_id": place.id,
                "experience": experience,
                "created_at": _after(w, rng),
            }
        w.people, w.units = len(seen) - 1, len(units - {w.place.id})


def _comments(written: list[Written], organisation: Organisation, rng: Random) -> Iterator[dict[str, Any]]:
    lines, numbers = read("experiences")["comments"], count(1)
    for w in written:
        said = [(organisation.by_kind(c["unit"]), c["text"]) for c in w.entry.get("comments", [])]
        if not said and rng.random() < TALKED_ABOUT:
            said = [(rng.choice(organisation.places[1:]), rng.choice(lines))]
        for place, body in said:
            yield {
                "id": next(numbers),
                "challenge_id": w.id,
                "author_id": rng.choice(place.people),
                "body": body,
                "created_at": _after(w, rng),
            }


def _answers(written: list[Written], organisation: Organisation, rng: Random) -> Iterator[dict[str, Any]]:
    texts, numbers = read("experiences")["answers"], count(1)
    office, board = organisation.persona("office").id, organisation.persona("board").id
    by_board = {State.MISSION, State.HOLD, State.CLOSED}
    for w in written:
        offered = _line_unit(w, organisation) and w.state == State.SUBMITTED
        if w.state == State.SUBMITTED and not offered:
            continue
        said = w.entry.get("reason") or rng.choice(texts.get(str(w.state), [""]))
        yield {
            "id": next(numbers),
            "challenge_id": w.id,
            "author_id": board if w.state in by_board else office,
            "from_state": State.SUBMITTED,
            "decision": "offered" if offered else str(w.state),
            "reason": said or ("Dere er nærmest. Kan dere løse den?" if offered else ""),
            "at": _answered_at(w),
        }


def _after(w: Written, rng: Random) -> datetime:
    """A moment between submission and now."""
    span = max(int((clock.now() - w.submitted_at).total_seconds()) - 120, 60)
    return w.submitted_at + timedelta(seconds=rng.randrange(span))
