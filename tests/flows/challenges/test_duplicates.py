"""The office's list of what is probably the same matter, over the whole store."""

from __future__ import annotations

import pytest

from teamhub.access.actor import SYSTEM, Role
from teamhub.challenges import counting, duplicates
from teamhub.challenges.states import State

KEYS = "Nøkkelbokser hos eldre virker ikke om vinteren"
FROZEN = "Om vinteren fryser nøkkelboksene fast, og hjemmetjenesten kommer ikke inn til de eldre."


@pytest.fixture
def office(make):
    return make.person("Ola Kontor", Role.PORTFOLIO_OFFICE)


@pytest.fixture
def store(make):
    kari = make.person("Kari Moen")
    for n, (title, situation) in enumerate(OTHERS):
        make.challenge(kari, title=title, situation=situation, external_ref=f"o{n}")
    old = make.challenge(kari, title=KEYS, situation=FROZEN)
    new = make.challenge(make.person("Per Lie"), title="Nøkkelboksene fryser om vinteren", situation=FROZEN)
    return old, new


OTHERS = [
    ("Skoleskyss for barn med rullestol", "Bussen har ikke rampe, og foreldrene må kjøre selv."),
    ("Byggesaker tar for lang tid", "Søknader ligger i kø fordi tegninger mangler."),
    ("Vakante stillinger på sykehjem", "Vikarer kjenner ikke beboerne, og natten er tynn."),
    ("Innsyn i barnehageplass", "Foreldre ringer fordi de ikke ser hvor de står i køen."),
    ("Gatelys som ikke virker", "Meldinger om mørke gater blir ikke fulgt opp."),
]


def compared(limit=10.0):
    counting.count_stems(SYSTEM)
    return duplicates.compare(SYSTEM, longest_s=limit)


def test_what_says_the_same_is_found_once_and_the_rest_left_alone(store):
    compared()

    (pair,), total = duplicates.pairs()
    assert (total, {pair.first.id, pair.second.id}) == (1, {one.id for one in store})
    assert compared() == 0  # nothing is new


def test_a_changed_text_is_compared_anew(store, db):
    compared()
    store[1].title, store[1].situation = (
        "Noe helt annet om parkering",
        "Parkeringsplassene er fulle hver dag.",
    )
    store[1].refresh_stems()
    db.session.commit()

    assert compared() == 1
    assert duplicates.pairs() == ([], 0)


def test_what_is_ended_or_merged_is_no_duplicate_any_more(store, db):
    compared()
    store[0].state = State.WITHDRAWN
    db.session.commit()

    assert duplicates.pairs() == ([], 0)


def test_the_office_merges_in_place_and_comes_back_to_the_list(store, sign_in, office):
    compared()
    browser = sign_in(office)
    assert KEYS in browser.get("/challenges/duplicates").text

    sent = browser.post(
        f"/challenges/{store[1].id}/merge", data={"into_id": store[0].id, "back": "duplicates"}
    )

    assert sent.location.endswith("/challenges/duplicates")
    assert "Ingen dubletter" in browser.get(sent.location).text  # asked about already


def test_two_that_are_not_the_same_are_set_aside_and_can_be_taken_up_again(store, sign_in, office):
    compared()
    (pair,), _ = duplicates.pairs()
    browser = sign_in(office)

    after = browser.get(browser.post(f"/challenges/duplicates/{pair.id}/set-aside").location).text
    assert "foreslås ikke igjen" in after
    assert duplicates.pairs() == ([], 0)

    browser.post(f"/challenges/duplicates/{pair.id}/take-up")
    assert duplicates.pairs()[1] == 1


def test_the_list_is_for_the_office_and_the_board(store, sign_in, make):
    assert sign_in(make.person("Eva Dahl")).get("/challenges/duplicates").status_code == 403
