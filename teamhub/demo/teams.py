"""The demo's teams: seats, who is in them, and what was asked and agreed on the way there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import select

from teamhub.competence.models import Place, Skill
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.demo.boards import Made
from teamhub.demo.organisation import Organisation, Somebody
from teamhub.demo.written import in_days, read, store
from teamhub.missions.models import Invitation, Seat, SeatAnnouncement, SeatApplication, SeatSkill
from teamhub.missions.states import AGREED, DAYS_TO_ANSWER_INVITATION, SeatState

STATES = {"agreed": SeatState.ACTIVE, "released": SeatState.RELEASED, "requested": SeatState.REQUESTED}
BEGINS_IN = 14
"""Days until what is agreed and has not begun begins."""
SEATED = {"hjemmetjeneste": "employee", "servicesenter": "agent", "skole": "proposer"}
"""The personas on a team each: in the first agreed seat for the kind of unit they work in."""


def make(made: list[Made], organisation: Organisation, rng: Random) -> None:
    """Make and store the seats and the invitations, and tell each mission who is on its team."""
    store(Place, places := _places())
    seats = list(_seats(made, organisation, rng))
    store(Seat, _with_where(seats, made, organisation, {p["name"]: p["id"] for p in places}))
    store(SeatSkill, _more_skills(made))
    store(SeatAnnouncement, announced := list(_announced(made)))
    store(SeatApplication, _applied(announced, organisation))
    store(Invitation, _invitations(seats, {m.id: m for m in made}, organisation))


def _seats(made: list[Made], organisation: Organisation, rng: Random) -> Iterator[dict[str, Any]]:
    skills = _skills()
    asked = _asked_people(organisation, rng)
    seated = {kind: organisation.persona(name).id for kind, name in SEATED.items()}
    numbers = count(1)
    for m in made:
        taken = {m.lead.id}
        for need in m.entry.get("seats", []):
            state = STATES.get(need.get("state", "agreed"), SeatState.OPEN)
            chosen = _chosen(need["unit"], state, asked, seated)
            person_id = None
            if state != SeatState.OPEN:
                person_id = chosen or _anybody(need["unit"], organisation, taken, rng)
            state = state if person_id else SeatState.OPEN
            taken.add(person_id or 0)
            if state in AGREED and person_id:
                m.team.append(person_id)
            yield _seat_row(next(numbers), m, need, state, person_id, skills)


def _places() -> list[dict[str, Any]]:
    names = read("competence")["places"]
    return [{"id": n, "name": name, "retired": False, "version": 1} for n, name in enumerate(names, 1)]


def _with_where(
    seats: list[dict[str, Any]], made: list[Made], organisation: Organisation, places: dict[str, int]
) -> Iterator[dict[str, Any]]:
    """The seats with where somebody must come from and work, and in which language."""
    areas = {place.kind: place.division_id for place in organisation.places}
    needs = [(m, need) for m in made for need in m.entry.get("seats", [])]
    for seat, (m, need) in zip(seats, needs, strict=True):
        yield seat | {
            "from_division_id": areas[need["unit"]] if need.get("from_area") else None,
            "not_division_id": m.lead.place.division_id if need.get("not_leads_area") else None,
            "place_id": places.get(need.get("place", "")),
            "language": need.get("language"),
        }


def _more_skills(made: list[Made]) -> Iterator[dict[str, Any]]:
    skills = _skills()
    needs = (need for m in made for need in m.entry.get("seats", []))
    for seat_id, need in enumerate(needs, 1):
        for more in need.get("more", []):
            yield {
                "seat_id": seat_id,
                "skill_id": skills[more["skill"]],
                "level": more["level"],
                "required": not more.get("wished", False),
            }


def _announced(made: list[Made]) -> Iterator[dict[str, Any]]:
    needs = [(m, need) for m in made for need in m.entry.get("seats", [])]
    for seat_id, (m, need) in enumerate(needs, 1):
        if "announced" in need:
            yield {
                "seat_id": seat_id,
                "text": need["announced"],
                "curator_id": m.lead.id,
                "ends_on": clock.today() + timedelta(days=14),
                "created_at": clock.now() - timedelta(days=7),
                "ended_at": None,
            }


def _applied(announced: list[dict[str, Any]], organisation: Organisation) -> Iterator[dict[str, Any]]:
    """Two of the personas want the first announced seat."""
    for n, one in enumerate(read("competence")["application"], 1):
        yield {
            "id": n,
            "seat_id": announced[0]["seat_id"],
            "person_id": organisation.persona(one["who"]).id,
            "message": one["message"],
            "created_at": clock.now() - timedelta(days=n),
        }


def _skills() -> dict[str, int]:
    return {s.code: s.id for s in db.session.scalars(select(Skill))}


def _asked_people(organisation: Organisation, rng: Random) -> list[int]:
    """Who is asked first: three of the unit manager's people, one of them the nurse."""
    first, last = rng.sample(organisation.persona("unitmanager").place.staff, 2)
    return [first, organisation.persona("employee").id, last]


