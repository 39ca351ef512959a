"""People and seats for tests that say themselves what matters; the rest is nothing special."""

from __future__ import annotations

from teamhub.missions.composer.needs import Asked, Candidate, Need, Seat

WEEKS = tuple(f"2027-W{number:02}" for number in range(10, 20))
DATA, LAW, DESIGN = 1, 2, 3


def someone(id, *, division=10, free=40, load=0, accepts=True, **rest):
    """Make a person. ``free`` and ``load`` are the same in all weeks, or tell of some by their numbers."""
    return Candidate(
        id,
        unit=division,
        division=division,
        free=weekly(free, 40),
        load=weekly(load, 0),
        accepts=accepts,
        **rest,
    )


def weekly(percent, otherwise):
    if isinstance(percent, int):
        return (percent,) * len(WEEKS)
    return tuple(percent.get(int(week[-2:]), otherwise) for week in WEEKS)


def seat(id, *skills, share=20, first=12, last=15, **rest):
    """Make a seat that requires skills, given as (skill, level) or as ``Asked``."""
    asked = tuple(skill if isinstance(skill, Asked) else Asked(*skill) for skill in skills)
    return Seat(id, f"role {id}", share, f"2027-W{first:02}", f"2027-W{last:02}", asked, **rest)


def need(*seats, **rest):
    return Need(seats, WEEKS, **rest)
