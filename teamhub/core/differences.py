"""What was changed in a text, word by word."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")

MOST_PAIRS = 400_000
"""So many pairs of like words are looked at. A text that repeats itself more is compared by lines."""


@dataclass(frozen=True)
class Piece:
    """A run of text: ``kind`` is «same», «gone» or «new»."""

    kind: str
    text: str


def between(old: str, new: str) -> list[Piece]:
    """Return the pieces that lead from ``old`` to ``new`` as one reads: what is gone, then what is new."""
    for rule in (_WORDS, _LINES):
        before, after = rule.findall(old), rule.findall(new)
        if _pairs(before, after) <= MOST_PAIRS:
            return _joined(_pieces(before, after))
    return _joined([Piece("gone", old), Piece("new", new)])


def _pairs(before: list[str], after: list[str]) -> int:
    """How many pairs of like parts there are: what a comparison costs."""
    first, second = Counter(before), Counter(after)
    return sum(number * second[part] for part, number in first.items() if not part.isspace())


def _pieces(before: list[str], after: list[str]) -> list[Piece]:
    blank = {part for part in before if part.isspace()}
    found: list[Piece] = []
    matcher = SequenceMatcher(blank.__contains__, before, after, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(before[i:j])))
        else:
            found += [Piece("gone", "".join(before[i:j])), Piece("new", "".join(after[k:m]))]
    return found


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Let a blank between two changes be part of both, so that a reader meets phrases, not crumbs."""
    runs: list[Piece] = []
    for number, piece in enumerate(pieces):
        last = number == len(pieces) - 1
        if piece.kind == "same" and piece.text.isspace() and "\n" not in piece.text and number and not last:
            runs += [Piece("gone", piece.text), Piece("new", piece.text)]
        else:
            runs.append(piece)
    found: list[Piece] = []
    for same, group in groupby(runs, lambda piece: piece.kind == "same"):
        parts = list(group)
        for kind in ("same",) if same else ("gone", "new"):
            text = "".join(part.text for part in parts if part.kind == kind)
            found += [Piece(kind, text)] if text else []
    return found
