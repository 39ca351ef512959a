"""The demo's boards: columns, tasks and what is said about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from teamhub.core import clock
from teamhub.demo.organisation import Somebody
from teamhub.demo.written import Size, in_days, read, store
from teamhub.tasks.models import BoardColumn, Task, TaskComment
from teamhub.tasks.ranks import fresh

COLUMNS = ("Skal gjøres", "Pågår", "Prøves ut", "Ferdig")
DONE = len(COLUMNS) - 1
BIG_BOARD = 200
"""Open tasks on the lead persona's first board, in the size large."""


@dataclass
class Made:
    """One mission as the content says it, with what the loader adds."""

    id: int
    entry: dict[str, Any]
    lead: Somebody
    owner: Somebody
    started: date
    team: list[int] = field(default_factory=list)


def make(size: Size, made: list[Made], rng: Random) -> None:
    """Make and store a board for each mission."""
    store(BoardColumn, _columns(made))
    tasks = list(_tasks(size, made, rng))
    store(Task, tasks)
    store(TaskComment, _task_comments(tasks, made))


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


def _tasks(size: Size, made: list[Made], rng: Random) -> Iterator[dict[str, Any]]:
    numbers = count(1)
    for m, wanted in zip(made, _shares(size, made), strict=True):
        plans = _plans(m, wanted, size, rng)
        ranks = [iter(fresh(sum(p["column"] == c for p in plans))) for c in range(len(COLUMNS))]
        team = [m.lead.id, *m.team]
        for plan in plans:
            yield _task_row(next(numbers), m, plan, next(ranks[plan["column"]]), team, rng)


def _shares(size: Size, made: list[Made]) -> list[int]:
    """How many tasks each mission gets, so that all together are as many as the size says."""
    each, extra = divmod(size.tasks, len(made))
    return [each + (n < extra) for n in range(len(made))]


def _plans(m: Made, wanted: int, size: Size, rng: Random) -> list[dict[str, Any]]:
    """The written tasks first, then made of patterns; the big board only has open ones."""
    plans = [dict(t) for t in m.entry.get("tasks", [])[:wanted]]
    patterns = read("mission_patterns")["task"]
    places = read("challenge_patterns")["places"]
    big = m.id == 1 and size.tasks > 100_000
    for n in range(max(wanted, BIG_BOARD if big else 0) - len(plans)):
        pattern = patterns[(n + m.id) % len(patterns)]
        place = rng.choice(places)
        column = rng.choice((0, 0, 1, 2) if big else (0, 0, 1, 2, 3, 3, 3))
        due = rng.randrange(-4, 60) if rng.random() < 0.6 and column < DONE else None
        title = pattern["title"].format(place=place, unit=place)
        text = pattern.get("text", "").format(place=place, unit=place)
        plans.append({"title": title, "text": text, "column": column, "due": due})
    for plan in plans:
        plan["column"] = min(int(plan.get("column", 0)), DONE - 1 if big else DONE)
    return plans


def _task_row(
    number: int, m: Made, plan: dict[str, Any], rank: str, team: list[int], rng: Random
) -> dict[str, Any]:
    done = plan["column"] == DONE
    due = plan.get("due")
    comments = plan.get("comments", [])
    assignee = team[rng.randrange(len(team))] if done or rng.random() < 0.8 else None
    done_at: datetime | None = clock.now() - timedelta(days=rng.randrange(1, 40)) if done else None
    return {
        "id": number,
        "mission_id": m.id,
        "column_id": _column_id(m, plan["column"]),
        "rank": rank,
        "title": plan["title"],
        "description": plan.get("text", ""),
        "assignee_id": assignee,
        "due_on": in_days(due) if due is not None and not done else None,
        "created_at": clock.now() - timedelta(days=41),
        "created_by_id": m.lead.id,
        "changed_by_id": m.lead.id,
        "done_at": done_at,
        "comment_count": len(comments),
        "version": 1,
    }


def _task_comments(tasks: list[dict[str, Any]], made: list[Made]) -> Iterator[dict[str, Any]]:
    said = {t["title"]: t.get("comments", []) for m in made for t in m.entry.get("tasks", [])}
    numbers = count(1)
    for task in tasks:
        if task["comment_count"]:
            for n, body in enumerate(said[task["title"]]):
                yield {
                    "id": next(numbers),
                    "task_id": task["id"],
                    "author_id": task["assignee_id"] or task["created_by_id"],
                    "body": body,
                    "created_at": clock.now() - timedelta(days=9 - n),
                }
