"""The calendar: what it holds, for whom, and that Outlook, Google and Apple can read it."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from teamhub.access.actor import Role
from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.feeds import commands, dates, queries
from teamhub.feeds.dates import Deadline
from teamhub.feeds.states import Feed
from teamhub.missions import staffing
from teamhub.missions.states import Status

SOON = timedelta(days=5)


@pytest.fixture
def due():
    return clock.today() + SOON


@pytest.fixture
def kari(make):
    return make.person("Kari Nordmann")


@pytest.fixture
def lead(make):
    return make.person("Lise Leder")


@pytest.fixture
def mission(make, lead):
    """A mission of others."""
    return make.mission(lead, title="Trygt hjem")


# -- what it holds -----------------------------------------------------------------------------------


def test_my_open_tasks_stand_on_the_day_they_are_due(make, kari, mission, due, calendar_of):
    make.seat(mission, kari)
    task = make.task(mission, "Ringe apoteket", assignee=kari, due_on=due)
    make.task(mission, "Uten dato", assignee=kari)
    make.task(mission, "Ferdig", assignee=kari, due_on=due, done_at=clock.now())
    make.task(mission, "En annens", assignee=make.person(), due_on=due)

    found = {uid: event for uid, event in calendar_of(kari).items() if uid.startswith("task")}

    assert list(found) == [f"task-{task.id}"]
    event = found[f"task-{task.id}"]
    assert (event.start, event.end) == (due, due + timedelta(days=1))
    assert event["summary"] == "Frist: Ringe apoteket"
    assert event["url"] == f"http://localhost/tasks/{task.id}"
    assert event["url"] in event["description"]
    assert event["transp"] == "TRANSPARENT"


def test_an_invitation_waits_for_the_invited_and_for_the_line_manager_without_names(
    make, mission, lead, calendar_of
):
    manager = make.person("Inger Leder")
    kari = make.person("Kari Nordmann", manager=manager)
    seat = make.seat(mission)
    staffing.invite(make.actor(lead), seat.id, kari.id, message="Kom!")

    (uid, asked), *more = calendar_of(kari).items()
    (same, owed), *more_too = calendar_of(manager).items()

    assert uid == same
    assert more == more_too == []
    assert asked["summary"] == "Svar om plassen i «Trygt hjem»"
    assert owed["summary"] == "Svar om tid til «Trygt hjem»"
    assert asked.start == owed.start == clock.today() + timedelta(days=7)
    assert "Kari" not in str(owed.to_ical())


def test_a_mission_starts_and_ends_for_its_lead_its_owner_and_its_team(
    make, mission, lead, kari, calendar_of
):
    owner = make.person()
    other = make.mission(kari, owner=owner, title="Kortere kø")
    make.seat(other, member := make.person())
    mission.status = Status.COMPLETED
    make.session.commit()

    for person in (kari, owner, member):
        assert {uid: event.start for uid, event in calendar_of(person).items()} == {
            f"mission-{other.id}-start": other.starts_on,
            f"mission-{other.id}-end": other.ends_on,
        }
    assert calendar_of(make.person()) == {}
    assert calendar_of(lead) == {}


def test_challenges_stand_where_they_wait_for_somebody(make, kari, due, calendar_of):
    asked = make.challenge(kari, state=State.CLARIFICATION, due_on=due)
    make.challenge(kari, state=State.SUBMITTED, due_on=due)
    leader = make.person("Leder", Role.UNIT_MANAGER, unit=(unit := make.unit("Hjemmetjenesten")))
    taken = make.challenge(make.person(), state=State.LINE, due_on=due, line_unit_id=unit.id)

    assert list(calendar_of(kari)) == [f"challenge-{asked.id}-clarify"]
    assert list(calendar_of(leader)) == [f"challenge-{taken.id}-line"]


def test_a_desk_gets_one_line_for_each_day(make, due, calendar_of):
    for _ in range(3):
        make.challenge(make.person(), state=State.SUBMITTED, due_on=due)
    make.challenge(make.person(), state=State.ASSESSING, due_on=due + SOON)
    make.challenge(make.person(), state=State.HOLD, due_on=due)

    desk = calendar_of(make.person("Kontor", Role.PORTFOLIO_OFFICE))
    board = calendar_of(make.person("Styre", Role.BOARD_MEMBER))

    assert {uid: str(event["summary"]) for uid, event in desk.items()} == {
        f"desk-{due}": "Svar på 3 utfordringer",
        f"desk-{due + SOON}": "Svar på én utfordring",
    }
    assert {uid: str(event["summary"]) for uid, event in board.items()} == {
        f"review-{due}": "Se på én utfordring igjen"
    }


def test_a_new_kind_of_date_is_one_more_source(kari, calendar_of, due, monkeypatch):
    def milestones(actor):
        return [Deadline("milestone-1", due, "Prøvd ut", "", clock.now(), "missions.show", {"mission_id": 1})]

    monkeypatch.setattr(dates, "SOURCES", (*dates.SOURCES, milestones))

    assert str(calendar_of(kari)["milestone-1"]["summary"]) == "Prøvd ut"


# -- for whom ------------------------------------------------------------------------------------------


def test_a_task_in_a_team_one_has_left_is_gone_at_the_next_question(
    make, kari, mission, lead, due, key_of, fetch
):
    seat = make.seat(mission, kari)
    make.task(mission, "KANARI i tavla", assignee=kari, due_on=due)
    key = key_of(kari)
    before = fetch(key)
    assert "KANARI" in before.text

    staffing.withdraw(make.actor(lead), seat.id)
    after = fetch(key, headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200
    assert "KANARI" not in after.text
    assert "Trygt hjem" not in after.text


@pytest.mark.parametrize("role", [None, Role.PORTFOLIO_OFFICE, Role.BOARD_MEMBER, Role.ADMIN, Role.DPO])
def test_nobody_sees_the_draft_of_another_or_a_task_of_anothers(make, due, mission, lead, calendar_of, role):
    make.challenge(make.person(), state=State.DRAFT, title="KANARI", due_on=due)
    make.task(mission, "KANARI", assignee=lead, due_on=due)

    found = calendar_of(make.person("Nysgjerrig", *([role] if role else [])))

    assert "KANARI" not in str([event.to_ical() for event in found.values()])


def test_an_office_that_ends_takes_its_dates_along(make, due, key_of, fetch):
    person = make.person()
    office = make.office(person, Role.PORTFOLIO_OFFICE, unit=make.unit())
    make.challenge(make.person(), state=State.SUBMITTED, due_on=due)
    key = key_of(person)
    assert "desk-" in fetch(key).text

    office.valid_to = clock.today() - timedelta(days=1)
    make.session.commit()

    assert "desk-" not in fetch(key).text


# -- its form ------------------------------------------------------------------------------------------


def test_the_calendar_says_its_name_and_how_often_to_ask(kari, key_of, fetch):
    key = key_of(kari)
    calendar, answer = Calendar.from_ical(fetch(key).data), fetch(key)

    assert str(calendar["x-wr-calname"]) == "Frister i Teamhub"
    assert calendar["x-wr-timezone"] == "Europe/Oslo"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in answer.data
    assert b"X-PUBLISHED-TTL:PT1H\r\n" in answer.data
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"ATTENDEE" not in answer.data
    assert b"ORGANIZER" not in answer.data


def test_a_reader_who_has_the_calendar_is_told_so_until_something_changes(
    make, kari, mission, due, key_of, fetch
):
    make.seat(mission, kari)
    task = make.task(mission, "Ringe", assignee=kari, due_on=due)
    key = key_of(kari)
    first = fetch(key)
    have = {"If-None-Match": first.headers["ETag"]}

    assert first.headers["Cache-Control"] == "private, no-cache"
    again = fetch(key, headers=have)
    assert (again.status_code, again.data) == (304, b"")

    task.title = "Ringe igjen"
    make.session.commit()
    changed = fetch(key, headers=have)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_it_speaks_the_language_of_its_owner_not_of_the_program(make, kari, key_of, fetch):
    key = key_of(kari)

    assert "Frister i Teamhub" in fetch(key, headers={"Accept-Language": "en"}).text


def test_a_title_can_neither_break_the_calendar_nor_add_to_it(make, kari, mission, due, calendar_of):
    make.seat(mission, kari)
    make.task(
        mission, "A\r\nEND:VEVENT\r\nATTENDEE:mailto:x@y.z\x07;,\\n \U0001f4c5", assignee=kari, due_on=due
    )

    (event,) = [event for uid, event in calendar_of(kari).items() if uid.startswith("task")]

    assert str(event["summary"]) == "Frist: A END:VEVENT ATTENDEE:mailto:x@y.z;,\\n \U0001f4c5"
    assert "attendee" not in event


def test_a_calendar_costs_eight_statements_however_much_is_in_it(
    make, kari, due, key_of, fetch, queries_counted
):
    for role in (Role.PORTFOLIO_OFFICE, Role.BOARD_MEMBER, Role.UNIT_MANAGER):
        make.office(kari, role, unit=make.unit())
    key = key_of(kari)

    def cost():
        with queries_counted() as statements:
            assert fetch(key).status_code == 200
        return len([s for s in statements if not s.startswith("BEGIN")])

    assert cost() <= 8  # the first of the day, which keeps the day
    few = cost()
    mission = make.mission(kari)
    for number in range(40):
        make.task(mission, f"Sak {number}", assignee=kari, due_on=due)
        make.challenge(kari, state=State.CLARIFICATION, due_on=due + timedelta(days=number))
        make.mission(kari, title=f"Oppdrag {number}")
    assert cost() == few


def test_closing_leaves_other_feeds_open(kari, make, key_of, fetch):
    calendar, news = key_of(kari), key_of(kari, Feed.CHALLENGES)

    commands.close(make.actor(kari), Feed.CALENDAR)

    assert fetch(calendar).status_code == 404
    assert fetch(news, Feed.CHALLENGES).status_code == 200
    assert list(queries.addresses(make.actor(kari))) == [Feed.CHALLENGES]
