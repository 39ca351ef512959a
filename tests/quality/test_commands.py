"""A command is one transaction, asks the policy, and is the only way to write (architecture.md 2.3, R1)."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from dataclasses import dataclass
from typing import ClassVar

import pytest
from flask import Flask
from sqlalchemy import func, select

import teamhub
from teamhub import manifest
from teamhub.access.actor import SYSTEM
from teamhub.access.policy import Action, authorize
from teamhub.access.web import UndeclaredAccess, assert_every_view_declares_access, public, requires
from teamhub.audit.models import Entry
from teamhub.core import events, transaction
from teamhub.core.db import db as _db
from teamhub.core.errors import DomainError, Forbidden
from teamhub.core.events import Event, emit
from teamhub.core.transaction import PolicyNotAsked, WriteOutsideCommand, command
from teamhub.people import commands
from teamhub.people.models import Person

NO = "nei"


@dataclass(frozen=True, kw_only=True)
class Renamed(Event):
    object_type: ClassVar[str] = "person"


@pytest.fixture
def kari(make):
    return make.person("Kari")


@command
def rename(actor, person_id, name, *, then=None):
    authorize(actor, Action.ACCOUNT_MANAGE)
    _db.session.get(Person, person_id).name = name
    emit(_db.session(), Renamed(actor_id=actor.id, object_id=person_id))
    if then:
        then()


def name_of(person):
    _db.session.rollback()
    return _db.session.scalar(select(Person.name).where(Person.id == person.id))


def entries():
    return _db.session.scalar(select(func.count()).select_from(Entry))


# -- one transaction ---------------------------------------------------------------------------------


def test_a_command_saves_and_leaves_a_line_in_the_log(kari):
    rename(SYSTEM, kari.id, "Ola")

    assert name_of(kari) == "Ola"
    assert entries() == 1


def test_a_command_that_fails_leaves_nothing(kari):
    def fail():
        _db.session.flush()
        raise DomainError(NO)

    with pytest.raises(DomainError):
        rename(SYSTEM, kari.id, "Ola", then=fail)

    assert name_of(kari) == "Kari"
    assert entries() == 0


def test_a_command_in_a_command_joins_it(kari):
    @command
    def twice(actor):
        rename(actor, kari.id, "Ola")
        raise DomainError(NO)

    with pytest.raises(DomainError):
        twice(SYSTEM)

    assert name_of(kari) == "Kari"
    assert entries() == 0


def test_a_handler_that_fails_undoes_what_it_followed_from(kari, monkeypatch):
    def fail(session, event):
        raise DomainError(NO)

    monkeypatch.setitem(events._subscribers, Renamed, [fail])

    with pytest.raises(DomainError):
        rename(SYSTEM, kari.id, "Ola")

    assert name_of(kari) == "Kari"
    assert entries() == 0


def test_an_event_outside_a_command_is_refused(db):
    with pytest.raises(RuntimeError):
        emit(db.session(), Renamed(actor_id=None, object_id=1))


# -- asks the policy ---------------------------------------------------------------------------------


def test_a_command_that_does_not_ask_the_policy_saves_nothing(kari):
    @command
    def careless(actor):
        _db.session.get(Person, kari.id).name = "Ola"

    with pytest.raises(PolicyNotAsked):
        careless(SYSTEM)

    assert name_of(kari) == "Kari"


def test_an_earlier_question_does_not_count_for_the_next_command(kari):
    rename(SYSTEM, kari.id, "Ola")

    @command
    def careless(actor):
        _db.session.get(Person, kari.id).name = "Per"

    with pytest.raises(PolicyNotAsked):
        careless(SYSTEM)


def test_who_is_not_allowed_changes_nothing(kari, make):
    with pytest.raises(Forbidden):
        rename(make.actor(kari), kari.id, "Direktør")

    assert name_of(kari) == "Kari"


def all_commands():
    """Every function in the package that is a command, as (name, function without the decorator)."""
    wrapper = command(lambda: None).__code__
    for module in pkgutil.walk_packages(teamhub.__path__, "teamhub."):
        for name, function in vars(importlib.import_module(module.name)).items():
            own = inspect.isfunction(function) and function.__module__ == module.name
            if own and function.__code__ is wrapper:
                yield f"{module.name}.{name}", inspect.unwrap(function)


def asks_the_policy(function, seen=()):
    """Whether a function calls authorize, itself or through one of ours that it calls by name."""
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(ast.parse(inspect.getsource(function).lstrip()))
        if isinstance(node, ast.Call)
    }
    if "authorize" in called:
        return True
    ours = [inspect.unwrap(each) for each in manifest._called_by(function) if each.__name__ in called]
    return any(asks_the_policy(each, (*seen, function)) for each in ours if each not in (*seen, function))


def test_every_command_there_is_asks_the_policy():
    found = dict(all_commands())

    assert len(found) > 30
    assert [name for name, function in found.items() if not asks_the_policy(function)] == []


def test_every_command_takes_who_acts_first():
    by_the_system = {
        "teamhub.cli._open_account",
        "teamhub.demo.load.load",
        "teamhub.people.commands.note_wrong_guess",
    }
    firsts = {
        name: next(iter(inspect.signature(function).parameters), "") for name, function in all_commands()
    }

    assert {name for name, first in firsts.items() if first != "actor"} == by_the_system


# -- the only way to write ---------------------------------------------------------------------------

STRAY_WRITES = {
    "a new object": lambda session, kari: (
        session.add(Person(name="X", email="x", unit_id=1)),
        session.flush(),
    ),
    "a changed object": lambda session, kari: (
        setattr(session.get(Person, kari.id), "name", "Ola"),
        session.flush(),
    ),
    "a deleted object": lambda session, kari: (session.delete(session.get(Person, kari.id)), session.flush()),
    "an UPDATE": lambda session, kari: session.execute(Person.__table__.update().values(name="Ola")),
    "a DELETE": lambda session, kari: session.execute(Person.__table__.delete()),
    "a commit of a change": lambda session, kari: (
        setattr(session.get(Person, kari.id), "name", "Ola"),
        session.commit(),
    ),
}


@pytest.mark.parametrize("kind", STRAY_WRITES)
def test_outside_a_command_nothing_is_written(kari, kind):
    session = _db.session()
    session.info["writes_allowed"] = False  # the tests' own session may; a request's may not

    with pytest.raises(WriteOutsideCommand):
        STRAY_WRITES[kind](session, kari)

    session.rollback()
    assert name_of(kari) == "Kari"


def test_after_a_command_the_session_is_closed_to_writing_again(kari):
    session = _db.session()
    session.info["writes_allowed"] = False
    rename(SYSTEM, kari.id, "Ola")

    with pytest.raises(WriteOutsideCommand):
        transaction._guard(session)
    assert commands.SYSTEM is SYSTEM


# -- the way in --------------------------------------------------------------------------------------


def test_an_app_with_a_view_that_does_not_say_who_may_call_it_does_not_start():
    app = Flask("x", static_folder=None)
    app.add_url_rule("/a", "open", public(lambda: ""))
    app.add_url_rule("/b", "asked", requires(Action.CHALLENGE_LIST)(lambda: ""))
    assert_every_view_declares_access(app)

    app.add_url_rule("/c", "silent", lambda: "")

    with pytest.raises(UndeclaredAccess, match="silent"):
        assert_every_view_declares_access(app)


def test_create_app_asks_that_question_last(monkeypatch, settings):
    """Not only the check: that starting the app makes it, when all routes are there."""
    import_of_home = importlib.import_module("teamhub.home.views")
    monkeypatch.delattr(import_of_home.help, "__access__")

    with pytest.raises(UndeclaredAccess, match=r"home\.help"):
        teamhub.create_app(settings)
