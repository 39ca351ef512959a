"""The demo's missions: charters, teams and reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import select

from teamhub.competence.models import Skill
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.demo import boards
from teamhub.demo.boards import Made
from teamhub.demo.organisation import Organisation
from teamhub.demo.proposals import Written
from teamhub.demo.written import Size, days_ago, read, store
from teamhub.missions.models import Invitation, Mission, MissionChallenge, Seat, StatusReport
from teamhub.missions.states import AGREED, AXES, DAYS_TO_ANSWER_INVITATION, Phase, SeatState, Status

STATES = {"agreed": SeatState.ACTIVE, "released": SeatState.RELEASED, "requested": SeatState.REQUESTED}


def make(size: Size, organisation: Organisation, challenges: list[Written], rng: Random) -> None:
    """Make and store the missions with all that belongs to them."""
    made = [_made(n, entry, organisation, rng) for n, entry in enumerate(_entries(size, rng), 1)]
    store(Mission, (_row(m) for m in made))
    store(MissionChallenge, _links(made, challenges))
    seats = list(_seats(made, organisation, rng))
    store(Seat, seats)
    store(Invitation, _invitations(seats, organisation))
    store(StatusReport, _reports(made, rng))
    boards.make(size, made, rng)


def _entries(size: Size, rng: Random) -> Iterator[dict[str, Any]]:
    by_hand = read("missions")["mission"][: size.missions]
    yield from by_hand
    patterns = read("mission_patterns")
    places = read("challenge_patterns")["places"]
    for n in range(size.missions - len(by_hand)):
        pattern = patterns["pattern"][n % len(patterns["pattern"])]
        place = places[(n // len(patterns["pattern"])) % len(places)]
        texts = {k: v.format(place=place, unit=place) for k, v in pattern.items() if isinstance(v, str)}
        yield texts | {
            "challenge": "",
            "phase": rng.choice(["concept", "planning", "execution", "execution", "closing"]),
            "status": rng.choice(["active"] * 8 + ["hold", "completed"]),
            "months_running": rng.randrange(1, 10),
            "seats": [_some_seat(rng) for _ in range(rng.randrange(2, 6))],
            "reports": [_some_report(rng, d) for d in _report_days(rng)],
        }


def _some_seat(rng: Random) -> dict[str, Any]:
    kinds = list(read("people")["jobs"])
    kind = rng.choice(kinds)
    return {
        "role": rng.choice(read("people")["jobs"][kind]),
        "skill": "",
        "share": rng.choice((5, 10, 10, 20, 20, 30)),
        "unit": kind,
        "state": rng.choice(("agreed", "agreed", "agreed", "open")),
    }


def _report_days(rng: Random) -> list[int]:
    last = rng.choice((2, 5, 9, 14, 20, 25, 40)) if rng.random() < 0.9 else 60
    return [last + 28, last]


def _some_report(rng: Random, days: int) -> dict[str, Any]:
    lights = {axis: rng.choice(("green",) * 7 + ("yellow", "yellow", "red")) for axis in AXES}
    worst = next((w for w in ("red", "yellow") if w in lights.values()), "green")
    said = [s["text"] for s in read("experiences")["summaries"] if s["light"] == worst]
    return lights | {"days_ago": days, "summary": rng.choice(said)}


def _made(number: int, entry: dict[str, Any], organisation: Organisation, rng: Random) -> Made:
    everybody = organisation.people
    lead = organisation.persona("lead") if entry.get("lead") else rng.choice(everybody)
    leaders = [p for p in everybody if p.place.leader_id == p.id and p.place.level <= 2]
    owner = organisation.persona("board") if entry.get("owner") else rng.choice(leaders)
    started = clock.today() - timedelta(days=30 * entry.get("months_running", 3))
    return Made(number, entry, lead, owner, started)


def _row(m: Made) -> dict[str, Any]:
    entry = m.entry
    return {
        "id": m.id,
        "title": entry["title"],
        "goal": entry["goal"],
        "mandate": entry["mandate"],
        "owner_id": m.owner.id,
        "lead_id": m.lead.id,
        "phase": Phase(entry["phase"]),
        "status": Status(entry["status"]),
        "starts_on": m.started,
        "ends_on": m.started + timedelta(days=30 * (entry.get("months_running", 3) + 6)),
        "created_at": clock.now() - (clock.today() - m.started),
        "version": 1,
    }


def _links(made: list[Made], challenges: list[Written]) -> Iterator[dict[str, Any]]:
    """Link by title where the content says so; then each other challenge that became a mission to one."""
    by_title = {w.entry["title"]: w for w in challenges}
    linked = set()
    for m in made:
        w = by_title.get(m.entry.get("challenge", ""))
        if w is not None and w.id not in linked:
            linked.add(w.id)
            yield {"mission_id": m.id, "challenge_id": w.id}
    rest = [w for w in challenges if w.entry["state"] == "mission" and w.id not in linked]
    for n, w in enumerate(rest):
        yield {"mission_id": made[-1 - n % len(made)].id, "challenge_id": w.id}


def _seats(made: list[Made], organisation: Organisation, rng: Random) -> Iterator[dict[str, Any]]:
    skills = {s.code: s.id for s in db.session.scalars(select(Skill))}
    asked = _asked_people(organisation, rng)
    numbers = count(1)
    for m in made:
        taken = {m.lead.id}
        nurse = organisation.persona("employee")
        for n, need in enumerate(m.entry.get("seats", [])):
            state = STATES.get(need.get("state", "agreed"), SeatState.OPEN)
            person_id = _person_for(need, state, organisation, taken, asked, rng)
            if m.id == 1 and n == 0 and state in AGREED:
                person_id = nurse.id  # the nurse has a seat, and tasks
            state = state if person_id else SeatState.OPEN
            taken.add(person_id or 0)
            if state in AGREED and person_id:
                m.team.append(person_id)
            yield _seat_row(next(numbers), m, need, state, person_id, skills)


def _asked_people(organisation: Organisation, rng: Random) -> list[int]:
    """Who is asked first: three of the unit manager's people, one of them the nurse."""
    place = organisation.persona("unitmanager").place
    leaders = {p.leader_id for p in organisation.places}
    nurse = organisation.persona("employee").id
    others = [i for i in place.people if i not in leaders and i != nurse]
    first, last = rng.sample(others, 2)
    return [first, nurse, last]


