"""Measure the composer on the demo municipality: `python -m tools.bench_demo_teams`.

200 seeded needs of five to nine seats over the `full` demo, gathered from its database as a lead's page does:
how many are fully met, divisions spanned and highest load, against filling one seat after the other. Then how
long such a page takes to gather and to answer.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from statistics import mean, median, quantiles

from sqlalchemy import select

from teamhub.competence.models import Skill
from teamhub.core import clock
from teamhub.core.db import db
from teamhub.missions.composer.explain import overview
from teamhub.missions.composer.faults import faults
from teamhub.missions.composer.pool import Pool
from teamhub.missions.composer.scoring import score, terms_of
from teamhub.missions.composing import answers
from teamhub.missions.composing.gather import Gathered, gather
from teamhub.missions.composing.wishes import Wishes
from teamhub.missions.models import Mission, Seat
from teamhub.missions.states import SeatState
from teamhub.people.models import Person
from tools.bench_composer import WAYS
from tools.bench_similar import place

NEEDS = 200
SPAN = 3
SHARES = (5, 10, 10, 20)
LEVELS = (1, 2, 2, 3)
STRETCH = 0.15


def needs(number: int) -> Iterator[tuple[Mission, list[Seat]]]:
    """Yield missions that are not stored, each led by somebody and with seats for skills of the list."""
    skills = sorted(db.session.scalars(select(Skill.id)))
    leads = sorted(db.session.scalars(select(Person.id).where(Person.is_active)))
    for seed in range(number):
        rng = Random(seed)  # noqa: S311 - the same needs each time
        mission = Mission(id=1_000_000 + seed, lead_id=rng.choice(leads))
        starts = clock.today() + timedelta(weeks=rng.randint(1, 8))
        yield mission, [_seat(mission, n, starts, skills, rng) for n in range(5 + seed % 5)]


def _seat(mission: Mission, number: int, starts: object, skills: list[int], rng: Random) -> Seat:
    return Seat(
        id=mission.id * 10 + number,
        mission_id=mission.id,
        role=f"Plass {number + 1}",
        skill_id=rng.choice(skills),
        level=rng.choice(LEVELS),
        share=rng.choice(SHARES),
        starts_on=starts,
        ends_on=starts + timedelta(weeks=rng.randint(8, 20)),  # type: ignore[operator]
        stretch=rng.random() < STRETCH,
        state=SeatState.OPEN,
    )


def gathered(number: int) -> list[Gathered]:
    wishes = Wishes(span=SPAN)
    return [found for mission, seats in needs(number) if (found := gather(mission, seats, wishes))]


def report_gain(all_needs: list[Gathered]) -> None:
    pools = [Pool(each.candidates, each.need.weeks, each.need.draw) for each in all_needs]
    made = {
        name: [(each.need, way(each.need, pool)) for each, pool in zip(all_needs, pools, strict=True)]
        for name, way in WAYS.items()
    }
    met = {name: [not faults(need, team) for need, team in teams] for name, teams in made.items()}
    by_all = [at for at in range(len(all_needs)) if all(good[at] for good in met.values())]
    print(f"{len(all_needs)} needs; means over the {len(by_all)} that all ways meet")
    print("                             fully met   divisions   highest load   points")
    for name, teams in made.items():
        seen = [overview(*teams[at]) for at in by_all]
        points = mean(score(terms_of(team, need)) for need, team in (teams[at] for at in by_all)) / 100
        print(
            f"  {name:25}  {sum(met[name]) / len(all_needs):9.1%}"
            f"   {mean(len(o.divisions) for o in seen):9.2f}"
            f"   {mean(o.highest_load for o in seen):10.1f} %   {points:6.1f}",
            flush=True,
        )


def report_speed(number: int) -> None:
    """Time what a lead's page does: gather, three teams with their reasons, or what binds."""
    gathering, answering = [], []
    for mission, seats in needs(number):
        db.session.rollback()
        began = time.perf_counter()
        found = gather(mission, seats, Wishes(span=SPAN))
        asked = time.perf_counter()
        if found:
            answers.propose(found)
        gathering.append(asked - began)
        answering.append(time.perf_counter() - asked)
    for name, took in (("gathering", gathering), ("answering", answering)):
        print(
            f"  {name:10} median {median(took):.3f}  p95 {quantiles(took, n=20)[18]:.3f}"
            f"  worst {max(took):.3f} s"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--needs", type=int, default=NEEDS)
    parser.add_argument("--size", default="full")
    parser.add_argument("--on", choices=("sqlite", "postgresql"), default="sqlite")
    asked = parser.parse_args()
    with place(asked.on, "demo", "load", "--size", asked.size):
        all_needs = gathered(asked.needs)
        print(f"{asked.size}: {len(all_needs[0].candidates)} open to a seat", flush=True)
        report_gain(all_needs)
        report_speed(asked.needs)


if __name__ == "__main__":
    main()
