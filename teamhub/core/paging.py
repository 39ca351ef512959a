"""Pages of a list: by number, or from a place in it (keyset); a bounded number of rows either way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, and_, or_

T = TypeVar("T")

LARGEST_PAGE = 100_000
LARGEST_ID = 2**31 - 1
LONGEST_ID = len(str(LARGEST_ID))


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


@dataclass(frozen=True)
class Slice(Generic[T]):
    """``rows`` from a place in a list of ``total``: ``before`` and ``after`` say where to go on from.

    They are ids, None at the beginning and at the end. Rows that come or go elsewhere move nothing here,
    and a page deep in the list costs as much as the first.
    """

    rows: list[T]
    total: int
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Key:
    """A column to order by that is never null, and which way."""

    column: Any
    falling: bool = False

    def order(self, *, backwards: bool = False) -> Any:
        return self.column.desc() if self.falling != backwards else self.column.asc()


def beyond(keys: Sequence[Key], place: Sequence[Any], *, backwards: bool = False) -> ColumnElement[bool]:
    """Return the condition on rows that they stand after ``place``, or before it: its value of each key.

    The last key must tell all rows apart.
    """
    first, *rest = keys
    value, *values = place
    past: ColumnElement[bool] = first.column < value if first.falling != backwards else first.column > value
    if not rest:
        return past
    return or_(past, and_(first.column == value, beyond(rest, values, backwards=backwards)))


def place_id(args: Mapping[str, str], name: str) -> int | None:
    """Return the id under ``name`` in an address, None when it says nothing sensible."""
    return id_in(args.get(name, ""))


def id_in(text: str) -> int | None:
    """Return the id a text is, None when it is none."""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_ID
    return int(text) if is_number and 0 < int(text) <= LARGEST_ID else None
