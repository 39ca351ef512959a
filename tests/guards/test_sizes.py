"""Things stay small enough to be read in one sitting, and are named after what they are."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

VIEW_LINES = 25
FUNCTION_LINES = 40
ARGUMENTS = 8
MODULE_LINES = 300
TEMPLATE_LINES = 120
TEST_FILE_LINES = 300
JUNK_DRAWERS = {"utils", "helpers", "common", "misc", "service"}

# "teamhub/missions/commands.py" or "teamhub/missions/commands.py:close" → why it must be so large.
EXCEPTIONS: dict[str, str] = {}


def test_views_are_short():
    views = [(name, node) for name, node in functions() if is_view(node)]

    assert too_large(((name, lines_of(node)) for name, node in views), VIEW_LINES) == []


def test_functions_are_short():
    assert too_large(((name, lines_of(node)) for name, node in functions()), FUNCTION_LINES) == []


def test_functions_take_few_arguments():
    assert too_large(((name, arguments_of(node)) for name, node in functions()), ARGUMENTS) == []


@pytest.mark.parametrize(
    ("folder", "pattern", "limit"),
    [
        ("teamhub", "*.py", MODULE_LINES),
        ("templates", "*.*", TEMPLATE_LINES),
        ("tests", "*.py", TEST_FILE_LINES),
    ],
)
def test_files_are_short(folder, pattern, limit):
    sizes = ((place(path), len(path.read_text().splitlines())) for path in files(folder, pattern))

    assert too_large(sizes, limit) == []


def test_no_module_is_a_junk_drawer():
    modules = [path.relative_to(ROOT) for path in files("teamhub", "*.py")]

    assert [str(path) for path in modules if JUNK_DRAWERS & {path.stem, *path.parent.parts}] == []


def test_every_exception_has_a_reason_and_is_still_needed():
    oversized = {
        *(
            name
            for name, node in functions()
            if lines_of(node) > (VIEW_LINES if is_view(node) else FUNCTION_LINES)
        ),
        *(name for name, node in functions() if arguments_of(node) > ARGUMENTS),
        *(
            place(path)
            for path in files("teamhub", "*.py")
            if len(path.read_text().splitlines()) > MODULE_LINES
        ),
    }

    assert set(EXCEPTIONS) - oversized == set()
    assert all(len(reason) > 10 for reason in EXCEPTIONS.values())


# -- what is measured --------------------------------------------------------------------------------


def too_large(sizes, limit):
    return [
        f"{name}: {size}, at most {limit}" for name, size in sizes if size > limit and name not in EXCEPTIONS
    ]


def files(folder, pattern):
    return sorted(path for path in (ROOT / folder).rglob(pattern) if path.is_file())


def place(path):
    return path.relative_to(ROOT).as_posix()


@cache
def functions():
    """Every function in the package, also those inside others, as (place:name, node)."""
    return [
        (f"{place(path)}:{node.name}", node)
        for path in files("teamhub", "*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def is_view(node):
    return any(
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr in {"get", "post", "route"}
        and isinstance(decorator.func.value, ast.Name)
        and decorator.func.value.id == "bp"
        for decorator in node.decorator_list
    )


def lines_of(node):
    """Signature and body; what the docstring says comes free."""
    first, *_ = node.body
    has_docstring = ast.get_docstring(node, clean=False) is not None
    docstring = first.end_lineno - first.lineno + 1 if has_docstring else 0
    return node.end_lineno - node.lineno + 1 - docstring


def arguments_of(node):
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return len([argument for argument in arguments if argument.arg not in {"self", "cls"}])
