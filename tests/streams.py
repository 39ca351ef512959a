"""`flask serve` as a process of its own, and its streams as a browser's end of the line sees them."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
PATIENCE_S = 30


@contextmanager
def serving(url: str, folder: Path, key: str, *, workers: int = 1) -> Iterator[int]:
    """Serve the database at ``url`` on a port of its own. Yields the port when it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    env = {name: value for name, value in os.environ.items() if not name.startswith("TEAMHUB_")}
    env |= {"TEAMHUB_ENV": "development", "TEAMHUB_DATABASE_URL": url}
    env |= {"TEAMHUB_INSTANCE_PATH": str(folder), "TEAMHUB_SECRET_KEY": key}
    command = [sys.executable, "-m", "flask", "serve", "--port", str(port), "--no-jobs"]
    process = subprocess.Popen(
        [*command, "--workers", str(workers)], cwd=ROOT, env=env, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_S
    while process.poll() is None and time.monotonic() < until:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    message = "the server did not begin to answer"
    raise RuntimeError(message)


class Line:
    """One open stream. It is begun when this is made."""

    def __init__(self, port: int, path: str, cookie: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
        head = (f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Cookie: {cookie}", "", "")
        self.socket.sendall("\r\n".join(head).encode())
        self.heard = ""
        self.until("retry: 3000")

    def until(self, words: str) -> None:
        """Read until ``words`` have come."""
        while words not in self.heard:
            more = self.socket.recv(65_536)
            if not more:
                raise RuntimeError(self.heard)
            self.heard += more.decode()

    def close(self) -> None:
        self.socket.close()
