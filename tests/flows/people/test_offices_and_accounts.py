"""An administrator gives offices and keeps accounts; nobody else even sees the forms."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.access.actor import OFFICES, Role
from teamhub.people.models import Office


@pytest.fixture
def unit(make):
    return make.unit("Omsorg", code="OM")


@pytest.fixture
def kari(make, unit):
    return make.person("Kari Nordmann", unit=unit)


@pytest.fixture
def admin(make, sign_in, unit):
    return sign_in(make.person("Admin", Role.ADMIN, unit=unit))


def forms(page):
    return [form["action"] for form in BeautifulSoup(page.text, "html5lib").main.select("form[method=post]")]


def held(db, person):
    db.session.expire_all()
    return [office.kind for office in db.session.scalars(select(Office).where(Office.person_id == person.id))]


def addresses(kari, office):
    return [
        f"/people/{kari.id}/offices",
        f"/people/{kari.id}/offices/{office.id}/end",
        f"/people/{kari.id}/sign-out",
        f"/people/{kari.id}/disable",
        f"/people/{kari.id}/enable",
    ]


@pytest.mark.parametrize("role", [None, *[role for role in OFFICES if role != Role.ADMIN]])
def test_nobody_but_an_administrator_sees_the_forms_or_can_send_them(make, db, sign_in, unit, kari, role):
    office = make.office(kari, Role.DIGITAL_AGENT, unit=unit)
    browser = sign_in(make.person("Noen", *([role] if role else []), unit=unit))

    assert forms(browser.get(f"/people/{kari.id}")) == []
    for address in addresses(kari, office):
        assert browser.post(address, data={"kind": "admin", "unit_id": unit.id}).status_code == 403

    assert held(db, kari) == [Role.DIGITAL_AGENT]
    assert sign_in(kari).get("/").status_code == 200


def test_one_cannot_give_oneself_an_office(db, sign_in, unit, kari):
    browser = sign_in(kari)

    assert forms(browser.get(f"/people/{kari.id}")) == []
    answer = browser.post(f"/people/{kari.id}/offices", data={"kind": "admin", "unit_id": unit.id})

    assert answer.status_code == 403
    assert held(db, kari) == []


def test_an_administrator_sees_a_form_for_each_thing(make, unit, kari, admin):
    office = make.office(kari, Role.DPO, unit=unit)

    assert set(forms(admin.get(f"/people/{kari.id}"))) == set(addresses(kari, office)[:4])


def test_an_office_is_given_shown_and_ended(db, sign_in, unit, kari, admin):
    answer = admin.post(f"/people/{kari.id}/offices", data={"kind": "portfolio_office", "unit_id": unit.id})

    assert answer.status_code == 303
    page = admin.get(answer.location)
    assert "Vervet er registrert." in page.text
    assert "Porteføljekontoret" in page.text
    assert sign_in(kari).get("/missions/new").status_code == 200

    end = next(action for action in forms(admin.get(f"/people/{kari.id}")) if action.endswith("/end"))
    assert admin.post(end).status_code == 303
    assert sign_in(kari).get("/missions/new").status_code == 403


@pytest.mark.parametrize(
    "form", [{}, {"kind": "dpo"}, {"kind": "dpo", "unit_id": ""}, {"kind": "king", "unit_id": "1"}]
)
def test_an_office_that_is_half_filled_in_is_told_in_place(db, kari, admin, form):
    answer = admin.post(f"/people/{kari.id}/offices", data=form)

    page = BeautifulSoup(answer.text, "html5lib")
    assert answer.status_code == 422
    assert page.select_one("[role=alert] li")
    assert page.select_one("details[open] form")
    assert held(db, kari) == []


def test_an_office_for_somebody_who_does_not_exist_is_not_found(unit, admin):
    assert admin.post("/people/999999/offices", data={"kind": "dpo", "unit_id": unit.id}).status_code == 404


def test_an_administrator_who_tries_to_end_their_own_is_told_why_not(make, db, sign_in, unit):
    person = make.person("Admin", Role.ADMIN, unit=unit)
    own = db.session.scalars(select(Office).where(Office.person_id == person.id)).one()
    browser = sign_in(person)

    answer = browser.post(f"/people/{person.id}/offices/{own.id}/end")

    assert "Du kan ikke ta fra deg selv administrasjonen." in browser.get(answer.location).text
    assert held(db, person) == [Role.ADMIN]


def test_a_closed_account_is_out_at_once_and_the_page_says_so(sign_in, kari, admin):
    browser = sign_in(kari)

    admin.post(f"/people/{kari.id}/disable")

    assert browser.get("/settings").status_code == 302
    page = admin.get(f"/people/{kari.id}")
    assert "Kontoen er stengt." in page.text
    assert f"/people/{kari.id}/enable" in forms(page)
    assert f"/people/{kari.id}/disable" not in forms(page)


def test_an_account_is_opened_again(sign_in, kari, admin):
    admin.post(f"/people/{kari.id}/disable")

    admin.post(f"/people/{kari.id}/enable")

    assert sign_in(kari).get("/settings").status_code == 200


def test_somebody_who_lost_a_phone_is_signed_out_everywhere_but_may_come_back(sign_in, kari, admin):
    phone = sign_in(kari)

    admin.post(f"/people/{kari.id}/sign-out")

    assert phone.get("/settings").status_code == 302
    assert sign_in(kari).get("/settings").status_code == 200
