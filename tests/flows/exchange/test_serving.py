"""`flask serve`: it answers, tells nothing about itself, and stops with everything it started."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request

import pytest


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def server(installation, port, tmp_path):
    with (tmp_path / "out").open("w") as out:
        process = subprocess.Popen(
            installation.command("serve", "--port", port, "--workers", 2, "--threads", 2, "--no-jobs"),
            cwd=installation.root, env=installation.env | {"TEAMHUB_DEMO": "1"}, stdout=out, stderr=out,
            start_new_session=True,
        )  # fmt: skip
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)  # its own group, started above
        process.wait()


def answer(port):
    for _try in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/login", timeout=5) as response:
                return response.status, dict(response.headers)
        except OSError:
            time.sleep(0.1)
    raise TimeoutError


def is_free(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_the_server_answers_and_stops_with_all_its_processes(server, port, tmp_path, stop):
    status, headers = answer(port)
    server.send_signal(stop)
    code = server.wait(timeout=20)

    said = (tmp_path / "out").read_text()
    assert (status, "Server" in headers, code) == (200, False, 0)
    assert said.splitlines() == [
        f"Teamhub svarer på http://127.0.0.1:{port}. Ctrl-C stopper.",
        "Databasen har ingen demokontoer. Lag dem med: flask demo load",
    ]
    assert is_free(port)
    with pytest.raises(ProcessLookupError):
        os.killpg(server.pid, 0)
