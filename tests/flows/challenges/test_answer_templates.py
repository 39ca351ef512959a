"""The office keeps its own answer templates; two who change one at once lose nothing."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from teamhub.access.actor import Role
from teamhub.challenges.office import AnswerTemplate

HERE = "/challenges/templates"


@pytest.fixture
def office(make, sign_in):
    return sign_in(make.person("Kontor", Role.PORTFOLIO_OFFICE))


@pytest.fixture
def template(db):
    template = AnswerTemplate(name="Takk", decision="assessing", body="Takk for at du sier fra.")
    db.session.add(template)
    db.session.commit()
    return template


def test_a_template_is_made_changed_and_removed(office, db):
    office.post(HERE, data={"name": "Takk", "decision": "assessing", "body": "Takk for at du sier fra."})
    template = db.session.query(AnswerTemplate).one()
    address = f"{HERE}/{template.id}"
    assert "Takk for at du sier fra." in office.get(HERE).text

    office.post(address, data={"name": "Takk", "decision": "", "body": "Tusen takk.", "version": 1})
    assert (template.body, template.decision, template.version) == ("Tusen takk.", None, 2)

    assert office.post(f"{address}/remove").status_code == 303
    assert office.post(f"{address}/remove").status_code == 303
    assert db.session.query(AnswerTemplate).count() == 0
    assert office.get(address).status_code == 404


def test_sent_twice_it_is_made_once(office, db):
    for _ in range(2):
        assert office.post(HERE, data={"name": "Takk", "body": "Takk."}).status_code == 303

    assert db.session.query(AnswerTemplate).count() == 1


def test_two_templates_never_have_the_same_name(office, template, db):
    refused = office.post(HERE, data={"name": "Takk", "body": "Noe annet."})

    assert refused.status_code == 422
    assert "En annen mal heter dette." in refused.text
    assert db.session.query(AnswerTemplate).count() == 1


def test_the_second_to_save_sees_both_texts_and_overwrites_nothing(office, template):
    first = {"name": "Takk", "decision": "", "body": "Den første.", "version": 1}
    address = f"{HERE}/{template.id}"
    office.post(address, data=first)

    late = office.post(address, data=first | {"body": "Den andre."})

    page = BeautifulSoup(late.text, "html5lib")
    assert late.status_code == 409
    assert template.body == "Den første."
    assert page.select_one("#body").text.strip() == "Den andre."
    assert "Den første." in page.select_one(".theirs").text
    assert page.select_one("[name=version]")["value"] == str(template.version)


def test_templates_are_the_offices_own(make, sign_in, template):
    for person in (make.person("Annen"), make.person("Styret", Role.BOARD_MEMBER)):
        client = sign_in(person)
        assert client.get(HERE).status_code == 403
        assert client.post(HERE, data={"name": "X", "body": "Y"}).status_code == 403
        assert client.post(f"{HERE}/{template.id}/remove").status_code == 403
