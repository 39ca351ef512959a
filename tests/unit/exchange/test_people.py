"""People from a file: who they are, where they work, and whom they answer to."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from teamhub.people.models import Person

HEADER = "Ansattnummer;E-post;Navn;Enhetsnummer;Stilling;Leder;Målform\n"
PEOPLE = HEADER + (
    "1;kari@x.no;Kari Å;S1;Lærer;2;nynorsk\n"
    "2;ola@x.no;Ola Ø;Skolen;Rektor;;\n"
    "3;PÅL@x.no;Pål;S1;Lærer;Ola@x.no;bokmål\n"
)


@pytest.fixture(autouse=True)
def school(make):
    return make.unit("Skolen", external_ref="S1")


def person(db, email):
    return db.session.scalar(select(Person).where(Person.email == email))


def counts(outcome):
    return outcome.created, outcome.changed, outcome.unchanged


def reasons(outcome):
    return [(error.row, error.column, error.reason) for error in outcome.errors]


def test_people_get_their_unit_and_their_manager(db, take, school):
    assert counts(take("people", PEOPLE)) == (3, 0, 0)

    kari, ola, paal = (person(db, email) for email in ("kari@x.no", "ola@x.no", "pål@x.no"))
    assert (kari.name, kari.external_ref, kari.unit_id, kari.job_title, kari.locale) == (
        "Kari Å", "1", school.id, "Lærer", "nn",
    )  # fmt: skip
    assert (kari.manager_id, ola.manager_id, paal.manager_id) == (ola.id, None, ola.id)
    assert (ola.locale, kari.password_hash, kari.is_active) == (None, None, True)


def test_a_second_run_changes_nothing(db, take):
    take("people", PEOPLE)
    versions = list(db.session.execute(select(Person.id, Person.version)))

    assert counts(take("people", PEOPLE)) == (0, 0, 3)
    assert list(db.session.execute(select(Person.id, Person.version))) == versions


def test_a_new_manager_and_a_new_title_are_two_changes(db, take):
    take("people", PEOPLE)

    outcome = take(
        "people", HEADER + "1;kari@x.no;Kari Å;S1;Lærer;;nynorsk\n3;pål@x.no;Pål;S1;Rektor;2;bokmål\n"
    )

    assert counts(outcome) == (0, 2, 0)
    assert (person(db, "kari@x.no").manager_id, person(db, "pål@x.no").job_title) == (None, "Rektor")


def test_a_person_is_found_by_reference_when_the_address_changes(db, take):
    take("people", PEOPLE)
    kari = person(db, "kari@x.no").id

    assert counts(take("people", HEADER + "1;kari.ny@x.no;Kari Å;S1;Lærer;2;nynorsk\n")) == (0, 1, 0)
    assert person(db, "kari.ny@x.no").id == kari


def test_an_account_made_by_hand_is_found_by_its_address_and_given_the_reference(db, make, take):
    anne = make.person("Anne", email="anne@x.no")

    assert counts(take("people", HEADER + "9;anne@x.no;Anne;S1;Rådgiver;;bokmål\n")) == (0, 1, 0)
    assert (person(db, "anne@x.no").id, person(db, "anne@x.no").external_ref) == (anne.id, "9")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("1;kari@x.no;Kari;S9;;;\n", [(2, "Enhetsnummer", "Det finnes ingen enhet «S9».")]),
        ("1;kari.no;Kari;S1;;;\n", [(2, "E-post", "«kari.no» er ikke en e-postadresse.")]),
        ("1;kari@x.no;Kari;S1;;77;\n", [(2, "Leder", "Det finnes ingen person «77».")]),
        (
            "1;kari@x.no;Kari;S1;;;dansk\n",
            [(2, "Målform", "«dansk» er ikke et språk Teamhub kan. Skriv nb, nn eller en.")],
        ),
        (
            "1;a@x.no;A;S1;;2;\n2;b@x.no;B;S1;;1;\n",
            [
                (2, "Leder", "Personen blir sin egen leder, direkte eller via andre."),
                (3, "Leder", "Personen blir sin egen leder, direkte eller via andre."),
            ],
        ),
        ("1;a@x.no;A;S1;;;\n2;A@x.no;B;S1;;;\n", [(3, "E-post", "«a@x.no» står også i rad 2.")]),
        (
            "01010750160;a@x.no;A;S1;;;\n",
            [(2, "Ansattnummer", "Her ser det ut til å stå et fødselsnummer. Ta det bort.")],
        ),
        ("1;;A;S1;;;\n", [(2, "E-post", "Mangler. Feltet må fylles ut.")]),
        # The manager stands in a row with a fault of its own: told once.
        ("1;a@x.no;A;S1;;2;\n2;b@x.no;;S1;;;\n", [(3, "Navn", "Mangler. Feltet må fylles ut.")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nobody_is_created(db, take, rows, expected):
    assert reasons(take("people", HEADER + rows)) == expected
    assert db.session.scalars(select(Person)).all() == []


def test_two_units_of_the_same_name_must_be_told_apart(make, take):
    make.unit("Kontoret")
    make.unit("Kontoret")

    assert reasons(take("people", HEADER + "1;a@x.no;A;Kontoret;;;\n")) == [
        (2, "Enhetsnummer", "Flere enheter heter «Kontoret». Bruk referansen.")
    ]


def test_an_address_that_belongs_to_somebody_else_is_refused(take):
    take("people", PEOPLE)

    assert reasons(take("people", HEADER + "1;ola@x.no;Kari;S1;;;\n8;pål@x.no;Ny;S1;;;\n")) == [
        (2, "E-post", "Adressen «ola@x.no» er en annens."),
        (3, "E-post", "Adressen «pål@x.no» er en annens."),
    ]


@pytest.mark.parametrize("people", [1, 600])
def test_a_second_run_asks_few_questions_however_many_people(take, queries_counted, people):
    rows = "".join(f"{n};p{n}@x.no;Person {n};S1;Lærer;1;\n" for n in range(2, people + 2))
    file = HEADER + "1;sjef@x.no;Sjef;S1;Rektor;;\n" + rows
    take("people", file)

    with queries_counted() as queries:
        take("people", file)
    assert len(queries) == (3 if people == 1 else 4)  # units · one for each 500 rows · managers
