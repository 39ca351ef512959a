"""Two people with a page open each: what one does the other sees within two seconds, undisturbed."""

from __future__ import annotations

import time

import pytest

from teamhub.people.models import Person
from tests.browser.test_board_keys import columns, focused, until_said

pytestmark = pytest.mark.browser

SOON_MS = 2000


@pytest.fixture
def two(live, new_page, sign_in):
    """The lead and the owner of a mission, each in front of its board."""
    with live.data() as make:
        people = {
            name: make.session.query(Person).filter_by(email=f"{name}@demo.example").one()
            for name in ("lead", "board")
        }
        mission = make.mission(people["lead"], owner=people["board"], title="Tavla for to")
        tasks = [make.task(mission, title).id for title in ("Ett", "To", "Tre", "Fire")]
        address = f"/missions/{mission.id}/board"
    pages = []
    for name in ("lead", "board"):
        page = new_page()
        sign_in(page, f"{name}@demo.example")
        with page.expect_response(lambda answer: "/live" in answer.url):
            page.goto(address)
        page.tasks = tasks
        pages.append(page)
    return pages


def sees(page, wanted):
    """Wait until the first columns hold these cards, no longer than people should wait."""
    page.wait_for_function(
        """wanted => JSON.stringify(
             [...document.querySelectorAll('[data-column]')].slice(0, wanted.length).map(
               list => [...list.querySelectorAll('.task__title')].map(title => title.textContent)))
             === JSON.stringify(wanted)""",
        arg=wanted,
        timeout=SOON_MS,
    )


def carry(page, number):
    page.locator(f"#task-{page.tasks[number]} h3 a").focus()
    page.keyboard.press("Shift+ArrowRight")
    until_said(page, "plass")


def test_what_one_moves_the_other_sees_with_focus_and_half_a_word_where_they_were(two):
    lead, owner = two
    owner.locator(".quick input[name=title]").first.fill("Halvskrev")

    carry(lead, 0)

    sees(owner, [["To", "Tre", "Fire"], ["Ett"]])
    assert owner.locator(".quick input[name=title]").first.input_value() == "Halvskrev"
    assert owner.evaluate("() => document.activeElement.name") == "title"

    owner.locator(f"#task-{owner.tasks[2]} h3 a").focus()
    carry(lead, 1)
    sees(owner, [["Tre", "Fire"], ["To", "Ett"]])
    assert focused(owner) == "Tre"
    assert columns(lead)[:2] == columns(owner)[:2]


def test_the_other_moves_on_by_keys_and_menu_after_the_board_has_changed(two):
    lead, owner = two
    owner.locator(f"#task-{owner.tasks[3]} h3 a").focus()
    owner.keyboard.press("m")

    carry(lead, 0)

    sees(owner, [["To", "Tre", "Fire"], ["Ett"]])
    assert owner.locator("#mover").get_attribute("open") is not None
    owner.locator("#mover button[name=position][value='1']").click()
    until_said(owner, "plass 1 av 3")
    sees(lead, [["Fire", "To", "Tre"], ["Ett"]])


def test_the_inbox_count_rises_without_reload(live, two):
    lead, owner = two
    count = owner.locator("#inbox-tool .tool__count")
    before = int(count.text_content()) if count.count() else 0

    lead.goto(f"/tasks/{lead.tasks[0]}")
    lead.locator("textarea[name=body]").fill(f"Hei @{live_name(live)}, kan du se på denne?")
    lead.locator("form:has(textarea[name=body]) button.ds-button").last.click()
    lead.wait_for_load_state()

    begun = time.monotonic()
    owner.wait_for_function(
        """before => Number(document.querySelector('#inbox-tool .tool__count')?.textContent ?? 0)
             === before + 1""",
        arg=before,
        timeout=SOON_MS + 1000,
    )
    assert time.monotonic() - begun < SOON_MS / 1000 + 1


def live_name(live):
    with live.data() as make:
        return make.session.query(Person).filter_by(email="board@demo.example").one().name


def test_a_page_that_is_hidden_holds_no_connection(two):
    lead, owner = two
    owner.evaluate("""() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }""")

    carry(lead, 0)
    owner.wait_for_timeout(SOON_MS)
    assert columns(owner)[0] == ["Ett", "To", "Tre", "Fire"]

    owner.evaluate("""() => {
      Object.defineProperty(document, 'hidden', { value: false, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }""")
    sees(owner, [["To", "Tre", "Fire"], ["Ett"]])
