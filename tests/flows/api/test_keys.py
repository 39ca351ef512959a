"""A key for a program: made once, kept as a hash, good for what it says, and dead when it is revoked."""

import hashlib
import logging
import re
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from sqlalchemy import func, select, text, update

from teamhub.access.actor import SYSTEM
from teamhub.api import commands, queries
from teamhub.api.models import ApiToken
from teamhub.api.states import Scope
from teamhub.audit.models import Entry, SecurityEntry
from teamhub.core import clock
from teamhub.core.errors import DomainError
from teamhub.core.masking import masked
from teamhub.missions import queries as missions
from teamhub.people import commands as people

PAGE = "/settings/tokens"
TRIALS = 50


def form(**changes):
    ends = (clock.today() + timedelta(days=30)).isoformat()
    return {"name": "Regneark", "scopes": ["missions:read"], "expires_on": ends} | changes


def shown(page):
    field = BeautifulSoup(page.text, "html5lib").select_one("input#token")
    return field["value"] if field else None


# -- the page -----------------------------------------------------------------------------------------


def test_a_key_is_shown_once_and_works_at_once(sign_in, kari, ask, mission):
    browser = sign_in(kari)

    made = browser.post(PAGE, data=form())

    key = shown(made)
    assert made.status_code == 200
    assert "no-store" in made.headers["Cache-Control"]
    assert re.fullmatch(r"thp_[\w-]{43}", key)
    assert ask(key, f"/missions/{mission.id}").status_code == 200
    assert "thp_" not in browser.get(PAGE).text
    assert PAGE in browser.get("/settings").text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": " "}, "Gi nøkkelen et navn"),
        ({"name": "x" * 61}, "Bruk høyst 60 tegn"),
        ({"scopes": []}, "Velg minst én ting"),
        ({"scopes": ["everything"]}, "Velg en av mulighetene"),
        ({"expires_on": ""}, "Skriv en dato"),
        ({"expires_on": clock.today().isoformat()}, "Velg en dag fra i morgen"),
        ({"expires_on": (clock.today() + timedelta(days=366)).isoformat()}, "Velg en dag fra i morgen"),
        ({"expires_on": "snart"}, "Skriv en dato"),
    ],
)
def test_a_key_that_makes_no_sense_is_told_so(sign_in, kari, db, wrong, told):
    answer = sign_in(kari).post(PAGE, data=form(**wrong))

    assert answer.status_code == 422
    assert told in answer.text
    assert db.session.query(ApiToken).count() == 0


def test_a_form_sent_twice_makes_one_key(sign_in, kari, db):
    browser = sign_in(kari)
    browser.post(PAGE, data=form())

    again = browser.post(PAGE, data=form())

    assert again.status_code == 422
    assert "alt en nøkkel med det navnet" in again.text
    assert db.session.query(ApiToken).count() == 1


def test_there_is_an_end_to_how_many_one_has(key_of, kari):
    for number in range(commands.MOST_TOKENS):
        key_of(kari, name=f"Nummer {number}")

    with pytest.raises(DomainError, match="for mange nøkler"):
        key_of(kari, name="En til")


def test_a_key_is_revoked_by_its_owner_alone(sign_in, kari, make, key_of, ask, mission, db):
    key, id_ = key_of(kari), db.session.scalar(select(ApiToken.id))

    assert sign_in(make.person()).post(f"{PAGE}/{id_}/revoke").status_code == 404
    assert ask(key, f"/missions/{mission.id}").status_code == 200
    assert sign_in(kari).post(f"{PAGE}/{id_}/revoke").status_code == 303

    assert ask(key, f"/missions/{mission.id}").status_code == 401
    assert "Ingen nøkler ennå" in sign_in(kari).get(PAGE).text


def test_the_owner_sees_the_day_it_was_used_and_that_it_has_run_out(sign_in, kari, key_of, ask, mission, db):
    browser, key = sign_in(kari), key_of(kari)
    assert "Den er ikke brukt ennå" in browser.get(PAGE).text

    ask(key, f"/missions/{mission.id}")
    assert "Sist brukt" in browser.get(PAGE).text

    db.session.execute(update(ApiToken).values(expires_on=clock.today() - timedelta(days=1)))
    db.session.commit()
    assert "virker ikke lenger" in browser.get(PAGE).text


# -- what it is good for --------------------------------------------------------------------------------


