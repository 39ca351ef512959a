"""What one would do by hand: fill one seat after the other. The baseline the composer is measured against."""

from __future__ import annotations

from collections.abc import Callable

from teamhub.missions.composer.columns import allowed
from teamhub.missions.composer.needs import Candidate, Need, Seat
from teamhub.missions.composer.pool import Pool
from teamhub.missions.composer.scoring import load_after, match, worth_anywhere, worth_in

Worth = Callable[[Candidate, Seat, Need], tuple[int, ...]]


def by_match(person: Candidate, seat: Seat, need: Need) -> tuple[int, ...]:
    """Prefer who matches the skills best, then who has the highest levels, then who has the least load."""
    levels = sum(person.skills.get(asked.skill, 0) for asked in seat.skills)
    return match(person, seat), levels, -load_after(person, seat, need.period(seat))


def by_score(person: Candidate, seat: Seat, need: Need) -> tuple[int, ...]:
    """Prefer who adds most to the score, as far as one person does."""
    load = load_after(person, seat, need.period(seat))
    return (worth_anywhere(person, need) + worth_in(person, seat, load, need.weights),)


def fill(need: Need, pool: Pool, worth: Worth = by_match) -> dict[int, int]:
    """Return seat id → place in the pool, filled in the need's order; seats may stay empty.

    Each seat takes the best of those who can hold it and are not taken. Nobody looks at the team as a whole:
    neither at divisions nor at teachers.
    """
    team: dict[int, int] = {}
    for seat, holders in zip(need.seats, allowed(need, pool), strict=True):
        free = [at for at in holders if at not in team.values()]
        worths = [worth(pool.people[at], seat, need) for at in free]
        if free:
            team[seat.id] = free[worths.index(max(worths))]
    return team
