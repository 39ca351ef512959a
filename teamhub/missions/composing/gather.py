"""What the composer needs to know of a mission: its seats, and the people who may be asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from teamhub.competence.queries import FULL
from teamhub.core import clock
from teamhub.missions.composer.needs import Asked, Candidate, Lock, Need, Present, iso_weeks
from teamhub.missions.composer.needs import Seat as Place
from teamhub.missions.composing.facts import facts_of, people_of
from teamhub.missions.composing.wishes import Wishes
from teamhub.missions.models import Mission, Seat
from teamhub.missions.states import SeatState
from teamhub.missions.weeks import ceiling

LATELY = timedelta(weeks=26)
"""How far back a unit's gifts of time, and who has been on a team with whom, are looked at."""

ROOM = timedelta(weeks=8)
"""So far beyond the last seat free time is told, so that moving a seat can be tried."""

LONGEST = timedelta(weeks=156)
AWAY_DAYS = 3
"""From so many working days of absence on, a week is nobody's."""


@dataclass(frozen=True)
class Shown:
    """What a page says of a person."""

    id: int
    name: str
    unit: str
    division_id: int | None


@dataclass(frozen=True)
class Gathered:
    """A need with the people it may be met by.

    ``held`` are seats somebody is asked for or has; ``declined`` are people who said no to a seat of this
    mission, or whose managers did: they are not proposed again.
    """

    need: Need
    candidates: tuple[Candidate, ...]
    people: dict[int, Shown]
    held: frozenset[int]
    declined: frozenset[int] = frozenset()

    @property
    def open(self) -> int:
        return len(self.need.seats) - len(self.held)


def gather(mission: Mission, seats: Iterable[Seat], wishes: Wishes) -> Gathered | None:
    """Return what to ask the composer; None when no seat is open. At two statements.

    ``seats`` are loaded in full.
    """
    today = clock.today()
    seats = _once_each(s for s in seats if s.state != SeatState.DONE and s.ends_on >= today)
    held = {seat.id: seat.person_id for seat in seats if seat.person_id is not None}
    if len(held) == len(seats):
        return None
    monday = today - timedelta(days=today.weekday())
    last = min(max(seat.ends_on for seat in seats) + ROOM, monday + LONGEST)
    calendar = Calendar(monday, iso_weeks(monday, last))
    wished = {s.id: p for s in seats if (p := wishes.locked.get(s.id)) and p not in held.values()}
    locked = wished | held
    named = {*held.values(), *locked.values(), *wishes.placed.values(), mission.lead_id}
    skills = {asked.skill for seat in seats for asked in _skills(seat)}
    rows = people_of(named, held=set(held.values()))
    known = _Known(facts_of(skills, mission.id, today - LATELY), calendar, mission.id)
    candidates = tuple(known.candidate(row, held=row.id in held.values()) for row in rows)
    lead = next((row for row in rows if row.id == mission.lead_id), None)
    present = () if lead is None or lead.id in locked.values() else (Present(lead.id, lead.division_id),)
    need = Need(
        seats=tuple(_place(seat, calendar, seat.id in held) for seat in seats),
        weeks=calendar.weeks,
        min_divisions=wishes.span,
        locked=tuple(Lock(person, seat) for seat, person in locked.items()),
        excluded=(wishes.excluded | known.declined) - set(locked.values()) - {p.person for p in present},
        present=present,
        weights=wishes.weights,
        draw=mission.id,
    )
    people = {row.id: Shown(row.id, row.name, row.unit, row.division_id) for row in rows}
    return Gathered(need, candidates, people, frozenset(held), frozenset(known.declined))


def _once_each(seats: Iterable[Seat]) -> list[Seat]:
    """Return the seats without those that somebody holds beside another one: they need nobody more."""
    found, seen = [], set[int]()
    for seat in seats:
        if seat.person_id is None or seat.person_id not in seen:
            found.append(seat)
        if seat.person_id is not None:
            seen.add(seat.person_id)
    return found


