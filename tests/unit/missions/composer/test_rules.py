"""What a team must be, rule by rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from teamhub.missions.composer.model import solve
from teamhub.missions.composer.needs import Asked, Ended, Lock, Present, Weights
from tests.unit.missions.composer.cast import DATA, LAW, need, seat, someone
from tests.unit.missions.composer.instances import people_of, team_of

pytestmark = pytest.mark.once


def best(need, people):
    """Return the best team as seat id → person id, or None."""
    result = solve(need, people, teams=1)
    return team_of(result.proposals[0]) if result.proposals else None


def test_who_has_not_opted_in_is_left_alone():
    assert best(need(seat(1)), [someone(1, accepts=False)]) is None


def test_a_required_skill_is_there_at_its_level():
    people = [someone(1, skills={DATA: 2}, offered=True), someone(2, skills={DATA: 3})]

    assert best(need(seat(1, (DATA, 3))), people) == {1: 2}


def test_a_wished_skill_counts_but_need_not_be_there():
    people = [someone(1), someone(2, skills={DATA: 1})]

    assert best(need(seat(1, Asked(DATA, 3, required=False))), people) == {1: 2}
    assert best(need(seat(1, Asked(DATA, 3, required=False))), people[:1]) == {1: 1}


@pytest.mark.parametrize(("week", "team"), [(11, {1: 1}), (12, None), (15, None), (16, {1: 1})])
def test_free_time_is_respected_in_every_week_of_the_period_and_in_no_other(week, team):
    assert best(need(seat(1, first=12, last=15)), [someone(1, free={week: 10})]) == team


@pytest.mark.parametrize(
    ("share", "hours", "is_fine"),
    [(20, 7, False), (20, 8, True), (66, 25, True), (67, 25, False), (80, 30, True), (100, None, True)],
)
def test_the_hours_a_person_accepts_are_respected(share, hours, is_fine):
    team = best(need(seat(1, share=share)), [someone(1, free=100, hours=hours)])

    assert team == ({1: 1} if is_fine else None)  # a full week has 37.5 hours


def test_nobody_has_two_seats():
    assert best(need(seat(1, share=10), seat(2, share=10)), [someone(1)]) is None


@pytest.mark.parametrize(
    "rule", [{"from_division": 20}, {"not_division": 10}, {"place": "north"}, {"language": "en"}]
)
def test_where_somebody_comes_from_and_what_they_speak(rule):
    near = someone(1, offered=True)
    far = someone(2, division=20, places=frozenset({"north"}), languages=frozenset({"en"}))

    assert best(need(seat(1, **rule)), [near, far]) == {1: 2}
    assert best(need(seat(1, **rule)), [near]) is None


def test_enough_divisions_are_spanned_though_others_would_suit_better():
    people = [someone(1, offered=True), someone(2, offered=True), someone(3, division=20)]
    no_bonus = replace(Weights(), spread=0)

    assert set(best(need(seat(1), seat(2), weights=no_bonus), people).values()) == {1, 2}
    across = best(need(seat(1), seat(2), weights=no_bonus, min_divisions=2), people)
    assert 3 in across.values()


def test_those_present_count_among_the_divisions():
    people = [someone(1), someone(2)]

    assert best(need(seat(1), min_divisions=2), people) is None
    assert best(need(seat(1), min_divisions=2, present=(Present(9, 20),)), people) is not None


def test_a_locked_person_has_their_seat_in_every_team():
    people = [someone(id, offered=id < 5) for id in range(1, 8)]

    result = solve(need(seat(1), seat(2), seat(3), locked=(Lock(6, 2),)), people)

    assert [team_of(proposal)[2] for proposal in result.proposals] == [6, 6, 6]


def test_a_locked_person_keeps_to_the_rules_of_the_seat():
    assert (
        best(need(seat(1, (DATA, 3)), locked=(Lock(1, 1),)), [someone(1), someone(2, skills={DATA: 4})])
        is None
    )


def test_somebody_locked_who_is_not_there_leaves_no_team():
    assert best(need(seat(1), locked=(Lock(7, 1),)), [someone(1)]) is None


def test_who_is_excluded_or_present_has_no_seat():
    people = [someone(1, offered=True), someone(2, offered=True), someone(3)]

    assert best(need(seat(1), excluded=frozenset({1}), present=(Present(2, None),)), people) == {1: 3}


def test_teams_differ_by_two_people():
    people = [someone(id) for id in range(1, 5)]

    result = solve(need(seat(1), seat(2)), people)

    assert len(result.proposals) == 2
    assert not people_of(result.proposals[0]) & people_of(result.proposals[1])
    assert result.ended is Ended.NO_MORE


def test_where_one_seat_is_open_teams_differ_by_one():
    people = [someone(id) for id in range(1, 5)]

    result = solve(need(seat(1), seat(2), locked=(Lock(1, 1),)), people)

    assert {team_of(proposal)[2] for proposal in result.proposals} == {2, 3, 4}


def test_where_no_seat_is_open_there_is_one_team():
    assert len(solve(need(seat(1), locked=(Lock(1, 1),)), [someone(1)]).proposals) == 1


# -- stretch seats -------------------------------------------------------------------------------------

LEARNER = someone(1, wishes=frozenset({DATA}), skills={DATA: 1})
MENTOR = someone(2, skills={DATA: 3, LAW: 2})
STRETCH = seat(1, (DATA, 3), stretch=True)


def test_a_learner_is_paired_with_somebody_who_can_teach():
    people = [LEARNER, MENTOR, someone(3, skills={LAW: 4}, offered=True)]

    assert best(need(STRETCH, seat(2, (LAW, 2))), people) == {1: 1, 2: 2}


def test_without_a_teacher_there_is_no_learner():
    assert best(need(STRETCH, seat(2, (LAW, 2))), [LEARNER, someone(3, skills={LAW: 4, DATA: 2})]) is None


def test_a_teacher_is_there_at_the_same_time():
    assert best(need(STRETCH, seat(2, first=15, last=17)), [LEARNER, MENTOR]) == {1: 1, 2: 2}
    assert best(need(STRETCH, seat(2, first=16, last=17)), [LEARNER, MENTOR]) is None


def test_a_stretch_seat_is_for_those_who_want_to_learn():
    unwilling, master = someone(1, skills={DATA: 1}), someone(3, wishes=frozenset({DATA}), skills={DATA: 3})

    assert best(need(STRETCH, seat(2)), [unwilling, MENTOR]) is None
    assert best(need(STRETCH, seat(2)), [master, MENTOR]) is None


def test_what_a_learner_does_not_wish_to_learn_must_be_there():
    both = seat(1, (DATA, 3), (LAW, 2), stretch=True)

    assert best(need(both, seat(2)), [LEARNER, MENTOR]) is None
    assert best(need(both, seat(2)), [replace(LEARNER, skills={LAW: 2}), MENTOR]) == {1: 1, 2: 2}
