"""The same question has the same answer, whoever asks first, and an answer comes in time."""

from __future__ import annotations

import ast
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

from teamhub.missions.composer import model, search
from teamhub.missions.composer.model import solve
from teamhub.missions.composer.needs import Ended
from teamhub.missions.composer.pool import Pool
from tests.unit.missions.composer import crowd, validator
from tests.unit.missions.composer.cast import need, seat, someone
from tests.unit.missions.composer.instances import team_of

pytestmark = pytest.mark.once

NEEDS = [crowd.need(seed, seats=5) for seed in range(5)]


@pytest.fixture(scope="module")
def town():
    return crowd.people(2000)


@pytest.fixture(scope="module")
def results(town):
    return [solve(need, town) for need in NEEDS]


def test_the_same_need_has_the_same_teams(town, results):
    assert [solve(need, town) for need in NEEDS] == results
    assert any(result.proposals for result in results)


def test_the_order_of_the_candidates_does_not_matter(town, results):
    shuffled = Random(1).sample(town, k=len(town))  # noqa: S311 - the same each time

    assert [solve(need, shuffled) for need in NEEDS] == results


def test_needs_may_be_solved_at_the_same_time(town, results):
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda need: solve(need, town), NEEDS)) == results


def test_ties_do_not_always_favour_the_same_people():
    people = [someone(id) for id in range(1, 41)]
    chosen = {
        placement.person
        for draw in range(20)
        for placement in solve(need(seat(1), draw=draw), people, teams=1).proposals[0].placements
    }

    assert len(chosen) > 10


def test_without_time_the_best_that_was_found_comes_with_its_gap(town):
    need = NEEDS[0]
    best = solve(need, town).proposals[0].gap.score

    result = solve(need, town, seconds=0)

    assert result.ended is Ended.TIME
    (proposal,) = result.proposals
    assert validator.faults(need, town, team_of(proposal)) == []
    assert not proposal.gap.proven
    assert proposal.gap.score <= best <= proposal.gap.bound


@pytest.mark.parametrize("looks", range(6))
def test_whenever_the_time_is_over_what_was_found_is_good_and_no_more_is_claimed(town, monkeypatch, looks):
    anybody = tuple(replace(one, skills=(), stretch=False) for one in NEEDS[0].seats)
    need = replace(NEEDS[0], seats=anybody)
    best = [proposal.gap.score for proposal in solve(need, town).proposals]
    numbers = count(1)
    clock = SimpleNamespace(monotonic=lambda: time.monotonic() + 1e6 * (next(numbers) > looks))
    monkeypatch.setattr(search, "time", clock)

    result = solve(need, town)

    assert result.ended is Ended.TIME
    assert not result.proposals[-1].gap.proven
    for proposal in result.proposals:
        assert validator.faults(need, town, team_of(proposal)) == []
        assert proposal.gap.score <= proposal.gap.bound
    assert result.proposals[0].gap.score <= best[0] <= result.proposals[0].gap.bound


def test_a_search_that_is_cut_short_comes_with_what_it_may_have_missed(town, results, monkeypatch):
    def cut_short(program, chosen, cuts, seconds):
        answer = whole(program, chosen, cuts, seconds)
        return replace(answer, proven=False, bound=answer.cost - 250)

    whole = search.Program.solve
    monkeypatch.setattr(search.Program, "solve", cut_short)
    for asked, result in zip(NEEDS, results, strict=True):
        for cut, best in zip(solve(asked, town, teams=1).proposals, result.proposals, strict=False):
            assert cut.gap.score <= best.gap.score <= cut.gap.bound <= cut.gap.score + 250


def test_a_gap_counts_in_whole_hundredths_what_a_team_may_have_more(town, results):
    need, best = next((n, r.proposals[0]) for n, r in zip(NEEDS, results, strict=True) if r.proposals)
    pool = Pool(town, need.weeks)
    team = [pool.index[placement.person] for placement in best.placements]
    present = 100 * need.weights.spread * len(need.divisions_present())
    cost = present - best.gap.score

    gaps = [
        model._proposal(need, pool, team, bound, 1).gap for bound in (cost, cost - 0.5, cost - 1, cost - 7.3)
    ]

    assert [gap.points for gap in gaps] == [0, 0, 1, 7]
    assert [gap.proven for gap in gaps] == [True, True, False, False]


def test_the_composer_is_pure_and_loads_its_solver_late():
    loads_highs = {"program.py", "search.py", "sheet.py"}
    for path in Path(model.__file__).parent.glob("*.py"):
        lines = [
            node for node in ast.parse(path.read_text()).body if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        names = {
            name
            for line in lines
            for name in ([line.module] if isinstance(line, ast.ImportFrom) else [a.name for a in line.names])
        }
        ours = {name for name in names if name.split(".")[0] == "teamhub"}

        assert all(name.startswith("teamhub.missions.composer") for name in ours)
        assert path.name in loads_highs or not {"numpy", "highspy", "numpy.typing"} & names
        assert not {"flask", "sqlalchemy"} & {name.split(".")[0] for name in names}
