"""What every address does and who may use it, read off the running code: `flask routes-manifest`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from teamhub.audit.security import record
from teamhub.core.events import emit

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def routes(app: Flask) -> list[dict[str, Any]]:
    """Return every route: endpoint, rule, methods, policy, csrf, audit, ordered by rule.

    ``policy`` is the action its view declares, or «public»; ``csrf`` tells whether a write needs a token;
    ``audit`` whether the code behind a write records an event, and so leaves a line in the change log.
    """
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
    return [_route(app, rule) for rule in rules]


def _route(app: Flask, rule: Rule) -> dict[str, Any]:
    view = app.view_functions[rule.endpoint]
    methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    writes = bool(set(methods) - READING)
    return {
        "endpoint": rule.endpoint,
        "rule": rule.rule,
        "methods": methods,
        "policy": str(vars(view).get("__access__", "")),
        "csrf": writes and _asks_for_token(app, rule),
        "audit": writes and records_an_event(view),
    }


def _asks_for_token(app: Flask, rule: Rule) -> bool:
    view, csrf = app.view_functions[rule.endpoint], app.extensions["csrf"]
    views, rooms = csrf._exempt_views, csrf._exempt_blueprints  # noqa: SLF001 - there is no other way to ask
    room = app.blueprints.get(rule.endpoint.rpartition(".")[0])
    exempt = f"{view.__module__}.{view.__name__}" in views or room in rooms
    return bool(app.config["WTF_CSRF_ENABLED"]) and not exempt


def records_an_event(view: Callable[..., Any]) -> bool:
    """Tell whether ``view``, or a function of ours it calls by name, however deep, leaves a line in a log.

    Most do by an event; signing in and out leave theirs in the security log alone.
    """
    waiting, seen = [inspect.unwrap(view)], set()
    while waiting:
        function = waiting.pop()
        if function in {emit, record}:
            return True
        if function not in seen:
            seen.add(function)
            waiting += _called_by(function)
    return False


def _called_by(function: Callable[..., Any]) -> Iterator[FunctionType]:
    """Yield our functions whose names the code of ``function`` mentions, also through a module or a table."""
    if not isinstance(function, FunctionType):
        return
    names = set(_names(function.__code__))
    for name in names:
        thing = function.__globals__.get(name)
        if isinstance(thing, ModuleType):
            yield from _ours([vars(thing).get(attribute) for attribute in names])
        elif isinstance(thing, dict):
            yield from _ours(list(thing.values()))
        else:
            yield from _ours([thing])


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


def _ours(things: list[Any]) -> Iterator[FunctionType]:
    for thing in things:
        function = inspect.unwrap(thing) if isinstance(thing, FunctionType) else None
        if isinstance(function, FunctionType) and function.__module__.startswith("teamhub."):
            yield function
