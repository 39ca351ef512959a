"""Where the request in hand comes from, known to commands that know nothing of requests."""

from __future__ import annotations

from contextvars import ContextVar

from flask import Flask, request

LONGEST_ADDRESS = 45
"""Characters of the longest address there is: IPv6 with IPv4 written inside it."""

_address: ContextVar[str | None] = ContextVar("address", default=None)


def address() -> str | None:
    """Return the network address the request came from; None for what no request asked for."""
    return _address.get()


def register(app: Flask) -> None:
    """Note the address of each of ``app``'s requests. A name a proxy passes on is believed nowhere yet."""
    app.before_request(_note)
    app.teardown_request(_forget)


def _note() -> None:
    _address.set((request.remote_addr or "")[:LONGEST_ADDRESS] or None)


def _forget(_error: BaseException | None) -> None:
    """The thread serves somebody else next."""
    _address.set(None)
