"""`flask user`: accounts from the command line."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.core import clock
from teamhub.people import passwords
from teamhub.people.models import Office, Person, SignInSession
from teamhub.people.queries import by_email


@pytest.fixture(autouse=True)
def school(make):
    return make.unit("Bragernes skole", external_ref="V2102")


def test_a_new_account_gets_a_password_that_is_shown_once_and_works(flask, app, school):
    result = flask("user", "create", "Kari@X.no", "--name", "Kari Å", "--unit", "V2102")
    password = re.search(r"Passord: (\S+)", result.stdout)[1]

    kari = by_email("kari@x.no")
    answer = app.test_client().post("/login", data={"email": "kari@x.no", "password": password})
    assert (result.exit_code, kari.name, kari.unit_id) == (0, "Kari Å", school.id)
    assert len(password) >= 20
    assert (answer.status_code, answer.location) == (303, "/")


def test_the_password_may_be_typed_instead(flask):
    typed = "en ganske lang setning\n"
    result = flask(
        "user", "create", "kari@x.no", "--name", "Kari", "--unit", "V2102", "--ask", stdin=typed * 2
    )

    assert (result.exit_code, "ganske" in result.stdout) == (0, False)
    assert passwords.fits(typed.strip(), by_email("kari@x.no").password_hash)


@pytest.mark.parametrize("by", ["id", "external_ref", "name"])
def test_the_unit_is_found_by_number_reference_or_name(flask, school, by):
    flask("user", "create", "kari@x.no", "--name", "Kari", "--unit", getattr(school, by))

    assert by_email("kari@x.no").unit_id == school.id


def test_an_office_is_given_for_the_unit_from_today(db, flask, school):
    flask("user", "create", "kari@x.no", "--name", "Kari", "--unit", "V2102", "--office", "unit_manager")

    (office,) = db.session.scalars(select(Office))
    assert (office.kind, office.unit_id, office.valid_from <= clock.today()) == (
        Role.UNIT_MANAGER,
        school.id,
        True,
    )


@pytest.mark.parametrize(
    ("email", "unit", "message"),
    [
        ("kari@x.no", "V9", "Det finnes ingen enhet «V9»."),
        ("kari@x.no", "Kontoret", "Flere enheter heter «Kontoret». Bruk referansen."),
        ("kari", "V2102", "«kari» er ikke en e-postadresse."),
        ("ola@x.no", "V2102", "Det finnes alt en konto med den adressen."),
    ],
)
def test_what_stands_in_the_way_is_said(db, make, flask, email, unit, message):
    make.person("Ola", email="ola@x.no")
    make.unit("Kontoret")
    make.unit("Kontoret")
    result = flask("user", "create", email, "--name", "Kari", "--unit", unit, "--office", "admin")

    assert (result.exit_code, result.stderr.strip()) == (1, message)
    assert [person.name for person in db.session.scalars(select(Person))] == ["Ola"]


def test_a_closed_account_is_signed_out_everywhere(db, make, flask, sign_in):
    kari = make.person("Kari", email="kari@x.no")
    browser = sign_in(kari)
    result = flask("user", "disable", "kari@x.no")

    assert (result.exit_code, by_email("kari@x.no").is_active) == (0, False)
    assert db.session.scalars(select(SignInSession)).all() == []
    assert browser.get("/settings").status_code == 302


def test_an_account_that_does_not_exist_cannot_be_closed(flask):
    result = flask("user", "disable", "ingen@x.no")

    assert (result.exit_code, result.stderr.strip()) == (1, "Det finnes ingen konto med adressen ingen@x.no.")
