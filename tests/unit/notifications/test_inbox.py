"""The inbox: grouped by object, what must be answered first, page by page, and what can still be done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from teamhub.consequences.kinds import Kind
from teamhub.core import clock
from teamhub.notifications import commands, inbox, queries, summary
from teamhub.notifications.states import Tab

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def kari(make):
    return make.person("Kari")


@pytest.fixture
def actor(make, kari):
    return make.actor(kari)


def ago(**much):
    return NOW - timedelta(**much)


def test_what_is_about_one_object_stands_together_the_latest_first(make, kari, actor):
    old, new = make.challenge(kari, title="Gammel"), make.challenge(kari, title="Ny sak")
    make.notification(kari, old, show_at=ago(hours=3))
    make.notification(kari, new, show_at=ago(hours=2))
    make.notification(kari, old, show_at=ago(hours=1))

    groups = inbox.page(actor).groups

    assert [(g.title, g.total, g.unread) for g in groups] == [("Gammel", 2, 2), ("Ny sak", 1, 1)]
    assert [len(groups[0].first), len(groups[0].rest)] == [1, 1]


def test_what_must_be_answered_is_never_folded_away(make, kari, actor):
    challenge = make.challenge(kari)
    asked = make.notification(
        kari, challenge, told="clarification_to_proposer", asks=True, show_at=ago(days=5)
    )
    for hours in range(3):
        make.notification(kari, challenge, show_at=ago(hours=hours))

    group = inbox.page(actor).groups[0]

    assert [item.id for item in group.first] == [asked.id]
    assert len(group.rest) == 3


def test_pages_follow_each_other_without_gap_or_overlap(make, kari, actor):
    moment = ago(hours=1)
    for number in range(25):
        shown = moment if number < 12 else ago(minutes=number)  # many at one and the same moment
        make.notification(kari, make.challenge(kari, title=f"Sak {number}"), show_at=shown)

    seen, place = [], None
    while True:
        page = inbox.page(actor, after=place, most=7)
        seen += [group.title for group in page.groups]
        if not page.next:
            break
        place = inbox.read_place(page.next)

    assert sorted(seen) == sorted(f"Sak {number}" for number in range(25))


@pytest.mark.parametrize("text", ["", "x", "1", "1-", "-1", "1-x", "٣-٣", "9" * 30 + "-1", "1-1-1"])
def test_a_place_that_makes_no_sense_is_the_beginning(text):
    assert inbox.read_place(text) is None


def test_what_is_gathered_or_put_off_is_neither_shown_nor_counted(make, kari, actor):
    for show_at in (NOW + timedelta(hours=1), None):
        make.notification(kari, make.challenge(kari), show_at=show_at)

    assert inbox.page(actor).groups == []
    assert queries.unread_count(actor) == 0
    assert queries.standing(actor).latest_id == 0


def test_each_part_shows_and_counts_its_own(make, kari, actor):
    kinds = {Kind.ASKED: 1, Kind.DEADLINE: 1, Kind.MENTION: 2, Kind.MINE: 1, Kind.FOLLOWED: 1}
    for kind, number in kinds.items():
        for _ in range(number):
            asks = kind == Kind.ASKED
            make.notification(kari, make.challenge(kari), kind=kind, asks=asks, data={"due": "2026-11-26"})

    standing = queries.standing(actor)
    shown = {tab: len(inbox.page(actor, tab).groups) for tab in Tab}

    assert standing.unread == {Tab.ALL: 6, Tab.ASKED: 1, Tab.MENTIONED: 2, Tab.FOLLOWED: 2} == shown
    assert (standing.owed, standing.nearest.isoformat()) == (1, "2026-11-26")


def test_somebody_elses_is_not_mine(make, actor):
    make.notification(make.person("Ola"), make.challenge())

    assert inbox.page(actor).groups == []
    assert queries.unread_count(actor) == 0


def test_what_has_no_words_any_more_is_left_out(make, kari, actor):
    make.notification(kari, make.challenge(kari), told="no_longer_told")

    assert inbox.page(actor).groups == []


def test_an_action_is_offered_only_while_it_can_be_done(make, kari, actor, db):
    mission = make.mission(make.person())
    make.seat(mission, kari)
    task = make.task(mission, assignee=kari)
    make.notification(kari, task, told="task_given")
    assert inbox.page(make.actor(kari)).groups[0].items[0].does == "task_done"

    task.done_at = NOW
    make.session.commit()

    assert inbox.page(make.actor(kari)).groups[0].items[0].does is None


@pytest.mark.parametrize(
    ("unread", "owed", "due", "said"),
    [
        (0, 0, None, "Ingenting nytt."),
        (1, 0, None, "Ett nytt varsel."),
        (3, 1, "2026-11-26", "Tre nye varsler. Én venter på svar fra deg innen i morgen."),
        (
            14,
            2,
            "2026-11-24",
            "14 nye varsler. To venter på svar fra deg. Den eldste fristen var i går.",
        ),
        (0, 1, None, "Ingenting nytt. Én venter på svar fra deg."),
    ],
)
def test_the_lead_says_what_waits(app, unread, owed, due, said):
    nearest = datetime.fromisoformat(due).date() if due else None
    standing = queries.Standing(dict.fromkeys(Tab, unread), owed, nearest, 0)

    with app.app_context():
        assert summary.lead(standing) == said


def test_undoing_takes_back_just_what_was_marked(make, kari, actor, monkeypatch, db):
    before = make.notification(kari, make.challenge(kari), read_at=ago(days=1))
    make.notification(kari, make.challenge(kari))
    latest = make.notification(kari, make.challenge(kari))

    marked = commands.mark_all_read(actor, latest.id)
    assert (marked.count, queries.unread_count(actor)) == (2, 0)
    commands.undo_read(actor, marked.at)

    assert queries.unread_count(actor) == 2
    db.session.rollback()
    assert before.read_at == ago(days=1)


def test_what_came_after_the_page_was_read_stays_new(make, kari, actor):
    seen = make.notification(kari, make.challenge(kari))
    make.notification(kari, make.challenge(kari))

    commands.mark_all_read(actor, seen.id)

    assert queries.unread_count(actor) == 1
