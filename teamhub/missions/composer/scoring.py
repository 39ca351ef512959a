"""What a team is worth: the terms of the objective, each in hundredths of a point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from teamhub.missions.composer.needs import TERMS, Candidate, Need, Seat, Terms, Weights
from teamhub.missions.composer.pool import to_learn

FULL = 100
"""A full measure, in hundredths."""


def match(person: Candidate, seat: Seat) -> int:
    """Return how much of the levels a seat asks for a person has, 0–100. More than asked for adds nothing."""
    asked = sum(skill.level for skill in seat.skills)
    has = sum(min(person.skills.get(skill.skill, 0), skill.level) for skill in seat.skills)
    return FULL * has // asked if asked else FULL


def load_after(person: Candidate, seat: Seat, period: tuple[int, int]) -> int:
    """Return a person's load in the fullest week of a seat's period, with the seat, in percent."""
    return max(person.load[slice(*period)]) + seat.share


def worth_anywhere(person: Candidate, need: Need) -> int:
    """Return what a person adds to the score in whichever seat: offered, gave, circle of those present."""
    weights = need.weights
    known = sum(other.person in person.recent for other in need.present)
    return (
        FULL * weights.offered * person.offered
        - weights.gave * person.unit_gave
        - FULL * weights.circle * known
    )


def worth_in(person: Candidate, seat: Seat, load: int, weights: Weights) -> int:
    """Return what a person adds to the score in one seat: match, learning, ``load`` percent afterwards."""
    return (
        weights.match * match(person, seat)
        + FULL * weights.learning * bool(to_learn(person, seat))
        - weights.load * load
    )


def acquainted(one: Candidate, other: Candidate) -> bool:
    """Tell whether two people were on a team together lately, whichever of them remembers it."""
    return other.id in one.recent or one.id in other.recent


def circle(team: Iterable[Candidate], need: Need) -> int:
    """Return how many pairs, those present included, were on a team together lately."""
    people = tuple(team)
    among = sum(acquainted(one, other) for one, other in combinations(people, 2))
    return among + sum(other.person in person.recent for person in people for other in need.present)


def divisions(team: Iterable[Candidate], need: Need) -> frozenset[int]:
    """Return the divisions a team spans, those present included."""
    return need.divisions_present() | {p.division for p in team if p.division is not None}


def terms_of(team: Mapping[int, Candidate], need: Need) -> Terms:
    """Return the terms of a team, given as seat id → person; seats may be empty."""
    weights = need.weights
    held = [(team[seat.id], seat) for seat in need.seats if seat.id in team]
    loads = [load_after(person, seat, need.period(seat)) for person, seat in held]
    measures = {
        "match": sum(match(person, seat) for person, seat in held),
        "learning": FULL * sum(bool(to_learn(person, seat)) for person, seat in held),
        "offered": FULL * sum(person.offered for person, _ in held),
        "load": -sum(loads),
        "gave": -sum(person.unit_gave for person, _ in held),
        "spread": FULL * len(divisions(team.values(), need)),
        "circle": -FULL * circle(team.values(), need),
        "balance": -max(loads, default=0),
    }
    return {term: getattr(weights, term) * measures[term] for term in TERMS}


def score(terms: Terms) -> int:
    return sum(terms.values())
