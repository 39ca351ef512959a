"""How fast the pages are, as ratios: `make bench`. What is measured, and against what, is in quality.md 1.

P1 and P3 are throughput against «bare»: a Flask view that returns a constant string of 20 kB, under the same
server with the same threads. P5 is the time of a page with `large` data against `small` data; P6 counts the
database queries of a page; P8 is the composer. Absolute times of pages drift from machine to machine and are
not judged.

    make bench ARGS="--pages board,today --seconds 1"
"""

from __future__ import annotations

import argparse
import socket
import statistics
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tools import bench_composer
from tools import bench_servers as servers
from tools.bench_pages import PAGES, Page, Sizes, queries_of

THREADS = 8
CONNECTIONS = 4
ROUNDS = 3
SINGLE_REQUESTS = 60
NOISE = 0.30
"""Quality.md: no difference under 30 % counts."""

MOST_QUERIES, MOST_QUERIES_OF_PART, MOST_GROWTH, LIKE_SIZE = 8, 5, 1.15, 0.15


@dataclass
class Result:
    """One figure: what was to be reached, what was measured, and a remark."""

    figure: str
    page: str
    limit: str
    measured: str
    ok: bool | None
    remark: str = ""

    def row(self) -> list[str]:
        return [self.figure, self.page, self.limit, self.measured, _word(ok=self.ok), self.remark]


@dataclass
class Load:
    """What a server answered: requests a second, seconds of each request, share of a processor it used."""

    per_second: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def _word(*, ok: bool | None) -> str:
    return {True: "ok", False: "NOT", None: "–"}[ok]


# -- a client that costs next to nothing ---------------------------------------------------------------


