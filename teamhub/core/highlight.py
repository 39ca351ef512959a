"""Showing where a text holds what was searched for, by the same stems the search goes by."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

from teamhub.core.text import shorten, stems

_WORD = re.compile(r"[^\W_]+")
BEFORE = 60
"""So many characters of a long text are shown before its first hit."""


def hits(text: str, query: str) -> Markup:
    """Return ``text`` with each word ``query`` finds in ``<mark>``; all else escaped."""
    wanted = _wanted(query)
    pieces, read = [], 0
    for word in _WORD.finditer(text):
        if _is_hit(word[0], wanted):
            pieces += [escape(text[read : word.start()]), Markup("<mark>{}</mark>").format(word[0])]
            read = word.end()
    return Markup("").join([*pieces, escape(text[read:])])


def excerpt(text: str, query: str, length: int) -> Markup:
    """Return up to ``length`` characters of ``text``, from a little before the first hit, hits marked."""
    wanted, line = _wanted(query), " ".join(text.split())
    first = next((w.start() for w in _WORD.finditer(line) if wanted and _is_hit(w[0], wanted)), 0)
    if first + len(query) < length:
        return hits(shorten(line, length), query)
    start = line.rfind(" ", 0, first - BEFORE) + 1
    return hits(f"… {shorten(line[start:], length)}", query)


def _wanted(query: str) -> tuple[str, ...]:
    return tuple(stems(query) or stems(query, keep_stop_words=True))


def _is_hit(word: str, wanted: tuple[str, ...]) -> bool:
    return any(stem.startswith(wanted) for stem in _stems_of(word))


@lru_cache(maxsize=50_000)
def _stems_of(word: str) -> tuple[str, ...]:
    """Kept, for a page has some thousands of words, most of them again and again."""
    return tuple(stems(word, keep_stop_words=True))
