"""Moving, finishing, deleting and undoing without JavaScript: links, forms and nothing else."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.tasks.models import Task

AS_HTMX = {"HX-Request": "true", "HX-Target": "board"}


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim")


@pytest.fixture
def mission(make, lead):
    return make.mission(lead, title="Trygt hjem")


@pytest.fixture
def browser(sign_in, mission, lead):
    return sign_in(lead)


def parsed(response):
    return BeautifulSoup(response.text, "html5lib")


def followed(browser, answer):
    """Go where a write sends the browser."""
    return browser.get(answer.location) if answer.status_code == 303 else answer


def press(browser, form):
    """Send a form as a browser without JavaScript does."""
    values = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    for choice in form.select("select[name]"):
        values[choice["name"]] = (choice.select_one("[selected]") or choice.option)["value"]
    return followed(browser, browser.post(form["action"], data=values))


def order(db, column):
    return list(db.session.scalars(select(Task.title).where(Task.column_id == column.id).order_by(Task.rank)))


def test_move_to_is_a_page_with_column_and_place(make, db, browser, mission):
    doing = make.columns(mission)[1]
    make.task(mission, "der", column=doing)
    task = make.task(mission, "flyttes")
    board = parsed(browser.get(f"/missions/{mission.id}/board"))

    form = parsed(browser.get(board.select_one(f"#task-{task.id} [data-move]")["href"])).select_one(
        "main form"
    )
    form.select_one(f'option[value="{doing.id}"]')["selected"] = ""
    form.select_one("option[selected]").attrs.pop("selected")
    form.select_one("[name=position]")["value"] = "1"
    answer = press(browser, form)

    assert order(db, doing) == ["flyttes", "der"]
    assert "«flyttes» er flyttet til Pågår." in parsed(answer).select_one(".undo").text


def test_a_move_is_undone_with_one_press(make, db, browser, mission):
    todo, doing = make.columns(mission)[:2]
    tasks = [make.task(mission, title) for title in "abc"]
    answer = followed(browser, browser.post(f"/tasks/{tasks[0].id}/move", data={"column": doing.id}))

    again = press(browser, parsed(answer).select_one(".undo"))

    assert order(db, todo) == ["a", "b", "c"]
    assert "Angret" in again.text
    assert parsed(again).select_one(".undo") is None


def test_an_undo_that_comes_too_late_shows_where_the_task_is(make, db, browser, sign_in, mission):
    todo, doing, trying = make.columns(mission)[:3]
    task = make.task(mission)
    answer = followed(browser, browser.post(f"/tasks/{task.id}/move", data={"column": doing.id}))
    other = make.person()
    make.seat(mission, other)
    sign_in(other).post(f"/tasks/{task.id}/move", data={"column": trying.id})

    refused = press(browser, parsed(answer).select_one(".undo"))

    assert refused.status_code == 422
    assert "Noen har flyttet oppgaven siden" in refused.text
    assert "står i Prøves ut" in refused.text
    assert (order(db, todo), order(db, trying)) == ([], [task.title])


def test_keys_and_drag_send_the_same_form_and_get_the_board_back(make, db, browser, mission):
    todo, doing = make.columns(mission)[:2]
    below = make.task(mission, "under", column=doing)
    task = make.task(mission, "over")

    answer = browser.post(
        f"/tasks/{task.id}/move",
        data={"column": doing.id, "before": below.id, "position": ""},
        headers=AS_HTMX,
    )

    page = parsed(answer)
    assert order(db, doing) == ["over", "under"]
    assert "plass 1 av 2" in answer.headers["HX-Trigger"]
    assert page.select_one(f"#task-{task.id}[data-moved]")
    assert page.select_one(".undo")
    assert order(db, todo) == []


@pytest.mark.parametrize(
    "data", [{"column": "999"}, {"column": "tull"}, {}, {"position": "0"}, {"position": "x"}]
)
def test_a_move_that_makes_no_sense_shows_the_form_again(make, db, browser, mission, data):
    todo = make.columns(mission)[0]
    task = make.task(mission)

    answer = browser.post(
        f"/tasks/{task.id}/move", data={"column": todo.id} | data if "position" in data else data
    )

    assert answer.status_code == 422
    assert order(db, todo) == [task.title]
    assert browser.post(f"/tasks/{task.id}/move", data={"column": "999"}, headers=AS_HTMX).status_code == 200


def test_done_is_one_click_and_so_is_undoing_it(make, db, browser, mission, lead):
    todo, *_, done = make.columns(mission)
    task = make.task(mission, assignee=lead)
    mine = parsed(browser.get("/my/tasks"))

    answer = press(browser, mine.select_one(".my-task form"))
    assert order(db, done) == [task.title]
    assert parsed(answer).h1.text == "Mine oppgaver"
    back = press(browser, parsed(answer).select_one(".undo"))

    assert order(db, todo) == [task.title]
    assert parsed(back).h1.text == "Mine oppgaver"
    assert parsed(back).select_one(".my-task")


def test_done_and_open_again_from_the_task_itself(make, db, browser, mission):
    task = make.task(mission)

    done = press(browser, parsed(browser.get(f"/tasks/{task.id}")).select_one("form[action$='/done']"))
    assert "Ferdig i dag" in done.text
    press(browser, parsed(done).select_one("form[action$='/reopen']"))

    db.session.refresh(task)
    assert task.done_at is None


def test_delete_asks_first_and_can_be_undone(make, db, browser, mission):
    todo = make.columns(mission)[0]
    task = make.task(mission, "Bort", description="Alt dette")
    browser.post(f"/tasks/{task.id}/comments", data={"body": "Husk"})

    asked = browser.get(f"/tasks/{task.id}/delete")
    assert "Vil du slette oppgaven?" in asked.text
    assert order(db, todo) == ["Bort"]
    gone = press(browser, parsed(asked).select_one("main form"))
    assert order(db, todo) == []
    back = press(browser, parsed(gone).select_one(".undo"))

    assert order(db, todo) == ["Bort"]
    assert "Alt dette" in back.text
    assert "Husk" in back.text
    assert "Håkon Åsheim angret slettingen" in back.text


def test_a_next_that_leads_away_is_not_followed(make, browser, mission):
    task = make.task(mission)

    answer = browser.post(f"/tasks/{task.id}/done", data={"next": "https://evil.example/"})

    assert answer.location == f"/tasks/{task.id}"


@pytest.mark.parametrize("verb", ["move", "done", "reopen", "delete", "comments", "edit"])
def test_strangers_find_nothing_and_followers_may_not(make, db, sign_in, mission, verb):
    task = make.task(mission)
    todo = make.columns(mission)[0]
    data = {"column": todo.id, "body": "Hei", "title": "Ny", "version": task.version}
    follower = sign_in(make.person("Berit Lunde", Role.BOARD_MEMBER))

    assert sign_in(make.person()).post(f"/tasks/{task.id}/{verb}", data=data).status_code == 404
    assert follower.post(f"/tasks/{task.id}/{verb}", data=data).status_code == 403
    assert order(db, todo) == ["Ringe apoteket"]
