"""What the tests of judging share: a town of three areas, and ways to ask and to submit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from teamhub.access.actor import Role
from teamhub.assessments.states import Criterion
from teamhub.challenges.states import State
from teamhub.core import clock

REASON = "Dette ser vi hver eneste uke."


@pytest.fixture
def town(make):
    """Three areas with a leader each, an office, a board member, and a challenge from the first area."""
    top = make.unit("Kommunen", code="K", level=0)
    areas = [make.unit(name, code=name[:2].upper(), parent=top) for name in ("Omsorg", "Skole", "Kultur")]
    staff = make.unit("Stab", code="ST", parent=top)
    found = {
        "proposer": make.person("Nora Nes", unit=areas[0]),
        "care": make.person("Kari Omsorg", Role.UNIT_MANAGER, unit=areas[0]),
        "school": make.person("Sissel Skole", Role.UNIT_MANAGER, unit=areas[1]),
        "culture": make.person("Kai Kultur", Role.UNIT_MANAGER, unit=areas[2]),
        "office": make.person("Ola Kontor", Role.PORTFOLIO_OFFICE, unit=staff),
        "board": make.person("Berit Styre", Role.BOARD_MEMBER, unit=staff),
        "anyone": make.person("Ansatt", unit=areas[1]),
    }
    found["school area"] = areas[1]
    found["challenge"] = make.challenge(found["proposer"], state=State.ASSESSING)
    return found


def page_of(town):
    return f"/challenges/{town['challenge'].id}/assessments"


def ask(sign_in, town, *names):
    due = (clock.today() + timedelta(days=7)).isoformat()
    form = {"assessors": [town[name].id for name in names], "due_on": due}
    return sign_in(town["office"]).post(f"{page_of(town)}/ask", data=form)


def marks(score=3, reason=REASON, **other):
    given = {c: other.get(c.value, score) for c in Criterion}
    return {f"mark_{c}": given[c] for c in Criterion} | {f"reason_{c}": reason for c in Criterion}


def version_of(browser, town):
    page = BeautifulSoup(browser.get(f"{page_of(town)}/mine").text, "html5lib")
    return page.select_one("form#assessment [name=version]")["value"]


def submit(sign_in, town, name, score=3, **other):
    browser = sign_in(town[name])
    form = marks(score, **other) | {"version": version_of(browser, town)}
    return browser.post(f"{page_of(town)}/mine", data=form)


def text_of(page):
    return " ".join(BeautifulSoup(page.text, "html5lib").main.text.split())