def test_only_the_hash_of_a_key_is_kept(kari, key_of, db):
    key = key_of(kari)

    assert db.session.scalar(select(ApiToken.token_hash)) == hashlib.sha256(key.encode()).hexdigest()
    for table in ("api_token", "audit_entry", "security_entry"):
        kept = str(db.session.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608 - names of our own
        assert key not in kept
        assert key[4:] not in kept


@pytest.mark.parametrize(("days", "status"), [(90, 200), (91, 401)])
def test_a_key_lasts_to_the_day_it_says(kari, key_of, ask, mission, days, status):
    key = key_of(kari, days=90)

    with time_machine.travel(clock.now() + timedelta(days=days)):
        assert ask(key, f"/missions/{mission.id}").status_code == status


def test_a_revoked_key_is_dead_at_once_every_time(kari, make, key_of, ask, mission):
    actor, stale = make.actor(kari), 0
    for _ in range(TRIALS):
        key = key_of(kari)
        commands.revoke(actor, queries.tokens(actor)[0].id)
        stale += ask(key, f"/missions/{mission.id}").status_code != 401

    assert stale == 0


def test_a_closed_account_has_no_keys_when_it_is_opened_again(kari, key_of, ask, mission):
    key = key_of(kari)

    people.set_active(SYSTEM, kari.id, active=False)
    assert ask(key, f"/missions/{mission.id}").status_code == 401
    people.set_active(SYSTEM, kari.id, active=True)

    assert ask(key, f"/missions/{mission.id}").status_code == 401


def test_a_key_without_the_scope_is_refused_and_told_which(kari, key_of, ask, mission):
    answer = ask(key_of(kari, Scope.TEAM_SUGGEST), f"/missions/{mission.id}")

    assert answer.status_code == 403
    assert 'scope="missions:read"' in answer.headers["WWW-Authenticate"]
    assert "missions:read" in answer.json["detail"]


@pytest.mark.parametrize("path", ["/my/tasks", "/settings", "/missions"])
def test_a_key_opens_no_page(kari, key_of, app, path):
    answer = app.test_client().get(path, headers={"Authorization": f"Bearer {key_of(kari)}"})

    assert answer.status_code == 302
    assert "/login" in answer.location


def test_the_day_of_use_is_kept_once_a_day_and_tells_nobody_else(
    kari, key_of, ask, mission, db, queries_counted
):
    key = key_of(kari)
    told = db.session.scalar(select(func.count()).select_from(Entry))
    ask(key, f"/missions/{mission.id}")
    assert db.session.scalar(select(ApiToken.last_used_on)) == clock.today()

    with queries_counted() as statements:
        ask(key, f"/missions/{mission.id}")

    assert [s for s in statements if s.startswith(("UPDATE", "INSERT"))] == []
    assert db.session.scalar(select(func.count()).select_from(Entry)) == told


def test_making_and_revoking_are_told_in_both_logs_without_the_key(kari, make, key_of, db):
    key_of(kari, Scope.MISSIONS_READ)
    actor = make.actor(kari)
    id_ = queries.tokens(actor)[0].id
    commands.revoke(actor, id_)
    commands.revoke(actor, id_)

    lines = db.session.execute(select(Entry.kind, Entry.object_id).order_by(Entry.id)).all()
    assert [tuple(line) for line in lines] == [("TokenMade", kari.id), ("TokenRevoked", kari.id)]
    kinds = db.session.scalars(select(SecurityEntry.kind).order_by(SecurityEntry.id)).all()
    assert [kind for kind in kinds if kind.startswith("token")] == ["token_made", "token_revoked"]


def test_when_an_address_fails_neither_log_nor_answer_holds_the_key(
    kari, key_of, ask, mission, monkeypatch, caplog, app
):
    key = key_of(kari)

    def fail(*_args):
        msg = f"could not ask with Bearer {key}"
        raise RuntimeError(msg)

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(missions, "get_mission", fail)
    caplog.set_level(logging.DEBUG)

    answer = ask(key, f"/missions/{mission.id}")

    assert answer.status_code == 500
    assert answer.mimetype == "application/problem+json"
    assert "could not ask with Bearer thp_***" in caplog.text
    assert key not in caplog.text + answer.text + str(answer.headers)
    assert all(key not in repr(vars(record)) for record in caplog.records)


def test_the_mask_hides_a_key_however_it_is_written():
    key = "thp_" + "Ab-_" * 10 + "xyz"

    for written in (key, key.replace("_", "%5F"), key.upper()):
        assert masked(f"Authorization: Bearer {written}") == "Authorization: Bearer thp_***"
