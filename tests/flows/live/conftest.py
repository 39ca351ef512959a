"""Streams as a browser has them: really open, on an app whose commits are real."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from queue import Empty, Queue

import pytest

from teamhub.live.hub import end_streams
from tests.own_app import own_app


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with own_app(tmp_path_factory.mktemp("stream")) as app:
        yield app


class Stream:
    """An answer of the server that is read in a thread of its own, as it comes."""

    def __init__(self, response) -> None:
        self.response, self._said = response, Queue()
        self.ended_at = 0.0
        self.wanted = True
        self._reader = threading.Thread(target=self._read, args=(response.iter_encoded(),), daemon=True)
        self._reader.start()

    def _read(self, told: Iterator[bytes]) -> None:
        while self.wanted and (part := next(told, None)) is not None:
            self._said.put(part.decode())
        self.ended_at = time.monotonic()
        self.response.close()  # as the server does, also when it finds that the browser has gone

    def says(self, seconds: float = 2.0) -> str:
        """Return the next event; nothing when none comes in ``seconds``. A heartbeat is no event."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                said = self._said.get(timeout=left)
            except Empty:
                break
            if said != ":\n\n":
                return said
        return ""

    def ends(self, seconds: float = 2.0) -> bool:
        self._reader.join(seconds)
        return not self._reader.is_alive()


@pytest.fixture
def follow(app):
    """Open streams: ``follow(browser, "/live?board=1")``. All have ended after the test."""
    opened = []

    def open_stream(browser, address="/live"):
        response = browser.get(address, buffered=False)
        assert (response.status_code, response.mimetype) == (200, "text/event-stream")
        opened.append(Stream(response))
        assert opened[-1].says() == "retry: 3000\n\n"
        return opened[-1]

    yield open_stream
    end_streams(app)
    assert all(stream.ends() for stream in opened)
    app.extensions.pop("teamhub.live", None)
