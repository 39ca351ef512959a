"""When there is no team: what is said to bind does bind, and what is suggested does help."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given

from teamhub.missions.composer import repairs
from teamhub.missions.composer.changes import Do, changed, ladders, moves
from teamhub.missions.composer.model import solve
from teamhub.missions.composer.needs import Lock
from teamhub.missions.composer.relax import diagnose
from teamhub.missions.composer.rules import Kind, Rule, rules_of, without
from tests.unit.missions.composer import crowd, validator
from tests.unit.missions.composer.cast import DATA, DESIGN, LAW, need, seat, someone
from tests.unit.missions.composer.instances import every_team, every_time_the_same, instances, team_of

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def _soon_over():
    """Let the search give up early: what it suggests must be true all the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repairs, "MOST_STEPS", 100)
        yield


@pytest.mark.usefixtures("_soon_over")
@every_time_the_same(50)
@given(instances)
def test_every_suggestion_makes_a_team_possible_and_every_conflict_is_one(instance):
    need, people = instance
    assume(not every_team(need, people))

    diagnosis = diagnose(need, people, most=3)

    assert not diagnosis.possible
    for suggestion in diagnosis.suggestions:
        assert changed(need, suggestion.changes) == suggestion.need
        proposal = solve(suggestion.need, people, teams=1).proposals[0]
        assert validator.faults(suggestion.need, people, team_of(proposal)) == []
    told = [binding.rule for conflict in diagnosis.conflicts for binding in conflict]
    assert len(told) == len(set(told))
    everything = set(rules_of(need))
    for conflict in diagnosis.conflicts:
        rules = {binding.rule for binding in conflict}
        assert every_team(without(need, everything - rules), people) == []
        assert all(every_team(without(need, everything - rules | {rule}), people) for rule in rules)


@every_time_the_same(60)
@given(instances)
def test_whoever_keeps_all_rules_keeps_all_but_one(instance):
    need, people = instance
    for rule in rules_of(need):
        looser = without(need, [rule])
        assert [team for team in every_team(need, people)[:5] if validator.faults(looser, people, team)] == []


@every_time_the_same(25)
@given(instances)
def test_no_single_change_is_smaller_than_the_first_suggestion(instance):
    need, people = instance
    assume(len(people) < 7 and not every_team(need, people))

    first = next(iter(diagnose(need, people, most=1).suggestions), None)

    steps = [*moves(need), *(step for ladder in ladders(need) for step in ladder.rungs)]
    smaller = [step for step in steps if first is None or step.size < first.size]
    assert [step for step in smaller if (after := changed(need, [step])) and every_team(after, people)] == []


def test_several_impossible_seats_are_told_apart_and_freed_together():
    people = crowd.people(600)
    freed = 0
    for seed in (0, 2, 3):
        diagnosis = diagnose(crowd.need(seed, seats=7), people, most=2)
        rules = [binding.rule for conflict in diagnosis.conflicts for binding in conflict]
        assert len(rules) == len(set(rules))
        for suggestion in diagnosis.suggestions:
            assert solve(suggestion.need, people, teams=1).proposals
            freed += len(suggestion.changes) > 1
    assert freed


def diagnosed(need, people):
    """Return the rules of the conflicts, and the changes that were suggested alone: (do, before, after)."""
    diagnosis = diagnose(need, people, most=9)
    rules = [{binding.rule for binding in conflict} for conflict in diagnosis.conflicts]
    alone = {s.changes[0].do: s.changes[0] for s in reversed(diagnosis.suggestions) if len(s.changes) == 1}
    return rules, {do: (change.before, change.after) for do, change in alone.items()}


def test_nobody_with_the_skill_has_time_in_these_weeks():
    busy = someone(1, skills={DATA: 3}, free={12: 0, 13: 0})
    idle = someone(2, skills={DATA: 2})

    rules, changes = diagnosed(need(seat(1, (DATA, 3), first=13, last=16)), [busy, idle])

    assert rules == [{Rule(Kind.SKILL, 1, DATA), Rule(Kind.TIME, 1)}]
    assert changes[Do.MOVE_ALL] == (0, 1)
    assert changes[Do.LEVEL] == (3, 2)


def test_a_share_nobody_can_give_may_be_lowered_or_split():
    rules, changes = diagnosed(need(seat(1, share=40)), [someone(1, free=25), someone(2, free=20)])

    assert rules == [{Rule(Kind.TIME, 1)}]
    assert changes[Do.SHARE] == (40, 25)
    assert changes[Do.SPLIT] == (1, 2)


