"""Two people, one board: what one does the other sees at once, and is not disturbed by."""

from __future__ import annotations

import time

import pytest

from teamhub.people.models import Person

pytestmark = pytest.mark.browser

AT_MOST_S = 2.0

FIRST_COLUMNS = """() => [...document.querySelectorAll('[data-column]')].slice(0, 2).map(
    (list) => [...list.querySelectorAll('.task__title')].map((title) => title.textContent))"""

HIDE = """hidden => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


class Two:
    """The lead and a colleague, each in a browser of their own, with the same board open."""

    def __init__(self, mine, theirs, tasks):
        self.mine, self.theirs, self.tasks = mine, theirs, tasks

    def they_move(self, number, before, after):
        """Let the other move a card one column by keys. Return how long it took to be seen here."""
        self.theirs.locator(f"#task-{self.tasks[number]} h3 a").focus()
        assert self.shown(self.theirs) == before
        begun = time.monotonic()
        self.theirs.keyboard.press("Shift+ArrowRight")
        self.seen(after)
        return time.monotonic() - begun

    def seen(self, columns):
        self.mine.wait_for_function(
            f"wanted => JSON.stringify(({FIRST_COLUMNS})()) === JSON.stringify(wanted)", arg=columns
        )

    def shown(self, page):
        return page.evaluate(FIRST_COLUMNS)


@pytest.fixture
def two(live, new_page, sign_in):
    with live.data() as make:
        lead = make.session.query(Person).filter_by(email="lead@demo.example").one()
        agent = make.session.query(Person).filter_by(email="agent@demo.example").one()
        mission = make.mission(lead, title="To ved samme tavle")
        make.seat(mission, agent)
        tasks = [make.task(mission, title).id for title in ("Ett", "To", "Tre")]
        tasks += [make.task(mission, f"Sak {n}", column=make.columns(mission)[3]).id for n in range(20)]
        address = f"/missions/{mission.id}/board"
    pages = []
    for email in ("lead@demo.example", "agent@demo.example"):
        page = sign_in(new_page(height=500), email)
        with page.expect_response(lambda answer: "/live?board" in answer.url) as stream:
            page.goto(address)
        assert stream.value.status == 200
        pages.append(page)
    return Two(*pages, tasks)


BEFORE = [["Ett", "To", "Tre"], []]
AFTER = [["Ett", "To"], ["Tre"]]


def test_what_one_moves_the_other_sees_within_two_seconds_and_loses_nothing(two):
    page = two.mine
    page.locator("[name=title]").first.fill("Halvskrevet")
    page.locator(f"#task-{two.tasks[1]} h3 a").focus()
    page.evaluate("scrollTo(0, 120)")

    took = two.they_move(2, BEFORE, AFTER)

    assert took < AT_MOST_S
    assert page.evaluate("document.activeElement.textContent.trim()") == "To"
    assert page.locator("[name=title]").first.input_value() == "Halvskrevet"
    assert page.evaluate("scrollY") == 120


def test_text_and_cursor_stay_where_one_is_writing(two):
    field = two.mine.locator("[name=title]").first
    field.fill("Halvskrevet")
    field.press("ArrowLeft")
    field.press("ArrowLeft")

    two.they_move(2, BEFORE, AFTER)

    field.page.keyboard.type("X")
    assert field.input_value() == "HalvskrevXet"


def test_an_open_move_dialog_stays_open_and_moves_afterwards(two):
    page = two.mine
    page.locator(f"#task-{two.tasks[0]} h3 a").focus()
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="Flytt til …")
    dialog.wait_for()

    two.they_move(2, BEFORE, AFTER)

    assert dialog.is_visible()
    dialog.get_by_role("button", name="Pågår", exact=True).click()
    two.seen([["To"], ["Tre", "Ett"]])


def test_keys_and_undo_work_after_the_board_was_refreshed(two):
    page = two.mine
    page.locator(f"#task-{two.tasks[0]} h3 a").focus()
    two.they_move(2, BEFORE, AFTER)

    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent.trim()") == "To"
    page.keyboard.press("Shift+ArrowRight")
    two.seen([["Ett"], ["Tre", "To"]])
    page.wait_for_timeout(600)  # what one did oneself is announced too
    assert page.evaluate("document.activeElement.textContent.trim()") == "To"

    page.get_by_role("button", name="Angre").click()
    two.seen(AFTER)


def test_a_card_can_be_dragged_after_the_board_was_refreshed(two):
    page = two.mine
    page.set_viewport_size({"width": 1440, "height": 1100})
    two.they_move(2, BEFORE, AFTER)
    card, goal = (page.locator(f"#task-{two.tasks[n]}") for n in (0, 2))
    start, end = card.bounding_box(), goal.bounding_box()

    page.mouse.move(start["x"] + 90, start["y"] + start["height"] - 6)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + 10, steps=20)
    page.mouse.move(end["x"] + 64, end["y"] + 6, steps=4)
    page.mouse.up()

    two.seen([["To"], ["Ett", "Tre"]])


def test_a_hidden_page_holds_no_stream_and_is_current_when_looked_at(two):
    page = two.mine
    with page.expect_event("requestfailed", lambda request: "/live?board" in request.url):
        page.evaluate(HIDE, arg=True)

    two.theirs.locator(f"#task-{two.tasks[2]} h3 a").focus()
    two.theirs.keyboard.press("Shift+ArrowRight")
    two.theirs.wait_for_timeout(800)
    assert two.shown(page) == BEFORE

    page.evaluate(HIDE, arg=False)
    two.seen(AFTER)
