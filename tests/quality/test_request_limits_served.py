"""What is too large for the server that stands in front of the app, and what it costs to be told (R27)."""

from __future__ import annotations

import os
import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from teamhub.attachments.models import Attachment
from teamhub.challenges.models import Challenge
from teamhub.core.db import db
from tests.own_app import browser_of, data_of, own_app
from tests.streams import serving

pytestmark = pytest.mark.once

REFUSED = {400, 413, 414, 431}
AT_MOST_S = 1.0
PATIENCE_S = 20
PARALLEL = 20
MOST_GROWTH = 50_000_000

BODY = 30_000_000
PIECE = b"x" * 60_000
FORM = "Content-Type: application/x-www-form-urlencoded"
FILE = "Content-Type: multipart/form-data; boundary=teamhub"
A_FILE = b'--teamhub\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
TOLD, UNTOLD = f"Content-Length: {BODY}", "Transfer-Encoding: chunked"


class Served:
    """The app as it is served, with the cookie and the token of somebody who is signed in."""

    def __init__(self, app, port, person_id):
        self.app, self.port = app, port
        held = browser_of(app, person_id).get_cookie(app.config["SESSION_COOKIE_NAME"])
        self.cookie = f"Cookie: {held.key}={held.value}"
        answer = self.ask("GET /settings", self.cookie).decode()
        self.cookie = f"Cookie: {re.search(r'Set-Cookie: ([^;]+)', answer)[1]}"
        self.token = re.search('name="csrf_token" value="([^"]+)"', answer)[1]

    def ask(self, what, *head, body=()):
        """Send a request bit by bit, all of it unless it is refused before. Return what is answered."""
        lines = (f"{what} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Connection: close", *head, "", "")
        with closing(socket.create_connection(("127.0.0.1", self.port), PATIENCE_S)) as line:
            with suppress(BrokenPipeError, ConnectionResetError):
                for piece in ("\r\n".join(lines).encode(), *body):
                    line.sendall(piece)
            return b"".join(iter(lambda: line.recv(65_536), b""))

    def status(self, *request, **more):
        """Return the status a request is answered with, and how long that took if it is too long."""
        begun = time.monotonic()
        status = int(self.ask(*request, **more).split()[1])
        took = time.monotonic() - begun
        return status if took < AT_MOST_S else f"{status} after {took:.1f} s"

    def written(self):
        """Return how many challenges and files there are."""
        with self.app.app_context():
            return [db.session.scalar(select(func.count(model.id))) for model in (Challenge, Attachment)]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    with own_app(folder) as app:
        with data_of(app) as make:
            person_id = make.person().id
        settings = app.config
        with serving(settings["DATABASE_URL"], folder, settings["SECRET_KEY"], workers=2) as port:
            yield Served(app, port, person_id)


def in_pieces(*pieces):
    """A body whose length is not told beforehand."""
    yield from (b"%x\r\n%b\r\n" % (len(piece), piece) for piece in (*pieces, b""))


def body_of(how, begins=b""):
    pieces = [begins, *[PIECE] * (BODY // len(PIECE))]
    return in_pieces(*filter(None, pieces)) if how == UNTOLD else pieces


HEADS = {
    "an address": (f"GET /challenges?q={'x' * 5000}",),
    "an endless address": (f"GET /challenges?q={'x' * 1_000_000}",),
    "a path": (f"GET /{'x/' * 5000}",),
    "a field": ("GET /login", f"X-Long: {'x' * 10_000}"),
    "a cookie": ("GET /login", f"Cookie: {'a=1; ' * 10_000}"),
    "an endless field": ("GET /login", f"X-Long: {'x' * 2_000_000}"),
    "many fields": ("GET /login", *(f"X-{number}: 1" for number in range(200))),
}


@pytest.mark.parametrize("what", HEADS)
def test_a_head_that_is_too_large_is_refused(served, what):
    assert served.status(*HEADS[what]) in REFUSED
    assert served.status("GET /login") == 200


def test_an_address_just_within_the_limit_is_answered(served):
    address = f"/challenges?q={'lang ko ' * 200}&{'state=draft&' * 150}page={'9' * 500}".replace(" ", "+")

    assert len(address) > 3900
    assert served.status(f"GET {address}", served.cookie) == 200


def draft(served):
    fields = {"csrf_token": served.token, "do": "save", "title": "Lang", "affected": "Alle", "situation": ""}
    return urlencode(fields).encode()


@pytest.mark.parametrize("how", [TOLD, UNTOLD])
def test_a_form_that_is_too_large_is_refused_and_never_kept_in_part(served, how):
    before, body = served.written(), body_of(how, draft(served))

    assert served.status("POST /challenges/new", FORM, how, served.cookie, body=body) == 413
    assert served.written() == before


def test_the_same_form_is_kept_when_it_is_not_too_large(served):
    (drafts, files), small = served.written(), draft(served) + PIECE[:5000]

    length = f"Content-Length: {len(small)}"
    assert served.status("POST /challenges/new", FORM, length, served.cookie, body=[small]) == 303
    assert served.written() == [drafts + 1, files]


# -- twenty at once ---------------------------------------------------------------------------------------


def family(pid):
    """A process and all below it."""
    below = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(FileNotFoundError):  # the thread has ended since it was listed
            below += thread.read_text().split()
    return [pid, *(each for child in below for each in family(int(child)))]


def memory_of(pids):
    """Return the bytes of memory some processes hold."""
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.fixture
def growth(served):
    """Return how many bytes the server's processes have grown by at most, while something is done."""
    if not Path("/proc/self/statm").exists():
        pytest.skip("reads /proc")
    everybody = family(os.getpid())[1:]

    def during(deed):
        before, over, seen = memory_of(everybody), threading.Event(), [0]

        def watch():
            while not over.wait(0.02):
                seen.append(memory_of(everybody))

        watcher = threading.Thread(target=watch)
        watcher.start()
        result = deed()
        over.set()
        watcher.join()
        return result, max(seen) - before

    return during


OFFENCES = {
    "a form": ("POST /challenges/new", FORM, TOLD, b""),
    "a form of unknown length": ("POST /challenges/new", FORM, UNTOLD, b""),
    "a file": ("POST /challenges/new/files", FILE, TOLD, A_FILE),
    "a file of unknown length": ("POST /challenges/new/files", FILE, UNTOLD, A_FILE),
    "a form where a file may be": ("POST /challenges/new/files", FORM, UNTOLD, b""),
}


@pytest.mark.parametrize("who", ["signed out", "signed in"])
@pytest.mark.parametrize("what", OFFENCES)
def test_twenty_who_send_far_too_much_at_once_cost_little_memory(served, growth, what, who):
    request, kind, how, begins = OFFENCES[what]
    head = (request, kind, how, *([served.cookie] if who == "signed in" else []))
    before = served.written()

    def at_once(send):
        with ThreadPoolExecutor(PARALLEL) as clients:
            return list(clients.map(send, range(PARALLEL)))

    at_once(lambda _number: served.ask("GET /login"))
    answers, grown = growth(lambda: at_once(lambda _number: served.ask(*head, body=body_of(how, begins))))

    assert {int(answer.split()[1]) for answer in answers} == {413}
    assert grown < MOST_GROWTH
    assert served.written() == before
