"""Pages of a list: a number in the address, a bounded number of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

LARGEST_PAGE = 100_000


@dataclass(frozen=True)
class Page(Generic[T]):
    """``rows`` of page ``number`` (from 1) out of ``total`` rows, ``size`` to a page."""

    rows: list[T]
    number: int
    size: int
    total: int

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.total else 0

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number * self.size < self.total else None


def page_number(args: Mapping[str, str]) -> int:
    """Return the page asked for, 1 when the address says nothing sensible."""
    text = args.get("page", "1")
    if not (text.isascii() and text.isdigit()) or len(text) > 6:
        return 1
    return min(max(int(text), 1), LARGEST_PAGE)
