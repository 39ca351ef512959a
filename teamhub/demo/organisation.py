"""The demo's units, people and offices."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from random import Random
from typing import Any

from teamhub.access.actor import Role
from teamhub.demo.names import Names, address
from teamhub.demo.written import Size, read, spread, store
from teamhub.people.models import Office, Person, Unit, UnitPlacement
from teamhub.people.passwords import hashed
from teamhub.people.personas import DEMO_PASSWORD

FOUNDED = date(2020, 1, 1)
MUNICIPALITY = "Drammen kommune"
WORKING_LEVEL = 2
"""From this level of the tree down, people work in the units; above, only those who lead them."""

KINDS = ("kommune", "kommunalområde", "virksomhet", "avdeling")


@dataclass
class Place:
    """A unit of the demo, with who works there."""

    id: int
    name: str
    code: str
    kind: str
    level: int
    parent: Place | None
    division_id: int | None
    path: str
    leader_id: int = 0
    staff: list[int] = field(default_factory=list)
    """Who works there, but neither leads it nor is a persona: chance only ever picks among these."""


@dataclass
class Somebody:
    """A person of the demo."""

    id: int
    name: str
    email: str
    job: str
    place: Place
    manager_id: int | None = None


@dataclass
class Organisation:
    """Everything the other parts of the demo need to know of it."""

    places: list[Place]
    people: list[Somebody]
    personas: dict[str, Somebody]

    def __post_init__(self) -> None:
        self.working = [p for p in self.places if p.level >= WORKING_LEVEL]
        leads = {p.leader_id for p in self.places}
        known = {p.id for p in self.personas.values()}
        self.leaders = [p for p in self.people if p.id in leads - known and p.place.level <= WORKING_LEVEL]
        self.staff = [p for p in self.people if p.id not in leads | known]

    def of_kind(self, kind: str, rng: Random) -> Place:
        """Return one of the units of a kind; any unit when the content names a kind nobody has."""
        return rng.choice([p for p in self.working if p.kind == kind] or self.working)

    def persona(self, name: str) -> Somebody:
        """Return the persona with the address ``name``@demo.example."""
        return self.personas[f"{name}@demo.example"]


def make(size: Size, rng: Random) -> Organisation:
    """Make and store the organisation."""
    places = _places(size)
    people, personas = _people(size, places, rng)
    _store(places, people, personas)
    return Organisation(places, people, personas)


def _places(size: Size) -> list[Place]:
    numbers = count(1)
    top = Place(next(numbers), MUNICIPALITY, "", "kommune", 0, None, None, "/1/")
    places = [top]

    def add(entry: dict[str, Any], parent: Place) -> None:
        if entry.get("more") and not size.whole:
            return
        number = next(numbers)
        level = parent.level + 1
        place = Place(
            number,
            entry["name"],
            entry.get("code", ""),
            entry.get("kind", "kommunalområde"),
            level,
            parent,
            number if level == 1 else parent.division_id,
            f"{parent.path}{number}/",
        )
        places.append(place)
        for child in entry.get("units", []) + entry.get("below", []):
            add(child, place)

    for division in read("units")["division"]:
        add(division, top)
    return places


def _people(size: Size, places: list[Place], rng: Random) -> tuple[list[Somebody], dict[str, Somebody]]:
    written, numbers = read("people"), count(1)
    names = Names(rng, taken=(entry["name"] for entry in written["persona"]))
    people: list[Somebody] = []

    def add(name: str, job: str, place: Place, email: str | None = None) -> Somebody:
        number = next(numbers)
        somebody = Somebody(number, name, email or address(name, number), job, place)
        people.append(somebody)
        return somebody

    personas = {}
    for entry in written["persona"]:
        place = next(p for p in places if entry["place"] in {p.kind, p.code} and p.level > 0)
        somebody = add(entry["name"], entry["job"], place, entry["email"])
        personas[entry["email"]] = somebody
        if entry.get("leads"):
            place.leader_id = somebody.id
    for place in places:
        place.leader_id = place.leader_id or add(names.draw(), _leader_title(place), place).id
    working = [p for p in places if p.level >= WORKING_LEVEL]
    weights = [written["staff"].get(p.kind, 2) for p in working]
    for place, wanted in zip(working, spread(size.people - len(people), weights), strict=True):
        jobs = written["jobs"].get(place.kind, ["Rådgiver"])
        place.staff = [add(names.draw(), rng.choice(jobs), place).id for _ in range(wanted)]
    for somebody in people:
        somebody.manager_id = _manager_of(somebody)
    return people, personas


def _manager_of(somebody: Somebody) -> int | None:
    place = somebody.place
    if place.leader_id != somebody.id:
        return place.leader_id
    return place.parent.leader_id if place.parent else None


def _leader_title(place: Place) -> str:
    by_kind: dict[str, str] = read("people")["leader"]
    by_level = {0: "Kommunedirektør", 1: "Kommunalsjef", 2: "Virksomhetsleder"}
    return by_kind.get(place.kind) or by_level.get(place.level, "Avdelingsleder")


def _store(places: list[Place], people: list[Somebody], personas: dict[str, Somebody]) -> None:
    store(Unit, (_unit_row(p) for p in places))
    store(
        UnitPlacement,
        (
            {
                "id": p.id,
                "unit_id": p.id,
                "parent_id": p.parent.id if p.parent else None,
                "name": p.name,
                "valid_from": FOUNDED,
                "valid_to": None,
            }
            for p in places
        ),
    )
    password = hashed(DEMO_PASSWORD)
    store(
        Person, (_person_row(p, password if p.email in personas else None) for p in _managers_first(people))
    )
    store(Office, _office_rows(places, personas))


def _managers_first(people: list[Somebody]) -> list[Somebody]:
    """Order people so that everybody comes after their line manager: leaders from the top down."""
    return sorted(people, key=lambda p: (p.place.leader_id != p.id, p.place.level, p.id))


def _unit_row(place: Place) -> dict[str, Any]:
    return {
        "id": place.id,
        "external_ref": f"demo-{place.id}",
        "name": place.name,
        "code": place.code,
        "kind": KINDS[min(place.level, 3)],
        "leader_title": _leader_title(place),
        "level": place.level,
        "parent_id": place.parent.id if place.parent else None,
        "division_id": place.division_id,
        "path": place.path,
        "valid_from": FOUNDED,
        "valid_to": None,
        "version": 1,
    }


def _person_row(person: Somebody, password: str | None) -> dict[str, Any]:
    return {
        "id": person.id,
        "email": person.email,
        "name": person.name,
        "job_title": person.job,
        "unit_id": person.place.id,
        "manager_id": person.manager_id,
        "password_hash": password,
        "color_scheme": "auto",
        "is_active": True,
        "version": 1,
    }


def _office_rows(places: list[Place], personas: dict[str, Somebody]) -> list[dict[str, Any]]:
    held = [(p.leader_id, Role.DIRECTOR if p.level <= 1 else Role.UNIT_MANAGER, p.id) for p in places]
    for entry in read("people")["persona"]:
        if "office" in entry:
            whole = entry["office"] != "digital_agent"
            somebody = personas[entry["email"]]
            held.append((somebody.id, Role(entry["office"]), 1 if whole else somebody.place.id))
    return [
        {"id": n, "person_id": who, "kind": kind, "unit_id": unit, "valid_from": FOUNDED, "valid_to": None}
        for n, (who, kind, unit) in enumerate(held, 1)
    ]
