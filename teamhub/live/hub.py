"""One listener for each process hears what is announced, and passes it on to the streams that wait for it."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator

import psycopg
from flask import Flask

from teamhub.core.announce import CHANNEL

LOOK_S = 0.2
"""How often SQLite's change mark is read."""

LONGEST_WAIT_S = 1.0
PAUSE_S = 2.0
"""Between attempts to reach a database that has gone away."""

EVERYTHING = "*"
"""The topic of having been away: something may have changed, nobody knows what."""

log = logging.getLogger("teamhub.live")

Source = Callable[[], Iterator[list[str]]]


class Subscription:
    """What one stream waits for. Topics heard meanwhile are kept once each until they are asked for."""

    def __init__(self, hub: Hub, topics: frozenset[str]) -> None:
        self.hub, self.topics = hub, topics
        self._heard: set[str] = set()
        self._something = threading.Condition()

    def hear(self, topic: str) -> None:
        with self._something:
            self._heard |= self.topics if topic == EVERYTHING else {topic}
            self._something.notify()

    def wait(self, seconds: float) -> set[str]:
        """Return what has been heard, at once or when it comes; nothing after ``seconds``."""
        with self._something:
            if not self._heard:
                self._something.wait(seconds)
            heard, self._heard = self._heard, set()
            return heard

    def end(self) -> None:
        self.hub.leave(self)


class Hub:
    """Passes topics from ``source`` to subscriptions, from the first one on."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._wanted: defaultdict[str, set[Subscription]] = defaultdict(set)
        self._ready = threading.Event()
        self._end = threading.Event()
        threading.Thread(target=self._listen, name="live", daemon=True).start()

    def subscribe(self, *topics: str) -> Subscription:
        """Begin to hear ``topics``. What is announced after this returns is heard."""
        subscription = Subscription(self, frozenset(topics))
        with self._lock:
            for topic in topics:
                self._wanted[topic].add(subscription)
        self._ready.wait(PAUSE_S)
        return subscription

    def leave(self, subscription: Subscription) -> None:
        with self._lock:
            for topic in subscription.topics:
                self._wanted[topic].discard(subscription)
                if not self._wanted[topic]:
                    del self._wanted[topic]

    @property
    def ended(self) -> bool:
        return self._end.is_set()

    def end(self) -> None:
        """Let every stream end now: the process is about to."""
        self._end.set()
        self._pass_on([EVERYTHING])

    def _listen(self) -> None:
        been_away = False
        while not self._end.is_set():
            try:
                for topics in self._source():
                    if self._end.is_set():
                        return
                    self._ready.set()
                    self._pass_on([EVERYTHING] if been_away else topics)
                    been_away = False
            except (psycopg.Error, sqlite3.Error, OSError) as error:
                # No traceback: writing one parses code, which CPython 3.11 cannot do in two
                # threads at once, and it says no more than the message does.
                log.warning("lost what is announced; listening again: %s", error)
                been_away = True
                self._ready.clear()
                self._end.wait(PAUSE_S)

    def _pass_on(self, topics: list[str]) -> None:
        with self._lock:
            heard = [
                (subscription, topic)
                for topic in topics
                for subscription in (
                    set().union(*self._wanted.values())
                    if topic == EVERYTHING
                    else self._wanted.get(topic, ())
                )
            ]
        for subscription, topic in heard:
            subscription.hear(topic)


def hub_of(app: Flask) -> Hub:
    """Return this process's hub, made when first asked for: a forked worker makes its own."""
    with _making:
        made: tuple[int, Hub] | None = app.extensions.get("teamhub.live")
        if made is None or made[0] != os.getpid():
            app.extensions["teamhub.live"] = made = (os.getpid(), Hub(_source_of(app)))
        return made[1]


def end_streams(app: Flask) -> None:
    """End the streams of this process, if it has any."""
    made: tuple[int, Hub] | None = app.extensions.get("teamhub.live")
    if made is not None:
        made[1].end()


_making = threading.Lock()


def _source_of(app: Flask) -> Source:
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    if url.startswith("postgresql"):
        address = "postgresql://" + url.split("://", 1)[1]
        return lambda: _notified(address)
    return lambda: _read(url.removeprefix("sqlite:///"))


def _notified(address: str) -> Iterator[list[str]]:
    """Yield topics as PostgreSQL tells them, and an empty list now and then."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'LISTEN "{CHANNEL}"')
        yield []
        while True:
            yield [told.payload for told in connection.notifies(timeout=LONGEST_WAIT_S, stop_after=1)]


def _read(path: str) -> Iterator[list[str]]:
    """Yield topics whenever the file's change mark has moved, and an empty list when it has not."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        last = connection.execute("SELECT coalesce(max(id), 0) FROM announcement").fetchone()[0]
        mark = None
        yield []
        while True:
            moved = connection.execute("PRAGMA data_version").fetchone()[0]
            rows = []
            if moved != mark:
                mark = moved
                rows = connection.execute(
                    "SELECT id, topic FROM announcement WHERE id > ? ORDER BY id", (last,)
                ).fetchall()
                last = rows[-1][0] if rows else last
            yield [topic for _, topic in rows]
            time.sleep(LOOK_S)
    finally:
        connection.close()
