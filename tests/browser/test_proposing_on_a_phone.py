"""Somebody new proposes on a phone, between two visits (quality.md U1)."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

MOST_INTERACTIONS = 12
ANSWERS = {
    "Hva skjer i dag?": "Vi ringer sykehuset tre ganger for å få den rette.",
    "Hvem går det ut over, og hvor mange?": "Alle som kommer hjem fra sykehuset.",
    "Hvordan vet du det?": "Det skjer hver uke på sona vår.",
}


class Fingers:
    """Counts what somebody does: each touch is one, and so is each thing written."""

    def __init__(self):
        self.done = 0

    def tap(self, target):
        target.tap()
        self.done += 1

    def write(self, field, words):
        self.tap(field)
        field.press_sequentially(words, delay=2)
        self.done += 1


def test_a_new_user_proposes_within_twelve_interactions(new_page, sign_in, axe):
    phone = new_page(width=390, height=844, has_touch=True, is_mobile=True)
    sign_in(phone, "employee@demo.example")
    phone.goto("/")
    fingers = Fingers()

    fingers.write(phone.locator(".wish input[name=title]"), "Medisinlista er feil etter utskriving")
    fingers.tap(phone.locator(".wish button"))
    for question, answer in ANSWERS.items():
        fingers.write(phone.get_by_label(question), answer)
    fingers.tap(phone.get_by_role("button", name="Meld inn"))

    receipt = phone.get_by_role("status").filter(has_text="Takk! Utfordringen er meldt inn.")
    receipt.wait_for()
    assert "Porteføljekontoret svarer innen" in receipt.inner_text()
    assert fingers.done <= MOST_INTERACTIONS
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe(phone) == []
