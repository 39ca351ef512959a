"""What the authorisation matrix asks of each route: on which thing, with what filled in.

A new route needs a line in ``SAMPLES`` only when it takes something the cast has several of, or a form.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from teamhub.consequences.kinds import DEFAULTS, Kind
from teamhub.core import clock
from teamhub.mail import stopping
from tests.cast import PERSONAS, Cast
from tests.factories import PASSWORD

FILE = Path(__file__).with_name("authorisation_matrix.csv")
ROLES = ["signed out", *PERSONAS]
READING = {"GET", "HEAD", "OPTIONS"}

TEXT = "Slik er det hos oss i dag, hver uke."
LIGHTS = dict.fromkeys(("progress", "economy", "quality", "risk", "staffing"), "green")


@dataclass(frozen=True)
class Sample:
    """One thing to try a route on: what it is called in the table, and what fills address and form."""

    name: str = ""
    args: Callable[[Cast], dict[str, Any]] = field(default=lambda _cast: {})
    form: Callable[[Cast], dict[str, Any]] = field(default=lambda _cast: {})


def challenge(state: str, /, **form: Any) -> Sample:
    """A challenge by the proposer, in a state."""
    return Sample(
        f"proposer's {state}",
        lambda cast: {"challenge_id": cast.challenges[state].id},
        lambda cast: filled(cast, form),
    )


def on(label: str, args: dict[str, Any] | None = None, /, **form: Any) -> Sample:
    """Something else, its address and form filled from ``args`` and ``form``."""
    return Sample(label, lambda cast: filled(cast, args or {}), lambda cast: filled(cast, form))


def filled(cast: Cast, values: dict[str, Any]) -> dict[str, Any]:
    return {name: value(cast) if callable(value) else value for name, value in values.items()}


def person(name: str) -> Callable[[Cast], int]:
    return lambda cast: cast.people[name].id


def seat(name: str) -> dict[str, Any]:
    return {"seat_id": lambda cast: cast.seats[name].id}


def task(name: str) -> dict[str, Any]:
    return {"task_id": lambda cast: cast.tasks[name].id}


def feed_key(feed: str) -> dict[str, Any]:
    return {"token": lambda cast: cast.feed_keys[feed]}


MAIL_KEY = {"token": lambda cast: stopping.token(cast.people["employee"].id, [Kind.MINE])}


def today(_cast: Cast) -> str:
    return clock.today().isoformat()


def column(number: int) -> Callable[[Cast], int]:
    return lambda cast: cast.columns[number].id


FOR_ALL = {"webhook_id": lambda cast: cast.webhooks["of all"].id}
PROPOSAL = {"title": "Lang ventetid", "situation": TEXT, "affected": "Alle", "evidence": "Sett det selv"}
CHARTER = {
    "title": "Trygt hjem igjen",
    "goal": TEXT,
    "mandate": TEXT,
    "lead_id": person("lead"),
    "owner_id": person("board"),
}
NEED = {"role": "Fagperson", "share": 20, "starts_on": today, "ends_on": today, "stretch": ""}
VERSION_1 = {"version": 1}
HOOK = {"name": "Kanalen", "url": "https://hooks.example.com/T1", "shape": "teams"}

USUAL_PACES = {f"{kind}_{way}": pace.value for kind, by in DEFAULTS.items() for way, pace in by.items()}

# What fills a rule's parts unless its samples say something else.
USUAL: dict[str, Callable[[Cast], Any]] = {
    "challenge_id": lambda cast: cast.challenges["submitted"].id,
    "mission_id": lambda cast: cast.missions["mission"].id,
    "seat_id": lambda cast: cast.seats["open"].id,
    "task_id": lambda cast: cast.tasks["open"].id,
    "column_id": column(0),
    "invitation_id": lambda cast: cast.invitations["employee's"].id,
    "unit_id": lambda cast: cast.units["home care"].id,
    "person_id": person("colleague"),
    "webhook_id": lambda cast: cast.webhooks["mission's"].id,
    "office_id": lambda cast: cast.offices["colleague's"].id,
    "session_id": lambda cast: cast.sessions["colleague's"].id,
    "notification_id": lambda cast: cast.notifications["shown"].id,
    "job_id": lambda cast: cast.dead_job_id,
    "filename": lambda _cast: "favicon.svg",
    "token": lambda cast: cast.feed_keys["calendar"],
    "name": lambda _cast: "calendar",
}

# (method, endpoint) → samples. What is not here is tried once, on the usual thing, with an empty form.
SAMPLES: dict[tuple[str, str], list[Sample]] = {
    ("POST", "people.login"): [on("the employee", email="employee@demo.example", password=PASSWORD)],
    ("POST", "people.login_as_persona"): [on("the employee", persona="employee@demo.example")],
    ("POST", "people.language"): [on("", locale="en")],
    ("GET", "people.choices"): [
        on("", {"field": "lead_id"}),
        on("mention", {"field": "mention", "q": "ka"}),
    ],
    ("POST", "people.settings"): [on("", locale="nb", color_scheme="dark")],
    ("POST", "people.password"): [on("", current=PASSWORD, new="en annen lang setning")],
    ("POST", "people.give_office"): [
        on("", kind="digital_agent", unit_id=lambda cast: cast.units["home care"].id)
    ],
    ("GET", "challenges.index"): [on(""), on("the desk", {"scope": "desk"})],
    ("POST", "challenges.propose"): [on("", **PROPOSAL)],
    ("GET", "challenges.similar"): [on("", {"text": "lang kø"})],
    ("GET", "challenges.show"): [challenge("draft"), challenge("submitted"), challenge("closed")],
    ("GET", "challenges.edit"): [challenge("draft"), challenge("clarification"), challenge("assessing")],
    ("POST", "challenges.edit"): [
        challenge(state, **PROPOSAL, **VERSION_1) for state in ("draft", "clarification", "assessing")
    ],
    ("POST", "challenges.answer"): [
        challenge("draft", decision="assessing", reason=TEXT),
        challenge("submitted", decision="assessing", reason=TEXT),
        challenge("candidate", decision="hold", reason=TEXT, review_on="2030-01-01"),
    ],
    ("POST", "challenges.clarify"): [
        challenge("clarification", body=TEXT),
        challenge("submitted", body=TEXT),
    ],
    ("POST", "challenges.comment"): [challenge("draft", body=TEXT), challenge("submitted", body=TEXT)],
    ("POST", "challenges.discard"): [challenge("draft"), challenge("submitted")],
    ("POST", "challenges.accept_in_line"): [challenge("asked"), challenge("submitted")],
    ("POST", "challenges.decline_in_line"): [challenge("asked", reason=TEXT)],
    ("POST", "challenges.report_from_line"): [
        challenge("line", reason=TEXT),
        challenge("asked", reason=TEXT),
    ],
    ("POST", "challenges.support"): [challenge("draft"), challenge("submitted", experience=TEXT)],
    ("POST", "challenges.withdraw_support"): [challenge("draft"), challenge("submitted")],
    ("POST", "challenges.withdraw"): [challenge("submitted"), challenge("candidate")],
    ("GET", "missions.new"): [
        on("from scratch"),
        on("from a candidate", {"challenge": lambda cast: cast.challenges["candidate"].id}),
    ],
    ("POST", "missions.new"): [
        on("from scratch", **CHARTER),
        on("from a candidate", **CHARTER, challenge_id=lambda cast: cast.challenges["candidate"].id),
    ],
    ("POST", "missions.edit"): [on("", **CHARTER, **VERSION_1, phase="planning", status="active")],
    ("POST", "missions.status"): [on("", **LIGHTS, summary=TEXT)],
    ("POST", "missions.add_seat"): [on("", **NEED)],
    ("POST", "missions.edit_seat"): [on("", **NEED, **VERSION_1)],
    ("POST", "missions.invite"): [on("", person_id=person("proposer"), message=TEXT)],
    ("POST", "missions.withdraw"): [on("", seat("asked"))],
    ("POST", "missions.answer_invitation"): [on("the employee's", accept="yes")],
    ("POST", "missions.answer_release"): [on("the employee's", accept="yes")],
    ("GET", "feeds.calendar"): [on("the lead's key"), on("a key to another", feed_key("missions"))],
    ("GET", "feeds.challenges"): [on("the lead's key", feed_key("challenges"))],
    ("GET", "feeds.missions"): [on("the lead's key", feed_key("missions"))],
    ("POST", "feeds.make"): [on("", replaces="")],
    ("GET", "mail.ask"): [on("the employee's", MAIL_KEY), on("another key")],
    ("POST", "mail.off"): [on("the employee's", MAIL_KEY), on("another key")],
    ("POST", "mail.undo"): [on("the employee's", MAIL_KEY, mine="daily")],
    ("POST", "tasks.add"): [on("", title="Ringe legen")],
    ("POST", "tasks.add_column"): [on("", name="Venter")],
    ("POST", "tasks.change_column"): [on("", name="Venter", **VERSION_1)],
    ("POST", "tasks.remove_column"): [on("", cards_to=column(1))],
    ("POST", "tasks.shift_column"): [on("", to="right")],
    ("POST", "tasks.comment"): [on("", body=TEXT)],
    ("POST", "tasks.edit"): [on("", title="Ringe legen", column=column(0), **VERSION_1)],
    ("POST", "tasks.move"): [on("", column=column(1))],
    ("POST", "tasks.reopen"): [on("", task("done"))],
    ("GET", "webhooks.show"): [on("the mission's"), on("one of all", FOR_ALL)],
    ("POST", "notifications.undo_read"): [on("", at="2026-11-25T12:00:00+00:00")],
    ("POST", "notifications.snooze"): [on("", until="week")],
    ("POST", "notifications.wake"): [
        on("put off", {"notification_id": lambda cast: cast.notifications["put off"].id})
    ],
    ("POST", "notifications.unmute"): [on("", object_type="task", object_id=1)],
    ("POST", "notifications.settings"): [on("", **USUAL_PACES, starts="", ends="")],
    ("POST", "webhooks.new"): [on("", **HOOK)],
    ("POST", "webhooks.new_for_all"): [on("", **HOOK)],
    ("GET", "webhooks.edit"): [on("the mission's"), on("one of all", FOR_ALL)],
    ("POST", "webhooks.edit"): [on("the mission's", **HOOK, **VERSION_1)],
    ("POST", "webhooks.reset_secret"): [on("the mission's"), on("one of all", FOR_ALL)],
    ("POST", "webhooks.remove"): [on("the mission's"), on("one of all", FOR_ALL)],
    ("POST", "tasks.restore"): [on("", {"task_id": lambda cast: cast.deleted_task_id})],
}


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
        written = self.sample.form(cast) | (form or {})
        response = client.open(path, query_string=query, **({"method": self.method, "data": written} | more))
        response.close()  # a static file is open until then
        return response

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
