"""Measure likeness: `python -m tools.bench_similar [LIST.csv]`.

How many of the texts told again find their original, how many others are called «svært lik», by title
alone too; and how long a suggestion takes among 20,000 challenges. On SQLite and PostgreSQL in turn.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import func, select

import config
from teamhub import create_app
from teamhub.access.actor import SYSTEM
from teamhub.challenges import counting, likeness
from teamhub.challenges.models import Challenge
from teamhub.core.db import db
from tests.servers import PostgresServer

ROOT = Path(__file__).parent.parent
PAIRS = tomllib.loads((ROOT / "tests" / "quality" / "similar_pairs.toml").read_text("utf-8"))
LIST = ROOT.parent / "shared" / "data" / "tidstyver_2014.csv"


@contextmanager
def place(kind: str, *task: str) -> Iterator[None]:
    """Be in an app of its own, with what ``task``, a command of flask's, puts into it."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        url = f"sqlite:///{folder}/like.db"
        if kind == "postgresql":
            server = stack.enter_context(PostgresServer())
            server.create_database("like")
            url = server.url("like")
        settings = {"DATABASE_URL": url, "INSTANCE_PATH": folder, "JOBS_WAKE": False}
        app = create_app(type("Settings", (config.Development,), settings))
        with app.app_context():
            upgrade()
        app.test_cli_runner().invoke(args=list(task), catch_exceptions=False)
        with app.app_context():
            began = time.perf_counter()
            counting.count_stems(SYSTEM)
            print(f"  counted the stems in {time.perf_counter() - began:.1f} s")
            yield
            db.session.remove()
            db.engine.dispose()


def both(each: dict[str, str]) -> str:
    return f"{each['title']} {each['situation']}"


def accuracy(text_of: Callable[[dict[str, str]], str]) -> str:
    """Return how many find their original among three, and how many others are very like something."""
    refs = {ref: id_ for id_, ref in db.session.execute(select(Challenge.id, Challenge.external_ref))}
    hits = sum(
        refs[each["ref"]] in [hit.id for hit in likeness.similar(text_of(each))] for each in PAIRS["again"]
    )
    alike = sum(any(hit.very for hit in likeness.similar(text_of(each))) for each in PAIRS["other"])
    some = sum(bool(likeness.similar(text_of(each))) for each in PAIRS["other"])
    return f"{hits} of 40 found, {alike} of 40 others «svært lik», {some} of 40 others with any suggestion"


def speed() -> str:
    """Return how long a suggestion takes: texts told again, others, and beginnings of what is stored."""
    stored = db.session.scalars(select(func.substr(Challenge.title, 1, 60)).limit(200))
    texts = [both(each) for each in PAIRS["again"] + PAIRS["other"]]
    times = [_timed(text) for text in [*texts, *stored]]
    return f"median {median(times):.1f} ms, p95 {quantiles(times, n=20)[18]:.1f} ms, {len(times)} texts"


def _timed(text: str) -> float:
    db.session.rollback()
    began = time.perf_counter()
    likeness.similar(text)
    return (time.perf_counter() - began) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("list", nargs="?", type=Path, default=LIST)
    parser.add_argument("--on", choices=("sqlite", "postgresql"), action="append")
    asked = parser.parse_args()
    real: Any = asked.list
    for kind in asked.on or ("sqlite", "postgresql"):
        print(kind, flush=True)
        with place(kind, "import", "challenges", str(real), "--mapping", "tidstyver"):
            print(f"  title and text: {accuracy(both)}")
            print(f"  title alone: {accuracy(lambda each: each['title'])}", flush=True)
        with place(kind, "demo", "load", "--size", "large"):
            print(f"  among {db.session.scalar(select(func.count(Challenge.id)))}: {speed()}", flush=True)


if __name__ == "__main__":
    main()
