"""The room's blueprint, and the words its templates use."""

from __future__ import annotations

from flask import Blueprint
from flask.sansio.blueprints import BlueprintSetupState

from teamhub.tasks.names import due_sentence, due_words, limit_words

bp = Blueprint("tasks", __name__)


@bp.record_once
def _lend_words(setup: BlueprintSetupState) -> None:
    """Let templates, macros among them, say dates and limits."""
    setup.app.jinja_env.globals.update(
        task_due=due_words, task_due_sentence=due_sentence, column_over=limit_words
    )
