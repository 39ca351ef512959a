"""Why a team is as it is, and why each of its people: values that can be counted again."""

from __future__ import annotations

import pytest
from hypothesis import given

from teamhub.missions.composer.compare import Alternatives, Why
from teamhub.missions.composer.explain import Has, overview
from teamhub.missions.composer.model import solve
from teamhub.missions.composer.needs import TERMS, Asked, Lock, Placement, Present, Weights
from teamhub.missions.composer.pool import Pool
from teamhub.missions.composer.teams import team_of
from tests.unit.missions.composer import crowd, validator
from tests.unit.missions.composer.cast import DATA, DESIGN, LAW, need, seat, someone
from tests.unit.missions.composer.instances import every_time_the_same, instances

pytestmark = pytest.mark.once

ASKED = need(
    seat(1, (DATA, 3), Asked(LAW, 2, required=False)),
    seat(2, (LAW, 2), share=10, first=14, last=16),
    seat(3, (DESIGN, 2), stretch=True),
    min_divisions=2,
    present=(Present(9, 30), Present(8, None)),
    locked=(Lock(2, 2),),
)
TEAM = {
    1: someone(1, skills={DATA: 4, LAW: 1}, load={13: 20, 18: 90}),
    2: someone(2, division=20, skills={LAW: 3, DESIGN: 3, DATA: 3}, load=5),
    3: someone(3, division=20, skills={DESIGN: 1}, wishes=frozenset({DESIGN, LAW, DATA})),
}


def test_each_person_is_told_with_their_skills_and_load():
    first, second, third = overview(ASKED, TEAM).members

    assert [(s.skill, s.asked, s.has, s.required, s.state) for s in first.skills] == [
        (DATA, 3, 4, True, Has.MET),
        (LAW, 2, 1, False, Has.PARTLY),
    ]
    assert (first.load.before, first.load.after, first.load.week) == (20, 40, "2027-W13")
    assert (second.load.before, second.load.after, second.locked) == (5, 15, True)
    assert [skill.state for skill in third.skills] == [Has.LEARNS]
    assert not third.locked


def test_the_team_is_told_with_its_coverage_divisions_and_load():
    team = overview(ASKED, TEAM)

    assert [(row.skill, row.level, row.required, row.levels, row.enough) for row in team.coverage] == [
        (DATA, 3, True, (4, 3, 0), (1, 2)),
        (LAW, 2, True, (1, 3, 0), (2,)),
        (DESIGN, 3, True, (0, 3, 1), (2,)),
    ]
    assert team.divisions == {10: 1, 20: 2, 30: 1}
    assert team.highest_load == 40
    assert team.mean_load == pytest.approx((40 + 15 + 20) / 3)


def test_a_required_skill_that_one_alone_has_is_a_single_point_of_failure():
    assert overview(ASKED, TEAM).single_points == ((LAW, 2), (DESIGN, 2))


def test_it_is_told_who_learns_what_from_whom():
    learnings = overview(ASKED, TEAM).learnings

    assert {(it.person, it.skill, it.level, it.teachers, it.asked) for it in learnings} == {
        (3, DATA, 0, (1, 2), False),
        (3, LAW, 0, (2,), False),
        (3, DESIGN, 1, (2,), True),
    }


def test_a_team_that_is_not_whole_can_be_told_as_well():
    part = overview(ASKED, {2: TEAM[2]})

    assert [member.seat for member in part.members] == [2]
    assert [row.levels for row in part.coverage] == [(3,), (3,), (3,)]
    assert overview(ASKED, {}).highest_load == 0


# -- why this person -----------------------------------------------------------------------------------


