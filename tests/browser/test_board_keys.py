"""The board by keys, by menu and by dragging, in a real browser: focus stays, and what happened is said."""

from __future__ import annotations

import pytest

from teamhub.people.models import Person

pytestmark = pytest.mark.browser


@pytest.fixture
def board(live, page, sign_in):
    """A board of one's own with four cards in the first column, open in front of its lead."""
    with live.data() as make:
        lead = make.session.query(Person).filter_by(email="lead@demo.example").one()
        mission = make.mission(lead, title="Tavla i nettleseren")
        tasks = [make.task(mission, title).id for title in ("Ett", "To", "Tre", "Fire")]
        address = f"/missions/{mission.id}/board"
    sign_in(page, "lead@demo.example")
    page.goto(address)
    page.tasks = tasks
    return page


def columns(page):
    return page.evaluate(
        """() => [...document.querySelectorAll('[data-column]')].map(
            (list) => [...list.querySelectorAll('.task__title')].map((title) => title.textContent))"""
    )


def focused(page):
    return page.evaluate("() => document.activeElement.textContent.trim()")


def until_said(page, words):
    page.wait_for_function("words => document.getElementById('said').textContent.includes(words)", arg=words)


def test_arrows_walk_and_shift_with_arrows_moves_with_focus_kept(board):
    board.locator(f"#task-{board.tasks[0]} h3 a").focus()
    board.keyboard.press("ArrowDown")
    assert focused(board) == "To"

    board.keyboard.press("Shift+ArrowDown")
    until_said(board, "plass 3 av 4")
    assert columns(board)[0] == ["Ett", "Tre", "To", "Fire"]
    assert focused(board) == "To"

    board.keyboard.press("Shift+ArrowRight")
    until_said(board, "Pågår, plass 1 av 1")
    assert columns(board)[:2] == [["Ett", "Tre", "Fire"], ["To"]]
    assert focused(board) == "To"


def test_two_quick_presses_are_two_moves(board):
    board.locator(f"#task-{board.tasks[0]} h3 a").focus()

    board.keyboard.press("Shift+ArrowDown")
    board.keyboard.press("Shift+ArrowDown")

    until_said(board, "plass 3 av 4")
    assert columns(board)[0] == ["To", "Tre", "Ett", "Fire"]


def test_a_move_by_keys_is_undone_with_one_press(board):
    board.locator(f"#task-{board.tasks[0]} h3 a").focus()
    board.keyboard.press("Shift+ArrowRight")
    until_said(board, "Pågår")

    board.get_by_role("button", name="Angre").click()

    until_said(board, "Skal gjøres, plass 1 av 4")
    assert columns(board)[0] == ["Ett", "To", "Tre", "Fire"]


def test_the_menu_opens_with_a_key_and_gives_focus_back(board):
    board.locator(f"#task-{board.tasks[1]} h3 a").focus()
    board.keyboard.press("m")
    board.get_by_role("dialog", name="Flytt til …").wait_for()
    board.keyboard.press("Escape")
    assert focused(board) == "To"

    board.keyboard.press("m")
    board.get_by_role("button", name="Prøves ut", exact=True).click()

    until_said(board, "Prøves ut, plass 1 av 1")
    assert columns(board)[2] == ["To"]
    assert focused(board) == "To"


def test_a_card_can_be_dragged(board):
    card, column = board.locator(f"#task-{board.tasks[0]}"), board.locator(".col").nth(2).locator("ol")
    card.scroll_into_view_if_needed()
    start, goal = card.bounding_box(), column.bounding_box()

    board.mouse.move(start["x"] + 90, start["y"] + start["height"] - 6)
    board.mouse.down()
    board.mouse.move(goal["x"] + 60, goal["y"] + 20, steps=20)
    board.mouse.move(goal["x"] + 64, goal["y"] + 24, steps=4)
    board.mouse.up()

    until_said(board, "Prøves ut, plass 1 av 1")
    assert columns(board)[2] == ["Ett"]


def test_the_keys_are_told_on_the_page(board):
    board.locator(f"#task-{board.tasks[0]} h3 a").focus()
    board.keyboard.press("?")

    assert board.get_by_text("Flytt kortet", exact=True).is_visible()


def test_the_board_and_the_open_menu_are_accessible(board, axe):
    assert axe(board) == []

    board.locator(f"#task-{board.tasks[0]} [data-move]").click()

    assert axe(board) == []
