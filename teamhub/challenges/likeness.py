"""Which challenges resemble a text: Okapi BM25 over stems, the same on every engine (ADR 24).

Source of the measure: Robertson and Zaragoza, «The Probabilistic Relevance Framework: BM25 and Beyond»
(2009). Words the store does not know are read as their nearest neighbours there, and parts of compounds
count for less than the whole: «anskaffelsesreglene» finds «anskaffelsesregelverket».
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import log
from typing import Any

from rapidfuzz.distance import Levenshtein, Prefix
from sqlalchemy import func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from teamhub.challenges.models import Challenge, StemCount
from teamhub.challenges.states import State
from teamhub.core.db import db
from teamhub.core.fulltext import Index
from teamhub.core.text import stems
from teamhub.people.models import Unit

INDEX = Index("challenge_fts", Challenge.id, Challenge.stems)

SHORTEST_TEXT = 8
"""Characters before it is worth looking."""

MOST_ALIKE = 3
MOST_WORDS = 40
MOST_LOOKED_UP = 14
"""The rarest words decide whom we look at; all of them decide who is most alike."""

FEWEST_LOOKED_UP = 3
MOST_HELD = 2_500
MOST_WEIGHED = 150
NEIGHBOURS = 6
LIKELY, VERY_LIKELY = 0.19, 0.45
"""How much of what a text says, weighed by rarity, another must say too: suggested, and «svært lik»."""

SATURATION, BY_LENGTH, TITLE_COUNTS, USUAL_LENGTH = 1.2, 0.75, 2.5, 80
"""BM25's k₁ and b; a word in the title counts as so many; stems of a usual text."""

ALL = ""
"""The stem under which the number of all challenges is kept."""


@dataclass(frozen=True)
class Similar:
    """A challenge that resembles a text, ``share`` from 0 to 1. ``very`` when it is probably the same."""

    id: int
    title: str
    state: State
    unit: str | None
    submitted_at: datetime | None
    support_units: int
    support_people: int
    proposer_id: int | None
    very: bool = False
    share: float = 0.0


@dataclass(frozen=True)
class Word:
    """A stem of the text, and how it may be read in the store: stem → how surely, from 0 to 1.

    ``rarity`` is that of its rarest reading; ``counts`` in how many challenges each reading stands.
    """

    readings: dict[str, float]
    rarity: float
    counts: dict[str, int]


def similar(text: str, *, most: int = MOST_ALIKE, besides: int | None = None) -> list[Similar]:
    """Return up to ``most`` submitted challenges that resemble ``text``, best first, at two statements.

    ``besides`` is a challenge to leave out. One that lives on in another is shown as that other.
    """
    if len(text.strip()) < SHORTEST_TEXT:
        return []
    words = _words(text)
    rows = _looked_at(words) if words else []
    whole = sum(word.rarity for word in words)
    weighed = sorted(((*_weigh(words, row.own_title, row.stems), row) for row in rows), key=_best_first)
    found: dict[int, Similar] = {}
    for _score, said, row in weighed:
        if said / whole >= LIKELY and row.id not in {besides, *found}:
            share = said / whole
            found[row.id] = Similar(
                row.id, row.title, State(row.state), row.unit, row.submitted_at, row.support_units,
                row.support_people, row.proposer_id, share >= VERY_LIKELY, share,
            )  # fmt: skip
    return list(found.values())[:most]


def _best_first(weighed: Any) -> tuple[float, int]:
    score, _said, row = weighed
    return -score, row.id


def _words(text: str) -> list[Word]:
    """Read each word of ``text`` as the store may have it."""
    wanted = list(dict.fromkeys(stems(text)))[:MOST_WORDS]
    if not wanted:
        return []
    counts = _counts(wanted)
    number = counts.pop(ALL, 0)

    def rarity(stem: str) -> float:
        count = min(counts.get(stem, 0), number)
        return log(1 + (number - count + 0.5) / (count + 0.5))

    read = [_readings(stem, counts) for stem in wanted]
    return [
        Word(each, max(map(rarity, each)), {reading: counts.get(reading, 1) for reading in each})
        for each in read
    ]


