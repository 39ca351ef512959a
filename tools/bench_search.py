"""Measure finding challenges among 20,000: `python -m tools.bench_search`.

The whole page, facets and counts included, as the app makes it: searches for words that many, some and few
challenges hold, combined with choices of facets and orders, first and second pages, and the part alone.
Prints the median, the 95th percentile and the most statements, on SQLite and PostgreSQL in turn (quality.md
P6, P7).
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Iterator
from itertools import product
from statistics import median, quantiles
from urllib.parse import parse_qsl, urlsplit

from flask import current_app
from flask.testing import FlaskClient
from sqlalchemy import event, select
from werkzeug.datastructures import MultiDict

from teamhub.challenges import explore, facets, listing
from teamhub.challenges.models import Challenge
from teamhub.core.db import db
from teamhub.people.models import Person
from teamhub.people.sign_in import load_actor
from tests.own_app import browser_of
from tools.bench_similar import place

WORDS = 12
CHOICES = ("", "&state=submitted", "&sort=new", "&many=1&recent=1", "&division={division}", "&sort=units")
BROWSED = ("?", "?sort=new", "?sort=units", "?state=closed", "?late=1", "?people=1", "?scope=unit", "?many=1")
TIMES = 3
MOST_MS = 50


def words() -> list[str]:
    """Return words of titles from the most to the least common, evenly spread."""
    titles = db.session.scalars(select(Challenge.title))
    found = Counter(word for title in titles for word in {*re.findall(r"[a-zæøå]{4,}", title.lower())})
    by_count = [word for word, _ in found.most_common()]
    step = max(len(by_count) // WORDS, 1)
    return [by_count[0], by_count[3], by_count[10], *by_count[::step]][:WORDS]


def addresses() -> Iterator[str]:
    division = db.session.scalar(select(Challenge.division_id).where(Challenge.division_id.is_not(None)))
    for word, choice in product(words(), CHOICES):
        yield f"/challenges?q={word}{choice.format(division=division)}"
    for way in BROWSED:
        yield f"/challenges{way}"


def nurse() -> int:
    """Return the id of the demo's nurse."""
    return db.session.scalar(select(Person.id).where(Person.email == "employee@demo.example")) or 0


def measure(client: FlaskClient, asked: list[str]) -> tuple[list[float], list[int]]:
    """Return how long each page took in milliseconds, and how many statements it sent."""
    sent: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _cur, said, *_: sent.append(said))
    times, statements = [], []
    for path in [*asked, *asked * TIMES]:
        sent.clear()
        db.session.remove()
        began = time.perf_counter()
        answer = client.get(path)
        times.append((time.perf_counter() - began) * 1000)
        statements.append(sum(not said.startswith("BEGIN") for said in sent))
        if answer.status_code != 200:
            raise RuntimeError(path)
    warm = len(asked)
    return times[warm:], statements[warm:]


def search_only(asked: list[str]) -> tuple[list[float], list[int]]:
    """Return how long it took to find what a page shows, and to count beside it, without drawing it."""
    actor = load_actor(nurse())
    times = []
    for path in [*asked, *asked * TIMES]:
        search = explore.parse(MultiDict(parse_qsl(urlsplit(path).query)))
        db.session.remove()
        began = time.perf_counter()
        if actor:
            hits = facets.hits(actor, search)
            listing.spans(listing.find(actor, search, hits, facets.count(hits, search).total).rows)
        times.append((time.perf_counter() - began) * 1000)
    return times[len(asked) :], [0]


def report(name: str, times: list[float], statements: list[int]) -> None:
    p95 = quantiles(times, n=20)[18]
    verdict = "" if p95 <= MOST_MS else "  NOT"
    most = f", {max(statements)} statements" if any(statements) else ""
    print(f"  {name:22} p50 {median(times):5.1f}  p95 {p95:5.1f} ms{most}{verdict}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--on", choices=("sqlite", "postgresql"), action="append")
    for kind in parser.parse_args().on or ("sqlite", "postgresql"):
        print(kind, flush=True)
        with place(kind, "demo", "load", "--size", "large"):
            app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the app itself
            asked = list(addresses())
            client = browser_of(app, nurse())
            db.session.remove()  # what was read before the sign-in does not know of it
            searches = [path for path in asked if "q=" in path]
            browsed = [path for path in asked if "q=" not in path]
            onwards = [
                re.search(r'href="(/challenges\?[^"]*after=\d+)"', client.get(path).text) for path in asked
            ]
            second = [found[1].replace("&amp;", "&") for found in onwards if found]
            report("the search itself", *search_only(searches))
            report("searches", *measure(client, searches))
            report("without words", *measure(client, browsed))
            report("the next pages", *measure(client, second))


if __name__ == "__main__":
    main()
