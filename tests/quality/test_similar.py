"""Likeness on the 1,355 real challenges, told again by hand in other words (issue 4, point 1)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from sqlalchemy import select

from teamhub.access.actor import SYSTEM
from teamhub.challenges import counting, likeness
from teamhub.challenges.models import Challenge

PAIRS = tomllib.loads((Path(__file__).parent / "similar_pairs.toml").read_text("utf-8"))


@pytest.fixture
def stored(db, app, shared_data):
    """The real challenges, by their number in the list they come from."""
    file = shared_data / "tidstyver_2014.csv"
    app.test_cli_runner().invoke(args=["import", "challenges", str(file), "--mapping", "tidstyver"])
    counting.count_stems(SYSTEM)
    return {ref: id_ for id_, ref in db.session.execute(select(Challenge.id, Challenge.external_ref))}


def test_what_is_told_in_other_words_finds_its_original_and_other_matters_find_none(stored):
    again, other = PAIRS["again"], PAIRS["other"]

    found = [likeness.similar(f"{each['title']} {each['situation']}") for each in again]
    hits = sum(stored[each["ref"]] in [hit.id for hit in few] for each, few in zip(again, found, strict=True))
    alike = sum(
        any(hit.very for hit in likeness.similar(f"{each['title']} {each['situation']}")) for each in other
    )

    assert (len(again), len(other)) == (40, 40)
    assert hits >= 34
    assert alike <= 4
