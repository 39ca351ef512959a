"""A feed's key opens one feed, for one person, as long as both stand (quality.md R41 and R4)."""

import hashlib
import logging
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select, text

from teamhub.access.actor import SYSTEM
from teamhub.audit.models import Entry, SecurityEntry
from teamhub.core import clock
from teamhub.core.masking import masked
from teamhub.feeds import commands, dates, queries
from teamhub.feeds.models import FeedToken
from teamhub.feeds.states import Feed
from teamhub.people import commands as people

TRIALS = 50


@pytest.fixture
def kari(make):
    return make.person("Kari Nordmann")


def the_row(db):
    return db.session.scalars(select(FeedToken)).one()


def without_number(page):
    return re.sub(r'[0-9a-f]{12}|nonce="[^"]+"|name="csrf_token" value="[^"]*"', "", page)


@pytest.mark.parametrize("feed", list(Feed))
def test_a_key_opens_the_feed_it_was_made_for_and_no_other(kari, key_of, fetch, feed):
    key = key_of(kari, feed)

    assert {each: fetch(key, each).status_code for each in Feed} == {
        each: 200 if each == feed else 404 for each in Feed
    }


def test_a_key_is_256_bits_behind_a_mark_that_scanners_know_and_never_the_same(kari, key_of, db):
    keys = [key_of(kari, feed) for feed in Feed]

    assert all(re.fullmatch(r"thf_[\w-]{43}", key) for key in keys)
    assert len(set(keys)) == len(keys)