def test_the_next_best_is_told_with_what_speaks_for_and_against():
    people = [
        someone(1, skills={DATA: 3}, load=10, offered=True),
        someone(2, skills={DATA: 3}),
        someone(3, skills={DATA: 2}, offered=True),
    ]
    asked = need(seat(1, (DATA, 3)), weights=Weights(offered=20, load=20, balance=10))
    (choice,) = Alternatives(asked, Pool(people, asked.weeks)).choices({1: people[0]})

    assert (choice.seat, choice.person, choice.other, choice.why, choice.able) == (1, 1, 2, Why.BETTER, 2)
    assert choice.difference == {**dict.fromkeys(TERMS, 0), "offered": 2000, "load": -200, "balance": -100}
    assert (choice.lead, choice.speaks_for, choice.speaks_against) == (
        1700,
        ("offered",),
        ("load", "balance"),
    )


def test_who_is_locked_or_the_only_one_needs_no_comparison():
    people = [someone(1), someone(2), someone(3, skills={DATA: 3})]
    asked = need(seat(1), seat(2, (DATA, 3)), locked=(Lock(1, 1),))
    team = {1: people[0], 2: people[2]}

    choices = Alternatives(asked, Pool(people, asked.weeks)).choices(team)

    assert [choice.why for choice in choices] == [Why.LOCKED, Why.ONLY]
    assert [choice.other for choice in choices] == [None, None]


def test_who_was_put_in_by_hand_may_be_worse_and_equals_are_equal():
    people = [someone(1), someone(2, offered=True), someone(3)]
    asked = need(seat(1), seat(2))
    pool = Pool(people, asked.weeks)

    by_hand = Alternatives(asked, pool).choices({1: people[0], 2: people[2]})
    best = Alternatives(asked, pool).choices({1: people[0], 2: people[1]})

    assert [choice.why for choice in by_hand] == [Why.WORSE, Why.WORSE]
    assert [choice.why for choice in best] == [Why.EQUAL, Why.BETTER]


def test_load_below_the_highest_costs_nothing_in_the_comparison():
    heavy = someone(1, load=60)
    people = [heavy, someone(2), someone(3, unit_gave=1), someone(4, load=10)]
    asked = need(seat(1), seat(2), weights=Weights(load=0, balance=100))

    _, choice = Alternatives(asked, Pool(people, asked.weeks)).choices({1: heavy, 2: people[1]})

    assert (choice.other, choice.why) == (4, Why.EQUAL)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_no_proposed_person_is_worse_than_the_next_best_and_every_lead_can_be_counted_again(seed):
    people = crowd.people(3000)
    by_id = {person.id: person for person in people}
    asked = crowd.need(seed, seats=5)
    alternatives = Alternatives(asked, Pool(people, asked.weeks))
    earlier = []
    for proposal in solve(asked, people).proposals:
        team = team_of(proposal.placements, people)
        for choice in alternatives.choices(team, earlier):
            assert choice.why in {Why.BETTER, Why.EQUAL, Why.ONLY}
            if choice.other:
                swapped = {**team, choice.seat: by_id[choice.other]}
                ids = {seat: person.id for seat, person in swapped.items()}
                assert validator.faults(asked, people, ids) == []
                assert proposal.gap.score - validator.score(asked, people, ids) == choice.lead
                assert all(len({*ids.values()} - {p.id for p in other.values()}) >= 2 for other in earlier)
        earlier.append(team)


@every_time_the_same(120)
@given(instances)
def test_the_next_best_is_the_best_of_all_who_could_take_the_seat(instance):
    asked, people = instance
    alternatives = Alternatives(asked, Pool(people, asked.weeks))
    for proposal in solve(asked, people, teams=1).proposals:
        team = team_of(proposal.placements, people)
        ids = {seat: person.id for seat, person in team.items()}
        for choice in alternatives.choices(team):
            swaps = [{**ids, choice.seat: person.id} for person in people if person.id not in ids.values()]
            good = [swap for swap in swaps if not validator.faults(asked, people, swap)]
            scores = [validator.score(asked, people, swap) for swap in good]
            if choice.why in {Why.LOCKED, Why.ONLY}:
                assert scores == []
            else:
                assert max(scores) == proposal.gap.score - choice.lead


def test_placements_become_people():
    assert team_of([Placement(5, 2)], [someone(1), someone(2)]) == {5: someone(2)}
