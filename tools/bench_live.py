"""What open streams cost the pages of the same process: `python -m tools.bench_live`.

One process (`flask serve --workers 1`) with a demo municipality answers two pages, one request after another:
alone, while 200 streams are open, while ten of them are on a board that changes each second, and while all
are. The cases take turns, for what else the machine does comes and goes; each ratio is within its turn, and
their median counts. The target is a p95 below 1.5 times that without streams. Then the server is told to stop
with all streams open.
"""

from __future__ import annotations

import argparse
import selectors
import signal
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import cast

from teamhub.core.announce import announce
from teamhub.core.db import db
from tools import bench_servers as servers
from tools.bench import Connection

STREAMS = 200
MOST = 1.5
REQUESTS = 100
WARM = 20
TURNS = 5

Case = tuple[str, list[str], list[int]]
Turn = tuple[dict[str, tuple[float, float]], float, int]


class Listeners:
    """Many open streams, read by one thread that throws away what they say."""

    def __init__(self, server: servers.Server, paths: list[str]) -> None:
        self.events = 0
        self._ended = threading.Event()
        self._selector = selectors.DefaultSelector()
        for path in paths:
            line = socket.create_connection(("127.0.0.1", server.port))
            head = (f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{server.port}", f"Cookie: {server.cookie}")
            line.sendall("\r\n".join((*head, "", "")).encode())
            if b" 200 " not in line.recv(4096):
                raise RuntimeError(path)
            self._selector.register(line, selectors.EVENT_READ)
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        while not self._ended.is_set():
            for key, _ in self._selector.select(0.2):
                line = cast("socket.socket", key.fileobj)
                said = line.recv(4096)
                self.events += said.count(b"event: board")
                if not said:
                    self._selector.unregister(line)
                    line.close()

    def close(self) -> None:
        self._ended.set()
        self._reader.join()
        for key in list(self._selector.get_map().values()):
            cast("socket.socket", key.fileobj).close()


@contextmanager
def announcing(server: servers.Server, boards: list[int]) -> Iterator[None]:
    """Say each second that one of ``boards`` has changed, from a process beside the server."""
    ended = threading.Event()

    def go_on() -> None:
        number = 0
        while not ended.wait(1.0):
            with server.data.app.app_context():
                session = db.session()
                session.info["writes_allowed"] = True
                announce(session, f"board:{boards[number % len(boards)]}")
                session.commit()
                db.session.remove()
            number += 1

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def measure(server: servers.Server, path: str, requests: int) -> tuple[float, float]:
    """Return p50 and p95 in milliseconds of one request after another, some tens of them each second."""
    connection, took = Connection(server.port, path, server.cookie), []
    for number in range(WARM + requests):
        begun = time.perf_counter()
        connection.get()
        if number >= WARM:
            took.append((time.perf_counter() - begun) * 1000)
        time.sleep(0.005)
    connection.socket.close()
    return statistics.median(took), statistics.quantiles(took, n=20)[18]


def worker_mb(server: servers.Server) -> float:
    """Return the memory of the one process that answers: the supervisor's first child's child."""
    pid = server.process.pid
    for _generation in ("gunicorn", "its worker"):
        pid = int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def cases(board: int, streams: int) -> list[Case]:
    """Name each case, with the addresses of its streams and the boards that change."""
    on_board, few = [f"/live?board={board}"], streams // 20
    return [
        ("no streams", [], []),
        (f"{streams} open, nothing happens", on_board * streams, []),
        (
            f"{few} of {streams} on a board that changes",
            on_board * few + ["/live"] * (streams - few),
            [board],
        ),
        (f"all {streams} on a board that changes", on_board * streams, [board]),
    ]


def stop(server: servers.Server, paths: list[str]) -> float:
    """Return how long the server takes to end when told to, with streams open."""
    listeners = Listeners(server, paths)
    begun = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    server.process.wait(60)
    took = time.monotonic() - begun
    listeners.close()
    return took


def turn(server: servers.Server, case: Case, pages: list[str], requests: int) -> Turn:
    """Measure one case once: p50 and p95 of each page, and the worker's memory meanwhile."""
    _name, paths, changing = case
    listeners = Listeners(server, paths)
    with announcing(server, changing) if changing else nullcontext():
        took = {page: measure(server, page, requests) for page in pages}
    memory = worker_mb(server)
    listeners.close()
    time.sleep(2)  # places are taken back
    return took, memory, listeners.events


def show(all_cases: list[Case], turns: list[list[Turn]], pages: list[str]) -> None:
    """Print the median over the turns of each case."""
    for number, (name, *_) in enumerate(all_cases):
        mine = [each[number] for each in turns]
        for page in pages:
            p50, p95 = (statistics.median(took[page][which] for took, *_ in mine) for which in (0, 1))
            ratios = [each[number][0][page][1] / each[0][0][page][1] for each in turns]
            ok = "" if statistics.median(ratios) < MOST else "NOT"
            spread = f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}) {ok}"
            print(f"{name:48} {page:20} p50 {p50:6.1f}  p95 {p95:6.1f} ms  × {spread}")
        memory, events = max(turn[1] for turn in mine), sum(turn[2] for turn in mine)
        print(f"{name:48} worker {memory:.0f} MB, {events} events heard")


def main(arguments: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="tools.bench_live", description=__doc__.splitlines()[0])
    parser.add_argument("--streams", type=int, default=STREAMS)
    parser.add_argument("--requests", type=int, default=REQUESTS, help="of each page in each turn")
    parser.add_argument("--turns", type=int, default=TURNS)
    parser.add_argument("--size", default="small")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "teamhub-bench")
    asked = parser.parse_args(arguments)
    with servers.teamhub(asked.size, asked.cache, 256) as server:
        pages = ["/challenges", f"/missions/{server.data.mission_id}/board"]
        all_cases = cases(server.data.mission_id, asked.streams)
        turns = [
            [turn(server, case, pages, asked.requests) for case in all_cases] for _ in range(asked.turns)
        ]
        show(all_cases, turns, pages)
        took = stop(server, [f"/live?board={server.data.mission_id}"] * asked.streams)
        print(f"Told to stop with {asked.streams} streams open: ended in {took:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
