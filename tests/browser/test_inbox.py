"""The inbox with hands on the keyboard: focus stays, what happened is said, and opening is reading."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete, select

from teamhub.notifications.models import Notification
from teamhub.people.models import Person

pytestmark = pytest.mark.browser

READER = "admin@demo.example"
TRIES = 20


@pytest.fixture
def told(live):
    """Tell the reader of two challenges and a mission; one of them twice."""
    with live.data() as make:
        reader = make.session.scalar(select(Person).where(Person.email == READER))
        make.session.execute(delete(Notification).where(Notification.person_id == reader.id))
        first = make.challenge(reader, title="Lang kø på legevakta")
        for thing in (first, first, make.challenge(reader, title="Tre skjema for det samme")):
            make.notification(reader, thing)


def test_reading_keeps_the_focus_and_says_what_happened(page, sign_in, told):
    sign_in(page, READER)
    page.goto("/inbox")
    assert page.locator(".lead").inner_text() == "Tre nye varsler."

    group = page.locator(".item", has_text="Lang kø på legevakta")
    group.get_by_role("button", name="Merk som lest").focus()
    page.keyboard.press("Enter")

    group.get_by_role("button", name="Merk som ulest").wait_for()
    assert page.evaluate("document.activeElement.id").startswith("read-")
    expect(page.locator("#said")).to_have_text("Merket som lest.")
    assert page.locator(".lead").inner_text() == "Ett nytt varsel."


def test_what_is_put_off_can_be_taken_back_by_keyboard(page, sign_in, told):
    sign_in(page, READER)
    page.goto("/inbox")

    page.locator("summary", has_text="Utsett: Tre skjema").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#inbox-undo").wait_for()
    expect(page.locator("#inbox-undo button")).to_be_focused()
    expect(page.locator(".item")).to_have_count(1)

    page.keyboard.press("Enter")
    expect(page.locator(".item")).to_have_count(2)
    expect(page.locator("h1")).to_be_focused()


def test_escape_closes_the_menu_where_it_was_opened(page, sign_in, told):
    sign_in(page, READER)
    page.goto("/inbox")
    summary = page.locator("summary", has_text="Utsett").first
    summary.click()
    page.keyboard.press("Tab")

    page.keyboard.press("Escape")

    assert page.locator("details[open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_who_opens_it_has_read_it(page, sign_in, told):
    sign_in(page, READER)
    page.goto("/inbox")

    page.get_by_role("link", name="Vi har fått «Lang kø på legevakta»").first.click()
    page.wait_for_url("**/challenges/*")

    # What says so outlives the page it was sent from, so that page cannot hear its answer.
    def says_one() -> bool:
        page.goto("/inbox")
        return page.locator(".lead").inner_text() == "Ett nytt varsel."

    assert any(says_one() for _ in range(TRIES))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 768, 1440])
def test_inbox_and_choices_are_open_to_all(new_page, sign_in, axe, told, width, scheme):
    page = sign_in(new_page(width=width, color_scheme=scheme), READER)
    for address in ("/inbox", "/settings/notifications"):
        page.goto(address)
        for summary in page.locator("main summary").all():
            summary.click()
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
