"""Whom a text mentions: the one person meant, or nobody when that is not clear."""

import pytest
from flask_babel import force_locale

from teamhub.people import mentions
from teamhub.people.mentions import MOST, find, suggest


@pytest.fixture
def kari(make):
    return make.person("Kari Nordmann", email="kari.nordmann@test.example")


@pytest.mark.parametrize(
    "text",
    [
        "@Kari Nordmann",
        "Takk, @Kari Nordmann!",
        "@kari nordmann kan du se på dette",
        "@KARI NORDMANN. Ola vet mer",
        "@kari.nordmann",
        "@Kari.Nordmann, hei",
        "@kari.nordmann@test.example.",
        "@KARI.NORDMANN@test.example",
        "@Kari Nordmann og @kari.nordmann er den samme",
    ],
)
def test_a_person_is_found_by_name_and_by_address(kari, text):
    assert find(text).people == {kari.id: "Kari Nordmann"}


@pytest.mark.parametrize(
    "text", ["@Kari", "@Nordmann", "@kari.n", "kari.nordmann@test.example", "`@Kari Nordmann`", "@kari%"]
)
def test_a_part_of_a_name_is_nobody(kari, text):
    assert find(text) == mentions.Mentions()


def test_the_longest_name_counts(make):
    short = make.person("Anne Marie")
    long = make.person("Anne Marie Lie Bø")

    assert find("@Anne Marie Lie Bø").people == {long.id: long.name}
    assert find("@Anne Marie kommer").people == {short.id: short.name}


def test_who_has_left_is_not_mentioned(make):
    make.person("Kari Nordmann", is_active=False, email="kari.nordmann@test.example")

    assert find("@Kari Nordmann og @kari.nordmann").people == {}


def test_who_stays_is_meant_when_a_namesake_has_left(kari, make):
    make.person("Kari Nordmann", is_active=False)

    assert find("@Kari Nordmann").people == {kari.id: kari.name}


def test_a_name_that_two_have_means_nobody_and_says_so(app, kari, make):
    make.person("Kari Nordmann", email="kari@annet.example")

    found = find("@Kari Nordmann og @kari nordmann")

    assert (found.people, found.shared) == ({}, ("Kari Nordmann",))
    with app.test_request_context(), force_locale("nb"):
        assert found.warnings == ["Det finnes flere som heter Kari Nordmann. Skriv e-postadressen."]
    assert find("@kari.nordmann@test.example").people == {kari.id: kari.name}


def test_a_name_comes_before_an_address_that_begins_like_it(make):
    named = make.person("Liv")
    make.person("Liv Berg", email="liv@test.example")

    assert find("@Liv").people == {named.id: "Liv"}


def test_many_mentions_cost_one_statement_and_are_not_all_followed(make, queries_counted):
    people = [make.person(f"Person {letter * 3}", email=f"p{n}@x.no") for n, letter in enumerate("abcdefgh")]
    text = " ".join(f"@{person.name}." for person in people) + " @Ukjent Mann" * 500

    with queries_counted() as statements:
        found = find(text)
        find("ingen her")

    assert set(found.people) == {person.id for person in people}
    assert len([said for said in statements if said.startswith("SELECT")]) == 1


def test_only_the_first_mentions_of_a_text_are_followed(make):
    people = [make.person(f"Per {chr(97 + n)}") for n in range(MOST + 2)]

    assert len(find("\n".join(f"@{person.name}" for person in people)).people) == MOST


def names(text, **how):
    return [suggestion.person.name for suggestion in suggest(text, **how)]


def test_suggestions_are_those_with_a_word_that_begins_so(make):
    for name in ("Kari Nordmann", "Ola Kåsen", "Inger Karlsen", "Liv Åkre", "Per Skaret"):
        make.person(name)

    assert names("ka") == ["Inger Karlsen", "Kari Nordmann"]
    assert names("KARI  NO") == ["Kari Nordmann"]
    assert names("%") == names(" ") == []


def test_suggestions_are_few_and_can_be_kept_to_a_team(make):
    people = [make.person(f"Kari {letter}") for letter in "abcdefgh"]

    assert len(names("ka")) == 6
    assert names("ka", among=[people[7].id]) == ["Kari h"]
    assert names("ka", among=[]) == []


def test_who_shares_a_name_is_written_by_address(make):
    make.person("Kari Nordmann", email="kari1@test.example")
    make.person("Kari Nordmann", email="kari2@test.example")
    make.person("Kari Berg")
    make.person("Kari Berg", is_active=False)

    assert [suggestion.writes for suggestion in suggest("kari")] == [
        "Kari Berg",
        "kari1@test.example",
        "kari2@test.example",
    ]
