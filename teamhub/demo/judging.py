"""The demo's assessments and calls: some open, some still blind, one disagreement talked about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count, cycle
from random import Random
from typing import Any

from sqlalchemy import select, update

from teamhub.assessments.models import Assessment, CriteriaSet, Score, Talk
from teamhub.assessments.states import FAR_APART, Criterion
from teamhub.calls.models import Call
from teamhub.challenges.models import Challenge
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.demo.organisation import Organisation, Somebody
from teamhub.demo.proposals import Written
from teamhub.demo.written import in_days, read, store

SEED = 4
"""Of its own, so that the rest of the demo stays as it was."""

MOST = 60
JUDGED = (State.CANDIDATE, State.ASSESSING)
AREA_LEVEL = 1
DAYS_TO_JUDGE = 6

Marks = dict[Criterion, int]


def make(written: list[Written], organisation: Organisation) -> None:
    """Make and store assessments of what is assessed or a candidate, and the office's questions."""
    rng = Random(SEED)  # noqa: S311 - the same demo every time is the point
    judged = [w for w in written if w.state in JUDGED][:MOST]
    rows = list(_assessments(judged, organisation))
    marks = {row["id"]: _marks(rng) for row in rows}
    store(Assessment, rows)
    store(Score, _scores([row for row in rows if row["submitted_at"]], marks))
    store(Talk, _talks(rows, marks, organisation))
    _calls(written, organisation)


def _assessments(judged: list[Written], organisation: Organisation) -> Iterator[dict[str, Any]]:
    """Two from other areas on each. Of those still assessed, the director's own waits for a while."""
    numbers = count(1)
    first = db.session.scalar(select(CriteriaSet.id).where(CriteriaSet.number == 1))
    leaders = cycle(_leaders(organisation))
    director = organisation.persona("director")
    for n, w in enumerate(judged):
        others = [next(leaders) for _ in range(4)]
        fit = [p for p in others if p.place.division_id != w.place.division_id and p.id != director.id]
        waits = w.state == State.ASSESSING and n % 2 == 0
        pair = (fit[0], director) if waits else (fit[0], fit[1])
        for assessor in pair:
            asked = clock.now() - timedelta(days=2)
            yield {
                "id": next(numbers),
                "challenge_id": w.id,
                "round": 1,
                "assessor_id": assessor.id,
                "division_id": assessor.place.division_id,
                "criteria_set_id": first,
                "asked_by_id": organisation.persona("office").id,
                "asked_at": asked,
                "due_on": in_days(DAYS_TO_JUDGE),
                "submitted_at": None if waits and assessor is director else asked + timedelta(hours=20),
                "version": 1,
            }


def _leaders(organisation: Organisation) -> list[Somebody]:
    by_id = {person.id: person for person in organisation.people}
    return [by_id[p.leader_id] for p in organisation.places if p.level == AREA_LEVEL and p.leader_id]


def _marks(rng: Random) -> Marks:
    return {criterion: rng.choice((2, 3, 3, 4, 4, 5)) for criterion in Criterion}


def _scores(rows: list[dict[str, Any]], marks: dict[int, Marks]) -> Iterator[dict[str, Any]]:
    reasons = read("judging")["reasons"]
    for row in rows:
        for criterion, score in marks[row["id"]].items():
            reason = reasons[criterion][(score + 1) // 2 - 1]
            yield {
                "assessment_id": row["id"],
                "criterion": criterion.value,
                "score": score,
                "reason": reason,
            }


def _talks(
    rows: list[dict[str, Any]], marks: dict[int, Marks], organisation: Organisation
) -> list[dict[str, Any]]:
    """Write down one talk about the first disagreement there is on what the content has words for."""
    (said,) = read("judging")["talk"]
    criterion = Criterion(said["criterion"])
    for one, other in zip(rows[::2], rows[1::2], strict=True):
        apart = abs(marks[one["id"]][criterion] - marks[other["id"]][criterion])
        if apart >= FAR_APART and one["submitted_at"] and other["submitted_at"]:
            return [
                {
                    "id": 1,
                    "challenge_id": one["challenge_id"],
                    "round": 1,
                    "criterion": criterion.value,
                    "outcome": said["outcome"],
                    "written_by_id": organisation.persona("office").id,
                    "written_at": clock.now() - timedelta(hours=5),
                }
            ]
    return []


def _calls(written: list[Written], organisation: Organisation) -> None:
    """Make and store the questions, and gather some challenges sent in their period under each."""
    calls = read("judging")["call"]
    store(Call, (_call(n, entry, organisation) for n, entry in enumerate(calls, 1)))
    free = iter([w for w in written if w.state not in {State.DRAFT, State.MERGED, State.WITHDRAWN}][::3])
    for n, entry in enumerate(calls, 1):
        ids = [w.id for w, _ in zip(free, range(entry["answers"]), strict=False)]
        table: Any = Challenge.__table__
        db.session.execute(update(table).where(table.c.id.in_(ids)).values(call_id=n))


def _call(number: int, entry: dict[str, Any], organisation: Organisation) -> dict[str, Any]:
    begun = clock.now() + timedelta(days=entry["from_days"])
    report = entry.get("report", "")
    return {
        "id": number,
        "question": entry["question"],
        "background": entry["background"],
        "starts_on": in_days(entry["from_days"]),
        "ends_on": in_days(entry["to_days"]),
        "to_all": True,
        "opened_by_id": organisation.persona("office").id,
        "created_at": min(begun, clock.now()),
        "told_at": begun if entry["from_days"] <= 0 else None,
        "closed_at": None,
        "report": report,
        "reported_at": clock.now() + timedelta(days=entry["to_days"] + 9) if report else None,
        "version": 1,
    }