def _person_for(
    need: dict[str, Any],
    state: SeatState,
    organisation: Organisation,
    taken: set[int],
    asked: list[int],
    rng: Random,
) -> int | None:
    if state == SeatState.OPEN:
        return None
    if state == SeatState.REQUESTED and asked:
        wanted = asked.pop(0)
        if wanted not in taken:
            return wanted
    free = [i for i in organisation.by_kind(need["unit"]).people if i not in taken]
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
        "starts_on": m.started,
        "ends_on": m.started + timedelta(days=30 * (m.entry.get("months_running", 3) + 5)),
        "stretch": bool(need.get("stretch")),
        "state": state,
        "person_id": person_id,
        "version": 1,
    }


def _invitations(seats: list[dict[str, Any]], organisation: Organisation) -> Iterator[dict[str, Any]]:
    """One for each seat that has somebody: settled when agreed, open when only asked."""
    people = {p.id: p for p in organisation.people}
    for n, seat in enumerate((s for s in seats if s["person_id"]), 1):
        person = people[seat["person_id"]]
        agreed = seat["state"] in AGREED
        at = clock.now() - timedelta(days=20 if agreed else n % 4 + 1)
        yield {
            "id": n,
            "seat_id": seat["id"],
            "mission_id": seat["mission_id"],
            "person_id": person.id,
            "manager_id": person.manager_id,
            "unit_id": person.place.id,
            "created_at": at,
            "message": "",
            "answer_by": clock.today() + timedelta(days=-13 if agreed else DAYS_TO_ANSWER_INVITATION - n % 4),
            "person_says": True if agreed else None,
            "person_reason": "",
            "manager_says": True if agreed else None,
            "manager_reason": "",
            "closed_at": at + timedelta(days=3) if agreed else None,
        }


def _reports(made: list[Made], rng: Random) -> Iterator[dict[str, Any]]:
    numbers = count(1)
    for m in made:
        for report in sorted(m.entry.get("reports", []), key=lambda r: -int(r["days_ago"])):
            lights = {axis: report[axis] for axis in AXES}
            common = {"mission_id": m.id, "author_id": m.lead.id, "summary": report["summary"]}
            yield {"id": next(numbers), "at": days_ago(report["days_ago"], rng)} | common | lights
