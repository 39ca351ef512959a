"""Proposing, locking, comparing and asking a team with hands on the keyboard, open to all."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import staffing as cast

pytestmark = pytest.mark.browser


@pytest.fixture
def staffing(live):
    return cast.make_staffing(live)


def press(page, role, name, **kw):
    """Focus something by its role and name and press Enter, as somebody without a mouse does."""
    there = page.get_by_role(role, name=name, **kw).first
    there.focus()
    expect(there).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def names(page):
    return page.locator("details.why").first.locator(".who__name").all_inner_texts()


def test_a_lead_proposes_and_asks_a_team_by_keyboard(page, live, staffing, sign_in):
    sign_in(page, staffing.lead, staffing.password)
    page.goto(staffing.team)
    press(page, "link", "Foreslå team")
    kept = names(page)[0]

    press(page, "link", f"Lås {kept}")
    gone = next(name for name in names(page) if name != kept)
    press(page, "link", f"Utelat {gone}")
    assert kept in names(page)
    assert gone not in names(page)

    spread = page.get_by_label("Flere områder")
    spread.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("50")
    page.keyboard.press("Enter")
    page.wait_for_url("**w_spread=50**")
    assert kept in names(page)
    press(page, "link", "Sammenlign B og C")
    expect(page.get_by_role("heading", name="B og C side om side")).to_be_visible()

    chosen = names(page)
    press(page, "link", "Velg A")
    page.get_by_label("Noen ord til alle").focus()
    page.keyboard.type("Sammen får vi det til.")
    press(page, "button", "Spør alle 3")
    expect(page.get_by_text("3 er spurt, og lederne deres.")).to_be_visible()
    assert set(cast.asked(live, staffing)) == set(chosen)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_composers_pages_are_open_to_all(new_page, staffing, sign_in, axe, width, scheme):
    page = sign_in(new_page(width=width, color_scheme=scheme), staffing.lead, staffing.password)
    for path in ("suggest", "suggest?span=8", "draft", "drafts"):
        page.goto(f"{staffing.team}/{path}")
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"{staffing.team}/suggest")
    with page.expect_navigation():
        page.get_by_role("link", name="Velg A").click()
    with page.expect_navigation():
        page.locator(".seat__link").first.click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
