"""Measure the jobs: each exactly once, how many a second, how late. `python -m tools.bench_jobs`.

On SQLite and PostgreSQL in turn: 1,000 jobs over two consumers; the delay of others while one hangs;
a consumer killed in the middle.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import quantiles

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select, update

import config
from teamhub import create_app
from teamhub.access.actor import SYSTEM
from teamhub.access.policy import Action, authorize
from teamhub.audit.models import Entry
from teamhub.core.db import db
from teamhub.core.transaction import command
from teamhub.jobs import outbox
from teamhub.jobs.models import Job
from tests.servers import PostgresServer

ROOT = Path(__file__).parent.parent
PATIENCE_S = 180

# Its jobs leave a line in the change log in their own transaction: what was done twice is there twice.
CONSUMER = """
import sys, time
from teamhub.access.actor import SYSTEM
from teamhub.audit.models import Entry
from teamhub.core.db import db
from teamhub.jobs import consumer
from teamhub.jobs.work import work
from tools.bench_jobs import app_on

def note(ticket):
    db.session.add(Entry(kind="Bench", object_type="job", object_id=ticket.id, data={}))

work("quick", note)
work("hang", lambda ticket: time.sleep(600), outside=True)
consumer.run(app_on(sys.argv[1], sys.argv[2], float(sys.argv[3])), workers=2)
"""


def app_on(url: str, folder: str, lease_s: float = 60) -> Flask:
    """Return an app on a database of the measurement's own, that wakes its workers."""

    class Settings(config.Test):
        DATABASE_URL = url
        INSTANCE_PATH = folder
        JOBS_WAKE = True
        JOBS_LEASE_S = lease_s

    return create_app(Settings)


class Place:
    """A database with its consumers."""

    def __init__(self, url: str, folder: str) -> None:
        self.url, self.folder = url, folder
        self.app = app_on(url, folder)
        with self.app.app_context():
            upgrade()
            db.session.remove()
            db.engine.dispose()

    def start(self, lease_s: float = 60) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-c", CONSUMER, self.url, self.folder, str(lease_s)],
            cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    @contextmanager
    def consumers(self, count: int = 2, lease_s: float = 60) -> Iterator[list[subprocess.Popen[bytes]]]:
        """Run consumers, and see that each does something before the measuring begins."""
        running = [self.start(lease_s) for _consumer in range(count)]
        try:
            warm = done()
            add(4 * count)
            wait(lambda: done() >= warm + 4 * count)
            time.sleep(3)
            yield running
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait()


@command
def add(count: int, name: str = "quick") -> None:
    """Write jobs in one transaction."""
    authorize(SYSTEM, Action.JOB_RUN)
    for number in range(count):
        outbox.enqueue(db.session(), name, {"number": number})


def all_jobs() -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(select(Job.id).order_by(Job.id)))


def done() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Job.name == "quick", Job.state == "done")) or 0


def wait(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not true():
        if time.monotonic() > until:
            sys.exit("nothing came of it")
        time.sleep(0.1)


def since(last: int) -> tuple[list[float], float, str]:
    """Return the latencies of the jobs after ``last``, how long it took in all, and whether each was once."""
    db.session.rollback()
    which = (Job.id > last, Job.name == "quick")
    rows = db.session.execute(select(Job.id, Job.created, Job.finished).where(*which)).all()
    told = dict(
        db.session.execute(
            select(Entry.object_id, func.count())
            .where(Entry.kind == "Bench", Entry.object_id > last)
            .group_by(Entry.object_id)
        ).all()
    )
    lost = [row.id for row in rows if row.id not in told]
    twice = [job for job, times in told.items() if times > 1]
    span = max(row.finished for row in rows) - min(row.created for row in rows)
    verdict = "each exactly once" if not lost and not twice else f"LOST {len(lost)}, TWICE {len(twice)}"
    return [row.finished - row.created for row in rows], span, verdict


def p(latencies: list[float]) -> str:
    cuts = quantiles(latencies, n=100)
    return f"p50 {cuts[49]:.3f} s, p95 {cuts[94]:.3f} s"


def trickle(count: int, pause: float) -> list[float]:
    """Write jobs one at a time, as people do, and return how long each waited until it was done."""
    before, last = done(), max(all_jobs(), default=0)
    for _job in range(count):
        add(1)
        time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - only spreads them
    wait(lambda: done() >= before + count)
    return since(last)[0]


def measure(place: Place, count: int) -> None:
    with place.consumers():
        before, last = done(), max(all_jobs())
        for _batch in range(10):
            add(count // 10)
        wait(lambda: done() >= before + count)
        latencies, span, verdict = since(last)
        print(f"  {count} jobs, two consumers: {verdict}; {count / span:.0f} a second; {p(latencies)}")
        alone = trickle(100, 0.1)
        print(f"  one at a time: {p(alone)}")
        add(1, "hang")
        time.sleep(2)
        beside = trickle(100, 0.1)
        ratio = quantiles(beside, n=100)[94] / quantiles(alone, n=100)[94]
        print(f"  one at a time, one job hanging: {p(beside)}; p95 x {ratio:.2f}")


def forget_what_hangs() -> None:
    """Take the hanging job out of the way of the next measurement."""
    db.session.rollback()
    db.session().info["writes_allowed"] = True
    db.session.execute(update(Job).where(Job.name == "hang").values(state="dead"))
    db.session.commit()


def kill(place: Place, count: int) -> None:
    with place.consumers(lease_s=5) as running:
        before, last = done(), max(all_jobs())
        add(count)
        for _kill in range(3):
            time.sleep(0.7)
            running[0].kill()
            running[0].wait()
            running[0] = place.start(5)
        wait(lambda: done() >= before + count)
        _latencies, span, verdict = since(last)
        again = db.session.scalar(select(func.count()).where(Job.id > last, Job.attempts > 1))
        print(
            f"  {count} jobs, a consumer killed thrice: {verdict}; {again} taken again; {span:.1f} s in all"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=1000)
    count = parser.parse_args().jobs
    with ExitStack() as stack:
        folders = [stack.enter_context(tempfile.TemporaryDirectory()) for _engine in range(2)]
        server = stack.enter_context(PostgresServer())
        server.create_database("bench")
        for engine, url, folder in (
            ("SQLite", f"sqlite:///{folders[0]}/bench.db", folders[0]),
            ("PostgreSQL", server.url("bench"), folders[1]),
        ):
            print(engine)
            place = Place(url, folder)
            with place.app.app_context():
                measure(place, count)
                forget_what_hangs()
                kill(place, count)
                db.session.remove()
                db.engine.dispose()


if __name__ == "__main__":
    main()
