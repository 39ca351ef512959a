"""The whole story in Chromium, in bokmål: from a frozen key box to a mission the director sees."""

from __future__ import annotations

import re

import pytest

from tests.browser import story

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not story.DATA.exists(), reason="the real data are not beside the project"),
]


@pytest.fixture
def live(drammen):
    return drammen


@pytest.fixture
def as_(new_page, sign_in):
    """Return a browser window in which somebody is signed in; one window for each person."""
    open_windows = {}

    def window(who):
        email = who if "@" in who else f"{who}@demo.example"
        if email not in open_windows:
            open_windows[email] = sign_in(new_page(), email)
        return open_windows[email]

    return window


def propose(page):
    page.goto("/")
    page.get_by_label("Hva bør bli bedre for innbyggerne?").fill(story.LIKE_ANOTHER)
    page.get_by_role("button", name="Begynn").click()
    title = page.get_by_label("Hva er problemet, med én setning?")
    page.get_by_role("heading", name="Noen har meldt inn noe lignende").wait_for()
    assert page.get_by_role("button", name=re.compile("Gjelder oss også")).count() >= 1

    title.fill(story.PROBLEM["title"])
    page.get_by_label("Hva skjer i dag?").fill(story.PROBLEM["situation"])
    page.get_by_label("Hvem går det ut over, og hvor mange?").fill(story.PROBLEM["affected"])
    page.get_by_label("Hvordan vet du det?").fill(story.PROBLEM["evidence"])
    page.get_by_text(re.compile("Kladd lagret")).wait_for()
    page.get_by_role("button", name="Meld inn", exact=True).click()
    page.get_by_text(re.compile("Porteføljekontoret svarer innen")).wait_for()
    return page.url


def decide(page, challenge, words):
    page.goto(challenge)
    card = page.locator("details.decide")
    if card.get_attribute("open") is None:
        card.locator("summary").click()
    page.get_by_label(words).check()
    page.get_by_role("button", name="Gi svaret").click()
    sure = page.get_by_label("Gjør det likevel")
    page.get_by_text("Svaret er gitt.").or_(sure).first.wait_for()
    if sure.is_visible():  # nobody has assessed it, and that is only a warning
        sure.check()
        page.get_by_role("button", name="Gi svaret").click()
    page.get_by_text("Svaret er gitt.").wait_for()


def start_mission(page, challenge):
    first, last = story.period()
    page.goto(challenge)
    page.get_by_role("link", name="Start et oppdrag").click()
    page.get_by_label("Navn på oppdraget").fill(story.MISSION["title"])
    page.get_by_label("Mål, med én setning").fill(story.MISSION["goal"])
    page.get_by_label("Mandat").fill(story.MISSION["mandate"])
    page.locator("#q_lead_id").press_sequentially("Håkon Åsheim")
    page.locator("#lead_id-hits").get_by_label(re.compile("Prosjektleder")).check()
    page.locator("#starts_on").fill(first)
    page.locator("#ends_on").fill(last)
    page.get_by_role("button", name="Start oppdraget").click()
    page.get_by_role("heading", level=1, name=story.MISSION["title"]).wait_for()
    return page.url


def fill_seat(page, mission, role, name):
    page.goto(f"{mission}/team")
    page.get_by_label("Rolle i teamet").fill(role)
    page.get_by_role("button", name="Legg til plassen").click()
    page.get_by_role("heading", level=1, name=role).wait_for()
    page.locator("#q").press_sequentially(name)
    page.get_by_role("button", name=f"Spør {name}").click()
    page.get_by_text("Invitasjonen er sendt").wait_for()


def answer(page, words, whose):
    page.goto("/my/requests")
    page.get_by_role("button", name=f"{words} {whose}").click()
    page.get_by_text("Takk, svaret er sendt.").wait_for()


def until_said(page, words):
    page.wait_for_function("words => document.getElementById('said').textContent.includes(words)", arg=words)


def move_by_keyboard_only(page, mission):
    """Add two tasks and take the first to the end of the board, without touching the mouse."""
    page.goto(f"{mission}/board")
    page.locator("input[name=title]").first.focus()
    for title in story.TASKS:
        page.keyboard.type(title)
        page.keyboard.press("Enter")
        page.get_by_role("link", name=title, exact=True).wait_for()
        page.locator("input[name=title]").first.focus()
    card = page.get_by_role("link", name=story.TASKS[0], exact=True)
    for _ in range(30):
        if card.evaluate("card => card === document.activeElement"):
            break
        page.keyboard.press("Tab")
    for column in ("Pågår", "Prøves ut", "Ferdig"):
        page.keyboard.press("Shift+ArrowRight")
        until_said(page, column)
    assert card.evaluate("card => card === document.activeElement")
    done = page.locator(".col", has=page.get_by_role("heading", name=re.compile("Ferdig")))
    assert done.get_by_role("link", name=story.TASKS[0], exact=True).count() == 1


def report(page, mission):
    page.goto(f"{mission}/status")
    for axis, light in (
        ("progress", "green"),
        ("economy", "yellow"),
        ("quality", "green"),
        ("risk", "red"),
        ("staffing", "green"),
    ):
        page.locator(f"input[name={axis}][value={light}]").check()
    page.get_by_label("Slik går det").fill(story.SUMMARY)
    page.get_by_role("button", name="Legg ut rapporten").click()
    page.get_by_text("Rapporten er lagt ut.").wait_for()


def test_the_whole_story_in_a_browser(live, as_):
    bosses = story.managers(live)

    challenge = propose(as_("employee"))
    decide(as_("office"), challenge, "Ta den til vurdering")
    decide(as_("office"), challenge, "Gjør den til kandidat for styret")
    mission = start_mission(as_("board"), challenge)

    lead = as_("lead")
    for role, name, _ in story.TEAM:
        fill_seat(lead, mission, role, name)
    for _, name, persona in story.TEAM:
        answer(as_(persona), "Ja, jeg blir med", story.MISSION["title"])
        answer(as_(bosses[persona]), "Avgi 20 %", name)
    lead.goto(mission)
    assert "4 av 8 områder" in lead.locator("main").inner_text()

    move_by_keyboard_only(lead, mission)
    report(lead, mission)

    director = as_("director")
    director.goto("/portfolio")
    attention = director.locator(".attention").inner_text()
    assert story.MISSION["title"] in attention
    assert "Risiko" in attention
    director.get_by_role("link", name=story.MISSION["title"]).first.click()
    assert story.SUMMARY in director.locator("main").inner_text()