class Calendar:
    """Weeks from a Monday on, and which of them a period touches."""

    def __init__(self, monday: date, weeks: tuple[str, ...]) -> None:
        self.monday, self.weeks = monday, weeks

    def place(self, day: date) -> int:
        return min(max((day - self.monday).days // 7, 0), len(self.weeks) - 1)

    def touched(self, first: date, last: date) -> range:
        """Return the weeks a period has a day in; none when it lies wholly outside."""
        start, end = (first - self.monday).days // 7, (last - self.monday).days // 7
        return range(max(start, 0), min(end + 1, len(self.weeks)))

    def away(self, first: date, last: date) -> Iterable[int]:
        """Return the weeks of which a period takes at least ``AWAY_DAYS`` working days."""
        for week in self.touched(first, last):
            begins = self.monday + timedelta(weeks=week)
            friday = begins + timedelta(days=4)
            if (min(last, friday) - max(first, begins)).days + 1 >= AWAY_DAYS:
                yield week


def _place(seat: Seat, calendar: Calendar, held: bool) -> Place:  # noqa: FBT001 - reads as a sentence
    """Return a seat as the composer knows it. One that is held asks for nothing more of who holds it."""
    first, last = (calendar.weeks[calendar.place(day)] for day in (seat.starts_on, seat.ends_on))
    if held:
        return Place(seat.id, seat.role, 0, first, last)
    skills = _skills(seat)
    return Place(
        seat.id,
        seat.role,
        seat.share,
        first,
        last,
        skills,
        stretch=seat.stretch and bool(skills),
        from_division=seat.from_division_id,
        not_division=seat.not_division_id,
        place=_code(seat.place_id),
        language=_code(seat.language),
    )


def _skills(seat: Seat) -> tuple[Asked, ...]:
    """Return all skills a seat asks for, required and wished."""
    first = [Asked(seat.skill_id, seat.level or 1)] if seat.skill_id else []
    asked = [*first, *(Asked(more.skill_id, more.level, more.required) for more in seat.more)]
    return tuple({each.skill: each for each in reversed(asked)}.values())[::-1]


def _code(value: object | None) -> str | None:
    """Return a place or a language by the text the composer knows it by."""
    return None if value is None else str(value)


class _Known:
    """What the facts tell of each person, of units, and of who was on a team with whom."""

    def __init__(self, facts: Iterable[Any], calendar: Calendar, mission_id: int) -> None:
        self.calendar, self.weeks = calendar, len(calendar.weeks)
        self.skills: defaultdict[int, dict[int, int]] = defaultdict(dict)
        self.wishes: defaultdict[int, set[int]] = defaultdict(set)
        self.places: defaultdict[int, set[str]] = defaultdict(set)
        self.languages: defaultdict[int, set[str]] = defaultdict(set)
        self.offered: set[int] = set()
        self.declined: set[int] = set()
        self.loads: dict[int, list[int]] = {}
        self.away: defaultdict[int, set[int]] = defaultdict(set)
        self.together: defaultdict[int, set[int]] = defaultdict(set)
        self._days: defaultdict[int, int] = defaultdict(int)
        teams: defaultdict[int, set[int]] = defaultdict(set)
        for kind, person, *rest in facts:
            if kind == "seat":
                teams[rest[1]].add(person)
                self._add_contract(person, *rest)
            elif kind == "skill":
                self._add_skill(person, *rest[:3])
            elif kind == "away":
                self.away[person].update(calendar.away(*rest[3:5]))
            else:
                self._add_said(kind, person, *rest)
        for team in (team for id_, team in teams.items() if id_ != mission_id):
            for person in team:
                self.together[person] |= team - {person}

    def _add_contract(
        self, person: int, unit: int, _mission: int, share: int, first: date, last: date, state: str
    ) -> None:
        today = clock.today()
        days = (min(last, today) - max(first, today - LATELY)).days + 1
        self._days[unit] += share * max(days, 0)
        if state != SeatState.DONE:
            load = self.loads.setdefault(person, [0] * self.weeks)
            for week in self.calendar.touched(first, last):
                load[week] += share

    def _add_skill(self, person: int, skill: int, level: int | None, wants: int) -> None:
        if level:
            self.skills[person][skill] = level
        if wants:
            self.wishes[person].add(skill)

    def _add_said(self, kind: str, person: int, place: int | None, *rest: Any) -> None:
        if kind == "place":
            self.places[person].add(str(place))
        elif kind == "language":
            self.languages[person].add(str(rest[-1]))
        elif kind == "no":
            self.declined.add(person)
        else:
            self.offered.add(person)

    def gave(self, unit_id: int) -> int:
        """Return what a unit has given lately, as a mean in percent of a full time."""
        return self._days[unit_id] // LATELY.days

    def load(self, person: int) -> tuple[int, ...]:
        return tuple(self.loads[person]) if person in self.loads else (0,) * self.weeks

    def free(self, person: int, most: int) -> tuple[int, ...]:
        """Return what is left of ``most`` percent in each week; nothing where somebody is away."""
        load, away = self.load(person), self.away.get(person, ())
        if not away and person not in self.loads:
            return (most,) * self.weeks
        return tuple(0 if week in away else max(most - load[week], 0) for week in range(self.weeks))

    def candidate(self, row: Any, *, held: bool) -> Candidate:
        return Candidate(
            id=row.id,
            unit=row.unit_id,
            division=row.division_id,
            free=self.free(row.id, ceiling() * (row.share or FULL) // FULL),
            load=self.load(row.id),
            skills=self.skills.get(row.id, {}),
            wishes=frozenset(self.wishes.get(row.id, ())),
            places=frozenset(self.places.get(row.id, ())),
            languages=frozenset(self.languages.get(row.id, ())),
            accepts=held or row.hours is not None,
            hours=row.hours,
            offered=row.id in self.offered,
            unit_gave=self.gave(row.unit_id),
            recent=frozenset(self.together.get(row.id, ())),
        )
