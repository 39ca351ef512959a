"""The demo's written content, and how rows made of it reach the database in bulk."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, text

from teamhub.core import clock
from teamhub.core.db import Base, db

FOLDER = Path(__file__).parent / "content"
CHUNK = 5_000


@dataclass(frozen=True)
class Size:
    """How much of everything a demo holds."""

    people: int
    challenges: int
    missions: int
    tasks: int
    whole: bool
    big_board: int = 0
    """Open tasks on the lead persona's first board; 0 leaves it like the others."""


SIZES = {
    "small": Size(people=300, challenges=60, missions=12, tasks=500, whole=False),
    "full": Size(people=9_000, challenges=2_000, missions=150, tasks=6_000, whole=True),
    "large": Size(people=20_000, challenges=20_000, missions=2_000, tasks=200_000, whole=True, big_board=200),
}


@lru_cache(maxsize=16)
def read(name: str) -> dict[str, Any]:
    """Return one of the content files as plain values."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def store(model: type[Base], rows: Iterable[dict[str, Any]]) -> int:
    """Insert rows that all have the same columns, id among them, and return how many there were.

    On PostgreSQL the table's own counter is moved past the ids we chose.
    """
    rows = list(rows)
    for start in range(0, len(rows), CHUNK):
        db.session.execute(insert(model.__table__), rows[start : start + CHUNK])  # type: ignore[arg-type]
    if rows and "id" in rows[0] and db.engine.dialect.name == "postgresql":
        name = model.__tablename__
        db.session.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")  # noqa: S608 - our own table names
        )
    return len(rows)


def spread(total: int, weights: list[int]) -> list[int]:
    """Split ``total`` in whole numbers by weight; together they are exactly ``total``."""
    marks = [total * upto // sum(weights) for upto in accumulate(weights, initial=0)]
    return [after - before for before, after in pairwise(marks)]


def days_ago(days: int, rng: Random) -> datetime:
    """Return a moment in working hours some days ago, never in the future."""
    day = clock.today() - timedelta(days=days)
    moment = datetime.combine(day, time(6, 30), UTC) + timedelta(minutes=rng.randrange(9 * 60))
    return min(moment, clock.now() - timedelta(minutes=1 + rng.randrange(30)))


def in_days(days: int) -> date:
    """Return the date some days ahead."""
    return clock.today() + timedelta(days=days)
