"""Mail servers of this machine's own: one that takes mail, or refuses some, and some that do not behave."""

from __future__ import annotations

import asyncio
import email
import email.policy
import random
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

OK, NOT_NOW = "250 taken", "451 not now, try again"


@dataclass(frozen=True)
class Taken:
    """A mail the server has, the moment before it says 250 to it."""

    at: float
    to: str
    raw: bytes

    @property
    def mail(self) -> EmailMessage:
        message = email.message_from_bytes(self.raw, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        return message

    @property
    def id(self) -> str:
        return str(self.mail["Message-ID"])


@dataclass
class PostOffice:
    """A server that takes mail. It refuses a share ``refuses`` of it for now.

    It thinks for ``slow_s`` before the mail comes, and for as long before it says that it has taken it.
    """

    refuses: float = 0.0
    slow_s: float = 0.0
    answer: str = OK
    guarded: bool = False
    url: str = ""
    taken: list[Taken] = field(default_factory=list)
    refused: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(53))  # noqa: S311 - the same each time

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own name
        self, _server: Any, session: Any, envelope: Any, address: str, _how: Any
    ) -> str:
        if self.guarded and not session.authenticated:
            return "530 who are you"
        await asyncio.sleep(self.slow_s)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the same
        if self.answer == OK and self.chance.random() >= self.refuses:
            self.taken.append(Taken(time.time(), envelope.rcpt_tos[0], envelope.content))
            await asyncio.sleep(self.slow_s)
            return OK
        self.refused += 1
        return NOT_NOW if self.answer == OK else self.answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def post_office(password: str = "", tls: ssl.SSLContext | None = None, **how: Any) -> Iterator[PostOffice]:
    """Run a mail server while the block lasts. With ``password`` it takes mail only from who knows it."""
    office, port = PostOffice(**how), free_port()
    office.url = f"{'smtps' if tls else 'smtp'}://127.0.0.1:{port}"
    office.guarded = bool(password)
    guard: dict[str, Any] = {"authenticator": _knows(password)} if password else {}
    controller = Controller(
        office, hostname="127.0.0.1", port=port, ssl_context=tls, auth_require_tls=False, **guard
    )
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def _knows(password: str) -> Callable[..., AuthResult]:
    def check(_server: Any, _session: Any, _envelope: Any, _how: str, said: Any) -> AuthResult:
        return AuthResult(success=said.password == password.encode())

    return check


@contextmanager
def misbehaving(speak: Callable[[socket.socket], None]) -> Iterator[str]:
    """Listen while the block lasts, let ``speak`` do what it will with who connects, and give the address."""
    ear, callers = socket.create_server(("127.0.0.1", 0)), []

    def listen() -> None:
        with suppress(OSError):
            while True:
                caller, _address = ear.accept()
                callers.append(caller)
                with suppress(OSError):
                    speak(caller)

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield f"smtp://127.0.0.1:{ear.getsockname()[1]}"
    finally:
        for each in (ear, *callers):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


def says_nothing(_caller: socket.socket) -> None:
    """As behind a firewall that lets a connection through and nothing more."""


def talks_nonsense(caller: socket.socket) -> None:
    caller.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def talks_without_end(caller: socket.socket) -> None:
    caller.sendall(b"x" * 100_000)


def hangs_up(caller: socket.socket) -> None:
    caller.close()


def hangs_up_on_the_mail(caller: socket.socket) -> None:
    """Polite until the mail itself comes."""
    lines = caller.makefile("rb")
    caller.sendall(b"220 here\r\n")
    for line in lines:
        if line.upper().startswith(b"DATA"):
            caller.close()
            return
        caller.sendall(b"250 OK\r\n")
