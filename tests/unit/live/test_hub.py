"""What is announced is heard by those who asked, once it is committed, and by nobody else."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import deque

import psycopg
import pytest

from teamhub.access.actor import SYSTEM
from teamhub.access.policy import Action, authorize
from teamhub.core.announce import announce
from teamhub.core.db import db
from teamhub.core.transaction import command
from teamhub.live import hub as hubs
from teamhub.live.hub import Hub, end_streams, hub_of
from tests.own_app import command_in, own_app

SOON_S = 2.0
A_WHILE_S = 0.6
"""Longer than any source waits before it looks."""


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with own_app(tmp_path_factory.mktemp("hub")) as app:
        yield app


@pytest.fixture
def subscribe(app):
    """Begin to hear topics; nothing is left waiting after the test."""
    begun = []

    def begin(*topics):
        begun.append(hub_of(app).subscribe(*topics))
        return begun[-1]

    yield begin
    for subscription in begun:
        subscription.end()


@command
def say(*topics, then=None):
    authorize(SYSTEM, Action.JOB_RUN)
    announce(db.session(), *topics)
    if then:
        then()


def heard_soon(subscription, number=1):
    """Return what is heard, until ``number`` different topics are."""
    heard, until = set(), time.monotonic() + SOON_S
    while len(heard) < number and time.monotonic() < until:
        heard |= subscription.wait(0.1)
    return heard


def test_what_a_command_announces_is_heard_when_it_is_committed(app, subscribe):
    listener = subscribe("board:1")

    command_in(app, say, "board:1")

    assert heard_soon(listener) == {"board:1"}
    assert listener.wait(A_WHILE_S) == set()  # once


def test_what_is_rolled_back_was_never_said(app, subscribe):
    def fail():
        raise ZeroDivisionError

    listener = subscribe("board:2")
    with pytest.raises(ZeroDivisionError):
        command_in(app, say, "board:2", then=fail)

    assert listener.wait(A_WHILE_S) == set()


def test_nothing_is_heard_before_the_commit(app, subscribe):
    listener, early = subscribe("board:3"), []

    command_in(app, say, "board:3", then=lambda: early.append(listener.wait(A_WHILE_S)))

    assert early == [set()]
    assert heard_soon(listener) == {"board:3"}


def test_only_those_who_asked_hear(app, subscribe):
    mine, other = subscribe("board:4", "inbox:4"), subscribe("board:44", "inbox:5")

    command_in(app, say, "inbox:4", "board:4")

    assert heard_soon(mine, 2) == {"board:4", "inbox:4"}
    assert other.wait(A_WHILE_S) == set()


def test_all_who_ask_for_the_same_hear_it(app, subscribe):
    listeners = [subscribe("board:6") for _ in range(5)]

    command_in(app, say, "board:6")

    assert [heard_soon(listener) for listener in listeners] == [{"board:6"}] * 5


def test_what_came_while_nobody_looked_is_kept_once(app, subscribe):
    listener, last = subscribe("board:7"), subscribe("board:71")
    for _ in range(3):
        command_in(app, say, "board:7")
    command_in(app, say, "board:71")
    heard_soon(last)

    assert listener.wait(0) == {"board:7"}
    assert listener.wait(0) == set()


def test_who_has_left_hears_nothing_and_is_forgotten(app):
    hub = hub_of(app)
    gone, stays = hub.subscribe("board:8"), hub.subscribe("board:8")
    gone.end()

    command_in(app, say, "board:8")

    assert heard_soon(stays) == {"board:8"}
    assert gone.wait(0) == set()
    stays.end()
    assert "board:8" not in hub._wanted


def test_a_process_has_one_listener_however_many_streams(app):
    assert hub_of(app) is hub_of(app)
    before = threading.active_count()

    for _ in range(10):
        hub_of(app).subscribe("board:9").end()

    assert threading.active_count() == before


@pytest.mark.parametrize("error", [psycopg.OperationalError, sqlite3.OperationalError, OSError])
def test_after_being_away_everything_is_told(monkeypatch, error):
    """Nobody knows what was said meanwhile, so whoever waits is told to look."""
    monkeypatch.setattr(hubs, "PAUSE_S", 0.05)
    lives, lost = deque([True, False]), threading.Event()

    def source():
        yield []
        if lives.popleft():
            lost.wait(SOON_S)
            raise error
        yield []
        threading.Event().wait()  # nothing more is ever said

    hub = Hub(source)
    listeners = [hub.subscribe("board:1"), hub.subscribe("board:2", "inbox:2")]
    lost.set()

    assert heard_soon(listeners[1], 2) == {"board:2", "inbox:2"}
    assert heard_soon(listeners[0]) == {"board:1"}
    assert listeners[1].wait(0) == set()


def test_whoever_waits_is_woken_when_the_process_is_about_to_end(app):
    hub = hub_of(app)
    listener = hub.subscribe("board:10")

    end_streams(app)

    assert hub.ended
    assert listener.wait(0) == {"board:10"}
    listener.end()
    del app.extensions["teamhub.live"]
