"""The room's blueprint, and the words its templates use."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from flask import Blueprint, current_app
from flask.sansio.blueprints import BlueprintSetupState
from markupsafe import Markup

from teamhub.tasks.names import due_sentence, due_words, limit_words
from teamhub.tasks.queries import Card

bp = Blueprint("tasks", __name__)


@bp.record_once
def _lend_words(setup: BlueprintSetupState) -> None:
    """Let templates, macros among them, say dates and limits."""
    setup.app.jinja_env.globals.update(
        task_due=due_words, task_due_sentence=due_sentence, column_over=limit_words, task_card=_card
    )


@lru_cache(maxsize=20_000)
def _card(card: Card, may_edit: bool, is_marked: bool, _language: str, _today: date) -> Markup:  # noqa: FBT001
    """Draw a card, and keep it: a board of 200 cards shows few new ones from one page to the next.

    Everything it shows is in the key, so nothing has to be forgotten when a task changes.
    """
    drawn: Any = current_app.jinja_env.get_template("tasks/_card.html").module
    return Markup(drawn.card_of(card, may_edit, is_marked))  # noqa: S704 - what our own macro has escaped
