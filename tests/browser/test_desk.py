"""The office clears a queue of twenty with the keyboard alone, in a real browser."""

from __future__ import annotations

from datetime import timedelta

import pytest

from teamhub.access.actor import Role
from teamhub.challenges.models import Answer, Challenge
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.people.models import Person

pytestmark = pytest.mark.browser

TWENTY = 20
MINE = "/challenges?desk=1&who=mine"


@pytest.fixture
def queue(live):
    """Twenty that wait for one at the office, who has nothing else."""
    with live.data() as make:
        office = make.session.query(Person).filter_by(email="office@demo.example").one()
        proposer = make.session.query(Person).filter_by(email="proposer@demo.example").one()
        make.session.query(Challenge).filter_by(handler_id=office.id).update({"handler_id": None})
        assert Role.PORTFOLIO_OFFICE in make.actor(office).roles
        soon = clock.today() + timedelta(days=1)
        return [
            make.challenge(proposer, title=f"Kø {n:02}", due_on=soon, handler_id=office.id).id
            for n in range(TWENTY)
        ]


def beside(page, challenge_id):
    page.wait_for_function(
        """id => document.getElementById('beside').dataset.challenge === String(id)
               && document.activeElement.closest('#beside')""",
        arg=challenge_id,
    )


def test_the_office_clears_a_queue_of_twenty_by_keyboard_only(live, page, sign_in, queue, axe):
    sign_in(page, "office@demo.example")
    page.goto(MINE)
    keys = page.keyboard

    keys.press("Tab")
    keys.press("Enter")  # «Hopp til innholdet»
    keys.press("j")
    keys.press("j")
    keys.press("k")
    keys.press("Enter")
    beside(page, queue[0])
    assert axe(page) == []
    for number, challenge_id in enumerate(queue):
        beside(page, challenge_id)
        keys.press("s")
        keys.press("r")
        keys.type(f"Hvor mange? {number}")
        keys.press("Control+Enter")
        if number < TWENTY - 1:
            beside(page, queue[number + 1])

    page.wait_for_function("() => document.querySelectorAll('.queue [data-state=ask]').length === 20")
    with live.data() as make:
        left = make.session.query(Challenge).filter(
            Challenge.id.in_(queue), Challenge.state == State.SUBMITTED
        )
        assert left.count() == 0
        reasons = {
            a.challenge_id: a.reason
            for a in make.session.query(Answer).filter(Answer.challenge_id.in_(queue))
        }
        assert reasons == {id_: f"Hvor mange? {n}" for n, id_ in enumerate(queue)}


def test_letters_typed_into_an_answer_are_words_and_not_commands(live, page, sign_in, queue):
    sign_in(page, "office@demo.example")
    page.goto(f"/challenges/{queue[0]}/desk?who=mine")
    page.locator("#reason").click()

    page.keyboard.type("jktxu? vi ser")
    page.keyboard.press("Escape")
    assert not page.locator(f"#pick-{queue[0]}").is_checked()
    page.keyboard.press("x")
    assert page.locator(f"#pick-{queue[0]}").is_checked()
    page.locator("#handler").evaluate("field => field.closest('details').open = true")
    page.locator("#many-theme").select_option("arbeid")
    page.get_by_role("button", name="Sett tema").click()
    page.keyboard.press("Escape")
    page.get_by_text("Én har fått temaet Arbeid.").wait_for()
    page.keyboard.press("u")
    page.get_by_text("Én er som før.").wait_for()

    assert page.locator("#reason").input_value() == "jktxu? vi ser"
