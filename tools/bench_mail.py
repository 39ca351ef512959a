"""Measure mail (quality.md R53 and R58): `python -m tools.bench_mail [COUNT]`.

On SQLite and PostgreSQL in turn: 1,000 mails to a server that refuses 5 %, while a worker is killed every
two seconds; then how fast pages are while the mail server is away in each of several ways, and whether
the queue is empty once it is back.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from subprocess import Popen
from urllib.request import urlopen

from tests import post_office as posts
from tools.mail_place import (
    LEASE_S,
    PATIENCE_S,
    Place,
    hurry,
    left,
    not_marked,
    place,
    put_off,
    wait,
    write_mails,
)

A_MOMENT_S = 1.0

# -- R53: killed in the middle -----------------------------------------------------------------------


@dataclass
class Outcome:
    """What came of some mails: what was lost, what came twice, and how that stands with the kills."""

    written: set[str]
    taken: list[posts.Taken] = field(default_factory=list)
    refused: int = 0
    kills: list[float] = field(default_factory=list)
    unmarked: int = 0
    waiting: int = 0
    seconds: float = 0.0

    @property
    def copies(self) -> dict[str, list[posts.Taken]]:
        """The mails by whom they came to: everybody was to have one."""
        found: dict[str, list[posts.Taken]] = {}
        for mail in self.taken:
            found.setdefault(mail.to, []).append(mail)
        return found

    @property
    def lost(self) -> int:
        return len(self.written - {mail.id.strip("<>").partition("@")[0] for mail in self.taken})

    @property
    def distinct_duplicates(self) -> int:
        """Second copies that cannot be known as such: another Message-ID, or another idempotency key."""
        marks = (
            {(mail.id, mail.mail["Idempotency-Key"]) for mail in mails} for mails in self.copies.values()
        )
        return sum(len(each) - 1 for each in marks)

    @property
    def raw_duplicates(self) -> int:
        return len(self.taken) - len(self.copies)

    @property
    def unexplained(self) -> int:
        """Mails that came twice though nobody was killed at the moment the first was taken.

        The server may still be reading what somebody sent who is dead already.
        """
        firsts = [mails[0].at for mails in self.copies.values() if len(mails) > 1]
        return sum(not any(abs(kill - at) <= A_MOMENT_S for kill in self.kills) for at in firsts)

    def __str__(self) -> str:
        return (
            f"{len(self.written)} mails, {len(self.kills)} processes killed, {self.refused} refusals: "
            f"lost {self.lost}, distinct duplicates {self.distinct_duplicates}, "
            f"raw duplicates {self.raw_duplicates} ({self.unexplained} not at a kill), "
            f"not marked as mailed {self.unmarked}, still waiting {self.waiting}; {self.seconds:.0f} s"
        )


def killed_in_the_middle(
    kind: str, count: int, every_s: float, slow_s: float, lease_s: float = LEASE_S
) -> Outcome:
    """Send ``count`` mails while a worker is killed every ``every_s`` seconds, each fourth time a consumer.

    The server refuses 5 %, and thinks for ``slow_s`` before each mail and after it.
    """
    with posts.post_office(refuses=0.05, slow_s=slow_s) as office, place(kind, office.url, lease_s) as there:
        outcome = Outcome(write_mails(count), office.taken)
        consumers = [there.start("jobs", "run") for _consumer in range(2)]
        try:
            wait(lambda: bool(office.taken))
            began = time.monotonic()
            while left() and time.monotonic() - began < PATIENCE_S:
                time.sleep(every_s)
                hurry()
                if len(outcome.copies) < count:
                    outcome.kills += _kill(there, consumers, whole=len(outcome.kills) % 4 == 3)
        finally:
            for each in consumers:
                each.terminate()
            for each in consumers:
                each.wait()
        outcome.seconds, outcome.refused = time.monotonic() - began, office.refused
        outcome.unmarked, outcome.waiting = not_marked(), left()
        return outcome


def _kill(there: Place, consumers: list[Popen[bytes]], *, whole: bool) -> list[float]:
    """Kill a worker, or a ``whole`` consumer with all its workers; return when, once for each worker."""
    number = random.randrange(len(consumers))  # noqa: S311 - any of them
    workers = _children(consumers[number].pid)
    if not workers:
        return []
    at = time.time()
    if not whole:
        os.kill(random.choice(workers), signal.SIGKILL)  # noqa: S311 - any of them
        return [at]
    consumers[number].kill()
    consumers[number].wait()
    consumers[number] = there.start("jobs", "run")
    return [at] * len(workers)


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


# -- R58: the mail server is away --------------------------------------------------------------------


@contextmanager
def _nobody() -> Iterator[str]:
    yield f"smtp://127.0.0.1:{posts.free_port()}"


@contextmanager
def _slow() -> Iterator[str]:
    with posts.post_office(slow_s=2.0) as office:
        yield office.url


WAYS: dict[str, Callable[[], AbstractContextManager[str]]] = {
    "refused": _nobody,
    "black-holed": lambda: posts.misbehaving(posts.says_nothing),
    "reset": lambda: posts.misbehaving(posts.hangs_up),
    "garbage": lambda: posts.misbehaving(posts.talks_nonsense),
    "slow, twice 2 s": _slow,
}


def p95_of_pages(url: str, seconds: float) -> float:
    """Return the p95 of the sign-in page, asked for one time after the other, in milliseconds."""
    times, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.perf_counter()
        with urlopen(f"{url}/login", timeout=30) as answer:  # noqa: S310 - our own server
            answer.read()
        times.append((time.perf_counter() - began) * 1000)
    return quantiles(times, n=100)[94]


def away(kind: str, count: int, seconds: float) -> None:
    """Print how fast pages are while the mail server is away, and how the queue empties once it is back."""
    with posts.post_office() as office, place(kind, office.url) as there:
        for name, way in WAYS.items():
            with way() as mail_url, there.serving(mail_url) as url:
                put_off()
                p95_of_pages(url, 3)
                usual = p95_of_pages(url, seconds)
                hurry()
                write_mails(count)
                p95 = p95_of_pages(url, seconds)
                said = f"p95 {usual:.1f} ms with nothing to send, {p95:.1f} ms with {left()} mails"
                print(f"  {name}: {said}: x {p95 / usual:.2f}", flush=True)
        hurry()
        waits, before, began = left(), len(office.taken), time.monotonic()
        with there.serving(office.url):
            wait(lambda: not left())
        sent, took = len(office.taken) - before, time.monotonic() - began
        print(
            f"  back: {waits} waited, {sent} sent in {took:.0f} s, {left()} left, {not_marked()} not marked"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=1000)
    parser.add_argument("--only", choices=["r53", "r58"])
    parser.add_argument("--on", choices=["sqlite", "postgresql"])
    parser.add_argument("--seconds", type=float, default=12, help="of asking for pages, for each way")
    chosen = parser.parse_args()
    for kind in [chosen.on] if chosen.on else ["sqlite", "postgresql"]:
        print(kind, flush=True)
        if chosen.only != "r58":
            print(f"  {killed_in_the_middle(kind, chosen.count, 2, 0.05)}", flush=True)
        if chosen.only != "r53":
            away(kind, chosen.count // len(WAYS), chosen.seconds)


if __name__ == "__main__":
    main()
