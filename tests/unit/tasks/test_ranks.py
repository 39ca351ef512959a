"""Ranks: always between, never equal, and short."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teamhub.tasks.ranks import LONGEST, WIDTH, NoRoom, between, fresh

RANKS = st.text("0123456789abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=LONGEST)


def test_the_first_rank_of_all_stands_in_the_middle():
    assert between(None, None) == "i00000"


@given(RANKS, RANKS)
def test_a_rank_is_strictly_between_any_two_or_there_is_no_room(one, other):
    low, high = sorted((one, other))
    try:
        middle = between(low, high)
    except NoRoom:
        return
    assert low < middle < high
    assert len(middle) <= LONGEST


@given(RANKS)
def test_there_is_room_before_and_after_or_it_says_so(rank):
    for low, high in ((rank, None), (None, rank)):
        try:
            found = between(low, high)
        except NoRoom:
            continue
        assert (low or "") < found < (high or "~")


@given(st.lists(st.integers(0, 10_000), max_size=150))
@settings(max_examples=60)
def test_however_things_are_put_in_they_stay_in_order_and_short(places):
    order = []
    for place in places:
        index = place % (len(order) + 1)
        low = order[index - 1] if index else None
        high = order[index] if index < len(order) else None
        try:
            order.insert(index, between(low, high))
        except NoRoom:
            order = fresh(len(order))

    assert order == sorted(set(order))
    assert all(len(rank) <= LONGEST for rank in order)


def test_a_thousand_put_last_need_no_longer_ranks():
    last = None
    for _number in range(1000):
        new = between(last, None)
        assert last is None or new > last
        last = new

    assert len(last) == WIDTH


def test_a_thousand_put_first_need_no_longer_ranks():
    first = None
    for _number in range(1000):
        new = between(None, first)
        assert first is None or new < first
        first = new

    assert len(first) == WIDTH


def test_neighbours_that_differ_only_in_a_trailing_zero_have_no_room():
    with pytest.raises(NoRoom):
        between("a", "a0")


@pytest.mark.parametrize("count", [0, 1, 2, 200, 5000])
def test_fresh_ranks_are_in_order_with_room_between(count):
    ranks = fresh(count)

    assert len(ranks) == count
    assert ranks == sorted(set(ranks))
    assert all(low < between(low, high) < high for low, high in pairwise(ranks))
