"""The hard rules of a need, one by one: so that what binds can be named, and a rule left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from teamhub.missions.composer.needs import Need, Seat


class Kind(StrEnum):
    """What a rule is about. All but the last three belong to a seat."""

    SKILL = "skill"
    STRETCH = "stretch"
    TIME = "time"
    FROM_DIVISION = "from_division"
    NOT_DIVISION = "not_division"
    PLACE = "place"
    LANGUAGE = "language"
    LOCK = "lock"
    EXCLUDED = "excluded"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``TIME`` is a seat's share in all its weeks, together with the hours a person accepts.

    ``STRETCH`` is that a seat's holder learns from somebody on the team. A lock has both seat and person.
    """

    kind: Kind
    seat: int | None = None
    skill: int | None = None
    person: int | None = None


OF_A_SEAT = {
    Kind.FROM_DIVISION: "from_division",
    Kind.NOT_DIVISION: "not_division",
    Kind.PLACE: "place",
    Kind.LANGUAGE: "language",
}
"""Kind → the seat's field that is None without such a rule."""


def rules_of(need: Need) -> list[Rule]:
    """Return all the rules of a need, those of its seats first, in their order."""
    found = [rule for seat in need.seats for rule in rules_of_seat(seat)]
    found += [Rule(Kind.LOCK, seat=lock.seat, person=lock.person) for lock in need.locked]
    found += [Rule(Kind.EXCLUDED, person=person) for person in sorted(need.excluded)]
    return found + [Rule(Kind.SPAN)] * (need.min_divisions > len(need.divisions_present()))


def rules_of_seat(seat: Seat) -> list[Rule]:
    found = [Rule(Kind.SKILL, seat.id, asked.skill) for asked in seat.skills if asked.required]
    found += [Rule(Kind.STRETCH, seat.id)] * seat.stretch
    found += [Rule(Kind.TIME, seat.id)] * (seat.share > 0)
    return found + [
        Rule(kind, seat.id) for kind, name in OF_A_SEAT.items() if getattr(seat, name) is not None
    ]


def without(need: Need, rules: Iterable[Rule]) -> Need:
    """Return the need with some rules left out. Every team that kept the rules before still does."""
    gone = frozenset(rules)
    seats = tuple(_seat_without(seat, gone) for seat in need.seats)
    return replace(
        need,
        seats=seats,
        locked=tuple(k for k in need.locked if Rule(Kind.LOCK, k.seat, person=k.person) not in gone),
        excluded=frozenset(p for p in need.excluded if Rule(Kind.EXCLUDED, person=p) not in gone),
        min_divisions=0 if Rule(Kind.SPAN) in gone else need.min_divisions,
    )


def _seat_without(seat: Seat, gone: frozenset[Rule]) -> Seat:
    """Leaving out ``STRETCH`` leaves out the seat's skills too: they are required of a learner only."""
    ordinary = seat.stretch and Rule(Kind.STRETCH, seat.id) in gone
    anywhere: dict[str, Any] = {n: None for kind, n in OF_A_SEAT.items() if Rule(kind, seat.id) in gone}
    return replace(
        seat,
        skills=tuple(
            replace(
                a, required=a.required and not ordinary and Rule(Kind.SKILL, seat.id, a.skill) not in gone
            )
            for a in seat.skills
        ),
        stretch=seat.stretch and not ordinary,
        share=0 if Rule(Kind.TIME, seat.id) in gone else seat.share,
        **anywhere,
    )