def _chosen(kind: str, state: SeatState, asked: list[int], seated: dict[str, int]) -> int | None:
    """Take whoever is picked beforehand for the next seat like this one."""
    if state == SeatState.REQUESTED:
        return asked.pop(0) if asked else None
    return seated.pop(kind, None) if state in AGREED else None


def _anybody(kind: str, organisation: Organisation, taken: set[int], rng: Random) -> int | None:
    free = [i for i in organisation.of_kind(kind, rng).staff if i not in taken]
    return rng.choice(free) if free else None


def _seat_row(
    number: int,
    m: Made,
    need: dict[str, Any],
    state: SeatState,
    person_id: int | None,
    skills: dict[str, int],
) -> dict[str, Any]:
    return {
        "id": number,
        "mission_id": m.id,
        "role": need["role"],
        "skill_id": skills.get(need.get("skill", "")),
        "level": need.get("level") or None,
        "share": need["share"],
        "starts_on": in_days(BEGINS_IN) if state == SeatState.RELEASED else m.started,
        "ends_on": m.started + timedelta(days=30 * (m.entry.get("months_running", 3) + 5)),
        "stretch": bool(need.get("stretch")),
        "state": state,
        "person_id": person_id,
        "version": 1,
    }


def _invitations(
    seats: list[dict[str, Any]], missions: dict[int, Made], organisation: Organisation
) -> Iterator[dict[str, Any]]:
    """One for each seat that has somebody: settled when agreed, open when only asked."""
    people = {p.id: p for p in organisation.people}
    still_asked = count(0)
    for n, seat in enumerate((s for s in seats if s["person_id"]), 1):
        m, person = missions[seat["mission_id"]], people[seat["person_id"]]
        said = _agreed(m, n) if seat["state"] in AGREED else _asked(next(still_asked))
        yield {
            "id": n,
            "seat_id": seat["id"],
            "mission_id": m.id,
            **_between(person, m),
            "message": "",
            "person_reason": "",
            "manager_reason": "",
            **said,
        }


def _between(person: Somebody, m: Made) -> dict[str, Any]:
    """Who asks, and who is asked."""
    return {
        "person_id": person.id,
        "manager_id": person.manager_id,
        "unit_id": person.place.id,
        "invited_by_id": m.lead.id,
    }


def _agreed(m: Made, number: int) -> dict[str, Any]:
    """Asked when the mission began; the person said yes the next day, the manager some days later."""
    at = m.began + timedelta(minutes=number % 60)
    closed = at + timedelta(days=2 + number % 4)
    return {
        "created_at": at,
        "answer_by": m.started + timedelta(days=DAYS_TO_ANSWER_INVITATION),
        "person_says": True,
        "person_at": at + timedelta(days=1),
        "manager_says": True,
        "manager_at": closed,
        "closed_at": closed,
    }


def _asked(number: int) -> dict[str, Any]:
    """Asked a few days ago. The first has said yes and waits for the manager; the others for both."""
    days = number % 4 + 1
    said_yes = number == 0
    return {
        "created_at": clock.now() - timedelta(days=days),
        "answer_by": clock.today() + timedelta(days=DAYS_TO_ANSWER_INVITATION - days),
        "person_says": True if said_yes else None,
        "person_at": clock.now() - timedelta(hours=5) if said_yes else None,
        "manager_says": None,
        "manager_at": None,
        "closed_at": None,
    }
