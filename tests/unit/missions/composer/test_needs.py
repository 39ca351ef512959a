"""Needs, weights and weeks are checked when they are made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from teamhub.missions.composer import greedy
from teamhub.missions.composer.needs import Asked, Bounds, Lock, Present, Seat, Weights, iso_weeks
from teamhub.missions.composer.pool import Pool
from tests.unit.missions.composer.cast import DATA, WEEKS, need, seat, someone

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    "broken",
    [
        need,
        lambda: need(seat(1), seat(1)),
        lambda: need(seat(1, first=40, last=41)),
        lambda: need(seat(1), locked=(Lock(1, 2),)),
        lambda: need(seat(1), locked=(Lock(1, 1), Lock(2, 1))),
        lambda: need(seat(1), seat(2), locked=(Lock(1, 1), Lock(1, 2))),
        lambda: need(seat(1), locked=(Lock(1, 1),), excluded=frozenset({1})),
        lambda: need(seat(1), locked=(Lock(1, 1),), present=(Present(1, None),)),
        lambda: replace(need(seat(1)), weeks=WEEKS[::-1]),
        lambda: seat(1, first=15, last=14),
        lambda: seat(1, share=101),
        lambda: seat(1, (DATA, 2), (DATA, 3)),
        lambda: Asked(DATA, 5),
        lambda: Weights(match=-1),
        lambda: Bounds(match=(20, 10)),
        lambda: Pool([someone(1), someone(1)], WEEKS),
        lambda: Pool([replace(someone(1), free=(10,))], WEEKS),
    ],
)
def test_what_makes_no_sense_is_refused(broken):
    with pytest.raises(ValueError):  # noqa: PT011 - each says in its own words why
        broken()


def test_weights_keep_within_what_the_board_allows():
    bounds = Bounds(match=(10, 30), circle=(5, 5))

    assert bounds.outside(Weights()) == ("match",)
    assert bounds.nearest(Weights(match=99, circle=0)) == Weights(match=30, circle=5)
    assert bounds.outside(bounds.nearest(Weights(match=0, circle=99))) == ()
    assert Bounds().outside(Weights()) == ()


def test_weeks_are_counted_as_iso_8601_does():
    weeks = iso_weeks(date(2026, 12, 24), date(2027, 1, 13))

    assert weeks == ("2026-W52", "2026-W53", "2027-W01", "2027-W02")
    assert iso_weeks(date(2027, 1, 4), date(2027, 1, 10)) == ("2027-W01",)


def test_a_seat_knows_its_weeks():
    asked = Seat(1, "role", 20, WEEKS[2], WEEKS[4])

    assert need(asked).period(asked) == (2, 5)


def test_the_baseline_fills_one_seat_after_the_other():
    people = [
        someone(1, skills={DATA: 4}),
        someone(2, skills={DATA: 3}),
        someone(3, skills={DATA: 3}, load=10),
    ]
    asked = need(seat(1, (DATA, 3)), seat(2, (DATA, 4)), seat(3, (DATA, 3)))
    pool = Pool(people, asked.weeks)

    filled = {seat: pool.people[at].id for seat, at in greedy.fill(asked, pool).items()}

    assert filled == {1: 1, 3: 2}