class Connection:
    """One kept-alive connection. Reads no more of an answer than it takes to know where it ends."""

    def __init__(self, port: int, path: str, cookie: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines = (f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Cookie: {cookie}", "", "")
        self.request = "\r\n".join(lines).encode()

    def get(self) -> int:
        """Ask once and return the size of the body. Raises RuntimeError for anything but 200."""
        self.socket.sendall(self.request)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._more()
        head, _, body = answer.partition(b"\r\n\r\n")
        status, *headers = head.decode("latin-1").split("\r\n")
        if " 200 " not in f"{status} ":
            raise RuntimeError(status)
        values = dict(line.lower().split(": ", 1) for line in headers)
        size, got = int(values["content-length"]), len(body)
        while got < size:
            got += len(self._more())
        return size

    def _more(self) -> bytes:
        if not (more := self.socket.recv(262_144)):
            message = "the server closed the connection"
            raise RuntimeError(message)
        return more


def load(server: servers.Server, path: str, seconds: float, into: Load) -> None:
    """Ask for a page on all connections as fast as it comes, for some seconds."""
    connections = [Connection(server.port, path, server.cookie) for _ in range(CONNECTIONS)]
    until, counts, broken = time.perf_counter() + seconds, [0] * CONNECTIONS, []

    def ask(number: int) -> None:
        try:
            while time.perf_counter() < until:
                connections[number].get()
                counts[number] += 1
        except (OSError, RuntimeError) as error:
            broken.append(error)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    before, begun = server.cpu_seconds(), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.perf_counter() - begun
    if broken:
        raise broken[0]
    into.per_second.append(sum(counts) / wall)
    into.cpu.append((server.cpu_seconds() - before) / wall)
    for connection in connections:
        connection.socket.close()


# -- the figures ---------------------------------------------------------------------------------------


def throughput(page: Page, large: servers.Server, bare: servers.Server, seconds: float) -> Result:
    """P1 and P3: the page against bare Flask, turn and turn about."""
    path = page.path(large.data)
    ours, theirs = Load(), Load()
    load(large, path, 0.5, Load())  # templates are compiled and caches filled
    load(bare, "/", 0.2, Load())
    for _ in range(ROUNDS):
        load(bare, "/", seconds / 2, theirs)
        load(large, path, seconds, ours)
    ratio = statistics.median(ours.per_second) / statistics.median(theirs.per_second)
    spread = (max(ours.per_second) - min(ours.per_second)) / statistics.median(ours.per_second)
    remark = (
        f"{statistics.median(ours.per_second):.0f}/s against {statistics.median(theirs.per_second):.0f}/s, "
        f"CPU {statistics.mean(ours.cpu):.0%} against {statistics.mean(theirs.cpu):.0%}"
        + (f", unsteady: ±{spread / 2:.0%}" if spread > NOISE else "")
    )
    return Result(page.figure, page.name, f"≥ {page.least}", f"{ratio:.3f}", ratio >= page.least, remark)


def growth(page: Page, large: servers.Server, small: servers.Server) -> Result:
    """P5: one request after the other, a large and a small municipality in turn."""
    pairs = [
        (each, Connection(each.port, page.path(each.data), each.cookie), Load()) for each in (large, small)
    ]
    sizes = [connection.get() for _, connection, _ in pairs]
    for _ in range(SINGLE_REQUESTS):
        for _, connection, seen in pairs:
            begun = time.perf_counter()
            connection.get()
            seen.seconds.append(time.perf_counter() - begun)
    for _, connection, _ in pairs:
        connection.socket.close()
    p50 = [statistics.median(seen.seconds) for _, _, seen in pairs]
    ratio = p50[0] / p50[1]
    alike = abs(sizes[0] / sizes[1] - 1) <= LIKE_SIZE
    remark = (
        f"p50 {p50[0] * 1000:.1f} ms against {p50[1] * 1000:.1f} ms, {sizes[0]:,} B against {sizes[1]:,} B"
    )
    ok = ratio <= MOST_GROWTH if alike or ratio <= MOST_GROWTH else None
    return Result(
        "P5", page.name, f"≤ {MOST_GROWTH}", f"{ratio:.2f}", ok, remark + ("" if alike else ", other rows")
    )


def queries(page: Page, large: servers.Server) -> list[Result]:
    """P6: the statements of the page, and of the part htmx asks for."""
    whole = queries_of(large.data, page.path(large.data), "")
    found = [Result("P6", page.name, f"≤ {MOST_QUERIES}", str(whole), whole <= MOST_QUERIES)]
    if page.part:
        part = queries_of(large.data, page.path(large.data), page.part)
        limit = MOST_QUERIES_OF_PART
        found.append(Result("P6", f"{page.name}, its #{page.part}", f"≤ {limit}", str(part), part <= limit))
    return found


def show(results: list[Result]) -> None:
    """Print the figures as a table."""
    rows = [["figure", "page", "limit", "measured", "", "remark"], *(result.row() for result in results)]
    widths = [max(len(row[number]) for row in rows) for number in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    missed = sum(result.ok is False for result in results)
    print(f"\n{len(results)} figures, {missed} not reached.")


def main(arguments: list[str]) -> int:
    """Measure what is asked for and print it. Return 1 when a figure is not reached and --strict is said."""
    parser = argparse.ArgumentParser(prog="tools.bench", description=__doc__.splitlines()[0])
    parser.add_argument("--pages", help=f"some of: {','.join(PAGES)}")
    parser.add_argument("--figures", default="P1,P3,P5,P6,P8", help="which figures to print")
    parser.add_argument("--size", default="large", choices=Sizes, help="the large municipality")
    parser.add_argument("--small", default="small", choices=Sizes, help="what it is compared with in P5")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each round lasts")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "teamhub-bench")
    parser.add_argument("--strict", action="store_true", help="exit 1 when a figure is not reached")
    asked = parser.parse_args(arguments)
    figures = set(asked.figures.split(","))
    pages = [PAGES[name] for name in (asked.pages or ",".join(PAGES)).split(",")]
    results: list[Result] = []
    if "P8" in figures:
        bench_composer.report_speed(bench_composer.ROUNDS)
    if figures == {"P8"}:
        return 0
    with ExitStack() as stack:
        large = stack.enter_context(servers.teamhub(asked.size, asked.cache, THREADS))
        if figures & {"P1", "P3"}:
            bare = stack.enter_context(servers.bare(THREADS))
            results += [throughput(p, large, bare, asked.seconds) for p in pages if p.figure in figures]
        if "P5" in figures:
            small = stack.enter_context(servers.teamhub(asked.small, asked.cache, THREADS))
            results += [growth(page, large, small) for page in pages]
        if "P6" in figures:
            results += [result for page in pages for result in queries(page, large)]
    show(results)
    return int(asked.strict and any(result.ok is False for result in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
