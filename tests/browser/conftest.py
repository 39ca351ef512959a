"""Teamhub as people meet it: the real server on a port of its own, and Chromium in front of it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

import config
from teamhub import create_app
from teamhub.core.db import about_to_write
from teamhub.core.db import db as _db
from teamhub.people.personas import DEMO_PASSWORD
from tests.browser import story
from tests.factories import Make
from tests.servers import chromium

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "tests" / "browser" / "vendor" / "axe.min.js").read_text(encoding="utf-8")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PATIENCE_S = 30
LONGEST_S = 240
"""A browser on a busy machine may take this long over a test that takes ten seconds on a quiet one."""

# Chromium says these of every 4xx answer, also one the page shows as it should.
NO_FAULT = ("Failed to load resource: the server responded with a status of 4",)
TELL_OF_VIOLATIONS = """document.addEventListener("securitypolicyviolation", (e) =>
  console.error(`policy violation: ${e.effectiveDirective} ${e.blockedURI} ${e.sample}`));"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.timeout(LONGEST_S))


@dataclass
class Live:
    """A running Teamhub with demo data. ``make`` writes into its database as factories do in other tests."""

    url: str
    app: Flask

    @contextmanager
    def data(self) -> Iterator[Make]:
        # As a command does, lest a reading that turns into a writing meets one of the server's: «locked».
        writing = about_to_write.set(True)
        with self.app.app_context():
            _db.session().info["writes_allowed"] = True
            try:
                yield Make(_db.session)
            finally:
                _db.session.remove()
                about_to_write.reset(writing)


@dataclass
class Watched:
    """What a browser context did that it should not: requests to other hosts, errors in the console."""

    host: str
    faults: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("request", self._requested)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("console", self._said)

    def _requested(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc != self.host:
            self.faults.append(f"request to another host: {request.url}")

    def _said(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(NO_FAULT):
            self.faults.append(f"console: {message.text}")


@contextmanager
def served(folder: Path, *tasks: list[str]) -> Iterator[Live]:
    """`flask serve` over a database of its own in ``folder``, after `flask db upgrade` and ``tasks``."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    class Settings(config.Development):
        DATABASE_URL = f"sqlite:///{folder / 'teamhub.db'}"
        INSTANCE_PATH = str(folder)
        BASE_URL = f"http://127.0.0.1:{port}"
        DEMO = True
        REMEMBER = False

    env = {key: value for key, value in os.environ.items() if not key.startswith("TEAMHUB_")}
    env |= {"TEAMHUB_ENV": "development", "PYTHONWARNINGS": "default"}
    for name in ("DATABASE_URL", "INSTANCE_PATH", "BASE_URL"):
        env[f"TEAMHUB_{name}"] = getattr(Settings, name)
    env |= {"TEAMHUB_DEMO": "true", "TEAMHUB_REMEMBER": "false"}
    flask = [sys.executable, "-m", "flask"]
    for task in (["db", "upgrade"], *tasks):
        subprocess.run([*flask, *task], cwd=ROOT, env=env, check=True, capture_output=True)
    log = (folder / "serve.log").open("w")
    serve = [*flask, "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(serve, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(f"{Settings.BASE_URL}/login", server, Path(log.name))
        yield Live(Settings.BASE_URL, create_app(Settings))
    finally:
        server.terminate()
        server.wait(PATIENCE_S)
        log.close()


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Teamhub with the small demo municipality, as `make run` has it."""
    with served(tmp_path_factory.mktemp("live"), ["demo", "load", "--size", "small"]) as running:
        yield running


@pytest.fixture(scope="session")
def drammen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Teamhub with the real organisation and the nation's time thieves, and the demo's people in it."""
    folder = tmp_path_factory.mktemp("drammen")
    people = folder / "people.csv"
    people.write_text(story.PEOPLE, encoding="utf-8")
    with served(
        folder,
        ["import", "units", str(story.DATA / "org_drammen_2020.csv")],
        ["import", "people", str(people)],
        ["import", "challenges", str(story.DATA / "tidstyver_2014.csv"), "--mapping", "tidstyver"],
    ) as running:
        story.give_keys_and_offices(running)
        yield running


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(address, timeout=PATIENCE_S):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(log.read_text())


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """One Chromium for the run. It may not call home either."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def new_page(live: Live, chrome: Browser) -> Iterator[Callable[..., Page]]:
    """Open a browser of its own for one person: ``new_page(width=390, color_scheme="dark")``.

    At the end of the test each must have kept to our host, with nothing to complain of in its console.
    """
    watched = Watched(urlsplit(live.url).netloc)
    contexts = []

    def open_page(*, width: int = 1440, height: int = 900, **options: Any) -> Page:
        settings = {"locale": "nb-NO", "timezone_id": "Europe/Oslo", "reduced_motion": "reduce"} | options
        context = chrome.new_context(
            base_url=live.url, viewport={"width": width, "height": height}, **settings
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.add_init_script(TELL_OF_VIOLATIONS)
        page = context.new_page()
        watched.watch(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert watched.faults == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


@pytest.fixture
def sign_in() -> Callable[..., Page]:
    """Sign a person of the demo in through the sign-in page, as a person does: ``sign_in(page, email)``."""

    def _in(page: Page, email: str, password: str = DEMO_PASSWORD) -> Page:
        page.goto("/login")
        page.locator("input[name=email]").fill(email)
        page.locator("input[name=password]").fill(password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda address: "/login" not in address)
        return page

    return _in


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Return what axe finds on a page by WCAG 2.2 A and AA, one readable line for each element."""

    def violations(page: Page) -> list[str]:
        # Evaluated from outside, so that the page's content security policy is the one people get.
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE)
        run = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
        return [
            f"{broken['id']} ({broken['impact']}): {' '.join(node['target'])}: {_why(node)}"
            for broken in page.evaluate(run, AXE_TAGS)["violations"]
            for node in broken["nodes"]
        ]

    return violations


def _why(node: dict[str, Any]) -> str:
    checks = [check["message"] for kind in ("any", "all", "none") for check in node[kind]]
    return "; ".join(checks) or str(node["html"])
