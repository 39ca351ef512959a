"""The names of the demo's people: no two alike, and every letter of the lists in use."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from random import Random

from teamhub.demo.written import read

TRIES = 3
"""Plain combinations tried before somebody gets a middle name."""

PLAIN = {"ø": "o", "æ": "ae", "å": "a", "ł": "l", "\u0131": "i", "đ": "d", "ŋ": "n", "ŧ": "t", "þ": "th"}
"""Letters that do not come apart into a plain one and a mark."""


class _Deck:
    """Draws without putting back, and shuffles anew when all are drawn: nothing is left out for long."""

    def __init__(self, cards: list[str], rng: Random) -> None:
        self._cards, self._rng, self._left = cards, rng, list[str]()

    def draw(self) -> str:
        if not self._left:
            self._left = self._rng.sample(self._cards, len(self._cards))
        return self._left.pop()


class Names:
    """Hands out names nobody else has."""

    def __init__(self, rng: Random, taken: Iterable[str]) -> None:
        written = read("people")
        self._taken = set(taken)
        self._first, self._last = _Deck(written["first"], rng), _Deck(written["last"], rng)
        self._middle = _Deck([name for name in written["last"] if name.isalpha()], rng)

    def draw(self) -> str:
        """Return a full name that was not handed out before."""
        first, tries = self._first.draw(), 0
        while True:
            middle = "" if tries < TRIES else f" {self._middle.draw()}"
            name = f"{first}{middle} {self._last.draw()}"
            tries += 1
            if name not in self._taken:
                self._taken.add(name)
                return name


def address(name: str, number: int) -> str:
    """Return an address in plain letters: «Áile Hætta» → aile.haetta.17@drammen.example."""
    letters = "".join(PLAIN.get(c, c) for c in name.casefold())
    plain = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    words = ("".join(c for c in word if c.isalnum()) for word in plain.replace("-", " ").split())
    return ".".join([*filter(None, words), str(number)]) + "@drammen.example"
