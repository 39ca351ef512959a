"""The servers `make bench` loads: Teamhub as `flask serve` runs it, and bare Flask beside it."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from teamhub import serve
from tools.bench_pages import Municipality, find

ROOT = Path(__file__).resolve().parent.parent
BARE_BYTES = 20_000
PATIENCE_S = 60
SETTINGS = {"TEAMHUB_ENV": "development", "TEAMHUB_DEMO": "true"}


@dataclass
class Server:
    """A running server, and what is in its database when it is ours."""

    port: int
    process: subprocess.Popen[bytes]
    found: Municipality | None = None

    @property
    def data(self) -> Municipality:
        if self.found is None:
            message = "bare Flask has no data"
            raise RuntimeError(message)
        return self.found

    @property
    def cookie(self) -> str:
        return self.found.cookie if self.found else ""

    def cpu_seconds(self) -> float:
        """Return the processor time of the server and its workers so far; 0 where nothing tells."""
        group, ticks = os.getpgid(self.process.pid), 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it ended while we looked
            if int(fields[2]) == group:
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def teamhub(size: str, cache: Path, threads: int) -> Iterator[Server]:
    """Serve a copy of the demo municipality of a size; made once and kept for the next time."""
    folder = _demo(size, cache)
    port = _free_port()
    env = _env(folder)
    command = [sys.executable, "-m", "flask", "serve", "--port", str(port), "--workers", "1"]
    with _running([*command, "--threads", str(threads)], env, port) as process:
        yield Server(port, process, find(folder, f"http://127.0.0.1:{port}"))


@contextmanager
def bare(threads: int) -> Iterator[Server]:
    """Serve the constant page under the same server."""
    port = _free_port()
    command = [sys.executable, "-m", "tools.bench_servers", str(port), str(threads)]
    with _running(command, dict(os.environ), port) as process:
        yield Server(port, process)


def _demo(size: str, cache: Path) -> Path:
    """Return the folder of a demo of this size, as this version of the code makes it."""
    sources = [*(ROOT / "teamhub" / "demo").rglob("*"), *(ROOT / "migrations" / "versions").glob("*.py")]
    contents = b"".join(
        path.read_bytes() for path in sorted(sources) if path.is_file() and path.suffix != ".pyc"
    )
    folder = cache / f"{size}-{hashlib.sha256(contents).hexdigest()[:12]}"
    if (folder / "complete").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    print(f"Making the {size} municipality in {folder}", flush=True)
    for task in (["db", "upgrade"], ["demo", "load", "--size", size]):
        subprocess.run([sys.executable, "-m", "flask", *task], cwd=ROOT, env=_env(folder), check=True)
    (folder / "complete").touch()
    return folder


def _env(folder: Path) -> dict[str, str]:
    env = {key: value for key, value in os.environ.items() if not key.startswith("TEAMHUB_")}
    return env | SETTINGS | {"TEAMHUB_INSTANCE_PATH": str(folder)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], env: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server in a process group of its own until the block is left."""
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.1)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_S)


def _serve_bare(port: int, threads: int) -> None:
    app, page = Flask("bare"), "x" * BARE_BYTES
    app.add_url_rule("/", view_func=lambda: page)
    options = {
        "bind": f"127.0.0.1:{port}",
        "workers": 1,
        "worker_class": "gthread",
        "threads": threads,
        "worker_connections": 1000,
        "loglevel": "warning",
        "control_socket_disable": True,
    }
    serve.Server(app, options).run()


if __name__ == "__main__":
    _serve_bare(int(sys.argv[1]), int(sys.argv[2]))
