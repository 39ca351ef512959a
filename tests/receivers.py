"""What webhooks post to in tests: a receiver that answers as told, and a canary that must hear nothing."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Received:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """An HTTP server on this machine. ``answers`` are statuses to give, the last of them for ever."""

    url: str
    host: str
    answers: list[int] = field(default_factory=lambda: [200])
    headers: dict[str, str] = field(default_factory=dict)
    reply: bytes = b"ok"
    got: list[Received] = field(default_factory=list)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no fault here."""


@contextmanager
def receiver(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Run a receiver while the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            there.got.append(Received(self.path, dict(self.headers), body))
            self.send_response(there.answers.pop(0) if len(there.answers) > 1 else there.answers[0])
            for name, value in there.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(there.reply)))
            self.end_headers()
            self.wfile.write(there.reply)

        def log_message(self, *_: Any) -> None:
            """The test looks at what came; nobody reads a log."""

    server = _Server(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    host = f"127.0.0.1:{server.server_port}"
    there = Receiver(f"http://{host}/hook", host)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Canary:
    """A port of this machine's own, on every loopback address there is, that counts who connects."""

    port: int = 0
    connections: int = 0


@contextmanager
def canary(speak: Callable[[socket.socket], None] | None = None) -> Iterator[Canary]:
    """Listen on 127.0.0.1, and on ::1 where there is one. ``speak`` is what is said to who connects."""
    bird, ears = Canary(), []
    for family, address in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::1")):  # noqa: S104 - all of loopback
        ear = socket.socket(family)
        ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            ear.bind((address, bird.port))
            ear.listen()
            bird.port = ear.getsockname()[1]
            threading.Thread(target=_listen, args=(ear, bird, speak), daemon=True).start()
            ears.append(ear)
            continue
        ear.close()
    try:
        yield bird
    finally:
        for ear in ears:
            with suppress(OSError):
                ear.shutdown(socket.SHUT_RDWR)
            ear.close()


def _listen(ear: socket.socket, bird: Canary, speak: Callable[[socket.socket], None] | None) -> None:
    with suppress(OSError):
        while True:
            caller, _address = ear.accept()
            bird.connections += 1
            with caller, suppress(OSError):
                if speak:
                    speak(caller)
