"""A municipality made up by chance, and needs to ask it about: as large as one likes, always the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from teamhub.missions.composer.needs import Asked, Candidate, Need, Present, Seat, iso_weeks

WEEKS = iso_weeks(date(2027, 1, 4), date(2027, 8, 1))
DIVISIONS, UNITS, SKILLS = 8, 80, 30
LEAD = 10**6

HOW_COMMON = [1 / (number + 3) for number in range(SKILLS)]
"""Some skills many have, and some few: the weight of each."""


def people(number, seed=1):
    """Make so many people with 0–6 shared skills each, of whom four in ten accept assignments."""
    chance = Random(seed)  # noqa: S311 - the same each time
    leaning = [chance.choices(range(SKILLS), HOW_COMMON, k=4) for _ in range(UNITS)]
    gave = [chance.choice((0, 0, 1, 2, 3, 5, 8, 12)) for _ in range(UNITS)]
    made = [person(id, chance, leaning, gave) for id in range(1, number + 1)]
    recent = {}
    for _ in range(number // 60):
        team = {one.id for one in chance.sample(made, 6)}
        for id in team:
            recent[id] = recent.get(id, frozenset()) | (team - {id})
    return [replace(one, recent=recent[one.id]) if one.id in recent else one for one in made]


def person(id, chance, leaning, gave):
    unit = chance.randrange(UNITS)
    ceiling, first, busy = chance.choice((0, 10, 20, 20, 30, 40)), chance.randrange(len(WEEKS)), 0
    if chance.random() < 0.35:
        busy = chance.choice((5, 10, 20))
    load = tuple(busy if first <= week < first + 12 else 0 for week in range(len(WEEKS)))
    known = [
        chance.choice(leaning[unit])
        if chance.random() < 0.4
        else chance.choices(range(SKILLS), HOW_COMMON)[0]
        for _ in range(chance.randint(0, 6))
    ]
    return Candidate(
        id,
        unit,
        division=unit % DIVISIONS,
        free=tuple(max(ceiling - share, 0) for share in load),
        load=load,
        skills={skill: chance.choice((1, 2, 2, 3, 3, 4)) for skill in dict.fromkeys(known)},
        wishes=frozenset(chance.choices(range(SKILLS), HOW_COMMON, k=chance.choice((0, 0, 1, 1, 2, 3)))),
        accepts=chance.random() < 0.4,
        hours=chance.choice((None, None, None, 4, 8, 12)),
        offered=chance.random() < 0.01,
        unit_gave=gave[unit],
    )


def need(seed, seats=9):
    """Make a need with so many seats in one period, each with one or two required skills or more."""
    chance = Random(seed)  # noqa: S311 - the same each time
    first = chance.randrange(8)
    period = (WEEKS[first], WEEKS[first + chance.choice((7, 11, 15, 19))])
    return Need(
        tuple(seat(id, chance, period) for id in range(1, seats + 1)),
        WEEKS,
        min_divisions=min(chance.choice((3, 4, 4, 5)), seats),
        present=(Present(LEAD, chance.randrange(DIVISIONS)),),
    )


def seat(id, chance, period):
    first, *others = dict.fromkeys(
        chance.choices(range(SKILLS), HOW_COMMON, k=chance.choice((1, 1, 2, 2, 3)))
    )
    asked = [Asked(first, chance.choice((2, 2, 3, 3, 4)))]
    asked += [Asked(skill, chance.choice((1, 2, 3)), required=chance.random() < 0.3) for skill in others]
    return Seat(
        id,
        role=f"role {id}",
        share=chance.choice((10, 10, 20, 20, 30)),
        first=period[0],
        last=period[1],
        skills=tuple(asked),
        stretch=id > 1 and chance.random() < 0.15,
    )
