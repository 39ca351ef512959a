"""Pages no link leads to: what is missing, what was wrong, what somebody saved first. Accessible too."""

from __future__ import annotations

import re

import pytest

from teamhub.challenges.models import Challenge
from teamhub.people.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

BROWSERS = [
    pytest.param({"width": width, "color_scheme": scheme}, id=f"{width}-{scheme}")
    for width in (390, 1440)
    for scheme in ("light", "dark")
]


@pytest.fixture(params=BROWSERS)
def page(request, new_page):
    return new_page(**request.param)


def test_a_proposal_with_answers_missing(page, sign_in, axe):
    sign_in(page, "proposer@demo.example").goto("/challenges/new")
    page.get_by_role("button", name="Meld inn", exact=True).click()
    page.get_by_role("alert").wait_for()

    assert axe(page) == []
    assert page.evaluate("() => document.activeElement.matches('[role=alert]')")


def test_a_question_to_answer_and_the_text_to_change(page, sign_in, axe, live):
    with live.data() as make:
        proposer = make.session.query(Person).filter_by(email="proposer@demo.example").one()
        asked = make.session.query(Challenge).filter_by(proposer_id=proposer.id, state="clarification")
        number = asked.first().id
    sign_in(page, "proposer@demo.example").goto(f"/challenges/{number}")
    assert axe(page) == []

    page.goto(f"/challenges/{number}/edit")
    assert axe(page) == []


def test_a_task_somebody_else_saved_first_and_one_to_delete(page, sign_in, axe, live, new_page):
    with live.data() as make:
        lead = make.session.query(Person).filter_by(email="lead@demo.example").one()
        task = make.task(make.mission(lead, title="To på en gang"), "Ringe")
        address = f"/tasks/{task.id}"
    other = sign_in(new_page(), "lead@demo.example")
    other.goto(f"{address}/edit")
    sign_in(page, "lead@demo.example").goto(f"{address}/edit")
    for browser, title in ((other, "Ringe først"), (page, "Ringe etterpå")):
        browser.get_by_label("Tittel").fill(title)
        browser.get_by_role("button", name=re.compile("^Lagre")).click()
        browser.wait_for_load_state()

    assert "Ringe først" in page.locator("main").inner_text()
    assert page.get_by_label("Tittel").input_value() == "Ringe etterpå"
    assert axe(page) == []
    page.goto(f"{address}/delete")
    assert axe(page) == []
    page.goto(f"{address}/move")
    assert axe(page) == []


def test_what_is_not_there_and_what_is_not_allowed(page, sign_in, axe):
    sign_in(page, "employee@demo.example").goto("/challenges/9999999")
    assert axe(page) == []
    page.goto("/missions/new")
    assert axe(page) == []


def test_starting_a_mission_a_seat_and_a_report(page, sign_in, axe):
    sign_in(page, "board@demo.example").goto("/missions/new")
    assert axe(page) == []
    page.get_by_role("button", name="Start oppdraget").click()
    page.get_by_role("alert").wait_for()
    assert axe(page) == []


def test_what_an_administrator_sees_of_a_person(page, sign_in, axe):
    sign_in(page, "admin@demo.example").goto("/people/3")
    page.get_by_text("Gi et verv").first.click()

    assert axe(page) == []
