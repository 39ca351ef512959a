"""What is wrong with a team put together by hand."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teamhub.missions.composer.faults import Fault, Wrong, faults
from teamhub.missions.composer.needs import Lock, Present
from tests.unit.missions.composer import validator
from tests.unit.missions.composer.cast import DATA, LAW, need, seat, someone
from tests.unit.missions.composer.instances import every_time_the_same, instances

pytestmark = pytest.mark.once


@every_time_the_same(200)
@given(instances, st.integers(0, 2**32))
def test_a_team_has_faults_exactly_when_it_breaks_a_rule(instance, seed):
    need, people = instance
    chance = Random(seed)  # noqa: S311 - the same each time
    for _ in range(10):
        team = {seat.id: chance.choice(people) for seat in need.seats}
        ids = {seat: person.id for seat, person in team.items()}

        assert bool(faults(need, team)) == bool(validator.faults(need, people, ids))


def found(need, team):
    return set(faults(need, team))


def test_a_good_team_has_no_faults():
    assert faults(need(seat(1, (DATA, 2))), {1: someone(1, skills={DATA: 2})}) == ()


def test_faults_tell_how_much_is_missing():
    asked = need(seat(1, (DATA, 3), share=30, first=12, last=15), min_divisions=3)
    person = someone(1, skills={DATA: 1}, free={14: 10, 15: 20}, hours=7)

    assert found(asked, {1: person}) == {
        Fault(Wrong.TIME, 1, 1, week="2027-W14", amount=20),
        Fault(Wrong.HOURS, 1, 1, amount=12),
        Fault(Wrong.SKILL, 1, 1, DATA, amount=2),
        Fault(Wrong.SPAN, amount=2),
    }


def test_seats_that_are_empty_or_held_twice_are_told():
    one = someone(1)

    assert found(need(seat(1), seat(2), seat(3)), {1: one, 2: one}) == {
        Fault(Wrong.EMPTY, 3),
        Fault(Wrong.TWICE, 1, 1),
        Fault(Wrong.TWICE, 2, 1),
    }


@pytest.mark.parametrize(
    ("rest", "wrong"),
    [
        ({"excluded": frozenset({1})}, Wrong.EXCLUDED),
        ({"present": (Present(1, None),)}, Wrong.PRESENT),
        ({"locked": (Lock(2, 1),)}, Wrong.LOCK),
    ],
)
def test_who_should_not_have_the_seat_is_told(rest, wrong):
    assert found(need(seat(1), **rest), {1: someone(1)}) == {Fault(wrong, 1, 1)}


def test_who_has_not_opted_in_is_told():
    assert found(need(seat(1)), {1: someone(1, accepts=False)}) == {Fault(Wrong.NOT_ACCEPTING, 1, 1)}


def test_learners_without_a_wish_or_a_teacher_are_told():
    asked = need(seat(1, (DATA, 3), stretch=True), seat(2, (LAW, 1)))
    other = someone(2, skills={LAW: 1})

    assert found(asked, {1: someone(1, wishes=frozenset({DATA})), 2: other}) == {
        Fault(Wrong.NO_TEACHER, 1, 1, DATA)
    }
    assert found(asked, {1: someone(1, skills={DATA: 3}), 2: other}) == {Fault(Wrong.LEARNS_NOTHING, 1, 1)}
