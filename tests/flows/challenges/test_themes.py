"""A theme is found by a word: any of LOS's, in bokmål, nynorsk or English, or one that means the same."""

import csv

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.access.actor import SYSTEM
from teamhub.challenges.models import Challenge, ThemeWord
from teamhub.exchange import mapping
from teamhub.exchange.commands import import_file

WRITTEN = {"title": "Bussen går for tidlig", "situation": "Elevene", "affected": "30", "evidence": "Sett det"}
HTMX = {"HX-Request": "true"}
ROWS = [
    ("tema/helse-og-omsorg", "Helse og omsorg", "Helse og omsorg", "Health and care", "", ""),
    ("tema/trafikk-og-transport", "Trafikk og transport", "", "Traffic and transport", "", ""),
    (
        "tema/mobilitet",
        "Mobilitetstilbud",
        "",
        "",
        "tema/trafikk-og-transport",
        "Kollektivtilbud",
    ),
    ("ord/sykehjem", "Sykehjem", "Sjukeheim", "Nursing home", "tema/helse-og-omsorg", "Aldershjem"),
    ("ord/skyss", "Skyss", "Skyss", "School transport", "tema/mobilitet|tema/skole-og-utdanning", ""),
    ("hendelse/fa-barn", "Å få barn", "", "", "", ""),
]


@pytest.fixture
def words(tmp_path, db):
    path = tmp_path / "los.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("path", "nb", "nn", "en", "broader", "hidden_labels"), *ROWS])
    return lambda: import_file(SYSTEM, path, mapping.load("themes"))


def chosen(answer):
    return BeautifulSoup(answer.text, "html5lib").select_one("select[name=theme] option[selected]")


@pytest.mark.parametrize("word", ["sykehjem", "Sjukeheim", "nursing home", "aldershjem", "sykeh"])
def test_a_word_in_any_of_the_languages_or_a_synonym_finds_its_theme(words, make, sign_in, word):
    words()
    answer = sign_in(make.person()).get(f"/challenges/themes?theme_word={word}", headers=HTMX)

    assert chosen(answer)["value"] == "helse-og-omsorg"
    assert "hører til Helse og omsorg" in answer.text


def test_the_names_of_the_top_themes_are_known_without_any_import(make, sign_in):
    answer = sign_in(make.person()).get("/challenges/themes?theme_word=taxes+and+duties", headers=HTMX)

    assert chosen(answer)["value"] == "skatt-og-avgift"


def test_a_word_sent_with_the_form_sets_the_theme_without_javascript(words, make, sign_in, db):
    words()
    sign_in(make.person()).post("/challenges/new", data=WRITTEN | {"theme_word": "skyss"})

    assert db.session.scalar(select(Challenge.theme)) == "trafikk-og-transport"


def test_a_word_nobody_knows_is_said_at_the_field_and_nothing_is_lost(words, make, sign_in, db):
    words()
    answer = sign_in(make.person()).post("/challenges/new", data=WRITTEN | {"theme_word": "xyzzy"})

    assert answer.status_code == 422
    page = BeautifulSoup(answer.text, "html5lib")
    assert "Vi kjenner ikke dette ordet" in page.select_one("#theme_word-error").text
    assert page.select_one("#theme_word")["value"] == "xyzzy"
    assert db.session.scalar(select(Challenge.id)) is None


def test_a_word_of_several_themes_asks_which(make, sign_in, db):
    for theme in ("arbeid", "naring"):
        db.session.add(
            ThemeWord(external_ref=theme, theme=theme, nb="Permittering", nn="", en="", synonyms="")
        )
    db.session.commit()
    answer = sign_in(make.person()).post("/challenges/new", data=WRITTEN | {"theme_word": "permittering"})

    assert "«Arbeid», «Næring»" in answer.text


def test_a_theme_that_is_chosen_stands_whatever_the_word_says(words, make, sign_in, db):
    words()
    form = WRITTEN | {"theme_word": "sykehjem", "theme": "arbeid"}
    sign_in(make.person()).post("/challenges/new", data=form)

    assert db.session.scalar(select(Challenge.theme)) == "arbeid"


def test_the_import_takes_words_with_their_themes_once_and_leaves_life_events_out(words, db):
    first, again = words(), words()

    assert (first.created, again.created, again.unchanged) == (5, 0, 5)
    found = dict(db.session.execute(select(ThemeWord.external_ref, ThemeWord.theme)).all())
    assert found["ord/skyss"] == "trafikk-og-transport"


def test_all_of_los_can_be_taken_in(shared_data, db):
    outcome = import_file(SYSTEM, shared_data / "codelists" / "los.csv", mapping.load("themes"))

    assert (outcome.created, outcome.errors) == (519, [])


@pytest.mark.parametrize("step", ["preview", "save"])
def test_a_word_is_not_lost_when_one_stops_to_look(words, make, sign_in, db, step):
    words()
    sign_in(make.person()).post("/challenges/new", data=WRITTEN | {"theme_word": "skyss", "do": step})

    assert db.session.scalar(select(Challenge.theme)) == "trafikk-og-transport"
