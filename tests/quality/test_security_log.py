"""The security log can only be added to, and whoever goes round that is found out (quality.md R72)."""

# ruff: noqa: S608 - these are the statements somebody would write who means harm

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from teamhub.access.actor import SYSTEM
from teamhub.audit import chain, security
from teamhub.audit.models import SecurityEntry, SecurityHead
from teamhub.audit.states import SecurityKind
from teamhub.audit.verifying import verify
from teamhub.core import clock
from teamhub.people import commands

LINES = 8
TRIGGERS = ("security_entry_kept", "security_entry_there", "security_entry_new")


@pytest.fixture
def is_sqlite(db):
    return db.engine.dialect.name == "sqlite"


@pytest.fixture
def log(make, db):
    """A log of eight lines: that it began, and an account opened and closed in turn."""
    person = make.person("Kari Nordmann")
    for number in range(LINES - 1):
        commands.set_active(SYSTEM, person.id, active=bool(number % 2))
    assert verify() == []
    return db.session


@pytest.fixture
def unguarded(log, is_sqlite):
    """The log after somebody with all rights in the database has taken the triggers away."""
    for name in TRIGGERS:
        log.execute(text(f"DROP TRIGGER IF EXISTS {name}{'' if is_sqlite else ' ON security_entry'}"))
    log.commit()
    return log


def to(column, value):
    return f"UPDATE security_entry SET {column} = {value} WHERE id = 4"


WRITE_ONE_TWICE = """
INSERT INTO security_entry
SELECT 99, at, kind, outcome, actor_id, subject_id, address, data, hash FROM security_entry WHERE id = 2
"""
SAY_IT_ENDS_EARLIER = f"""
UPDATE security_head
SET last_id = {LINES - 1}, last_hash = (SELECT hash FROM security_entry WHERE id = {LINES - 1})
"""

# What somebody does → the statements it takes.
TAMPERINGS = {
    "move a line in time": [to("at", "'2020-01-01 00:00:00.000000'")],
    "make it another thing": [to("kind", "'signed_in'")],
    "make it fail": [to("outcome", "'failed'")],
    "let somebody have done it": [to("actor_id", "1")],
    "let nobody have done it": [
        "UPDATE security_entry SET actor_id = subject_id, subject_id = NULL WHERE id = 4"
    ],
    "let it have been done to another": [to("subject_id", "subject_id + 1")],
    "let it come from elsewhere": [to("address", "'10.0.0.1'")],
    "add to what it says": [to("data", """'{"a": 1}'""")],
    "give it another hash": [to("hash", "'" + "a" * 64 + "'")],
    "give it the hash of another line": [
        "UPDATE security_entry SET hash = (SELECT hash FROM security_entry WHERE id = 5) WHERE id = 4"
    ],
    "delete the first": ["DELETE FROM security_entry WHERE id = 1"],
    "delete one in the middle": ["DELETE FROM security_entry WHERE id = 4"],
    "delete the last": [f"DELETE FROM security_entry WHERE id = {LINES}"],
    "delete several": ["DELETE FROM security_entry WHERE id BETWEEN 3 AND 5"],
    "delete all": ["DELETE FROM security_entry"],
    "delete one and close the gap": [
        "DELETE FROM security_entry WHERE id = 4",
        *(f"UPDATE security_entry SET id = {n - 1} WHERE id = {n}" for n in range(5, LINES + 1)),
        f"UPDATE security_head SET last_id = {LINES - 1}",
    ],
    "let two change places": [
        "UPDATE security_entry SET id = 99 WHERE id = 3",
        "UPDATE security_entry SET id = 3 WHERE id = 4",
        "UPDATE security_entry SET id = 4 WHERE id = 99",
    ],
    "give the last another number": [f"UPDATE security_entry SET id = 99 WHERE id = {LINES}"],
    "write a line twice": [WRITE_ONE_TWICE],
    "cut off the newest and say so": [
        f"DELETE FROM security_entry WHERE id = {LINES}",
        SAY_IT_ENDS_EARLIER,
    ],
    "let the oldest go before their time": [
        "UPDATE security_head SET gone_id = 3, gone_hash = (SELECT hash FROM security_entry WHERE id = 3)",
        "DELETE FROM security_entry WHERE id <= 3",
    ],
    "break the seal": ["UPDATE security_head SET seal = ''"],
    "take the head away": ["DELETE FROM security_head"],
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_every_tampering_is_found(unguarded, tampering):
    for statement in TAMPERINGS[tampering]:
        assert unguarded.execute(text(statement)).rowcount > 0
    unguarded.commit()

    assert verify() != []


def test_there_are_at_least_the_twenty_that_are_asked_for():
    assert len(TAMPERINGS) >= 20


def test_a_chain_made_anew_with_another_key_is_found(unguarded, app, monkeypatch):
    """Whoever can write in the database but does not know SECRET_KEY."""
    lines = unguarded.scalars(select(SecurityEntry).order_by(SecurityEntry.id)).all()
    head = unguarded.get(SecurityHead, 1)
    monkeypatch.setitem(app.config, "SECRET_KEY", "another key, which is the attacker's own")
    before = chain.GENESIS
    for line in lines:
        columns = {name: getattr(line, name) for name in chain.COLUMNS} | {"kind": "signed_in"}
        line.kind, line.hash = "signed_in", chain.line_hash(chain.keys()[0], columns, before)
        before = line.hash
    head.last_hash = before
    head.seal = chain.seal(chain.keys()[0], vars(head))
    unguarded.commit()
    assert verify() == []

    monkeypatch.undo()

    assert len(verify()) == 1 + len(lines)


def test_a_last_line_from_a_copy_of_the_installation_is_found(unguarded):
    """It is signed with the right key and fits what stands before it, but it is not what was written here."""
    before, last = unguarded.scalars(
        select(SecurityEntry).where(SecurityEntry.id >= LINES - 1).order_by(SecurityEntry.id)
    )
    last.kind = "signed_in"
    columns = {name: getattr(last, name) for name in chain.COLUMNS}
    last.hash = chain.line_hash(chain.keys()[0], columns, before.hash)
    unguarded.commit()

    assert verify() == [f"Linje {LINES} er ikke den som ble skrevet sist."]


def test_what_cannot_even_be_read_is_a_finding(unguarded, is_sqlite):
    if not is_sqlite:
        pytest.skip("PostgreSQL lets nobody write that")
    unguarded.execute(text(to("data", "'{'")))
    unguarded.execute(text("UPDATE security_entry SET at = 'i går' WHERE id = 6"))
    unguarded.commit()

    assert [finding.split(" er ")[0] for finding in verify()] == ["Linje 4", "Linje 6"]


def test_a_log_that_was_destroyed_begins_anew_where_all_can_see_it(unguarded, make):
    for statement in ("DELETE FROM security_entry", "DELETE FROM security_head"):
        unguarded.execute(text(statement))
    unguarded.commit()

    commands.set_active(SYSTEM, make.person().id, active=False)

    kinds = unguarded.scalars(select(SecurityEntry.kind).order_by(SecurityEntry.id)).all()
    assert kinds == [SecurityKind.LOG_BEGUN, SecurityKind.ACCOUNT_DISABLED]


def test_lines_without_a_head_are_found_also_after_new_ones(unguarded, make):
    unguarded.execute(text("DELETE FROM security_head"))
    unguarded.commit()

    commands.set_active(SYSTEM, make.person().id, active=False)

    assert verify() != []


# -- what the database refuses -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        to("kind", "'signed_in'"),
        "UPDATE security_entry SET id = 99 WHERE id = 4",
        "DELETE FROM security_entry WHERE id = 4",
        "DELETE FROM security_entry",
        "INSERT INTO security_entry SELECT * FROM security_entry WHERE id = 4",
    ],
)
def test_the_database_lets_nobody_change_or_delete_a_line(log, statement):
    with pytest.raises(DBAPIError), log.begin_nested():
        log.execute(text(statement))

    assert verify() == []


