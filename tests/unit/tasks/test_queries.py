"""What can be read: only by those who may, and at a bounded price."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.access.policy import Action, can
from teamhub.core import clock
from teamhub.tasks import boards, listing, mine, queries
from teamhub.tasks.models import Task


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim")


@pytest.fixture
def mission(make, lead):
    return make.mission(lead, owner=make.person("Marit Sæther"))


def test_what_the_policy_lets_one_see_is_what_the_lists_hold(make, db, mission, lead):
    member, asked = make.person(), make.person()
    make.seat(mission, member)
    make.seat(mission, asked, state="requested")
    other = make.mission(make.person(), title="Et annet")
    tasks = [make.task(mission), make.task(other)]
    people = [
        lead,
        member,
        asked,
        make.person("Kristin Ødegård", Role.PORTFOLIO_OFFICE),
        make.person("Berit Lunde", Role.BOARD_MEMBER),
        make.person("Admin", Role.ADMIN),
    ]

    for person in people:
        actor = make.actor(person)
        seen = set(db.session.scalars(select(Task.id).where(queries.visible_to(actor))))
        assert seen == {task.id for task in tasks if can(actor, Action.TASK_VIEW, task)}
        assert {t.id for t in tasks if queries.get(actor, t.id)} == seen
        assert (queries.get_mission(actor, mission.id) is not None) == (tasks[0].id in seen)


def test_the_figures_of_a_mission(make, mission, lead):
    yesterday = clock.today() - timedelta(days=1)
    make.task(mission, assignee=lead, due_on=yesterday)
    make.task(mission, due_on=clock.today())
    make.task(mission, column=make.columns(mission)[-1], done_at=clock.now(), due_on=yesterday)
    make.task(make.mission(lead, title="Et annet"))

    figures = queries.figures(mission.id)

    assert (figures.total, figures.done, figures.overdue, figures.unassigned) == (3, 1, 1, 1)


def test_my_work_is_sorted_by_when_it_is_due(make, mission, lead):
    today = clock.today()
    sunday = today + timedelta(days=6 - today.weekday())
    for title, due_on in (
        ("sent", today - timedelta(days=1)),
        ("nå", today),
        ("neste uke", sunday + timedelta(days=1)),
        ("en gang", None),
    ):
        make.task(mission, title, assignee=lead, due_on=due_on)
    make.task(mission, "ferdig", assignee=lead, done_at=clock.now())
    make.task(mission, "en annens")

    work = mine.my_work(make.actor(lead))

    heaps = [[task.title for task in heap] for heap in (work.late, work.today, work.week, work.later)]
    assert heaps == [["sent"], ["nå"], [], ["neste uke", "en gang"]]
    assert work.total == 4


@pytest.mark.parametrize(("days", "heap"), [(-1, "late"), (0, "today"), (6, "week"), (7, "later")])
def test_the_week_ends_on_sunday(monkeypatch, make, mission, lead, days, heap):
    monday = clock.today() - timedelta(days=clock.today().weekday())
    monkeypatch.setattr(clock, "today", lambda: monday)
    make.task(mission, assignee=lead, due_on=monday + timedelta(days=days))

    work = mine.my_work(make.actor(lead))

    assert [len(getattr(work, name)) for name in ("late", "today", "week", "later")] == [
        int(name == heap) for name in ("late", "today", "week", "later")
    ]


def test_what_waits_for_me_is_late_or_due_within_a_week(make, mission, lead):
    today = clock.today()
    for title, days in (("sent", -3), ("i dag", 0), ("om en uke", 7), ("om åtte dager", 8)):
        make.task(mission, title, assignee=lead, due_on=today + timedelta(days=days))
    make.task(mission, "uten frist", assignee=lead)
    make.task(mission, "ferdig", assignee=lead, due_on=today, done_at=clock.now())
    make.task(mission, "en annens", due_on=today)

    waiting = queries.waiting_for(make.actor(lead))

    assert [w.title for w in waiting] == ["sent", "i dag", "om en uke"]
    assert waiting[0].kind == "task"
    assert waiting[0].args == {"task_id": waiting[0].object_id}


def test_nothing_waits_in_a_mission_one_has_left(make, mission):
    former = make.person()
    make.task(mission, assignee=former, due_on=clock.today())

    assert queries.waiting_for(make.actor(former)) == []
    assert mine.my_work(make.actor(former)).total == 0


def test_the_board_shows_all_open_and_the_latest_ten_done(make, mission, lead):
    done = make.columns(mission)[-1]
    for hours in range(12):
        make.task(mission, f"f{hours}", column=done, done_at=clock.now() - timedelta(hours=hours))
    make.task(mission, "åpen")

    board = boards.assemble(make.actor(lead), mission.id)

    shown = [card.title for card in board.shown[done.id]]
    assert sorted(shown) == sorted(f"f{hours}" for hours in range(10))
    assert board.hidden(board.columns[-1]) == 2
    assert board.how_it_goes == "Én oppgave er åpen. Ingen er over frist."


def test_a_board_is_filtered_by_person_and_by_lateness(make, mission, lead):
    late = clock.today() - timedelta(days=2)
    make.task(mission, "min", assignee=lead)
    make.task(mission, "min og sen", assignee=lead, due_on=late)
    make.task(mission, "ingens")
    actor = make.actor(lead)

    def shown(**asked):
        board = boards.assemble(actor, mission.id, **asked)
        return [card.title for cards in board.shown.values() for card in cards]

    assert shown(person="me") == shown(person=str(lead.id)) == ["min", "min og sen"]
    assert shown(person="none") == ["ingens"]
    assert shown(late=True) == ["min og sen"]
    assert shown() == ["min", "min og sen", "ingens"]


def test_a_column_over_its_limit_says_by_how_many(make, db, mission, lead):
    doing = make.columns(mission)[1]
    doing.wip_limit = 1
    db.session.commit()
    for _ in range(3):
        make.task(mission, column=doing)

    column = queries.columns(mission.id)[1]

    assert (column.total, column.over) == (3, 2)


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, ["b", "a"]),
        ({"sort": "title"}, ["a", "b"]),
        ({"sort": "new"}, ["b", "a"]),
        ({"sort": "column"}, ["a", "b"]),
        ({"sort": "tull", "state": "tull", "page": "tull"}, ["b", "a"]),
        ({"state": "done"}, ["c"]),
        ({"state": "all", "sort": "title"}, ["a", "b", "c"]),
        ({"state": "late"}, ["b"]),
        ({"person": "none"}, ["a"]),
        ({"person": "me"}, ["b"]),
        ({"q": "A"}, ["a"]),
        ({"q": "100%"}, []),
    ],
)
def test_the_list_is_sorted_and_narrowed_by_the_address(make, mission, lead, asked, titles):
    make.task(mission, "a")
    make.task(mission, "b", assignee=lead, due_on=clock.today() - timedelta(days=1))
    make.task(mission, "c", column=make.columns(mission)[-1], done_at=clock.now())

    found = listing.find(make.actor(lead), mission.id, listing.parse(asked))

    assert [row.title for row in found.rows] == titles
    assert found.total == len(titles)
