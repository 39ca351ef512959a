"""The security log as a page: newest first, found by person, kind and outcome, and verified on demand."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import text

from teamhub.access.actor import OFFICES, Role
from teamhub.audit.listing import PAGE
from teamhub.people import commands


@pytest.fixture
def reader(make, sign_in, unit):
    return sign_in(make.person("Ombud Ås", Role.DPO, unit=unit))


@pytest.fixture
def many(make, kari, admin):
    """More lines than a page shows: Kari's account closed and opened in turn."""
    actor = make.actor(admin)
    for number in range(PAGE + 10):
        commands.set_active(actor, kari.id, active=bool(number % 2))


def rows(browser, address="/admin/security"):
    """What the page shows, a text for each line."""
    page = BeautifulSoup(browser.get(address).text, "html5lib")
    return [" ".join(row.get_text(" ").split()) for row in page.select("tbody tr")]


@pytest.mark.parametrize("role", [None, *OFFICES])
def test_only_the_administrator_and_the_data_protection_officer_may_read_it(make, unit, sign_in, role):
    browser = sign_in(make.person("Noen", *([role] if role else []), unit=unit))
    expected = 200 if role in {Role.ADMIN, Role.DPO} else 403

    assert browser.get("/admin/security").status_code == expected
    assert browser.post("/admin/security/verify").status_code == (303 if expected == 200 else 403)


def test_a_line_says_what_when_who_to_whom_from_where_and_how_it_went(make, reader, kari, admin, unit):
    commands.give_office(make.actor(admin), kari.id, kind=Role.DPO, unit_id=unit.id)

    assert rows(reader)[0].startswith("Verv gitt Verv: Personvernombud Enhet: Omsorg i dag")
    assert rows(reader)[0].endswith("Admin Lie Kari Nordmann – Utført")


def test_the_newest_are_first_and_the_older_a_link_away(reader, many):
    first = rows(reader)
    page = BeautifulSoup(reader.get("/admin/security").text, "html5lib")
    older = rows(reader, page.select_one("a[rel=next]")["href"])

    assert len(first) == PAGE
    assert first[0].startswith("Konto åpnet igjen")
    assert len(older) == 11
    assert older[-1].startswith("Loggen begynte")


def test_lines_written_meanwhile_do_not_move_the_next_page(reader, many, make, kari):
    page = BeautifulSoup(reader.get("/admin/security").text, "html5lib")
    address = page.select_one("a[rel=next]")["href"]
    before = rows(reader, address)

    commands.set_active(make.actor(make.person("Ny", Role.ADMIN)), kari.id, active=False)

    assert rows(reader, address) == before


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=account_disabled", ["Konto stengt"]),
        ("outcome=refused", ["Nektet tilgang"]),
        ("person=nordm", ["Konto stengt", "Nektet tilgang"]),
        ("person=NORDMANN&outcome=ok", ["Konto stengt"]),
        ("person=%25", []),
        ("kind=tull&outcome=tull&before=tull", ["Konto stengt", "Nektet tilgang", "Loggen begynte"]),
        ("before=1", []),
    ],
)
def test_it_is_found_by_person_kind_and_outcome(reader, make, kari, admin, sign_in, query, found):
    sign_in(kari).get("/admin/security")
    commands.set_active(make.actor(admin), kari.id, active=False)

    shown = rows(reader, f"/admin/security?{query}")

    assert [next(word for word in found if row.startswith(word)) for row in shown] == found


def test_htmx_gets_the_lines_alone(reader):
    headers = {"HX-Request": "true", "HX-Target": "found"}

    assert "<html" not in reader.get("/admin/security", headers=headers).text


def test_it_can_be_verified_and_says_when_that_was(reader):
    assert "Ingen har kontrollert loggen" in reader.get("/admin/security").text

    reader.post("/admin/security/verify")
    answer = reader.get("/admin/security")

    assert "Loggen er hel. Ingen har endret eller fjernet linjer." in answer.text
    assert "Sist kontrollert i dag" in answer.text
    assert rows(reader)[0].startswith("Loggen ble kontrollert")


def test_a_log_somebody_has_changed_is_told_of(db, reader, many):
    sqlite = db.engine.dialect.name == "sqlite"
    db.session.execute(text(f"DROP TRIGGER security_entry_kept{'' if sqlite else ' ON security_entry'}"))
    db.session.execute(text("UPDATE security_entry SET kind = 'tull', data = '[]' WHERE id = 55"))
    db.session.commit()

    reader.post("/admin/security/verify")
    answer = reader.get("/admin/security")

    assert "Loggen er ikke hel: ett funn." in answer.text
    assert "ett funn. Kontroller på nytt, og følg det opp." in answer.text
    assert "Linje 55 er endret" in rows(reader)[0]


def test_a_line_that_cannot_be_read_does_not_take_the_page_away(db, reader, many):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL lets nobody write that")
    db.session.execute(text("DROP TRIGGER security_entry_kept"))
    db.session.execute(text("UPDATE security_entry SET data = '{' WHERE id = 55"))
    db.session.commit()

    assert "ikke lar seg lese" in reader.get("/admin/security").text


def test_a_page_costs_the_same_with_one_line_and_with_many(reader, make, kari, admin, queries_counted):
    with queries_counted() as few:
        reader.get("/admin/security")
    for number in range(PAGE + 5):
        commands.set_active(make.actor(admin), kari.id, active=bool(number % 2))
    with queries_counted() as many:
        reader.get("/admin/security")

    assert len(many) <= len(few) <= 8


def test_nobody_else_is_told_who_was_here(app, make, kari, sign_in):
    """No «last seen»: neither colleagues nor a manager see anything of it on a person's page."""
    app.test_client().post("/login", data={"email": kari.email, "password": "feil passord her"})
    boss = sign_in(make.person("Sjef", Role.UNIT_MANAGER, Role.DIRECTOR, unit=make.unit()))

    page = boss.get(f"/people/{kari.id}").text

    assert "logget inn" not in page.lower().replace("logget inn som", "")
    assert "mislyktes" not in page
