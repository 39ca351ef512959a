"""The whole story by links and forms alone, over plain HTTP: every action works without JavaScript."""

from __future__ import annotations

import pytest

from teamhub.people.personas import DEMO_PASSWORD
from tests.browser import story
from tests.browser.plain import PlainBrowser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not story.DATA.exists(), reason="the real data are not beside the project"),
]


@pytest.fixture
def live(drammen):
    return drammen


@pytest.fixture
def as_(live):
    """Return a plain browser signed in as a persona, or as whoever has an address."""

    def browser(who):
        email = who if "@" in who else f"{who}@demo.example"
        b = PlainBrowser(live.url).open("/login")
        b.press("Logg inn", email=email, password=DEMO_PASSWORD)
        assert "Hovedmeny" in str(b.page), b.text
        return b

    return browser


def propose(b):
    b.open("/").press("Begynn", title=story.LIKE_ANOTHER)
    b.press("Se om noen har meldt inn det samme", title=story.LIKE_ANOTHER)
    assert "Noen har meldt inn noe lignende" in b.text
    b.press("Meld inn", **story.PROBLEM)
    assert "Porteføljekontoret svarer innen" in b.text
    return b.address


def decide(b, challenge, words, **fields):
    b.open(challenge)
    b.press("Gi svaret", decision=b.choice(words, "decision"), **fields)
    if "Gjør det likevel" in b.text:  # nobody has assessed it, and that is only a warning
        b.press("Gi svaret", sure="y")
    assert b.status == 200, b.text


def start_mission(b, challenge):
    first, last = story.period()
    b.open(challenge).follow("Start et oppdrag")
    b.press("Finn Oppdragsleder", **story.MISSION, q_lead_id="Håkon Åsheim")
    lead = b.choice("Prosjektleder", "lead_id")
    b.press("Start oppdraget", **story.MISSION, lead_id=lead, starts_on=first, ends_on=last)
    assert story.MISSION["title"] in b.text
    return b.address


def fill_seat(b, mission, role, name):
    b.open(f"{mission}/team").press("Legg til plassen", role=role, share="20")
    b.press("Søk", q=name)
    b.press(f"Spør {name}")
    assert f"{name}" in b.text


def test_the_whole_story_with_links_and_forms_alone(live, as_):
    bosses = story.managers(live)

    challenge = propose(as_("employee"))
    office = as_("office")
    decide(office, challenge, "Ta den til vurdering")
    decide(office, challenge, "Gjør den til kandidat")
    mission = start_mission(as_("board"), challenge)

    lead = as_("lead")
    assert "Alle på teamet kommer fra ett område" in lead.open(mission).text
    for role, name, _ in story.TEAM:
        fill_seat(lead, mission, role, name)
    for _, _, persona in story.TEAM:
        as_(persona).open("/my/requests").press(f"Ja, jeg blir med {story.MISSION['title']}")
        member = as_(bosses[persona]).open("/my/requests")
        name = next(n for _, n, p in story.TEAM if p == persona)
        member.press(f"Avgi 20 % {name}")
    assert "Alle på teamet kommer fra ett område" not in lead.open(mission).text

    board = f"{mission}/board"
    for title in story.TASKS:
        lead.open(board).press("Legg til i Skal gjøres", title=title)
    lead.open(board).follow(f"Flytt til …: {story.TASKS[0]}")
    lead.press("Flytt", column=lead.choice("Pågår", "column"))
    column = next(c for c in lead.open(board).page.select(".col") if "Pågår" in c.h2.text)
    assert story.TASKS[0] in column.text

    lights = {
        "progress": "green",
        "economy": "yellow",
        "quality": "green",
        "risk": "red",
        "staffing": "green",
    }
    lead.open(f"{mission}/status").press("Legg ut rapporten", **lights, summary=story.SUMMARY)

    director = as_("director").open("/portfolio")
    attention = director.page.select_one(".attention").get_text(" ")
    assert story.MISSION["title"] in attention
    assert "Risiko" in attention
