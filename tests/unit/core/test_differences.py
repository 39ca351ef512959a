"""What was changed in a text, word by word."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teamhub.core.differences import between

WORDS = st.lists(
    st.sampled_from(["a", "b", "ja", "nei", "nei!", " ", "  ", "\n", "\n\n", "æøå", "<b>"]), max_size=40
)


def side(pieces, other):
    return "".join(piece.text for piece in pieces if piece.kind != other)


@given(WORDS.map("".join), WORDS.map("".join))
def test_both_texts_can_be_read_back_whole(old, new):
    pieces = between(old, new)

    assert side(pieces, "new") == old
    assert side(pieces, "gone") == new


@given(WORDS.map("".join))
def test_a_text_like_itself_has_no_differences(text):
    assert all(piece.kind == "same" for piece in between(text, text))


@pytest.mark.parametrize(
    ("old", "new", "gone", "came"),
    [
        ("Vi venter tre timer.", "Vi venter fem timer.", ["tre"], ["fem"]),
        ("Vi venter.", "Vi venter lenge.", [], [" lenge"]),
        ("Det tar én time nå", "Det tar to uker nå", ["én time"], ["to uker"]),
        ("", "Nytt", [], ["Nytt"]),
    ],
)
def test_only_the_words_that_differ_are_marked(old, new, gone, came):
    pieces = between(old, new)

    assert [piece.text for piece in pieces if piece.kind == "gone"] == gone
    assert [piece.text for piece in pieces if piece.kind == "new"] == came


@pytest.mark.parametrize(
    ("old", "new"),
    [("a " * 5000, "a b " * 2500), ("a b " * 2500, "b a " * 2500), ("x\n" * 5000, "x\ny\n" * 2500)],
)
def test_a_text_made_to_be_slow_to_compare_is_compared_coarsely(old, new):
    started = perf_counter()

    pieces = between(old, new)

    assert perf_counter() - started < 1
    assert (side(pieces, "new"), side(pieces, "gone")) == (old, new)
