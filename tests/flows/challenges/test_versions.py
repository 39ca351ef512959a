"""The text of a challenge may change until it is decided on, and everybody sees how."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from teamhub.challenges.models import Challenge, Support
from teamhub.challenges.states import State
from teamhub.notifications.models import Notification

WORDS = {
    "title": "Lang kø",
    "situation": "Folk står og venter.",
    "affected": "Innbyggere",
    "evidence": "Sett det",
}


@pytest.fixture
def kari(make):
    return make.person("Kari Nordmann")


@pytest.fixture
def challenge(make, kari):
    return make.challenge(kari, state=State.ASSESSING)


def edit(browser, challenge, **changed):
    return browser.post(f"/challenges/{challenge.id}/edit", data=WORDS | changed)


def told(db, person):
    rows = db.session.query(Notification.told).filter(Notification.person_id == person.id)
    return [name for (name,) in rows.order_by(Notification.id)]


def marked(page, tag):
    return " ".join(e.get_text() for e in BeautifulSoup(page, "html5lib").select(f".difference {tag}"))


@pytest.mark.parametrize("state", ["submitted", "clarification", "assessing"])
def test_the_proposer_changes_the_text_until_it_is_decided_on(make, sign_in, db, kari, state):
    challenge = make.challenge(kari, state=State(state))

    answer = edit(sign_in(kari), challenge, situation="Folk står i timevis.", version=challenge.version)

    assert answer.status_code == 303
    assert db.session.get(Challenge, challenge.id, populate_existing=True).situation == "Folk står i timevis."


@pytest.mark.parametrize("state", ["candidate", "mission", "hold", "line", "closed", "merged", "withdrawn"])
def test_what_is_decided_on_stands_as_it_is(make, sign_in, kari, state):
    challenge = make.challenge(kari, state=State(state))

    assert edit(sign_in(kari), challenge, title="Noe annet", version=1).status_code == 403


def test_nobody_else_changes_it(make, sign_in, challenge):
    assert edit(sign_in(make.person("Ola")), challenge, title="Noe annet", version=1).status_code == 403


def test_differences_are_shown_word_by_word_between_any_two_versions(make, sign_in, db, kari, challenge):
    browser, address = sign_in(kari), f"/challenges/{challenge.id}/versions"
    for situation in ("Folk står og venter lenge.", "Folk står lenge ute i regnet."):
        db.session.refresh(challenge)
        edit(browser, challenge, situation=situation, evidence=challenge.evidence, version=challenge.version)
    reader = sign_in(make.person("Leser"))

    last, first, both = (reader.get(address + query).text for query in ("", "?from=1&to=2", "?from=1&to=3"))

    assert (marked(first, "ins").split(), marked(first, "del")) == (
        ["[nytt:", "lenge", "slutt", "på", "det", "nye]"],
        "",
    )
    assert "regnet" in marked(last, "ins")
    assert "og venter" in marked(last, "del")
    assert "regnet" in marked(both, "ins")
    assert "Versjon 3" in both
    assert "se hva som ble endret" in reader.get(f"/challenges/{challenge.id}").text


def test_a_version_that_is_none_shows_the_last_change(sign_in, kari, challenge):
    for query in ("?from=99&to=x", "?from=-1", "?to=99999999999999999999"):
        assert sign_in(kari).get(f"/challenges/{challenge.id}/versions{query}").status_code == 200


def test_a_change_of_theme_alone_makes_no_version(sign_in, kari, challenge, db):
    texts = {name: getattr(challenge, name) for name in (*WORDS, "suggestion")}

    edit(sign_in(kari), challenge, **texts, theme="skole-og-utdanning", version=challenge.version)

    page = sign_in(kari).get(f"/challenges/{challenge.id}/versions").text
    assert "ikke endret siden den ble meldt inn" in page


def test_a_draft_keeps_nothing_of_what_it_was(make, sign_in, kari, db):
    draft = make.challenge(kari, state=State.DRAFT)

    edit(sign_in(kari), draft, situation="Hemmelig først.", version=draft.version)
    db.session.refresh(draft)
    edit(sign_in(kari), draft, situation="Slik er det.", version=draft.version)

    assert "Hemmelig" not in sign_in(kari).get(f"/challenges/{draft.id}/versions").text


def test_supporters_followers_handler_and_assessors_are_told_once_that_it_is_changed(
    make, sign_in, db, kari, challenge
):
    supporter, follower, handler, assessor = (make.person(name) for name in ("Sara", "Finn", "Hanne", "Arne"))
    db.session.add(Support(challenge_id=challenge.id, person_id=supporter.id, unit_id=supporter.unit_id))
    make.follower(challenge, supporter)
    make.follower(challenge, follower)
    make.assessment(challenge, assessor)
    challenge.handler_id = handler.id
    db.session.commit()

    edit(sign_in(kari), challenge, situation="Folk går hjem.", version=challenge.version)

    assert told(db, supporter) == told(db, follower) == told(db, handler) == ["edited_to_supporters"]
    assert told(db, assessor) == ["edited_to_assessors"]
    assert "Utfordringen er endret" in sign_in(follower).get("/inbox").text
    assert told(db, kari) == []


def test_a_shielded_proposer_is_not_named_among_the_versions(make, sign_in, db):
    hidden = make.person("Skjult Skjermesen")
    challenge = make.challenge(hidden, shielded=True)
    edit(sign_in(hidden), challenge, situation="Folk går hjem.", version=challenge.version)

    page = sign_in(make.person("Leser")).get(f"/challenges/{challenge.id}/versions").text

    assert "Versjon 2" in page
    assert "Innmelderen" in page
    assert "Skjermesen" not in page


def test_somebody_elses_draft_has_no_versions_page(make, sign_in, kari):
    draft = make.challenge(kari, state=State.DRAFT)

    assert sign_in(make.person("Ola")).get(f"/challenges/{draft.id}/versions").status_code == 404
