"""One task: its page, its conversation, its form, and two people writing at once."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.core import clock
from teamhub.tasks.models import Task, TaskComment


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim")


@pytest.fixture
def mission(make, lead):
    return make.mission(lead, owner=make.person("Marit Sæther"), title="Trygt hjem")


@pytest.fixture
def browser(sign_in, mission, lead):
    return sign_in(lead)


def parsed(response):
    return BeautifulSoup(response.text, "html5lib")


def written(task, **changes):
    return {
        "title": task.title,
        "description": task.description,
        "assignee_id": task.assignee_id or "",
        "due_on": task.due_on.isoformat() if task.due_on else "",
        "column": task.column_id,
        "version": task.version,
    } | changes


def test_the_page_tells_what_who_when_and_where(make, browser, mission, lead):
    task = make.task(
        mission,
        "Avtale farmasøyt",
        description="Vi trenger **én** farmasøyt.",
        assignee=lead,
        due_on=clock.today() - timedelta(days=2),
    )

    page = parsed(browser.get(f"/tasks/{task.id}"))

    assert page.h1.text == "Avtale farmasøyt"
    assert page.select_one("strong").text == "én"
    assert "2 dager over" in page.select_one(".due").text
    assert [dd.text for dd in page.select(".facts dd")][2:] == ["Skal gjøres", "Trygt hjem"]
    assert "Håkon Åsheim" in page.select_one(".facts").text


def test_script_in_a_description_is_shown_as_text(make, browser, mission):
    task = make.task(mission, "<script>alert(1)</script>", description="<script>alert(2)</script>")

    text = browser.get(f"/tasks/{task.id}").text

    assert "<script>alert" not in text


def test_strangers_do_not_learn_that_the_task_exists(make, sign_in, mission):
    task = make.task(mission)
    stranger = sign_in(make.person())

    assert stranger.get(f"/tasks/{task.id}").status_code == 404
    assert stranger.get(f"/tasks/{task.id}/edit").status_code == 404
    assert stranger.get("/tasks/999").status_code == 404


def test_a_board_member_reads_but_is_told_not_to_edit(make, sign_in, mission):
    task = make.task(mission)
    follower = sign_in(make.person("Berit Lunde", Role.BOARD_MEMBER))

    page = parsed(follower.get(f"/tasks/{task.id}"))

    assert page.select("main form") == []
    assert follower.get(f"/tasks/{task.id}/edit").status_code == 403


def test_everything_about_a_task_can_be_edited(make, db, browser, mission, lead):
    task = make.task(mission)
    doing = make.columns(mission)[1]
    form = parsed(browser.get(f"/tasks/{task.id}/edit"))
    assert [o.text for o in form.select("#assignee_id option")] == [
        "Ingen ennå",
        "Håkon Åsheim",
        "Marit Sæther",
    ]

    sent = browser.post(
        f"/tasks/{task.id}/edit",
        data=written(
            task,
            title="Ny tittel",
            description="- ett\r\n- to",
            assignee_id=lead.id,
            due_on="2026-12-24",
            column=doing.id,
        ),
    )
    answer = browser.get(sent.location)

    db.session.refresh(task)
    assert (task.title, task.description, task.assignee_id) == ("Ny tittel", "- ett\n- to", lead.id)
    assert (task.due_on, task.column_id) == (date(2026, 12, 24), doing.id)
    assert "Oppgaven er lagret." in answer.text
    assert "Håkon Åsheim flyttet fra Skal gjøres til Pågår" in answer.text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": " "}, "Skriv hva som skal gjøres."),
        ({"title": "x" * 251}, "Bruk høyst 250 tegn."),
        ({"due_on": "i morgen"}, "Skriv en dato"),
        ({"assignee_id": "9999"}, "Velg en av mulighetene"),
        ({"column": "9999"}, "Velg en av mulighetene"),
    ],
)
def test_what_cannot_be_saved_is_shown_again_with_what_was_typed(make, db, browser, mission, changes, told):
    task = make.task(mission)

    answer = browser.post(f"/tasks/{task.id}/edit", data=written(task, description="Mitt utkast") | changes)

    assert answer.status_code == 422
    assert told in answer.text
    assert "Mitt utkast" in answer.text
    assert parsed(answer).select_one("[role=alert] a")["href"] == f"#{next(iter(changes))}"
    assert db.session.scalars(select(Task.description)).all() == [""]


def test_the_second_of_two_writers_sees_both_versions_and_loses_nothing(make, db, browser, sign_in, mission):
    task = make.task(mission, description="Felles")
    mine = written(task, title="Min tittel", description="Min tekst")
    owner = sign_in(db.session.get(type(make.person()), mission.owner_id))
    owner.post(
        f"/tasks/{task.id}/edit", data=written(task, title="Marits tittel", assignee_id=mission.owner_id)
    )

    answer = browser.post(f"/tasks/{task.id}/edit", data=mine)

    page = parsed(answer)
    assert answer.status_code == 409
    assert "Marit Sæther lagret før deg" in page.select_one("[role=alert]").text
    assert page.select_one("#title")["value"] == "Min tittel"
    assert page.select_one("#description").text.strip() == "Min tekst"
    theirs = {e["id"]: e.select_one(".theirs__text").text for e in page.select(".theirs")}
    assert theirs == {
        "title-theirs": "Marits tittel",
        "description-theirs": "Felles",
        "assignee_id-theirs": "Marit Sæther",
    }
    db.session.refresh(task)
    assert task.title == "Marits tittel"

    again = browser.post(
        f"/tasks/{task.id}/edit", data=mine | {"version": page.select_one("[name=version]")["value"]}
    )
    db.session.refresh(task)
    assert again.status_code == 303
    assert (task.title, task.description, task.assignee_id) == ("Min tittel", "Min tekst", None)


def test_a_form_without_its_version_is_not_saved(make, db, browser, mission):
    task = make.task(mission)
    data = written(task, title="Ny")
    del data["version"]

    assert browser.post(f"/tasks/{task.id}/edit", data=data).status_code == 422
    assert db.session.scalars(select(Task.title)).all() == ["Ringe apoteket"]


def test_a_comment_is_shown_with_its_author_and_counted_on_the_board(make, browser, mission):
    task = make.task(mission)

    sent = browser.post(f"/tasks/{task.id}/comments", data={"body": "Ja, **jeg** ringer."})
    page = parsed(browser.get(f"/tasks/{task.id}"))

    assert (sent.status_code, sent.location.startswith(f"/tasks/{task.id}#c")) == (303, True)
    comment = page.select_one(".comment")
    assert comment.b.text == "Håkon Åsheim"
    assert comment.strong.text == "jeg"
    assert "1 kommentar<" in browser.get(f"/missions/{mission.id}/board").text.replace(
        '<span class="sr"> ', " "
    )


def test_an_empty_comment_is_not_sent(make, db, browser, mission):
    task = make.task(mission)

    answer = browser.post(f"/tasks/{task.id}/comments", data={"body": " \n "})

    assert answer.status_code == 422
    assert "Skriv noe før du sender." in answer.text
    assert db.session.scalars(select(TaskComment)).all() == []


def test_htmx_gets_the_conversation_alone(make, browser, mission):
    task = make.task(mission)

    answer = browser.post(
        f"/tasks/{task.id}/comments",
        data={"body": "Hei"},
        headers={"HX-Request": "true", "HX-Target": "thread"},
    )

    page = parsed(answer)
    assert "<html" not in answer.text
    assert len(page.select(".comment")) == 1
    assert page.select_one("textarea").text.strip() == ""


@pytest.mark.parametrize("address", ["", "/edit", "/move"])
def test_a_page_costs_the_same_with_one_and_with_many_comments(
    make, db, browser, mission, lead, queries_counted, address
):
    task = make.task(mission, assignee=lead)
    prices = []
    for number in (1, 40):
        db.session.add_all(TaskComment(task_id=task.id, author_id=lead.id, body="Hei") for _ in range(number))
        db.session.commit()
        with queries_counted() as queries:
            assert browser.get(f"/tasks/{task.id}{address}").status_code == 200
        prices.append(len(queries))

    assert prices[0] == prices[1]
    assert prices[0] <= 3 + 5
