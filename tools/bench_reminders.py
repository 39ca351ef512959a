"""How long the daily reminders take with much to look through: `python -m tools.bench_reminders`.

20,000 challenges and 200,000 tasks with dates over two years, half of the tasks open. On SQLite in a file
of its own, or on the empty database of ``--database postgresql://…``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import event, insert

import config
from teamhub import create_app
from teamhub.challenges.models import Challenge
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.notifications.reminding import remind
from teamhub.tasks.models import Task
from tests.factories import Make

CHALLENGES, TASKS, DAYS, AT_ONCE = 20_000, 200_000, 730, 5_000
MOST_S = 10.0


def main() -> int:
    """Fill a database, remind twice, and tell how long each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database")
    with tempfile.TemporaryDirectory() as folder:

        class Settings(config.Test):
            DATABASE_URL = parser.parse_args().database or f"sqlite:///{folder}/reminders.db"
            INSTANCE_PATH = folder

        app = create_app(Settings)
        with app.app_context():
            upgrade()
            db.session().info["writes_allowed"] = True
            _fill(Make(db.session))
            db.session().info["writes_allowed"] = False
            first, again = _timed("first run, a week behind"), _timed("the same day again")
            db.session.remove()
            db.engine.dispose()
    return int(max(first, again) > MOST_S)


def _timed(what: str) -> float:
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    began = time.perf_counter()
    given = remind()
    took = time.perf_counter() - began
    sys.stdout.write(f"{what}: {given} given in {took:.2f} s, {len(statements)} statements\n")
    return took


def _fill(make: Make) -> None:
    people = [make.person() for _ in range(50)]
    missions = [make.mission(people[n % 50]) for n in range(200)]
    columns = [make.columns(mission)[0] for mission in missions]
    for model, rows in ((Challenge, _challenges(people)), (Task, _tasks(people, columns))):
        waiting: list[dict[str, Any]] = []
        for row in rows:
            waiting.append(row)
            if len(waiting) == AT_ONCE:
                db.session.execute(insert(model), waiting)
                db.session.commit()
                waiting.clear()


def _challenges(people: list[Any]) -> Iterator[dict[str, Any]]:
    states, today = list(State), clock.today()
    for n in range(CHALLENGES):
        yield {
            "title": f"Kø {n}",
            "state": states[n % len(states)],
            "proposer_id": people[n % 50].id,
            "unit_id": people[0].unit_id,
            "due_on": today + timedelta(days=n // len(states) % DAYS - DAYS // 2),
        }


def _tasks(people: list[Any], columns: list[Any]) -> Iterator[dict[str, Any]]:
    today = clock.today()
    for n in range(TASKS):
        column = columns[n % len(columns)]
        yield {
            "mission_id": column.mission_id,
            "column_id": column.id,
            "rank": f"a{n:07}",
            "title": f"Sak {n}",
            "assignee_id": people[n % 50].id,
            "due_on": today + timedelta(days=n // 2 % DAYS - DAYS // 2),
            "done_at": clock.now() if n % 2 else None,
        }


if __name__ == "__main__":
    sys.exit(main())
