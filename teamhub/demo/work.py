"""The demo's missions: charters, the challenges they answer, and reports."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

from teamhub.challenges.states import State
from teamhub.core import clock
from teamhub.demo import boards, teams, together
from teamhub.demo.boards import Made
from teamhub.demo.organisation import Organisation
from teamhub.demo.proposals import Written
from teamhub.demo.written import Size, days_ago, read, store
from teamhub.missions.models import Mission, MissionChallenge, StatusReport
from teamhub.missions.states import AXES, Phase, Status

MONTH = 30
USUAL_MONTHS = 3
MONTHS_AHEAD = 6
REPORTS_BEGIN = 3
"""Days a mission has gone on before it reports."""

PHASES = (Phase.CONCEPT, Phase.PLANNING, Phase.EXECUTION, Phase.EXECUTION, Phase.CLOSING)
STATUSES = (*(Status.ACTIVE,) * 8, Status.HOLD, Status.COMPLETED)


def make(size: Size, organisation: Organisation, challenges: list[Written], rng: Random) -> None:
    """Make and store the missions with all that belongs to them."""
    made = [_made(n, entry, organisation, rng) for n, entry in enumerate(_entries(size, rng), 1)]
    store(Mission, (_row(m) for m in made))
    store(MissionChallenge, _links(made, challenges))
    teams.make(made, organisation, rng)
    together.make(made, organisation)
    store(StatusReport, _reports(made, rng))
    boards.make(size, made, organisation, rng)


def _entries(size: Size, rng: Random) -> Iterator[dict[str, Any]]:
    by_hand = read("missions")["mission"][: size.missions]
    yield from by_hand
    patterns, places = read("mission_patterns")["pattern"], read("challenge_patterns")["places"]
    for n in range(size.missions - len(by_hand)):
        pattern = patterns[n % len(patterns)]
        place = places[n // len(patterns) % len(places)]
        part = n // (len(patterns) * len(places)) + 1
        texts = {k: v.format(place=place, unit=place) for k, v in pattern.items() if isinstance(v, str)}
        title = texts["title"] + (f", del {part}" if part > 1 else "")
        status, phase, months = rng.choice(STATUSES), rng.choice(PHASES), rng.randrange(1, 10)
        over = status == Status.COMPLETED
        yield texts | {
            "title": title,
            "phase": Phase.REALISING if over else phase,
            "status": status,
            "months_running": months + MONTHS_AHEAD if over else months,
            "seats": [_some_seat(rng, must_be_filled=over) for _ in range(rng.randrange(2, 6))],
            "reports": [_some_report(rng, d) for d in _report_days(rng)],
            "made_up": True,
        }


def _some_seat(rng: Random, *, must_be_filled: bool) -> dict[str, Any]:
    jobs = read("people")["jobs"]
    kind = rng.choice(list(jobs))
    state = rng.choice(("agreed", "agreed", "agreed", "open"))
    return {
        "role": rng.choice(jobs[kind]),
        "skill": "",
        "share": rng.choice((5, 10, 10, 20, 20, 30)),
        "unit": kind,
        "state": "agreed" if must_be_filled else state,
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
    lead = organisation.persona("lead") if entry.get("lead") else rng.choice(organisation.staff)
    owner = organisation.persona("board") if entry.get("owner") else rng.choice(organisation.leaders)
    started = clock.today() - timedelta(days=MONTH * entry.get("months_running", USUAL_MONTHS))
    return Made(number, entry, lead, owner, started)


def _row(m: Made) -> dict[str, Any]:
    entry = m.entry
    ahead = MONTHS_AHEAD if m.goes_on else 0
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
        "ends_on": m.started + timedelta(days=MONTH * (entry.get("months_running", USUAL_MONTHS) + ahead)),
        "created_at": m.began,
        "version": 1,
    }


def _links(made: list[Made], challenges: list[Written]) -> Iterator[dict[str, Any]]:
    """Link by title where the content says so; then the oldest challenges left to the oldest missions.

    A mission never answers a challenge that was decided on after the mission had begun.
    """
    by_title = {w.entry["title"]: w for w in reversed(challenges)}
    linked = set()
    for m in made:
        w = by_title.get(m.entry.get("challenge", ""))
        if w is not None and w.id not in linked:
            linked.add(w.id)
            yield {"mission_id": m.id, "challenge_id": w.id}
    rest = [w for w in challenges if w.state == State.MISSION and w.id not in linked]
    takers = sorted(
        (m for m in made if m.entry.get("made_up") and m.goes_on), key=lambda m: (m.started, m.id)
    )
    waiting = sorted(rest, key=lambda w: (w.moved_at.date(), w.id))
    for w, n in zip(waiting, _fitting(waiting, takers), strict=True):
        yield {"mission_id": (takers or made)[n].id, "challenge_id": w.id}


def _fitting(waiting: list[Written], takers: list[Made]) -> Iterator[int]:
    """For each challenge, oldest first, the next mission that began after it.

    When all have one, go round among those that began late enough.
    """
    started, n = [m.started for m in takers], 0
    for w in waiting:
        earliest = bisect_left(started, w.moved_at.date())
        n = max(n, earliest)
        late_enough = range(min(earliest, max(len(takers) - 1, 0)), max(len(takers), 1))
        yield n if n < len(takers) else late_enough[n % len(late_enough)]
        n += 1


def _reports(made: list[Made], rng: Random) -> Iterator[dict[str, Any]]:
    numbers = count(1)
    for m in made:
        running = MONTH * m.entry.get("months_running", USUAL_MONTHS)
        for report in sorted(m.entry.get("reports", []), key=lambda r: -int(r["days_ago"])):
            at = days_ago(report["days_ago"], rng)
            if report["days_ago"] > running - REPORTS_BEGIN:
                continue
            lights = {axis: report[axis] for axis in AXES}
            common = {"mission_id": m.id, "author_id": m.lead.id, "summary": report["summary"]}
            yield {"id": next(numbers), "at": at} | common | lights
