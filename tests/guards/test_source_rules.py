"""Rules of the house that can be read off the source: who commits, and what a template may say."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

COMMITS_HERE = "teamhub/core/transaction.py"

# "templates/x.html" → why what it marks as safe is safe.
SAFE_HERE: dict[str, str] = {}

# Names of XML vocabularies look like addresses, but nothing is fetched from them.
NAMESPACES = {"www.w3.org"}

FORBIDDEN_IN_TEMPLATES = {
    "no inline style": r"\sstyle\s*=",
    "no event handler attribute": r"\s(on[a-z]+|hx-on[\w:-]*)\s*=",
    "no script without src": r"<script\b(?![^>]*\ssrc\s*=)",
    "no address without a scheme of its own": r"""\s(src|href|action|formaction|data)\s*=\s*["']//""",
    "no javascript: address": r"javascript:",
}
ROLE_WORDS = r"\b(portfolio_office|board_member|is_admin|has_role)\b|\bRole\."


def test_only_a_command_ends_a_transaction():
    found = [
        f"{place}:{call.lineno}"
        for place, tree in modules("**/*.py")
        if place != COMMITS_HERE
        for call in calls_of(tree, {"commit", "rollback"})
    ]

    assert found == []


def test_views_load_nothing_by_bare_id():
    found = [
        f"{place}:{call.lineno}"
        for place, tree in [*modules("**/views.py"), *modules("**/views/**/*.py")]
        for call in calls_of(tree, {"get", "get_one"})
        if is_database_session(call.func.value, tree)
    ]

    assert found == []


@pytest.mark.parametrize("rule", FORBIDDEN_IN_TEMPLATES)
def test_markup_holds_no_code(rule):
    assert lines_matching(FORBIDDEN_IN_TEMPLATES[rule], markup) == []


def test_templates_ask_the_policy_not_for_roles():
    assert lines_matching(ROLE_WORDS, without_comments) == []


def test_templates_escape_everything():
    found = lines_matching(r"\|\s*safe\b|\bautoescape\s+false\b", without_comments)

    assert [line for line in found if line.partition(":")[0] not in SAFE_HERE] == []


def test_every_safe_list_entry_is_still_needed():
    marked = {line.partition(":")[0] for line in lines_matching(r"\|\s*safe\b", without_comments)}

    assert set(SAFE_HERE) - marked == set()


def test_templates_point_to_no_other_host():
    hosts = [
        f"{place}: {host}"
        for place, text in templates()
        for host in re.findall(r"https?://([\w.-]+)", without_comments(text), re.IGNORECASE)
        if host not in NAMESPACES
    ]

    assert hosts == []


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ('<p style="color:red">', "no inline style"),
        ("<p style='{{ colour }}'>", "no inline style"),
        ('<a href="/x"\n   onclick="go()">', "no event handler attribute"),
        ('<form hx-on:submit="go()">', "no event handler attribute"),
        ("<script>go()</script>", "no script without src"),
        ('<script type="module">', "no script without src"),
        ('<img src="//elsewhere.example/x.png">', "no address without a scheme of its own"),
        ('<a href="javascript:go()">', "no javascript: address"),
        ('<link rel="stylesheet" href="/app.css"><script defer src="/app.js"></script>', None),
        ('{{ button("Send", style="primary") }}{% set style = "quiet" %}{# <script> #}', None),
        ('<p class="style">onsdag = 3</p>', None),
    ],
)
def test_the_rules_about_markup_find_what_they_should(text, broken):
    found = [
        name for name, rule in FORBIDDEN_IN_TEMPLATES.items() if re.search(rule, markup(text), re.IGNORECASE)
    ]

    assert found == ([broken] if broken else [])


# -- reading the source ------------------------------------------------------------------------------


def modules(pattern):
    """Every module that fits, as (place, syntax tree)."""
    return [
        (path.relative_to(ROOT).as_posix(), ast.parse(path.read_text()))
        for path in sorted((ROOT / "teamhub").glob(pattern))
    ]


def calls_of(tree, methods):
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in methods
    ]


def is_database_session(node, tree):
    """db.session, db.session() or a variable called session, unless that is Flask's cookie session."""
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Attribute):
        return node.attr == "session"
    from_flask = {
        alias.asname or alias.name
        for line in ast.walk(tree)
        if isinstance(line, ast.ImportFrom) and line.module == "flask"
        for alias in line.names
    }
    return isinstance(node, ast.Name) and node.id == "session" and node.id not in from_flask


def templates():
    paths = sorted(path for path in (ROOT / "templates").rglob("*.*") if path.is_file())
    return [(path.relative_to(ROOT).as_posix(), path.read_text()) for path in paths]


def without_comments(text):
    return blanked(r"\{#.*?#\}", text)


def markup(text):
    """What stands outside Jinja's own tags: an argument called style is not an attribute."""
    return blanked(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", text)


def blanked(pattern, text):
    """Take out what matches, but leave the line breaks, so that line numbers still hold."""
    return re.sub(pattern, lambda match: "\n" * match[0].count("\n"), text, flags=re.DOTALL)


def lines_matching(pattern, reading):
    return [
        f"{place}:{text.count(chr(10), 0, match.start()) + 1}: {match[0].strip()}"
        for place, source in templates()
        for text in [reading(source)]
        for match in re.finditer(pattern, text, re.IGNORECASE)
    ]
