"""Points for and against in two columns, and what colleagues can contribute with."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from teamhub.challenges import joining
from teamhub.challenges.heard import offers_of
from teamhub.challenges.states import State
from teamhub.notifications.models import Notification


@pytest.fixture
def kari(make):
    return make.person("Kari")


@pytest.fixture
def challenge(make, kari):
    return make.challenge(kari)


def told(db, person):
    rows = db.session.query(Notification.told).filter(Notification.person_id == person.id)
    return [name for (name,) in rows.order_by(Notification.id)]


def column(page, side):
    return BeautifulSoup(page, "html5lib").select_one(f"[data-side={side}]")


def test_points_stand_each_on_their_side_with_their_number_and_not_in_the_conversation(
    make, sign_in, challenge
):
    browser, address = sign_in(make.person("Ola")), f"/challenges/{challenge.id}"

    browser.post(f"{address}/points/for", data={"body": "Vi har tallene alt."})
    browser.post(f"{address}/points/for", data={"body": "Det er billig."})
    browser.post(f"{address}/points/against", data={"body": "Sykehuset bytter system til våren."})
    page = browser.get(address).text

    assert column(page, "for").select_one(".count").text == "2"
    assert column(page, "against").select_one(".count").text == "1"
    assert "Det er billig." in column(page, "for").text
    assert "Sykehuset bytter system" in column(page, "against").text
    assert not BeautifulSoup(page, "html5lib").select(".thread")


def test_an_empty_point_is_not_sent_and_its_form_stands_open(make, sign_in, challenge):
    answer = sign_in(make.person("Ola")).post(
        f"/challenges/{challenge.id}/points/against", data={"body": " "}
    )

    assert answer.status_code == 422
    assert column(answer.text, "against").select_one("details[open] [aria-invalid=true]")
    assert not column(answer.text, "for").select("details[open]")


def test_the_proposer_is_told_of_a_point(make, sign_in, db, kari, challenge):
    sign_in(make.person("Ola")).post(f"/challenges/{challenge.id}/points/for", data={"body": "Det haster."})

    assert told(db, kari) == ["comment_to_proposer"]


def test_help_is_offered_changed_and_withdrawn(make, sign_in, challenge):
    ola = make.person("Ola Hjelper")
    browser, address = sign_in(ola), f"/challenges/{challenge.id}"

    browser.post(f"{address}/offer", data={"text": "Jeg kan turnus.", "hours": "3"})
    assert "Omtrent 3 timer i uka" in browser.get(address).text
    browser.post(f"{address}/offer", data={"text": "Jeg kan turnus og regneark."})
    (offered,) = offers_of(challenge.id)
    assert (offered.person_id, offered.text, offered.hours) == (ola.id, "Jeg kan turnus og regneark.", None)
    assert (offered.person, offered.unit) == ("Ola Hjelper", "Omsorg")

    codes = [browser.post(f"{address}/offer/withdraw").status_code for _ in range(2)]
    assert codes == [303, 303]
    assert offers_of(challenge.id) == []


@pytest.mark.parametrize(
    "form", [{"text": ""}, {"text": "Ja", "hours": "41"}, {"text": "Ja", "hours": "mange"}]
)
def test_an_offer_that_cannot_be_read_is_told_so_and_kept_in_the_form(make, sign_in, challenge, form):
    answer = sign_in(make.person("Ola")).post(f"/challenges/{challenge.id}/offer", data=form)

    assert answer.status_code == 422
    assert offers_of(challenge.id) == []
    assert form["text"] in answer.text


def test_the_proposer_and_the_handler_are_told_once_of_an_offer(make, db, kari, challenge):
    handler, ola = make.person("Kontor"), make.person("Ola")
    challenge.handler_id = handler.id
    db.session.commit()

    for text in ("Jeg kan turnus.", "Jeg kan turnus og regneark."):
        joining.offer(make.actor(ola), challenge.id, text)

    assert told(db, kari) == told(db, handler) == ["help_to_proposer"]


def test_offers_to_what_lives_on_in_another_stand_there_too(make, db, challenge):
    merged = make.challenge(make.person("Eva"), title="Den andre")
    joining.offer(make.actor(make.person("Ola")), merged.id, "Jeg kan turnus.")
    merged.state, merged.merged_into_id = State.MERGED, challenge.id
    db.session.commit()

    assert [one.text for one in offers_of(challenge.id)] == ["Jeg kan turnus."]
