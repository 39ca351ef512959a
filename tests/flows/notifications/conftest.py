"""What the tests of the inbox share: a reader, the reader's browser, and a way to press what is there."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup


@pytest.fixture
def kari(make):
    return make.person("Kari Nordmann")


@pytest.fixture
def browser(sign_in, kari):
    return sign_in(kari)


@pytest.fixture
def inbox(browser):
    """Read the inbox as it is now: ``inbox("?tab=asked")``."""
    return lambda query="": BeautifulSoup(browser.get(f"/inbox{query}").text, "html5lib")


@pytest.fixture
def press(browser):
    """Press the button that says ``text`` as a browser without JavaScript does, and return the next page."""

    def on(page, text):
        button = next(b for b in page.select("main button") if b.get_text().split(":")[0].strip() == text)
        form = button.find_parent("form")
        data = {f["name"]: f.get("value", "") for f in form.select("input")}
        if button.get("name"):
            data[button["name"]] = button.get("value", "")
        answer = browser.post(button.get("formaction") or form["action"], data=data)
        assert answer.status_code == 303, answer.text
        return BeautifulSoup(browser.get(answer.location).text, "html5lib")

    return on


def titles(page):
    return [link.get_text(strip=True) for link in page.select(".item > .row__body > .told h3")]


def said(page):
    return " ".join(page.select_one("main").get_text(" ").split())