def test_somebody_who_wants_to_learn_may_take_the_seat():
    people = [someone(1, wishes=frozenset({DATA})), someone(2, skills={DATA: 3, LAW: 3})]

    rules, changes = diagnosed(need(seat(1, (DATA, 3)), seat(2, (LAW, 3))), people)

    assert rules == [{Rule(Kind.SKILL, 1, DATA), Rule(Kind.SKILL, 2, LAW)}]
    assert changes[Do.STRETCH] == (0, 1)


def test_a_learner_without_a_teacher_may_be_replaced_by_somebody_who_can():
    people = [someone(1, wishes=frozenset({DATA}), skills={DATA: 2}), someone(2)]

    rules, changes = diagnosed(need(seat(1, (DATA, 2), stretch=True), seat(2)), people)

    assert rules == [{Rule(Kind.STRETCH, 1)}]
    assert changes[Do.ORDINARY] == (1, 0)


def test_fewer_divisions_may_do():
    rules, changes = diagnosed(need(seat(1), seat(2), min_divisions=2), [someone(1), someone(2)])

    assert rules == [{Rule(Kind.SPAN)}]
    assert changes == {Do.SPAN: (2, 1)}


def test_a_lock_may_be_opened_and_somebody_excluded_let_in():
    people = [someone(1), someone(2, skills={DATA: 4}), someone(3, skills={DATA: 4})]
    one = need(seat(1, (DATA, 3)), locked=(Lock(1, 1),))

    rules, changes = diagnosed(one, people)
    assert rules == [{Rule(Kind.SKILL, 1, DATA), Rule(Kind.LOCK, 1, person=1)}]
    assert Do.UNLOCK in changes

    rules, changes = diagnosed(replace(one, locked=(), excluded=frozenset({2, 3})), people)
    assert rules == [{Rule(Kind.SKILL, 1, DATA), *(Rule(Kind.EXCLUDED, person=id) for id in (2, 3))}]
    assert Do.ADMIT in changes


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ({"from_division": 20}, Kind.FROM_DIVISION),
        ({"not_division": 10}, Kind.NOT_DIVISION),
        ({"place": "north"}, Kind.PLACE),
        ({"language": "en"}, Kind.LANGUAGE),
    ],
)
def test_a_demand_on_where_somebody_comes_from_may_be_dropped(rule, kind):
    rules, changes = diagnosed(need(seat(1, **rule)), [someone(1)])

    assert rules == [{Rule(kind, 1)}]
    assert Do(kind.value) in changes


def test_two_seats_after_the_same_person_bind_together():
    people = [someone(1, skills={DATA: 3, LAW: 3}), someone(2, skills={DESIGN: 3})]

    rules, changes = diagnosed(need(seat(1, (DATA, 3)), seat(2, (LAW, 3))), people)

    assert rules == [{Rule(Kind.SKILL, 1, DATA), Rule(Kind.SKILL, 2, LAW)}]
    assert changes == {Do.LEVEL: (3, 0)}


def test_too_few_people_are_no_conflict_of_rules():
    diagnosis = diagnose(need(seat(1), seat(2)), [someone(1)])

    assert (diagnosis.possible, diagnosis.conflicts, diagnosis.suggestions) == (False, (), ())


def test_a_need_with_a_team_needs_no_change():
    diagnosis = diagnose(need(seat(1)), [someone(1)])

    assert (diagnosis.possible, diagnosis.conflicts, diagnosis.suggestions) == (True, (), ())


def test_without_time_nothing_is_claimed():
    diagnosis = diagnose(need(seat(1, (DATA, 3))), [someone(1)], seconds=0)

    assert not diagnosis.complete
    assert diagnosis.suggestions == ()


def test_those_able_are_counted_with_and_without():
    people = [someone(1, skills={DATA: 3}, free=10), *(someone(id, skills={DATA: 2}) for id in (2, 3))]
    diagnosis = diagnose(need(seat(1, (DATA, 3))), people)

    (conflict,) = diagnosis.conflicts
    assert {binding.rule.kind: binding.able for binding in conflict} == {Kind.SKILL: 2, Kind.TIME: 1}
    lower = next(s for s in diagnosis.suggestions if s.changes[0].do is Do.LEVEL)
    assert lower.able == {1: 2}
