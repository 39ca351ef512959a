"""Signing in and out, and what a session is worth afterwards."""

from tests.factories import PASSWORD


def test_a_person_signs_in_and_sees_today(app, make):
    kari = make.person("Kari Nordmann", email="kari@test.example")
    client = app.test_client()

    answer = client.post("/login", data={"email": "Kari@Test.Example ", "password": PASSWORD})

    assert answer.status_code == 303
    assert "Kari" in client.get("/settings").text
    assert kari.id


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(app, make):
    make.person(email="kari@test.example")
    client = app.test_client()

    wrong = client.post("/login", data={"email": "kari@test.example", "password": "noe annet enn det"})
    unknown = client.post(
        "/login", data={"email": "finnes.ikke@test.example", "password": "noe annet enn det"}
    )

    assert wrong.status_code == unknown.status_code == 422
    assert "E-posten eller passordet stemmer ikke" in wrong.text
    assert "E-posten eller passordet stemmer ikke" in unknown.text
