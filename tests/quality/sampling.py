"""What samples are made of: a thing of the cast, what its address is filled with, and its form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

from teamhub.consequences.kinds import DEFAULTS, Kind
from teamhub.core import clock
from teamhub.mail import stopping
from teamhub.missions.composer import needs
from tests.cast import Cast

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


def in_a_month(_cast: Cast) -> str:
    return (clock.today() + timedelta(days=30)).isoformat()


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
THE_CHANGE = {"offer_id": lambda cast: cast.change_id}
PROPOSAL = {"title": "Lang ventetid", "situation": TEXT, "affected": "Alle", "evidence": "Sett det selv"}
CHARTER = {
    "title": "Trygt hjem igjen",
    "goal": TEXT,
    "mandate": TEXT,
    "lead_id": person("lead"),
    "owner_id": person("board"),
}
NEED = {"role": "Fagperson", "share": 20, "starts_on": today, "ends_on": today, "stretch": ""}
TERMS = {"share": 10, "starts_on": today, "ends_on": "2030-01-01"}
VERSION_1 = {"version": 1}
A_PLANNED_CALL = {"call_id": lambda cast: cast.calls["planned"].id}
AN_ENDED_CALL = {"call_id": lambda cast: cast.calls["ended"].id}
QUESTION = {"question": "Hva venter dere på?", "whom": "all", "starts_on": today, "ends_on": "2030-01-01"}
CRITERIA = "INNB DRIFT STRAT TVERR KAPA RISI ARKI FORA".split()
MARKS = {f"mark_{code}": 3 for code in CRITERIA} | {f"reason_{code}": TEXT for code in CRITERIA}
WEIGHTS = dict(zip((f"weight_{code}" for code in CRITERIA), (30, 10, 10, 10, 10, 10, 10, 10), strict=True))
A_TEAM = {"put": lambda cast: f"{cast.seats['open'].id}.{cast.people['colleague'].id}"}
BOUNDS = {f"{term}_{end}": points for term in needs.TERMS for end, points in (("least", 0), ("most", 50))}
HOOK = {"name": "Kanalen", "url": "https://hooks.example.com/T1", "shape": "teams"}

USUAL_PACES = {f"{kind}_{way}": pace.value for kind, by in DEFAULTS.items() for way, pace in by.items()}

# What fills a rule's parts unless its samples say something else.
USUAL: dict[str, Callable[[Cast], Any]] = {
    "challenge_id": lambda cast: cast.challenges["submitted"].id,
    "mission_id": lambda cast: cast.missions["mission"].id,
    "draft_id": lambda cast: cast.draft_id,
    "seat_id": lambda cast: cast.seats["open"].id,
    "task_id": lambda cast: cast.tasks["open"].id,
    "column_id": column(0),
    "invitation_id": lambda cast: cast.invitations["employee's"].id,
    "offer_id": lambda cast: cast.offer_id,
    "evidence_id": lambda cast: cast.evidence_id,
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
    "token_id": lambda cast: cast.api_token_id,
    "assessment_id": lambda cast: cast.assessments["the lead's"].id,
    "call_id": lambda cast: cast.calls["open"].id,
    "criterion": lambda _cast: "RISI",
    "template_id": lambda cast: cast.template_id,
    "note_id": lambda cast: cast.note_id,
    "search_id": lambda cast: cast.search_id,
    "skill_id": lambda cast: cast.skill_id,
    "place_id": lambda cast: cast.place_id,
    "suggestion_id": lambda cast: cast.suggestion_id,
    "language": lambda _cast: "pl",
    "absence_id": lambda cast: cast.absence_id,
    "file_id": lambda cast: cast.files["submitted"].id,
    "merge_id": lambda cast: cast.merge_id,
    "pair_id": lambda cast: cast.pair_id,
    "comment_id": lambda cast: cast.comments["the employee's"].id,
}
