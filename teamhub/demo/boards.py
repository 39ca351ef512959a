"""The demo's boards: columns, tasks and what is said about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import count
from random import Random
from typing import Any

from teamhub.core import clock
from teamhub.demo.organisation import Organisation, Somebody
from teamhub.demo.written import Size, in_days, read, spread, store
from teamhub.missions.states import GOING_ON, Status
from teamhub.tasks.models import BoardColumn, Task, TaskComment
from teamhub.tasks.ranks import fresh

COLUMNS = ("Skal gjøres", "Pågår", "Prøves ut", "Ferdig")
DONE = len(COLUMNS) - 1
OPEN_COLUMNS = (0, 0, 1, 2)
GIVEN = 0.8
"""The part of the open tasks that somebody has taken on."""

FOR_THE_NURSE = 2
MORNING = time(7, 0)
NEWEST = 0.9
"""How far into a mission's life tasks are still added."""


@dataclass
class Made:
    """One mission as the content says it, with what the loader adds."""

    id: int
    entry: dict[str, Any]
    lead: Somebody
    owner: Somebody
    started: date
    team: list[int] = field(default_factory=list)

    @property
    def goes_on(self) -> bool:
        return self.entry["status"] in GOING_ON

    @property
    def began(self) -> datetime:
        """The moment it was entered."""
        return datetime.combine(self.started, MORNING, UTC)


def make(size: Size, made: list[Made], organisation: Organisation, rng: Random) -> None:
    """Make and store a board for each mission."""
    store(BoardColumn, _columns(made))
    nurse = organisation.persona("employee").id
    tasks, comments = list[dict[str, Any]](), list[dict[str, Any]]()
    for m, wanted in zip(made, _shares(size, made), strict=True):
        big = bool(size.big_board) and m.id == 1
        plans = _plans(m, wanted, rng, all_open=big)
        _give(plans, [m.lead.id, *m.team], nurse, rng)
        _add(m, plans, tasks, comments, rng)
    store(Task, tasks)
    store(TaskComment, comments)


def _columns(made: list[Made]) -> Iterator[dict[str, Any]]:
    for m in made:
        for position, name in enumerate(COLUMNS):
            yield {
                "id": _column_id(m, position),
                "mission_id": m.id,
                "name": name,
                "position": position,
                "wip_limit": 6 if position == 1 else None,
                "is_done": position == DONE,
                "version": 1,
            }


def _column_id(m: Made, position: int) -> int:
    return (m.id - 1) * len(COLUMNS) + position + 1


def _shares(size: Size, made: list[Made]) -> list[int]:
    """How many tasks each mission gets, so that all together are as many as the size says."""
    if not size.big_board:
        return spread(size.tasks, [1] * len(made))
    return [size.big_board, *spread(size.tasks - size.big_board, [1] * (len(made) - 1))]


def _plans(m: Made, wanted: int, rng: Random, *, all_open: bool) -> list[dict[str, Any]]:
    """The written tasks first, then made of patterns; a mission that is over has nothing left to do."""
    plans = [dict(t) for t in m.entry.get("tasks", [])[:wanted]]
    patterns = read("mission_patterns")["task"]
    places = read("challenge_patterns")["places"]
    over = m.entry["status"] in {Status.COMPLETED, Status.STOPPED}
    for n in range(wanted - len(plans)):
        pattern = patterns[(n + m.id) % len(patterns)]
        place = rng.choice(places)
        column = rng.choice(OPEN_COLUMNS if all_open else (*OPEN_COLUMNS, DONE, DONE, DONE))
        column = DONE if over else column
        due = rng.randrange(-4, 60) if rng.random() < 0.6 and column < DONE else None
        title = pattern["title"].format(place=place, unit=place)
        text = pattern.get("text", "").format(place=place, unit=place)
        plans.append({"title": title, "text": text, "column": column, "due": due})
    for plan in plans:
        plan["column"] = min(int(plan.get("column", 0)), DONE - 1 if all_open else DONE)
    return plans


def _give(plans: list[dict[str, Any]], team: list[int], nurse: int, rng: Random) -> None:
    """Give each done task, and most open ones, to somebody on the team; the first with dates to the nurse."""
    for plan in plans:
        done = plan["column"] == DONE
        plan["assignee"] = team[rng.randrange(len(team))] if done or rng.random() < GIVEN else None
    if nurse in team:
        still_open = [plan for plan in plans if plan["column"] < DONE]
        for plan in sorted(still_open, key=lambda p: p.get("due") is None)[:FOR_THE_NURSE]:
            plan["assignee"] = nurse


def _add(
    m: Made,
    plans: list[dict[str, Any]],
    tasks: list[dict[str, Any]],
    comments: list[dict[str, Any]],
    rng: Random,
) -> None:
    """Put a mission's tasks, and what is said about them, after those there are already."""
    ranks = [iter(fresh(sum(p["column"] == c for p in plans))) for c in range(len(COLUMNS))]
    for plan in plans:
        row = _task_row(len(tasks) + 1, m, plan, next(ranks[plan["column"]]), rng)
        tasks.append(row)
        comments += _comments(row, m, plan.get("comments", []), count(len(comments) + 1))


def _task_row(number: int, m: Made, plan: dict[str, Any], rank: str, rng: Random) -> dict[str, Any]:
    done, due = plan["column"] == DONE, plan.get("due")
    added, later = rng.random() * NEWEST, rng.random()
    created_at = m.began + (clock.now() - m.began) * added
    return {
        "id": number,
        "mission_id": m.id,
        "column_id": _column_id(m, plan["column"]),
        "rank": rank,
        "title": plan["title"],
        "description": plan.get("text", ""),
        "assignee_id": plan["assignee"],
        "due_on": in_days(due) if due is not None and not done else None,
        "created_at": created_at,
        "created_by_id": m.lead.id,
        "changed_by_id": m.lead.id,
        "done_at": created_at + (clock.now() - created_at) * later if done else None,
        "comment_count": len(plan.get("comments", [])),
        "version": 1,
    }


def _comments(
    task: dict[str, Any], m: Made, said: list[str], numbers: Iterator[int]
) -> Iterator[dict[str, Any]]:
    """The one who has the task begins, the lead answers, and so on, evenly since the task was added."""
    talkers = (task["assignee_id"] or m.lead.id, m.lead.id)
    pause = (clock.now() - task["created_at"]) / (len(said) + 1)
    for n, body in enumerate(said):
        yield {
            "id": next(numbers),
            "task_id": task["id"],
            "author_id": talkers[n % 2],
            "body": body,
            "created_at": task["created_at"] + pause * (n + 1),
        }
