"""Only one module speaks to other hosts by HTTP (quality.md D11): the one that keeps to R28."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

THE_WAY_OUT = "teamhub/core/outbound.py"

# What can open a connection to wherever it is told. Modules below them count too.
WAYS = {
    "aiohttp",
    "asyncio",
    "ftplib",
    "http.client",
    "httpx",
    "imaplib",
    "poplib",
    "pycurl",
    "requests",
    "smtplib",
    "socket",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "webbrowser",
    "xmlrpc",
}

# "teamhub/x.py" → what it may use, and why that leads nowhere a user can choose.
MAY: dict[str, tuple[set[str], str]] = {
    "teamhub/live/views.py": ({"socket"}, "opens none: only looks whether the browser is still there"),
    "teamhub/mail/transport.py": ({"smtplib"}, "speaks only to the server MAIL_URL names, a setting"),
}


def uses(tree):
    """Names of the ways out a module imports, in whichever form."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {
            "__import__",
            "importlib.import_module",
        }:
            names = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        for name in names:
            yield from (way for way in WAYS if f"{name}.".startswith(f"{way}."))


def found():
    return {
        (path.relative_to(ROOT).as_posix(), way)
        for path in sorted((ROOT / "teamhub").rglob("*.py"))
        for way in uses(ast.parse(path.read_text()))
    }


def test_nothing_else_opens_connections():
    allowed = {(place, way) for place, (ways, _why) in MAY.items() for way in ways}

    assert {(place, way) for place, way in found() if place != THE_WAY_OUT} - allowed == set()


def test_every_exception_is_still_needed():
    allowed = {(place, way) for place, (ways, _why) in MAY.items() for way in ways}

    assert allowed - found() == set()


@pytest.mark.parametrize(
    "line",
    [
        "import urllib3",
        "import requests as r",
        "from urllib3.poolmanager import PoolManager",
        "from urllib import request",
        "from urllib.request import urlopen",
        "import urllib.request",
        "from http import client",
        "import socket",
        "from socket import create_connection",
        "def f():\n    import httpx",
        "__import__('requests')",
    ],
)
def test_the_search_finds_every_form(line):
    assert list(uses(ast.parse(line)))


@pytest.mark.parametrize(
    "line", ["from urllib.parse import urlsplit", "from http import HTTPStatus", "import http"]
)
def test_the_search_leaves_the_harmless_alone(line):
    assert not list(uses(ast.parse(line)))
