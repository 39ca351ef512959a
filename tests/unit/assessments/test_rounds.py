"""Scores, spread and when a round opens: no database."""

from datetime import UTC, date, datetime

import pytest

from teamhub.assessments.rounds import Judged, Mark, Round
from teamhub.assessments.states import Criterion
from teamhub.challenges.states import State

WEIGHTS = dict(zip(Criterion, (25, 15, 15, 10, 10, 10, 10, 5), strict=True))
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def judged(id_=1, *, division=1, score=3, submitted=True, weights=None, **other):
    marks = {c: Mark(other.get(c.value, score), "En grunn som er lang nok.") for c in Criterion}
    at = NOW if submitted else None
    by_code = {c.value: w for c, w in (weights or WEIGHTS).items()}
    return Judged(id_, id_, f"P{id_}", division, f"D{division}", date(2026, 12, 1), at, 1, by_code, marks)


def round_of(*all_judged, state=State.ASSESSING, current=True, talks=None):
    return Round(1, 9, state, 1, current, list(all_judged), talks or {})


@pytest.mark.parametrize(("score", "points"), [(1, 20), (3, 60), (5, 100)])
def test_the_score_is_the_weighted_sum_over_five(score, points):
    one = judged(score=score)

    assert one.score == points
    assert (one.value, one.feasibility) == (points, points)


def test_each_criterion_counts_by_its_weight_and_each_half_for_itself():
    one = judged(score=1, INNB=5)

    assert one.score == pytest.approx((25 * 5 + 75) / 5)
    assert one.value == pytest.approx(100 * (25 * 5 + 40) / (5 * 65))
    assert one.feasibility == pytest.approx(20)


def test_an_assessment_is_reckoned_by_its_own_version_of_the_weights():
    heavier = {**WEIGHTS, Criterion.RESIDENTS: 40, Criterion.OPERATIONS: 0}

    assert judged(score=1, INNB=5, weights=heavier).score > judged(score=1, INNB=5).score


@pytest.mark.parametrize(
    ("divisions", "opens"),
    [((), False), ((1,), False), ((1, 1), False), ((1, 2), True), ((None, 1), True), ((None, None), False)],
)
def test_two_from_different_areas_open_a_round(divisions, opens):
    one = round_of(*(judged(n, division=d) for n, d in enumerate(divisions)))

    assert one.is_open is opens


def test_one_who_has_not_submitted_opens_nothing_and_is_not_counted():
    one = round_of(judged(1), judged(2, division=2, submitted=False, INNB=5))

    assert not one.is_open
    assert one.awaited == {2}
    assert one.assessed_by == {1}
    assert one.spread[Criterion.RESIDENTS].high == 3


@pytest.mark.parametrize(("low", "high", "apart"), [(3, 4, False), (3, 5, True), (1, 5, True), (2, 2, False)])
def test_two_marks_apart_is_a_talk(low, high, apart):
    one = round_of(judged(1, RISI=low), judged(2, division=2, RISI=high))

    assert (one.far_apart == [Criterion.RISK]) is apart
    assert (one.range is None) is apart


def test_the_range_comes_with_the_last_talk_and_is_no_mean():
    apart = {"RISI": 1, "FORA": 1}
    two = (judged(1, **apart), judged(2, division=2))
    half = round_of(*two, talks={Criterion.RISK: "snakket"})
    both = round_of(*two, talks={Criterion.RISK: "snakket", Criterion.ANCHORING: "snakket"})

    assert half.range is None
    assert (both.range.low, both.range.high) == (54, 60)


@pytest.mark.parametrize(
    ("state", "current", "decided"),
    [(State.ASSESSING, True, False), (State.CANDIDATE, True, True), (State.ASSESSING, False, True)],
)
def test_a_round_is_decided_when_the_challenge_has_moved_on_or_come_again(state, current, decided):
    assert round_of(judged(), state=state, current=current).is_decided is decided
