"""What happens on one node, or in one process, is seen live on the others within two seconds."""

from __future__ import annotations

import http.client
import sys
import time
from contextlib import ExitStack, closing
from urllib.parse import urlencode

import pytest

import config
from teamhub import create_app
from teamhub.core.db import db
from tests.databases import DATABASES, ON_POSTGRESQL
from tests.own_app import browser_of, data_of
from tests.streams import Line, serving

AT_MOST_S = 2.0
MOVES = 6

pytestmark = pytest.mark.timeout(90)


class Scene:
    """A board in a database of its own, and its lead's cookie."""

    def __init__(self, url, folder):
        class Settings(config.Test):
            DATABASE_URL = url
            INSTANCE_PATH = str(folder)

        self.app = app = create_app(Settings)
        self.url, self.folder = url, folder
        with data_of(app) as make:
            lead = make.person()
            mission = make.mission(lead)
            self.task_id = make.task(mission).id
            self.columns = [column.id for column in make.columns(mission)]
            self.path, lead_id = f"/live?board={mission.id}", lead.id
        client = browser_of(app, lead_id)
        self.token, client = self._token(client, mission.id)
        held = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
        self.cookie = f"{held.key}={held.value}"
        with app.app_context():
            db.engine.dispose()

    def _token(self, client, mission_id):
        page = client.get(f"/missions/{mission_id}/board").text
        return page.partition('name="csrf_token" value="')[2].partition('"')[0], client

    def serve(self, *, workers=1):
        return serving(self.url, self.folder, self.app.config["SECRET_KEY"], workers=workers)

    def move(self, port, number):
        """Move the card as a browser without scripts does."""
        body = urlencode({"csrf_token": self.token, "column": self.columns[number % 2]})
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("POST", f"/tasks/{self.task_id}/move", body, headers)
        answer = connection.getresponse()
        assert answer.status == 303, answer.read()
        connection.close()


def slowest(scene, port, *heard_on):
    """Move the card through ``port`` some times; return how long the last who heard of it took."""
    with ExitStack() as stack:
        lines = [stack.enter_context(closing(Line(on, scene.path, scene.cookie))) for on in heard_on]
        took = [_one(scene, port, number, lines) for number in range(1, MOVES + 1)]
    sys.stdout.write(f"slowest of {MOVES}: {max(took):.3f} s\n")
    return max(took)


def _one(scene, port, number, lines):
    for line in lines:
        line.heard = ""
    begun = time.monotonic()
    scene.move(port, number)
    for line in lines:
        line.until("event: board\ndata:\n\n")
    return time.monotonic() - begun


@pytest.mark.once
def test_two_nodes_on_one_postgresql(tmp_path):
    scene = Scene(DATABASES.new(on_postgresql=True), tmp_path)
    with ExitStack() as stack:
        here, there = (stack.enter_context(scene.serve()) for _ in range(2))

        took = slowest(scene, here, here, there)

    assert took < AT_MOST_S


@pytest.mark.skipif(ON_POSTGRESQL, reason="about SQLite")
def test_three_processes_on_one_sqlite(tmp_path):
    scene = Scene(DATABASES.new(), tmp_path)
    with scene.serve(workers=2) as two, scene.serve() as one:
        took = slowest(scene, one, one, *[two] * 4)

    assert took < AT_MOST_S