def _counts(wanted: Iterable[str]) -> dict[str, int]:
    """Return in how many challenges each stem stands, and those that begin alike, at one statement."""
    ranges = (
        StemCount.stem.between(stem[:BEGINNING], stem[:BEGINNING] + "\U0010ffff")
        for stem in wanted
        if len(stem) >= LONG_ENOUGH
    )
    which = or_(StemCount.stem.in_([ALL, *wanted]), *ranges)
    found = db.session.execute(select(StemCount.stem, StemCount.challenges).where(which))
    return {row.stem: row.challenges for row in found}


BEGINNING = 4
LONG_ENOUGH = 6
"""Shorter words have too many neighbours that mean something else."""


def _readings(stem: str, counts: dict[str, int]) -> dict[str, float]:
    """Return a stem as itself, as what it is misspelt from, and as compounds that begin as it does."""
    found = {stem: 1.0}
    if len(stem) < LONG_ENOUGH:
        return found
    unknown, beginning = stem not in counts, max(LONG_ENOUGH, round(len(stem) * 0.6))
    near = {}
    for other in counts:
        if other in {stem, ALL} or other[:BEGINNING] != stem[:BEGINNING]:
            continue
        if unknown and (wrong := Levenshtein.distance(stem, other, score_cutoff=2)) <= 2:
            near[other] = 0.85 if wrong == 1 else 0.7
        elif (alike := Prefix.similarity(stem, other)) >= beginning:
            near[other] = 0.15 + 0.5 * alike / max(len(stem), len(other))
    return found | dict(sorted(near.items(), key=lambda one: (-one[1], one[0]))[:NEIGHBOURS])


def _looked_at(words: list[Word]) -> list[Any]:
    """Return the challenges that hold the most of the rarest readings, with what is shown of each."""
    branches = [
        INDEX.holding(reading, literal(round(weight, 3)).label("weight"))
        for weight, reading in _to_look_up(words)
    ]
    held = union_all(*branches).subquery()
    best = (
        select(held.c.id.label("id"))
        .group_by(held.c.id)
        .order_by(func.sum(held.c.weight).desc(), held.c.id.desc())
        .limit(MOST_WEIGHED)
        .subquery()
    )
    c, lives_on = Challenge, aliased(Challenge)
    shown = (c.id, c.title, c.state, c.submitted_at, c.support_units, c.support_people, c.proposer_id)
    of_survivor = (getattr(lives_on, column.key) for column in shown)
    id_, title, state, *rest = (
        func.coalesce(theirs, own).label(own.key) for theirs, own in zip(of_survivor, shown, strict=True)
    )
    submitted, *counted = rest
    where_from = func.coalesce(Unit.name, c.submitted_by).label("unit")
    hidden = (State.DRAFT, State.WITHDRAWN)
    return list(
        db.session.execute(
            select(id_, title, state, where_from, submitted, *counted, c.stems, c.title.label("own_title"))
            .join(best, best.c.id == c.id)
            .outerjoin(Unit, Unit.id == c.unit_id)
            .outerjoin(lives_on, lives_on.id == c.merged_into_id)
            .where(c.state.not_in(hidden))
        )
    )


def _to_look_up(words: list[Word]) -> list[tuple[float, str]]:
    """Return the readings that tell most, with their weight, until they hold as many as is worth a look."""
    telling = sorted(
        (
            (word.rarity * how, reading, word.counts[reading])
            for word in words
            for reading, how in word.readings.items()
        ),
        key=lambda one: (-one[0], one[1]),
    )
    chosen: list[tuple[float, str]] = []
    held = 0
    for weight, reading, count in telling[:MOST_LOOKED_UP]:
        if held > MOST_HELD and len(chosen) >= FEWEST_LOOKED_UP:
            break
        chosen.append((weight, reading))
        held += count
    return chosen


def _weigh(words: list[Word], title: str, stored: str) -> tuple[float, float]:
    """Return a challenge's BM25 for the text, and how much of what the text says it says too."""
    in_text, in_title = Counter(stored.split()), Counter(stems(title))
    length = SATURATION * (1 - BY_LENGTH + BY_LENGTH * in_text.total() / USUAL_LENGTH)
    here = in_text.keys() | in_title.keys()
    score = said = 0.0
    for word in words:
        best = most = 0.0
        for reading in word.readings.keys() & here:
            times = in_text[reading] + TITLE_COUNTS * in_title[reading]
            weight = word.readings[reading] * word.rarity
            best = max(best, weight * times * (SATURATION + 1) / (times + length))
            most = max(most, weight)
        score += best
        said += most
    return score, said
