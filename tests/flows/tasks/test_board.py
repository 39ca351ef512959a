"""The board through the browser: what is on it, quick add, filters, and what it costs."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from teamhub.access.actor import Role
from teamhub.core import clock
from teamhub.tasks.models import Task

AS_HTMX = {"HX-Request": "true", "HX-Target": "board"}


@pytest.fixture
def lead(make):
    return make.person("Håkon Åsheim")


@pytest.fixture
def mission(make, lead):
    return make.mission(lead, title="Trygt hjem")


def parsed(response):
    return BeautifulSoup(response.text, "html5lib")


def card_titles(response):
    return [[a.text for a in col.select(".task__title a")] for col in parsed(response).select(".col")]


def test_the_board_shows_columns_with_counts_limits_and_cards(make, db, sign_in, mission, lead):
    doing = make.columns(mission)[1]
    doing.wip_limit = 1
    db.session.commit()
    make.task(mission, "Måle tid", assignee=lead, due_on=clock.today() - timedelta(days=2), comment_count=7)
    for title in ("a", "b"):
        make.task(mission, title, column=doing)

    answer = sign_in(lead).get(f"/missions/{mission.id}/board")

    page = parsed(answer)
    assert page.h1.text == "Tavle"
    assert card_titles(answer) == [["Måle tid"], ["a", "b"], [], []]
    over = page.select_one(".col[data-over]")
    assert over.h2.text.startswith("Pågår 2/1 av høyst 1")
    assert "Én over grensa" in over.select_one(".col__note").text
    card = page.select_one(".task")
    assert "2 dager over" in card.text
    assert "7 kommentarer" in card.text
    assert "Håkon Åsheim" in card.text
    assert "3 oppgaver er åpne. Én er over frist." in answer.text


def test_a_board_without_columns_offers_to_make_some(make, db, sign_in, mission, lead):
    for column in make.columns(mission):
        db.session.delete(column)

    page = parsed(sign_in(lead).get(f"/missions/{mission.id}/board"))

    assert page.select_one(f'.empty a[href="/missions/{mission.id}/columns"]')


def test_only_those_who_may_see_the_tasks_find_the_board(make, sign_in, mission):
    make.task(mission)

    assert sign_in(make.person()).get(f"/missions/{mission.id}/board").status_code == 404
    assert sign_in(make.person()).get("/missions/999/board").status_code == 404
    assert (
        sign_in(make.person("B", Role.BOARD_MEMBER)).get(f"/missions/{mission.id}/board").status_code == 200
    )


def test_who_only_follows_sees_no_way_to_change_anything(make, sign_in, mission):
    make.task(mission)
    board_member = sign_in(make.person("Berit Lunde", Role.BOARD_MEMBER))

    page = parsed(board_member.get(f"/missions/{mission.id}/board"))

    assert page.select("main form[method=post], [data-move], dialog") == []
    assert board_member.post(f"/missions/{mission.id}/board", data={"title": "Ny"}).status_code == 403


def test_quick_add_puts_a_task_in_the_column_and_reads_its_date(make, db, sign_in, mission, lead):
    doing = make.columns(mission)[1]

    browser = sign_in(lead)
    sent = browser.post(
        f"/missions/{mission.id}/board", data={"title": "Ringe apoteket @i morgen", "column": doing.id}
    )
    answer = browser.get(sent.location)

    task = db.session.scalars(select(Task)).one()
    assert card_titles(answer) == [[], ["Ringe apoteket"], [], []]
    assert task.due_on == clock.today() + timedelta(days=1)


def test_quick_add_without_a_title_says_what_is_missing_where_it_is_missing(make, db, sign_in, mission, lead):
    doing = make.columns(mission)[1]

    answer = sign_in(lead).post(f"/missions/{mission.id}/board", data={"title": "  ", "column": doing.id})

    assert answer.status_code == 422
    field = parsed(answer).select_one("[aria-invalid]")
    assert field["id"] == f"new-{doing.id}"
    assert "Skriv hva som skal gjøres." in parsed(answer).select_one(f"#{field['aria-describedby']}").text
    assert db.session.scalars(select(Task)).all() == []


def test_a_title_that_is_too_long_stays_in_the_field(make, sign_in, mission, lead):
    answer = sign_in(lead).post(f"/missions/{mission.id}/board", data={"title": "x" * 251})

    assert answer.status_code == 422
    assert parsed(answer).select_one("[aria-invalid]")["value"] == "x" * 251


def test_htmx_gets_the_board_alone_and_hears_what_happened(make, sign_in, mission, lead):
    doing = make.columns(mission)[1]

    answer = sign_in(lead).post(
        f"/missions/{mission.id}/board", data={"title": "Ringe", "column": doing.id}, headers=AS_HTMX
    )

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert card_titles(answer) == [[], ["Ringe"], [], []]
    assert "er lagt til" in answer.headers["HX-Trigger"]
    assert f"#new-{doing.id}" in answer.headers["HX-Trigger"]


def test_the_filter_stands_in_the_address_and_stays_there(make, sign_in, mission, lead):
    make.task(mission, "min", assignee=lead)
    make.task(mission, "ingens")
    browser = sign_in(lead)

    answer = browser.get(f"/missions/{mission.id}/board?person=me")

    assert card_titles(answer)[0] == ["min"]
    form = parsed(answer).select_one(".quick")
    assert form["action"] == f"/missions/{mission.id}/board?person=me"
    added = browser.post(form["action"], data={"title": "Ny"})
    assert added.location == f"/missions/{mission.id}/board?person=me"


@pytest.mark.parametrize("person", ["tull", "-1", "9" * 30, "1; drop"])
def test_a_filter_that_makes_no_sense_shows_everything(make, sign_in, mission, lead, person):
    make.task(mission, "a")

    answer = sign_in(lead).get(f"/missions/{mission.id}/board", query_string={"person": person})

    assert card_titles(answer)[0] == ["a"]


@pytest.mark.parametrize("address", ["board", "tasks", "columns"])
def test_a_page_costs_the_same_with_one_and_with_two_hundred_tasks(
    make, db, sign_in, mission, lead, queries_counted, address
):
    browser = sign_in(lead)
    prices = []
    for number in (1, 199):
        todo = make.columns(mission)[0]
        db.session.add_all(
            Task(
                mission_id=mission.id,
                column_id=todo.id,
                title=f"Oppgave {n}",
                rank=f"{number}{n:04d}",
                assignee_id=lead.id,
                due_on=clock.today() + timedelta(days=n % 9),
            )
            for n in range(number)
        )
        db.session.commit()
        with queries_counted() as queries:
            assert browser.get(f"/missions/{mission.id}/{address}").status_code == 200
        prices.append(len(queries))

    assert prices[0] == prices[1]
    assert prices[0] <= 3 + 5
