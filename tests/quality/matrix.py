"""What the authorisation matrix asks of each route, and what it expects. samples.py has what fills them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from teamhub.core.problems import ROOM
from tests.cast import PERSONAS, Cast
from tests.quality.samples import SAMPLES, USUAL, Sample

FILE = Path(__file__).with_name("authorisation_matrix.csv")
ROLES = ["signed out", *PERSONAS]
READING = {"GET", "HEAD", "OPTIONS"}

Key = tuple[str, str, str]
"""Method, rule, and what the sample is called."""


@dataclass(frozen=True)
class Line:
    """A row of the table: a method and a rule, tried on a sample."""

    method: str
    rule: Rule
    sample: Sample

    @property
    def key(self) -> Key:
        return self.method, self.rule.rule, self.sample.name

    def send(self, client: Any, cast: Cast, form: dict[str, Any] | None = None, **more: Any) -> Any:
        """Send the request, with ``form`` added to what the sample fills in, and return the answer."""
        args = {name: USUAL[name](cast) for name in self.rule.arguments} | self.sample.args(cast)
        path = re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda part: str(args[part[1]]), self.rule.rule)
        query = {name: value for name, value in args.items() if name not in self.rule.arguments}
        query |= more.pop("query", {})
        sent = {} if "data" in more else self.body(cast, form)
        response = client.open(path, query_string=query, **({"method": self.method} | sent | more))
        response.close()  # a static file is open until then
        return response

    def body(self, cast: Cast, form: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return what is sent, as the client takes it: JSON from programs, forms from people."""
        by_program = self.rule.rule.startswith(ROOM) and self.method not in READING
        return {"json" if by_program else "data": self.sample.form(cast) | (form or {})}

    def ask(self, client: Any, cast: Cast) -> str:
        """Send the request and say in a word what came of it."""
        response = self.send(client, cast)
        to_sign_in = response.status_code == 302 and response.location.startswith("/login")
        return "login" if to_sign_in else str(response.status_code)


def lines(app: Flask) -> list[Line]:
    """Every route with its samples, in the order of their addresses."""
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
    return [
        Line(method, rule, sample)
        for rule in rules
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        for sample in SAMPLES.get((method, rule.endpoint), [Sample()])
    ]


Table = dict[Key, dict[str, str]]


def read() -> Table:
    """Return the reviewed table: (method, rule, sample) → role → answer."""
    rows = [
        [cell.strip() for cell in row.split(",")] for row in FILE.read_text(encoding="utf-8").splitlines()
    ]
    head, *rest = rows
    return {(row[0], row[1], row[2]): dict(zip(head[4:], row[4:], strict=True)) for row in rest}


def write(table: Table, policies: dict[tuple[str, str], str]) -> None:
    """Write the table in columns, for a person to read the difference of."""
    rows = [["method", "rule", "on", "policy", *ROLES]]
    rows += [[*key, policies[key[:2]], *(answers[role] for role in ROLES)] for key, answers in table.items()]
    widths = [max(len(row[number]) for row in rows) for number in range(len(rows[0]))]
    text = [", ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    FILE.write_text("".join(f"{line.rstrip()}\n" for line in text), encoding="utf-8")


def who_succeeds() -> dict[Key, str]:
    """Return one role to which a line of the table says yes, for each line that says yes to somebody."""
    return {
        key: role
        for key, answers in read().items()
        for role in reversed(ROLES)
        if answers[role] in {"200", "204", "303"}
    }
