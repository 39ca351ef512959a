"""The composer's teams are the best there are: held against every team of small needs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from teamhub.missions.composer import search
from teamhub.missions.composer.columns import allowed, columns_of
from teamhub.missions.composer.model import solve
from teamhub.missions.composer.needs import Ended
from teamhub.missions.composer.pool import Pool
from teamhub.missions.composer.program import Program
from teamhub.missions.composer.scoring import FULL
from tests.unit.missions.composer import crowd, validator
from tests.unit.missions.composer.instances import (
    every_team,
    every_time_the_same,
    instances,
    people_of,
    team_of,
)

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def _few_at_a_time():
    """Let the search begin with so few columns that it must find the rest by their prices."""
    with pytest.MonkeyPatch.context() as patch:
        for limit in ("AT_FIRST", "EACH_ROUND", "WORTH_A_TRY"):
            patch.setattr(search, limit, 1)
        yield


@pytest.mark.usefixtures("_few_at_a_time")
@every_time_the_same(500)
@given(instances)
def test_each_of_three_teams_is_the_best_of_all_that_differ_enough(instance):
    need, people = instance
    left = every_team(need, people)

    result = solve(need, people)

    apart = min(2, len(need.seats) - len(need.locked)) or 1
    for proposal in result.proposals:
        best = max(validator.score(need, people, team) for team in left)
        assert validator.faults(need, people, team_of(proposal)) == []
        assert validator.score(need, people, team_of(proposal)) == proposal.gap.score == best
        assert sum(proposal.terms.values()) == best
        assert proposal.gap.proven
        left = [team for team in left if len(set(team.values()) - people_of(proposal)) >= apart]
    assert result.ended is (Ended.ENOUGH if len(result.proposals) == 3 else Ended.NO_MORE)
    assert len(result.proposals) == 3 or not left


@pytest.fixture(scope="module")
def town():
    return crowd.people(6000)


@pytest.mark.parametrize("seed", [0, 2, 4, 5])
def test_pricing_finds_what_the_whole_program_finds(seed, town):
    need = undemanding(crowd.need(seed, seats=5))
    pool = Pool(town, need.weeks)
    columns = columns_of(need, pool, allowed(need, pool))

    whole = Program(need, pool, columns).solve(np.arange(len(columns)), [], seconds=20)
    result = solve(need, town, teams=1)

    present = FULL * need.weights.spread * len(need.divisions_present())
    assert len(columns) > 2000
    assert whole.proven
    assert result.proposals[0].gap.score == present - round(whole.cost)


def undemanding(need):
    """Return the need with every other seat for anybody."""
    seats = (replace(one, skills=()) if one.id % 2 and not one.stretch else one for one in need.seats)
    return replace(need, seats=tuple(seats))


def test_teams_of_many_people_keep_the_rules_and_differ_by_two(town):
    for seed in range(8):
        need = crowd.need(seed, seats=6)
        proposals = solve(need, town).proposals
        teams = [people_of(proposal) for proposal in proposals]

        assert [validator.faults(need, town, team_of(proposal)) for proposal in proposals] == [[]] * len(
            teams
        )
        assert all(len(one - other) >= 2 for at, one in enumerate(teams) for other in teams[:at])
        assert [p.gap.score for p in proposals] == sorted((p.gap.score for p in proposals), reverse=True)
