"""On which thing the authorisation matrix tries each route, with what filled in.

A new route needs a line in ``SAMPLES`` only when it takes something the cast has several of, or a form.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from teamhub.consequences.kinds import DEFAULTS, Kind
from teamhub.core import clock
from teamhub.mail import stopping
from tests.cast import Cast
from tests.factories import PASSWORD

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


def survivor(cast: Cast) -> str:
    return f"/challenges/{cast.challenges['survivor'].id}"


def a_file(_cast: Cast) -> Any:
    return BytesIO(b"Ventetid per uke: 11 dager"), "ventetid.txt"


THE_DRAFTS_FILE = {
    "challenge_id": lambda cast: cast.challenges["draft"].id,
    "file_id": lambda cast: cast.files["draft"].id,
}
TAKEN_AWAY = {"comment_id": lambda cast: cast.comments["taken away"].id}
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
A_PLANNED_CALL = {"call_id": lambda cast: cast.calls["planned"].id}
AN_ENDED_CALL = {"call_id": lambda cast: cast.calls["ended"].id}
QUESTION = {"question": "Hva venter dere på?", "whom": "all", "starts_on": today, "ends_on": "2030-01-01"}
CRITERIA = "INNB DRIFT STRAT TVERR KAPA RISI ARKI FORA".split()
MARKS = {f"mark_{code}": 3 for code in CRITERIA} | {f"reason_{code}": TEXT for code in CRITERIA}
WEIGHTS = dict(zip((f"weight_{code}" for code in CRITERIA), (30, 10, 10, 10, 10, 10, 10, 10), strict=True))
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
    "assessment_id": lambda cast: cast.assessments["the lead's"].id,
    "call_id": lambda cast: cast.calls["open"].id,
    "criterion": lambda _cast: "RISI",
    "template_id": lambda cast: cast.template_id,
    "note_id": lambda cast: cast.note_id,
    "search_id": lambda cast: cast.search_id,
    "file_id": lambda cast: cast.files["submitted"].id,
    "merge_id": lambda cast: cast.merge_id,
    "pair_id": lambda cast: cast.pair_id,
    "comment_id": lambda cast: cast.comments["the employee's"].id,
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
    ("GET", "challenges.take_along"): [on(""), on("the desk", {"desk": "1"})],
    ("POST", "challenges.keep_search"): [on("", name="Kø")],
    ("POST", "challenges.edit_search"): [on("", name="Kø på skolen", alerts="y", **VERSION_1)],
    ("POST", "challenges.propose"): [on("", **PROPOSAL)],
    ("GET", "challenges.similar"): [on("", {"text": "lang kø"})],
    ("GET", "challenges.show"): [challenge("draft"), challenge("submitted"), challenge("closed")],
    ("GET", "challenges.edit"): [challenge("draft"), challenge("clarification"), challenge("assessing")],
    ("POST", "challenges.edit"): [
        challenge(state, **PROPOSAL, **VERSION_1) for state in ("draft", "clarification", "assessing")
    ],
    ("GET", "challenges.preview"): [challenge("draft"), challenge("submitted")],
    ("POST", "challenges.send"): [challenge("draft"), challenge("submitted")],
    ("POST", "challenges.attach_to_new"): [on("", **PROPOSAL, files=a_file)],
    ("POST", "challenges.attach"): [challenge("draft", files=a_file), challenge("submitted", files=a_file)],
    ("GET", "challenges.attachment"): [on("the submitted's"), on("the draft's", THE_DRAFTS_FILE)],
    ("POST", "challenges.describe_file"): [on("the submitted's"), on("the draft's", THE_DRAFTS_FILE)],
    ("POST", "challenges.remove_file"): [on("the submitted's"), on("the draft's", THE_DRAFTS_FILE)],
    ("GET", "challenges.merge"): [challenge("submitted"), challenge("draft")],
    ("POST", "challenges.merge"): [
        challenge("submitted", other=survivor),
        challenge("draft", other=survivor),
    ],
    ("POST", "challenges.answer_merge"): [challenge("twin", agrees="yes")],
    ("POST", "challenges.complete_merge"): [challenge("twin")],
    ("POST", "challenges.take_back_merge"): [challenge("twin")],
    ("POST", "challenges.unmerge"): [challenge("joined"), challenge("submitted")],
    ("POST", "challenges.answer"): [
        challenge("draft", decision="assessing", reason=TEXT),
        challenge("submitted", decision="assessing", reason=TEXT),
        challenge("candidate", decision="hold", reason=TEXT, review_on="2030-01-01"),
    ],
    ("GET", "challenges.beside"): [challenge("submitted"), challenge("candidate"), challenge("draft")],
    ("POST", "challenges.answer_at_desk"): [
        challenge("draft", decision="assessing", reason=TEXT),
        challenge("submitted", decision="assessing", reason=TEXT),
        challenge("candidate", decision="hold", reason=TEXT, review_on="2030-01-01"),
    ],
    ("POST", "challenges.many"): [
        on("to take", do="take", ids=lambda cast: cast.challenges["submitted"].id),
        on("to assess", do="assess", ids=lambda cast: cast.challenges["submitted"].id),
    ],
    ("POST", "challenges.undo_many"): [
        on("", do="handler", was=lambda cast: f"{cast.challenges['submitted'].id}:", now="")
    ],
    ("POST", "challenges.reopen"): [challenge("closed", reason=TEXT), challenge("submitted", reason=TEXT)],
    ("GET", "challenges.private_notes"): [challenge("submitted"), challenge("to judge")],
    ("POST", "challenges.private_notes"): [
        challenge("submitted", body=TEXT),
        challenge("to judge", body=TEXT),
        challenge("draft", body=TEXT),
    ],
    ("POST", "challenges.templates"): [on("", name="Ny mal", body=TEXT)],
    ("POST", "challenges.edit_template"): [on("", name="Takk igjen", body=TEXT, decision="", **VERSION_1)],
    ("POST", "challenges.clarify"): [
        challenge("clarification", body=TEXT),
        challenge("submitted", body=TEXT),
    ],
    ("POST", "challenges.comment"): [challenge("draft", body=TEXT), challenge("submitted", body=TEXT)],
    ("POST", "challenges.edit_comment"): [on("the employee's", body=TEXT, **VERSION_1)],
    ("GET", "challenges.comment_history"): [on("the employee's"), on("a deleted one", TAKEN_AWAY)],
    ("POST", "challenges.restore_comment"): [on("a deleted one", TAKEN_AWAY)],
    ("POST", "challenges.report_comment"): [on("the employee's", reason=TEXT)],
    ("POST", "challenges.moderate_comment"): [on("the employee's", reason=TEXT)],
    ("POST", "challenges.point_for"): [challenge("draft", body=TEXT), challenge("submitted", body=TEXT)],
    ("POST", "challenges.point_against"): [challenge("submitted", body=TEXT)],
    ("POST", "challenges.offer"): [challenge("draft", text=TEXT), challenge("submitted", text=TEXT)],
    ("POST", "challenges.follow"): [challenge("draft"), challenge("submitted")],
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
    ("GET", "assessments.show"): [challenge("draft"), challenge("submitted"), challenge("judged")],
    ("POST", "assessments.ask"): [
        challenge("assessing", assessors=person("colleague"), due_on="2030-01-01"),
        challenge("draft", assessors=person("colleague"), due_on="2030-01-01"),
    ],
    ("POST", "assessments.take_back"): [challenge("to judge")],
    ("GET", "assessments.mine"): [challenge("to judge"), challenge("half judged")],
    ("POST", "assessments.mine"): [challenge("to judge", **MARKS, **VERSION_1, do="save")],
    ("POST", "assessments.withdraw"): [challenge("half judged")],
    ("POST", "assessments.talk"): [challenge("judged", outcome=TEXT)],
    ("POST", "assessments.must_do"): [challenge("submitted", must_do="y", basis=TEXT, **VERSION_1)],
    ("POST", "assessments.criteria"): [on("", **WEIGHTS, reason=TEXT, **VERSION_1)],
    ("GET", "calls.show"): [on("an open one"), on("a planned one", A_PLANNED_CALL)],
    ("POST", "calls.new"): [on("", **QUESTION)],
    ("POST", "calls.edit"): [on("", **QUESTION, **VERSION_1)],
    ("POST", "calls.report"): [
        on("an open one", report=TEXT),
        on("an ended one", AN_ENDED_CALL, report=TEXT),
    ],
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
