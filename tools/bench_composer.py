"""Measure the team composer: `python -m tools.bench_composer`.

Three teams of nine out of 9,000 and 20,000 people made up by chance, with the explanation of each, and the
memory of a process that does nothing else (quality.md P8). Then what it gains over filling one seat after the
other by hand, over 200 needs: how many are fully met, divisions spanned, highest load. Last, how long it
takes to say what binds when there is no team.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from statistics import mean, median

from teamhub.missions.composer import greedy
from teamhub.missions.composer.compare import Alternatives
from teamhub.missions.composer.explain import overview
from teamhub.missions.composer.faults import faults
from teamhub.missions.composer.model import solve_in
from teamhub.missions.composer.needs import Candidate, Ended, Need, Result
from teamhub.missions.composer.pool import Pool
from teamhub.missions.composer.relax import diagnose_in
from teamhub.missions.composer.scoring import score, terms_of
from teamhub.missions.composer.teams import Team, team_of
from tests.unit.missions.composer import crowd

LIMITS_S = {9_000: 1.0, 20_000: 3.0}
MOST_MB = 300
SEATS = 9
ROUNDS = 20
NEEDS, PEOPLE, DIAGNOSED = 200, 2_000, 40

Way = Callable[[Need, Pool], Team]


# -- speed and memory: each size in a process of its own ---------------------------------------------------


def in_a_process_of_its_own(number: int, rounds: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tools.bench_composer", "--alone", str(number), "--rounds", str(rounds)]
    answer: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return answer


def alone(number: int, rounds: int) -> dict[str, float]:
    """Solve needs of nine seats that have three teams. Seconds each, and megabytes at most."""
    people = crowd.people(number)
    solve_in(Pool(people, crowd.WEEKS), crowd.need(0, SEATS))  # loads HiGHS
    before = megabytes()
    solving, explaining, processor, unproven = [], [], [], 0
    for seed in range(10 * rounds):
        need = crowd.need(seed, SEATS)
        began, used = time.perf_counter(), time.process_time()
        pool = Pool(people, need.weeks)
        result = solve_in(pool, need)
        solved = time.perf_counter()
        if len(result.proposals) < 3:
            continue
        explain(need, pool, result, people)
        solving.append(solved - began)
        explaining.append(time.perf_counter() - solved)
        processor.append(time.process_time() - used)
        unproven += not all(proposal.gap.proven for proposal in result.proposals)
        if len(solving) == rounds:
            break
    whole = [a + b for a, b in zip(solving, explaining, strict=True)]
    return {
        "needs": len(whole),
        "solving": median(solving),
        "explaining": median(explaining),
        "worst": max(whole),
        "processor": max(processor),
        "unproven": unproven,
        "before": before,
        "most": megabytes(),
    }


def explain(need: Need, pool: Pool, result: Result, people: list[Candidate]) -> None:
    alternatives, earlier = Alternatives(need, pool), list[Team]()
    by_id = {person.id: person for person in people}
    for proposal in result.proposals:
        team = team_of(proposal.placements, [by_id[placed.person] for placed in proposal.placements])
        overview(need, team)
        alternatives.choices(team, earlier)
        earlier.append(team)


def megabytes() -> float:
    """Return the most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report_speed(rounds: int) -> None:
    print(f"three teams of {SEATS}, seconds, {rounds} needs each")
    print("          median, median,     worst of both,           all       memory, MB")
    print("  people  solving explaining  clock  processor  limit  proven  most  after the first")
    for number, limit in LIMITS_S.items():
        got = in_a_process_of_its_own(number, rounds)
        ok = got["worst"] <= limit and got["most"] <= MOST_MB
        print(
            f"  {number:6}  {got['solving']:7.2f} {got['explaining']:10.2f}  {got['worst']:5.2f}"
            f"  {got['processor']:9.2f}  {limit:5.1f}  {'no' if got['unproven'] else 'yes':>6}"
            f"  {got['most']:4.0f}  {got['before']:15.0f}{'' if ok else '  NOT'}",
            flush=True,
        )


# -- against filling seats by hand -------------------------------------------------------------------------


def composed(need: Need, pool: Pool) -> Team:
    result = solve_in(pool, need, teams=1)
    if result.ended is Ended.TIME:
        raise TimeoutError
    return team_of(result.proposals[0].placements, pool.people) if result.proposals else {}


def by_hand(worth: greedy.Worth) -> Way:
    def way(need: Need, pool: Pool) -> Team:
        return {seat: pool.people[at] for seat, at in greedy.fill(need, pool, worth).items()}

    return way


WAYS: Mapping[str, Way] = {
    "seat by seat, best match": by_hand(greedy.by_match),
    "seat by seat, best score": by_hand(greedy.by_score),
    "composer": composed,
}


def needs(number: int) -> Iterator[Need]:
    """Yield needs of five to nine seats."""
    for seed in range(number):
        yield crowd.need(1_000 + seed, 5 + seed % 5)


def report_gain(number: int, people: int) -> None:
    pool = Pool(crowd.people(people), crowd.WEEKS)
    teams = {name: [(need, way(need, pool)) for need in needs(number)] for name, way in WAYS.items()}
    met = {name: [not faults(need, team) for need, team in made] for name, made in teams.items()}
    by_all = [at for at in range(number) if all(good[at] for good in met.values())]
    print(
        f"\n{number} needs of five to nine seats, {people} people; means over the {len(by_all)} all ways meet"
    )
    print("                             fully met   divisions   highest load   points")
    for name, made in teams.items():
        seen = [overview(*made[at]) for at in by_all]
        points = mean(score(terms_of(team, need)) for need, team in (made[at] for at in by_all)) / 100
        print(
            f"  {name:25}  {sum(met[name]) / number:9.1%}   {mean(len(o.divisions) for o in seen):9.2f}"
            f"   {mean(o.highest_load for o in seen):10.1f} %   {points:6.1f}"
        )
    possible = sum(met["composer"])
    print(f"  no team can meet the other {number - possible}: that is proven", flush=True)


# -- when there is no team ---------------------------------------------------------------------------------


def report_changes(number: int, people: int) -> None:
    """Ask what binds, for the needs of the comparison that nobody can meet."""
    pool = Pool(crowd.people(people), crowd.WEEKS)
    seconds, helped, sizes = [], 0, []
    for need in needs(number):
        if len(seconds) == DIAGNOSED:
            break
        if solve_in(pool, need, teams=1).proposals:
            continue
        began = time.perf_counter()
        diagnosis = diagnose_in(pool, need)
        seconds.append(time.perf_counter() - began)
        helped += bool(diagnosis.suggestions)
        sizes += [len(diagnosis.suggestions[0].changes)] if diagnosis.suggestions else []
    print(f"\n{len(seconds)} needs without a team, {people} people: what binds, and up to four suggestions")
    print(f"  seconds: median {median(seconds):.2f}, worst {max(seconds):.2f}")
    print(
        f"  with a suggestion: {helped}; changes in the first one: {mean(sizes):.1f} on average", flush=True
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="needs for each number of people")
    parser.add_argument("--needs", type=int, default=NEEDS)
    parser.add_argument("--people", type=int, default=PEOPLE, help="people of the comparison")
    parser.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.alone:
        print(json.dumps(alone(asked.alone, asked.rounds)))
        return
    report_speed(asked.rounds)
    report_gain(asked.needs, asked.people)
    report_changes(asked.needs, asked.people)


if __name__ == "__main__":
    main()