def test_the_short_ways_round_a_trigger_are_closed(log, is_sqlite):
    whole = (
        "SELECT id, at, 'signed_in', outcome, actor_id, subject_id, address, data, hash FROM security_entry"
    )
    statement = f"REPLACE INTO security_entry {whole}" if is_sqlite else "TRUNCATE security_entry"

    with pytest.raises(DBAPIError, match="only added to"), log.begin_nested():
        log.execute(text(statement))


# -- time ----------------------------------------------------------------------------------------------


def test_lines_go_when_their_time_is_out_and_the_rest_is_still_whole(log, make, app):
    person = make.person()
    with time_machine.travel(clock.now() + timedelta(days=200)):
        commands.set_active(SYSTEM, person.id, active=False)
    with time_machine.travel(clock.now() + timedelta(days=app.config["SECURITY_LOG_DAYS"] + 1)):
        security.keep_to_time()
        again = security.let_go(SYSTEM, app.config["SECURITY_LOG_DAYS"])

    left = log.execute(select(SecurityEntry.id, SecurityEntry.kind).order_by(SecurityEntry.id)).all()
    assert left == [(LINES + 1, "account_disabled"), (LINES + 2, "log_shortened")]
    assert again == 0
    assert verify() == []


def test_after_all_lines_have_gone_the_chain_goes_on(log, make):
    with time_machine.travel(clock.now() + timedelta(days=1)):
        assert security.let_go(SYSTEM, 0) == LINES
        commands.set_active(SYSTEM, make.person().id, active=False)

    assert log.scalars(select(SecurityEntry.id).order_by(SecurityEntry.id)).all() == [LINES + 1, LINES + 2]
    assert verify() == []


def test_what_has_gone_does_not_come_back(log, unguarded):
    columns = ", ".join((*chain.COLUMNS, "hash"))
    first = log.execute(text(f"SELECT {columns} FROM security_entry WHERE id = 1")).mappings().one()
    with time_machine.travel(clock.now() + timedelta(days=1)):
        security.let_go(SYSTEM, 0)
    data = first["data"] if isinstance(first["data"], str) else json.dumps(first["data"])
    places = ", ".join(f":{name}" for name in first)
    log.execute(text(f"INSERT INTO security_entry ({columns}) VALUES ({places})"), {**first, "data": data})
    log.commit()

    assert verify() == ["Linje 1 står der, enda den er slettet fordi tiden var ute."]


# -- keys ----------------------------------------------------------------------------------------------


def test_a_key_that_is_replaced_still_holds_while_it_is_given_as_a_fallback(log, make, app, monkeypatch):
    old = app.config["SECRET_KEY"]
    monkeypatch.setitem(app.config, "SECRET_KEY", "the key that has taken the place of the old one")
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [old])

    commands.set_active(SYSTEM, make.person().id, active=False)

    assert verify() == []
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [])
    assert len(verify()) == LINES


def test_the_command_says_what_is_wrong_and_ends_with_one(unguarded, app):
    whole = app.test_cli_runner().invoke(args=["audit", "verify"])
    unguarded.execute(text("DELETE FROM security_entry WHERE id = 4"))
    unguarded.commit()

    broken = app.test_cli_runner().invoke(args=["audit", "verify"])

    assert (whole.exit_code, broken.exit_code) == (0, 1)
    assert f"Siste linje er {LINES}:" in whole.output
    assert broken.output == "- Linje 4 mangler.\n"
