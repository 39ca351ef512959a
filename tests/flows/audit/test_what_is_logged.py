"""Who did what to whom, when, from where and how it went: in the security log (quality.md R72)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.audit import security
from teamhub.audit.models import SecurityEntry
from teamhub.audit.verifying import verify
from teamhub.audit.views import note_refusal
from teamhub.core import clock
from teamhub.core.db import db as _db
from teamhub.people.commands import GUESSES
from teamhub.people.models import SignInSession
from tests.factories import PASSWORD

HERE = {"REMOTE_ADDR": "10.20.30.40"}
WRONG = "hemmelig men ikke riktig"
NEW = "en annen lang setning"


def post(browser, address, **form):
    return browser.post(address, data=form, environ_overrides=HERE)


def sign_in_by_page(app, email="kari@test.example", password=PASSWORD):
    browser = app.test_client()
    post(browser, "/login", email=email, password=password)
    return browser


def of_kari(app, kari, **_):
    return sign_in_by_page(app)


def own_session(address):
    def act(app, **_):
        browser = sign_in_by_page(app)
        other = sign_in_by_page(app)
        first = _db.session.scalars(select(SignInSession.id).order_by(SignInSession.id)).first()
        post(other if "{" in address else browser, address.format(first))

    return act


def by_admin(address, **form):
    def act(admin, kari, sign_in, unit, make, **_):
        office = make.office(kari, Role.DIGITAL_AGENT, unit=unit)
        filled = {key: unit.id if key == "unit_id" else value for key, value in form.items()}
        post(sign_in(admin), address.format(kari=kari.id, office=office.id), **filled)

    return act


def refused(kari, sign_in, **_):
    post(sign_in(kari), f"/people/{kari.id}/disable?hemmelig=1")


def change_password(kari, sign_in, **_):
    post(sign_in(kari), "/settings/password", current=PASSWORD, new=NEW)


def verify_the_log(admin, sign_in, **_):
    post(sign_in(admin), "/admin/security/verify")


# (kind, outcome, who, to whom) → what is done through the pages.
DONE = {
    ("signed_in", "ok", "kari", "kari"): of_kari,
    ("sign_in_failed", "failed", None, "kari"): lambda app, **_: sign_in_by_page(app, password=WRONG),
    ("signed_out", "ok", "kari", "kari"): own_session("/logout"),
    ("session_ended", "ok", "kari", "kari"): own_session("/settings/sessions/{}/end"),
    ("password_changed", "ok", "kari", "kari"): change_password,
    ("sessions_ended", "ok", "admin", "kari"): by_admin("/people/{kari}/sign-out"),
    ("account_disabled", "ok", "admin", "kari"): by_admin("/people/{kari}/disable"),
    ("account_enabled", "ok", "admin", "kari"): by_admin("/people/{kari}/enable"),
    ("office_given", "ok", "admin", "kari"): by_admin("/people/{kari}/offices", kind="dpo", unit_id=None),
    ("office_ended", "ok", "admin", "kari"): by_admin("/people/{kari}/offices/{office}/end"),
    ("access_denied", "refused", "kari", None): refused,
    ("log_verified", "ok", "admin", None): verify_the_log,
}


@pytest.mark.parametrize("line", DONE, ids=lambda line: line[0])
def test_it_is_written_down(app, kari, admin, unit, make, sign_in, logged, line):
    began = clock.now()

    DONE[line](app=app, kari=kari, admin=admin, unit=unit, make=make, sign_in=sign_in)

    ids = {"kari": kari.id, "admin": admin.id, None: None}
    kind, outcome, who, whom = line
    (found,) = [each for each in logged() if each.kind == kind][:1]
    assert (found.outcome, found.actor_id, found.subject_id) == (outcome, ids[who], ids[whom])
    assert found.address == "10.20.30.40"
    assert began - timedelta(seconds=1) < found.at <= clock.now()
    assert verify() == []


def test_what_is_done_from_the_command_line_has_no_address(app, unit, logged, tmp_path):
    run = app.test_cli_runner().invoke
    units = tmp_path / "units.csv"
    units.write_text("external_ref,name,parent\nA,Kultur,\n", encoding="utf-8")

    created = run(args=["user", "create", "ny@test.example", "--name", "Ny", "--unit", "Omsorg"])
    imported = run(args=["import", "units", str(units)])

    assert (created.exit_code, imported.exit_code) == (0, 0), imported.output
    assert [(line.kind, line.actor_id, line.address) for line in logged()] == [
        ("account_created", None, None),
        ("imported", None, None),
    ]
    assert logged()[1].data == {
        "imported": "units",
        "file": "units.csv",
        "created": 1,
        "changed": 0,
        "object_id": 0,
    }


def test_guesses_are_stopped_once_and_said_once(app, kari, logged):
    for _ in range(GUESSES + 5):
        sign_in_by_page(app, password=WRONG)

    assert [line.kind for line in logged()] == ["sign_in_failed"] * GUESSES + ["guesses_stopped"]
    assert {line.subject_id for line in logged()} == {kari.id}


def test_an_address_nobody_has_is_only_a_mark(app, db, kari, logged):
    """People type their password where their address should be."""
    for said in (WRONG, WRONG.upper(), "noen.andre@test.example"):
        sign_in_by_page(app, email=said, password=WRONG)

    marks = [line.data["account"] for line in logged()]
    assert marks[0] == marks[1] != marks[2]
    assert [line.subject_id for line in logged()] == [None, None, None]
    assert not any(WRONG[:8] in str(list(line.data.values())) for line in logged())


def test_no_secret_is_in_any_line(app, db, kari, sign_in):
    sign_in_by_page(app, password=WRONG)
    sign_in_by_page(app, email=WRONG)
    browser = sign_in_by_page(app)
    key = browser.get_cookie("teamhub").value
    post(browser, "/settings/password", current=WRONG, new=NEW)
    post(browser, "/settings/password", current=PASSWORD, new=NEW)
    post(browser, f"/people/{kari.id}/disable?token={WRONG}", password=WRONG)

    rows = db.session.execute(select(SecurityEntry.__table__)).all()
    everything = " ".join(map(repr, rows))
    assert len(rows) > 4
    assert [said for said in (WRONG, NEW, PASSWORD, key, "token") if said in everything] == []


def test_a_refusal_is_written_once_with_the_page_it_was_about(kari, sign_in, logged):
    refused(kari, sign_in)

    (line,) = logged()
    assert line.data == {"path": f"POST /people/{kari.id}/disable"}


def test_a_path_that_holds_a_key_is_kept_as_a_pattern(app, db, logged):
    with app.test_request_context("/feeds/noklen-til-alt/calendar.ics"):
        note_refusal()

    assert logged()[0].data == {"path": "GET /feeds/<token>/calendar.ics"}


def test_what_one_may_not_see_is_no_refusal(make, kari, sign_in, logged):
    draft = make.challenge(make.person(), state="draft")

    assert sign_in(kari).get(f"/challenges/{draft.id}").status_code == 404
    assert logged() == []


def test_the_page_that_says_no_is_shown_also_when_the_log_cannot_be_written(
    kari, sign_in, monkeypatch, caplog
):
    def fail(*_args, **_kw):
        raise OSError

    monkeypatch.setattr(security, "record", fail)

    answer = sign_in(kari).post(f"/people/{kari.id}/disable")

    assert answer.status_code == 403
    assert "Dette kan du ikke gjøre" in answer.text
    assert "a refusal was not written down" in caplog.text


def test_nobody_is_signed_in_without_a_line_about_it(app, db, kari, monkeypatch):
    """The line and what it tells of are one transaction."""
    monkeypatch.setattr(security, "_append", lambda *_: 1 / 0)

    sign_in_by_page(app)

    assert db.session.scalars(select(SignInSession)).all() == []
