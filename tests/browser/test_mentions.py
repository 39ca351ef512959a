"""Mentioning a colleague while one writes, by keys and by mouse, in a real browser."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from teamhub.audit.models import Entry
from teamhub.people.models import Person

pytestmark = pytest.mark.browser

HITS = "#mention-hits [role=option]"


@pytest.fixture
def colleagues(live):
    """Three people with a first name nobody else has, the team's lead and a challenge: ids and the name."""
    first = f"Zara{''.join(filter(str.isalpha, uuid4().hex))}".capitalize()
    with live.data() as make:
        lead = make.session.query(Person).filter_by(email="lead@demo.example").one()
        people = {last: make.person(f"{first} {last}").id for last in ("Ask", "Bjørk", "Ådal")}
        mission = make.mission(lead, title="Samtalen i nettleseren")
        make.seat(mission, make.session.get(Person, people["Bjørk"]))
        places = {
            "challenge": f"/challenges/{make.challenge(make.person()).id}",
            "task": f"/tasks/{make.task(mission).id}",
        }
    return first, people, places


@pytest.fixture
def write(page, sign_in, colleagues):
    """Open a page's conversation and type in it: ``write("challenge", "Hei @Za")``."""
    sign_in(page, "lead@demo.example")

    def typed(place, text):
        page.goto(colleagues[2][place])
        box = page.locator("textarea[data-people]")
        box.press_sequentially(text)
        return box

    return typed


def told(live, kind):
    with live.data() as make:
        latest = select(Entry.data).where(Entry.kind == kind).order_by(Entry.id.desc()).limit(1)
        return make.session.scalar(latest)["mentioned"]


def test_a_colleague_is_chosen_by_keys_and_told(live, page, write, colleagues, axe):
    first, people, _places = colleagues
    box = write("challenge", f"Hva mener @{first[:9].lower()}")
    page.wait_for_selector(HITS)

    assert page.locator(HITS).all_inner_texts()[0].find(f"{first} Ask") >= 0
    assert box.get_attribute("aria-activedescendant") == f"mention-{people['Ask']}"
    page.wait_for_function("() => document.getElementById('said').textContent.startsWith('3 personer')")
    assert axe(page) == []

    box.press("ArrowDown")
    box.press("ArrowDown")
    box.press("ArrowDown")
    box.press("ArrowUp")
    assert page.locator(f"{HITS}[aria-selected=true]").get_attribute("id") == f"mention-{people['Ådal']}"
    box.press("Enter")

    assert box.input_value() == f"Hva mener @{first} Ådal "
    assert page.locator(HITS).count() == 0
    box.press_sequentially("om dette?")
    page.wait_for_timeout(300)
    assert page.locator(HITS).count() == 0
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_selector(f"text=@{first} Ådal")
    assert told(live, "ChallengeCommented") == [people["Ådal"]]


def test_a_task_suggests_those_on_the_team_and_the_mouse_chooses(live, page, write, colleagues):
    first, people, _places = colleagues
    box = write("task", f"@{first}")
    page.wait_for_selector(HITS)

    assert page.locator(HITS).count() == 1
    page.locator(HITS).click()

    assert box.input_value() == f"@{first} Bjørk "
    assert box.evaluate("box => document.activeElement === box")
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_selector("strong.mention")
    assert told(live, "TaskCommented") == [people["Bjørk"]]


def test_escape_closes_the_list_and_keeps_the_text(page, write, colleagues):
    first = colleagues[0]
    box = write("challenge", f"@{first[:9]}")
    page.wait_for_selector(HITS)

    box.press("Escape")

    assert page.locator(HITS).count() == 0
    assert box.input_value() == f"@{first[:9]}"
    assert box.get_attribute("aria-activedescendant") is None
    box.press("Enter")
    assert box.input_value() == f"@{first[:9]}\n"


def test_leaving_the_text_closes_the_list(page, write, colleagues):
    box = write("challenge", f"@{colleagues[0][:9]}")
    page.wait_for_selector(HITS)

    box.blur()

    assert page.locator(HITS).count() == 0


@pytest.mark.parametrize("text", ["kari@{}", "skriv til a.b@{}", "@ {}"])
def test_an_address_is_no_mention(page, write, colleagues, text):
    write("challenge", text.format(colleagues[0]))
    page.wait_for_timeout(400)

    assert page.locator(HITS).count() == 0


def test_enter_and_tab_are_their_own_when_nobody_is_meant(page, write):
    box = write("challenge", "@Ingenheterdette")
    page.wait_for_timeout(400)

    box.press("Enter")
    assert box.input_value() == "@Ingenheterdette\n"
    box.press("Tab")
    assert not box.evaluate("box => document.activeElement === box")
