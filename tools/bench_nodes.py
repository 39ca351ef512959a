"""Two nodes on one PostgreSQL: each job once, nothing lost when one dies. `python -m tools.bench_nodes`.

A node is a `flask serve` with the consumer beside it and a `flask jobs run` more, as a second machine would
have. The jobs are mails to a server of our own, so that what was done is counted outside the database.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tests import post_office as posts
from tools.bench_mail import Outcome
from tools.mail_place import Place, hurry, left, not_marked, place, wait, write_mails

WARM_UP = 8
LEASE_S = 5


@dataclass
class Node:
    """One machine's programs, in a process group of their own."""

    programs: list[subprocess.Popen[bytes]]

    def die(self) -> None:
        """Go as a machine goes when its power does."""
        for program in self.programs:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()

    def stop(self) -> None:
        for program in self.programs:
            program.terminate()
        for program in self.programs:
            program.wait()


@contextmanager
def node(there: Place) -> Iterator[Node]:
    """Run a server with two consumers while the block lasts, or until it dies."""
    port = str(posts.free_port())
    started = [
        there.start("serve", "--port", port, "--workers", "1", alone=True),
        there.start("jobs", "run", alone=True),
    ]
    running = Node(started)
    try:
        yield running
    finally:
        running.stop()


def over_two_nodes(count: int, *, kill_one: bool) -> Outcome:
    """Send ``count`` mails over two nodes, one of which may be killed when a third has been sent."""
    with ExitStack() as stack:
        office = stack.enter_context(posts.post_office())
        there = stack.enter_context(place("postgresql", office.url, LEASE_S))
        warmed = write_mails(WARM_UP)
        one, _other = (stack.enter_context(node(there)) for _node in range(2))
        wait(lambda: len(office.taken) >= WARM_UP and not left())
        time.sleep(2)
        outcome = Outcome(warmed | write_mails(count), office.taken)
        began = time.monotonic()
        if kill_one:
            wait(lambda: len(office.taken) >= WARM_UP + count // 3)
            outcome.kills.append(time.time())
            one.die()
        while left() and time.monotonic() - began < 120:
            time.sleep(0.5)
            hurry()
        outcome.seconds = time.monotonic() - began
        outcome.unmarked, outcome.waiting = not_marked(), left()
    return outcome


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=1000)
    count = parser.parse_args().count
    for kill_one in (False, True):
        print("one node killed:" if kill_one else "two nodes, two consumers each:")
        print(f"  {over_two_nodes(count, kill_one=kill_one)}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
