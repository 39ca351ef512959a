"""An employee proposes a challenge: two minutes, nothing lost, and always a receipt."""

import pytest

from teamhub.challenges.models import Challenge
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.core.workdays import add_workdays

WRITTEN = {
    "title": "Pasienter kommer hjem uten oppdatert medisinliste",
    "situation": "Vi ringer sykehus, fastlege og apotek.\n\nDet tar en time.",
    "affected": "Omtrent 14 innbyggere i uka",
    "evidence": "Jeg har sett det selv",
}


def only_challenge(db):
    return db.session.query(Challenge).one()


def test_a_challenge_is_submitted_with_a_clock_of_thirty_working_days(make, sign_in, db):
    nurse = make.person("Ingrid Moen")

    answer = sign_in(nurse).post("/challenges/new", data=WRITTEN)

    challenge = only_challenge(db)
    assert answer.status_code == 303
    assert answer.location.endswith(f"/challenges/{challenge.id}")
    assert (challenge.state, challenge.proposer_id) == (State.SUBMITTED, nurse.id)
    assert challenge.due_on == add_workdays(clock.today(), 30)
    assert challenge.unit_id == nurse.unit_id


def test_the_receipt_says_who_answers_and_by_when(make, sign_in):
    browser = sign_in(make.person())

    page = browser.get(browser.post("/challenges/new", data=WRITTEN).location)

    assert "Porteføljekontoret svarer innen" in page.text


def test_what_is_missing_is_told_at_its_field_and_what_was_typed_stays(make, sign_in):
    page = sign_in(make.person()).post("/challenges/new", data=WRITTEN | {"evidence": " "})

    assert page.status_code == 422
    assert "Skriv kort hvordan du vet det." in page.text
    assert WRITTEN["title"] in page.text


def test_sending_the_same_twice_makes_one_challenge(make, sign_in, db):
    browser = sign_in(make.person())

    first = browser.post("/challenges/new", data=WRITTEN)
    second = browser.post("/challenges/new", data=WRITTEN)

    assert first.location == second.location
    assert only_challenge(db)


def test_a_personal_number_is_warned_about_and_can_be_insisted_on(make, sign_in):
    browser = sign_in(make.person())
    with_number = WRITTEN | {"situation": "Han er født 01010750160 og venter."}

    warned = browser.post("/challenges/new", data=with_number)
    insisted = browser.post("/challenges/new", data=with_number | {"keep_number": "y"})

    assert warned.status_code == 422
    assert "fødselsnummer" in warned.text
    assert insisted.status_code == 303


def test_a_draft_is_kept_while_writing_and_taken_up_again(make, sign_in, db):
    browser = sign_in(make.person())

    kept = browser.post(
        "/challenges/new", data={"title": "Halv tanke", "do": "save"}, headers={"HX-Request": "true"}
    )
    draft = only_challenge(db)

    assert "Kladd lagret" in kept.text
    assert f'value="{draft.id}"' in kept.text
    assert "Halv tanke" in browser.get(f"/challenges/new?draft={draft.id}").text
    browser.post("/challenges/new", data=WRITTEN | {"draft_id": draft.id})
    assert only_challenge(db).state == State.SUBMITTED


def test_nobody_else_sees_a_draft(make, sign_in):
    draft = make.challenge(make.person(), state=State.DRAFT)
    other = sign_in(make.person())

    assert other.get(f"/challenges/{draft.id}").status_code == 404
    assert other.get(f"/challenges/new?draft={draft.id}").status_code == 404
    assert other.post(f"/challenges/{draft.id}/discard").status_code == 404


def test_a_draft_can_be_thrown_away(make, sign_in, db):
    nurse = make.person()
    draft = make.challenge(nurse, state=State.DRAFT)

    sign_in(nurse).post(f"/challenges/{draft.id}/discard")

    assert db.session.query(Challenge).count() == 0


@pytest.mark.parametrize("address", ["/challenges/similar?text=", "/challenges/similar?title="])
def test_similar_challenges_are_found_best_first_in_other_words(make, sign_in, address):
    close = make.challenge(make.person(), title="Medisinlister mangler når pasientene kommer hjem")
    make.challenge(make.person(), title="Brøyting av gangveier på Konnerud", situation="Snøen ligger.")
    browser = sign_in(make.person())

    page = browser.get(
        address + "Pasienter+hjem+uten+medisinliste", headers={"HX-Request": "true", "HX-Target": "similar"}
    )

    assert f'href="/challenges/{close.id}"' in page.text
    assert "Konnerud" not in page.text


def test_without_javascript_one_can_ask_for_similar_ones_and_lose_nothing(make, sign_in):
    make.challenge(make.person(), title="Medisinlister mangler når pasientene kommer hjem")

    page = sign_in(make.person()).post("/challenges/new", data=WRITTEN | {"do": "compare"})

    assert "Medisinlister mangler" in page.text
    assert WRITTEN["affected"] in page.text
