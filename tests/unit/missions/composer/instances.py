"""Small needs with few people, so that every team there could be can be tried."""

from __future__ import annotations

from itertools import permutations
from random import Random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from teamhub.missions.composer.needs import Asked, Candidate, Lock, Need, Present, Seat, Weights
from tests.unit.missions.composer import validator

WEEKS = ("2027-W51", "2027-W52", "2028-W01", "2028-W02")
SKILLS, DIVISIONS = (1, 2, 3), (10, 20, 30)
SEATLESS = 99


def every_time_the_same(number):
    """Let hypothesis try so many examples, the same ones in each run."""
    slow_is_fine = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    return settings(
        max_examples=number,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=slow_is_fine,
    )


def candidate(id, chance, hardness):
    """Make a person who is the harder to place the nearer ``hardness`` is to 1."""

    def rarely():
        return chance.random() < hardness / 4

    most = chance.choice((10, 20, 20, 40, 40))
    return Candidate(
        id,
        unit=id % 4,
        division=chance.choice((*DIVISIONS, *DIVISIONS, None)),
        free=tuple(most // 2 if rarely() else most for _ in WEEKS),
        load=tuple(chance.choice((0, 0, 10, 20)) for _ in WEEKS),
        skills={skill: chance.randint(1, 4) for skill in SKILLS if chance.random() > hardness / 3},
        wishes=frozenset(skill for skill in SKILLS if chance.random() < 0.6),
        accepts=not rarely(),
        hours=chance.choice((None, None, 10, 8, 4)),
        offered=chance.random() < 0.3,
        unit_gave=chance.choice((0, 0, 5, 12)),
        recent=frozenset(chance.choices((*range(1, 9), SEATLESS), k=chance.choice((0, 0, 1, 2)))) - {id},
        places=frozenset() if rarely() else frozenset({"north"}),
        languages=frozenset({"nb"}) if rarely() else frozenset({"nb", "en"}),
    )


def seat(id, chance, hardness):
    """Make a seat that asks for the more the nearer ``hardness`` is to 1."""
    first = chance.randint(0, 2)
    skills = chance.sample(SKILLS, k=chance.choice((0, 1, 1, 2)))
    return Seat(
        id,
        role=f"role {id}",
        share=chance.choice((10, 10, 20)),
        first=WEEKS[first],
        last=WEEKS[chance.randint(first, 3)],
        skills=tuple(Asked(skill, chance.randint(1, 3), chance.random() < 0.6) for skill in skills),
        stretch=bool(skills) and chance.random() < 0.25,
        from_division=chance.choice(DIVISIONS) if chance.random() < hardness / 6 else None,
        not_division=chance.choice(DIVISIONS) if chance.random() < hardness / 3 else None,
        place="north" if chance.random() < hardness / 3 else None,
        language="en" if chance.random() < hardness / 3 else None,
    )


def instance(seed, people, seats, hardness):
    """Make a need and the people it is asked about."""
    chance = Random(seed)  # noqa: S311 - the same each time
    candidates = [candidate(id, chance, hardness) for id in range(1, people + 1)]
    locked = (Lock(chance.randint(1, people), 100),) if chance.random() < 0.2 else ()
    excluded = {chance.randint(1, people)} if chance.random() < 0.3 else set()
    need = Need(
        tuple(seat(100 + number, chance, hardness) for number in range(seats)),
        WEEKS,
        min_divisions=min(chance.choice((1, 2, 2, 3)), seats),
        locked=locked,
        excluded=frozenset(excluded - {lock.person for lock in locked}),
        present=(Present(SEATLESS, chance.choice((*DIVISIONS, None))),) if chance.random() < 0.5 else (),
        weights=Weights(*(chance.choice((0, 1, 7, 20, 40)) for _ in range(8))),
        draw=chance.randint(0, 3),
    )
    return need, candidates


instances = st.builds(
    instance,
    seed=st.integers(0, 2**32),
    people=st.integers(4, 7),
    seats=st.sampled_from((3, 2, 4, 1)),
    hardness=st.sampled_from((0.1, 0.3, 0.5, 0.8)),
)


def every_team(need, people):
    """Return all the teams that keep the rules, as seat id → person id."""
    ids = [seat.id for seat in need.seats]
    found = (dict(zip(ids, chosen, strict=True)) for chosen in permutations([p.id for p in people], len(ids)))
    return [team for team in found if not validator.faults(need, people, team)]


def people_of(proposal):
    return {placement.person for placement in proposal.placements}


def team_of(proposal):
    return {placement.seat: placement.person for placement in proposal.placements}
