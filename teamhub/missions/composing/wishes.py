"""What a lead wishes of the proposals, read from an address and written to one: nothing of it is stored."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from teamhub.core.paging import id_in
from teamhub.missions.composer.needs import TERMS, Bounds, Weights
from teamhub.missions.states import SPAN_REQUIRED

MOST_NAMED = 100
"""Locks, exclusions and placements an address may hold."""

MOST_DIVISIONS = 20


@dataclass(frozen=True)
class Wishes:
    """Who must have which seat (``locked``, seat → person), who is left out, how many divisions, weights.

    ``compared`` are the letters of two teams side by side; ``placed`` is a team put together by hand.
    """

    locked: dict[int, int] = field(default_factory=dict)
    excluded: frozenset[int] = frozenset()
    span: int = SPAN_REQUIRED
    weights: Weights = field(default_factory=Weights)
    compared: tuple[str, ...] = ()
    placed: dict[int, int] = field(default_factory=dict)

    @property
    def pairs(self) -> list[tuple[str, Any]]:
        """What an address says of these wishes, always in the same order; what is usual is left out."""
        said: list[tuple[str, Any]] = [("lock", f"{s}.{p}") for s, p in sorted(self.locked.items())]
        said += [("out", person) for person in sorted(self.excluded)]
        said += [("span", self.span)] * (self.span != SPAN_REQUIRED)
        usual = Weights()
        chosen = ((term, getattr(self.weights, term)) for term in TERMS)
        said += [(f"w_{term}", points) for term, points in chosen if points != getattr(usual, term)]
        said += [("cmp", letter) for letter in self.compared]
        return said + [("put", f"{s}.{p}") for s, p in sorted(self.placed.items())]

    @property
    def address(self) -> str:
        return urlencode(self.pairs)

    def lock(self, seat: int, person: int) -> Wishes:
        return replace(self, locked=_with(self.locked, seat, person), excluded=self.excluded - {person})

    def unlock(self, seat: int) -> Wishes:
        return replace(self, locked={s: p for s, p in self.locked.items() if s != seat})

    def exclude(self, person: int) -> Wishes:
        locked = {s: p for s, p in self.locked.items() if p != person}
        return replace(self, excluded=self.excluded | {person}, locked=locked)

    def admit(self, person: int) -> Wishes:
        return replace(self, excluded=self.excluded - {person})

    def spanning(self, divisions: int) -> Wishes:
        return replace(self, span=divisions)

    def compare(self, one: str, other: str) -> Wishes:
        return replace(self, compared=(one, other))

    def put(self, seat: int, person: int) -> Wishes:
        return replace(self, placed=_with(self.placed, seat, person))

    def take_out(self, seat: int) -> Wishes:
        return replace(self, placed={s: p for s, p in self.placed.items() if s != seat})

    def by_hand(self, team: dict[int, int]) -> Wishes:
        return replace(self, placed=team, compared=())


def parse(args: MultiDict[str, str], bounds: Bounds) -> Wishes:
    """Read an address. What makes no sense is left out, and weights are kept within the board's bounds."""
    span = args.get("span", "")
    weights = {
        part.name: int(said)
        for part in fields(Weights)
        if (said := args.get(f"w_{part.name}", "")).isascii() and said.isdigit() and len(said) <= 4
    }
    excluded = frozenset(filter(None, map(id_in, args.getlist("out")[:MOST_NAMED])))
    locked = _placements(args.getlist("lock"))
    return Wishes(
        locked={seat: person for seat, person in locked.items() if person not in excluded},
        excluded=excluded,
        span=min(int(span), MOST_DIVISIONS) if span.isascii() and span.isdigit() else SPAN_REQUIRED,
        weights=bounds.nearest(Weights(**weights)),
        compared=tuple(letter for letter in args.getlist("cmp")[:2] if letter in {"A", "B", "C"}),
        placed=_placements(args.getlist("put")),
    )


def _placements(said: list[str]) -> dict[int, int]:
    """Return seat → person from texts such as «12.345». The last counts where one is named twice."""
    found: dict[int, int] = {}
    for text in said[:MOST_NAMED]:
        seat, person = (id_in(part) for part in (text.split(".", 1) if "." in text else ("", "")))
        if seat and person:
            found = _with(found, seat, person)
    return found


def _with(placed: dict[int, int], seat: int, person: int) -> dict[int, int]:
    return {s: p for s, p in placed.items() if p != person} | {seat: person}