def test_only_the_hash_of_a_key_is_kept(kari, key_of, db):
    key = key_of(kari)

    assert the_row(db).token_hash == hashlib.sha256(key.encode()).hexdigest()
    for table in ("feed_token", "audit_entry", "security_entry"):
        kept = str(db.session.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608 - names of our own
        assert key not in kept
        assert key[4:] not in kept


def test_wrong_expired_reset_closed_and_a_closed_account_are_all_the_same_404(kari, make, key_of, fetch, db):
    actor, gone, pages = make.actor(kari), make.person(), []
    pages.append(fetch("thf_" + "x" * 43))
    pages.append(fetch("thf_x"))
    old = key_of(kari)
    new = key_of(kari, replaces=queries.addresses(actor)[Feed.CALENDAR].mark)
    pages.append(fetch(old))
    with time_machine.travel(clock.now() + timedelta(days=366)):
        pages.append(fetch(new))
    commands.close(actor, Feed.CALENDAR)
    pages.append(fetch(new))
    of_gone = key_of(gone)
    gone.is_active = False
    db.session.commit()
    pages.append(fetch(of_gone))

    assert [page.status_code for page in pages] == [404] * len(pages)
    assert len({without_number(page.text) for page in pages}) == 1


@pytest.mark.parametrize(("days", "status"), [(365, 200), (366, 404)])
def test_a_key_lasts_a_year_to_the_day(kari, key_of, fetch, days, status):
    key = key_of(kari)

    with time_machine.travel(clock.now() + timedelta(days=days)):
        assert fetch(key).status_code == status


def test_a_reset_key_is_dead_at_once_every_time(kari, make, key_of, fetch):
    actor, key, stale = make.actor(kari), key_of(kari), 0
    for _ in range(TRIALS):
        old, mark = key, queries.addresses(actor)[Feed.CALENDAR].mark
        key = key_of(kari, replaces=mark)
        stale += fetch(old).status_code != 404

    assert stale == 0
    assert fetch(key).status_code == 200


def test_a_closed_account_has_no_keys_when_it_is_opened_again(kari, key_of, fetch):
    key = key_of(kari)

    people.set_active(SYSTEM, kari.id, active=False)
    people.set_active(SYSTEM, kari.id, active=True)

    assert fetch(key).status_code == 404


def test_a_feed_can_only_be_read(kari, key_of, app):
    client, key = app.test_client(), key_of(kari)

    answers = [client.open(f"/feeds/{key}/calendar.ics", method=m) for m in ("POST", "PUT", "DELETE")]

    assert [answer.status_code for answer in answers] == [405] * 3
    assert [key in answer.text for answer in answers] == [False] * 3


def test_a_key_is_worth_nothing_outside_its_feed(kari, key_of, app):
    key = key_of(kari)

    answer = app.test_client().get("/my/tasks", headers={"Authorization": f"Bearer {key}"})

    assert answer.status_code == 302


def test_the_day_of_use_is_kept_once_a_day_and_tells_nobody_else(kari, key_of, fetch, db, queries_counted):
    key = key_of(kari)
    told = db.session.scalar(select(func.count()).select_from(Entry))
    fetch(key)
    assert the_row(db).last_used_on == clock.today()

    with queries_counted() as statements:
        fetch(key)

    assert [s for s in statements if s.startswith(("UPDATE", "INSERT"))] == []
    assert db.session.scalar(select(func.count()).select_from(Entry)) == told


def test_making_resetting_and_closing_are_told_in_both_logs_without_the_key(kari, make, key_of, db):
    key_of(kari)
    key_of(kari, replaces=queries.addresses(make.actor(kari))[Feed.CALENDAR].mark)
    commands.close(make.actor(kari), Feed.CALENDAR)
    commands.close(make.actor(kari), Feed.CALENDAR)

    lines = db.session.execute(
        select(Entry.kind, Entry.object_type, Entry.object_id, Entry.data).order_by(Entry.id)
    ).all()
    assert [tuple(line) for line in lines] == [
        (kind, "person", kari.id, {"path": "calendar"}) for kind in ("FeedOpened", "FeedReset", "FeedClosed")
    ]
    kinds = db.session.scalars(select(SecurityEntry.kind).order_by(SecurityEntry.id)).all()
    assert [kind for kind in kinds if kind.startswith("feed")] == ["feed_made", "feed_reset", "feed_closed"]


# -- never in logs, Referer or error pages ---------------------------------------------------------------


def test_when_a_feed_fails_neither_log_nor_page_holds_the_key(kari, key_of, fetch, monkeypatch, caplog):
    key = key_of(kari)

    def fail(actor):
        msg = f"could not read /feeds/{key}/calendar.ics"
        raise RuntimeError(msg)

    monkeypatch.setattr(dates, "SOURCES", (fail,))
    caplog.set_level(logging.DEBUG)

    answer = fetch(key)

    assert answer.status_code == 500
    assert "could not read /feeds/thf_***/calendar.ics" in caplog.text
    assert "path=/feeds/thf_***/calendar.ics" in caplog.text
    assert_hidden(key, caplog, answer)


@pytest.mark.parametrize("file", ["nothing.ics", "challenges.atom", "calendar.ics/", "calendar.ics?page=1"])
def test_an_address_that_leads_nowhere_is_not_repeated_nor_passed_on(
    kari, key_of, app, sign_in, caplog, file
):
    key = key_of(kari)
    key = key[:-1] if "?" in file else key  # not quite the key, and yet nearly
    caplog.set_level(logging.DEBUG)
    for client in (app.test_client(), sign_in(kari)):
        answer = client.get(f"/feeds/{key}/{file}")

        assert answer.status_code == 404
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert_hidden(key, caplog, answer)


def test_a_feed_passes_its_address_on_to_nobody(kari, key_of, fetch):
    key = key_of(kari)
    answer = fetch(key)

    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert_hidden(key, None, answer)


def assert_hidden(key, caplog, answer):
    assert key not in answer.text
    assert key not in str(answer.headers)
    for record in caplog.records if caplog else []:
        assert key not in repr(vars(record))
    if caplog:
        assert key not in caplog.text


def test_the_mask_hides_a_key_however_it_is_written():
    key = "thf_" + "Ab-_" * 10 + "xyz"

    for written in (key, key.replace("_", "%5F"), key.upper()):
        assert masked(f"GET /feeds/{written}/calendar.ics?x=1") == "GET /feeds/thf_***/calendar.ics?x=1"
    assert masked("/challenges/17?q=thf") == "/challenges/17?q=thf"
