"""Every write tells of itself: a command records an event, or a line in the security log, or says why not."""

from __future__ import annotations

import ast
import importlib
import inspect
from pathlib import Path

import pytest

from teamhub import manifest

ROOT = Path(__file__).resolve().parents[2]

A_DRAFT = "a draft is its writer's own until it is sent: kept and thrown away without a trace"
A_DAY = "when a person's calendar asks for news is nobody's business; the day is kept for its owner alone"
READING = "when somebody reads, or puts off, is nobody's business: it is in no log"
A_TRIAL = "a trial changes nothing, and what came of it stands on the webhook"
GATHERED = "which digest tells of what is kept on the notification itself"
WORDS = "what a picture shows is said for those who do not see it: it changes nothing else"
RARITY = "how rare words are is counted from what is told of already"
A_COUNTER = "how far a job has come is kept on the job itself, and in the program's log"

# "teamhub/jobs/commands.py:claim" → why nobody is told.
SILENT: dict[str, str] = {
    "teamhub/feeds/commands.py:note_use": A_DAY,
    "teamhub/api/commands.py:note_use": A_DAY,
    "teamhub/challenges/commands.py:save_draft": A_DRAFT,
    "teamhub/challenges/commands.py:discard": A_DRAFT,
    "teamhub/challenges/attaching.py:describe": WORDS,
    "teamhub/challenges/counting.py:_write": RARITY,
    "teamhub/challenges/duplicates.py:_note": RARITY,
    "teamhub/assessments/commands.py:save_draft": A_DRAFT,
    "teamhub/jobs/commands.py:claim": A_COUNTER,
    "teamhub/jobs/commands.py:complete": A_COUNTER,
    "teamhub/jobs/commands.py:finish": A_COUNTER,
    "teamhub/jobs/commands.py:fail": A_COUNTER,
    "teamhub/jobs/commands.py:postpone": A_COUNTER,
    "teamhub/jobs/commands.py:give_up": A_COUNTER,
    "teamhub/jobs/commands.py:sweep": A_COUNTER,
    "teamhub/jobs/schedule.py:_begin": A_COUNTER,
    "teamhub/jobs/schedule.py:_write": A_COUNTER,
    "teamhub/mail/sending.py:gather": GATHERED,
    "teamhub/webhooks/commands.py:send_test": A_TRIAL,
    "teamhub/notifications/commands.py:mark_read": READING,
    "teamhub/notifications/commands.py:mark_all_read": READING,
    "teamhub/notifications/commands.py:mark_unread": READING,
    "teamhub/notifications/commands.py:undo_read": READING,
    "teamhub/notifications/commands.py:snooze": READING,
    "teamhub/notifications/commands.py:wake": READING,
}


def commands():
    """Every function in the package that carries ``@command``, as (place:name, function)."""
    found = []
    for path in sorted((ROOT / "teamhub").rglob("*.py")):
        place = path.relative_to(ROOT)
        names = [
            node.name
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.FunctionDef) and any(map(is_command, node.decorator_list))
        ]
        module = importlib.import_module(".".join(place.with_suffix("").parts)) if names else None
        found += [(f"{place.as_posix()}:{name}", getattr(module, name)) for name in names]
    return found


def is_command(decorator):
    named = decorator.id if isinstance(decorator, ast.Name) else getattr(decorator, "attr", "")
    return named == "command"


COMMANDS = commands()


def test_every_command_tells_what_it_did_or_is_named_with_a_reason():
    silent = {name for name, function in COMMANDS if not manifest.records_an_event(function)}

    assert silent - SILENT.keys() == set()


def test_every_reason_is_still_needed():
    silent = {name for name, function in COMMANDS if not manifest.records_an_event(function)}

    assert SILENT.keys() - silent == set()


def test_no_command_hides_inside_a_function():
    """The search above finds a command by its module and name, so each must stand in the open."""
    assert all(inspect.isfunction(function) for _name, function in COMMANDS)
    assert len(COMMANDS) > 40


@pytest.mark.parametrize(
    "name", ["teamhub/people/commands.py:start_session", "teamhub/tasks/columns.py:add_column"]
)
def test_the_search_sees_events_and_lines_in_the_security_log(name):
    assert manifest.records_an_event(dict(COMMANDS)[name])
