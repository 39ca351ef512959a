"""Places in an order as short strings: there is always room for one more between two."""

from __future__ import annotations

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
BASE = len(ALPHABET)
WIDTH = 6
STEP = BASE**3
"""The distance kept when something is put first or last: room for 46 655 things between neighbours."""

LONGEST = 24
"""A rank longer than this is a sign that a column should be given fresh ones."""


class NoRoom(Exception):
    """There is no short rank between the two. Give the column fresh ranks, and ask again."""


def between(low: str | None, high: str | None) -> str:
    """Return a rank after ``low`` and before ``high``; None is the very beginning, or the very end.

    Never equal to either. Raises NoRoom when none of at most LONGEST characters fits.
    """
    if low is None and high is None:
        return _text(BASE**WIDTH // 2, WIDTH)
    for width in range(WIDTH, LONGEST + 1):
        first = _number(low, width) if low is not None else 0
        end = _number(high, width) if high is not None else BASE**width
        if end - first >= 2:
            return _text(_pick(first, end, low, high), width)
    raise NoRoom


def _pick(first: int, end: int, low: str | None, high: str | None) -> int:
    """A step away from the one neighbour at the ends of a column, the middle between two."""
    if high is None and end - first > STEP:
        return first + STEP
    if low is None and end - first > STEP:
        return end - STEP
    return (first + end) // 2


def fresh(count: int) -> list[str]:
    """Return ``count`` ranks in order, with as much room between them as there is."""
    distance = BASE**WIDTH // (count + 1)
    return [_text(distance * place, WIDTH) for place in range(1, count + 1)]


def _number(rank: str, width: int) -> int:
    """Read the first ``width`` characters as a number; what is missing counts as zero."""
    number = 0
    for character in rank[:width].ljust(width, ALPHABET[0]):
        number = number * BASE + ALPHABET.index(character)
    return number


def _text(number: int, width: int) -> str:
    characters = []
    for _ in range(width):
        number, digit = divmod(number, BASE)
        characters.append(ALPHABET[digit])
    return "".join(reversed(characters))
