"""Assessments of a challenge side by side: scores, spread, and when they may be seen. Pure, no database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from teamhub.assessments.states import ENOUGH, FAR_APART, FEASIBILITY, HIGHEST, UNDECIDED, VALUE, Criterion
from teamhub.challenges.states import State


@dataclass(frozen=True)
class Mark:
    """What an assessor gave on one criterion, and why. A draft may lack either."""

    score: int | None
    reason: str


@dataclass(frozen=True)
class Judged:
    """What one assessor has given a challenge, by the weights in force when asked."""

    id: int
    assessor_id: int
    assessor: str
    division_id: int | None
    division: str | None
    due_on: date
    submitted_at: datetime | None
    set_number: int
    weights: Mapping[str, int]
    marks: dict[Criterion, Mark] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """The weighted sum over five, from 20 to 100."""
        return weighted(self.weights, self.marks, tuple(Criterion)) / HIGHEST

    @property
    def value(self) -> float:
        """The first four criteria as a share of the most they can give, in percent."""
        return _share(self.weights, self.marks, VALUE)

    @property
    def feasibility(self) -> float:
        """The last four criteria as a share of the most they can give, in percent."""
        return _share(self.weights, self.marks, FEASIBILITY)


def weighted(
    weights: Mapping[str, int], marks: Mapping[Criterion, Mark], criteria: Collection[Criterion]
) -> float:
    """Return the sum of weight times mark over some criteria; what has no mark counts as nothing."""
    given = ((weights[c], marks[c].score or 0) for c in criteria if c in marks)
    return float(sum(weight * score for weight, score in given))


def _share(
    weights: Mapping[str, int], marks: Mapping[Criterion, Mark], criteria: Collection[Criterion]
) -> float:
    return 100 * weighted(weights, marks, criteria) / (HIGHEST * sum(weights[c] for c in criteria))


@dataclass(frozen=True)
class Talked:
    """What was said about a criterion the assessors were far apart on."""

    outcome: str
    by: str | None
    at: datetime


@dataclass(frozen=True)
class Spread:
    """The lowest and the highest of several marks or scores. Never what lies between."""

    low: float
    high: float

    @property
    def is_wide(self) -> bool:
        """Tell whether marks lie so far apart that the assessors must talk."""
        return self.high - self.low >= FAR_APART


@dataclass(frozen=True)
class Round:
    """All assessments of a challenge from when it came, or came again, as the policy looks at them.

    ``is_current`` tells that no later round has begun; ``state`` and ``proposer_id`` are the challenge's.
    """

    challenge_id: int
    proposer_id: int | None
    state: State
    number: int
    is_current: bool
    judged: list[Judged]
    talks: dict[Criterion, Talked] = field(default_factory=dict)

    @property
    def submitted(self) -> list[Judged]:
        return [one for one in self.judged if one.submitted_at]

    @property
    def awaited(self) -> frozenset[int]:
        """Who is asked and has not submitted: they must see nothing of the others."""
        return frozenset(one.assessor_id for one in self.judged if not one.submitted_at)

    @property
    def assessed_by(self) -> frozenset[int]:
        return frozenset(one.assessor_id for one in self.submitted)

    @property
    def is_open(self) -> bool:
        """Tell whether enough have submitted, from different areas, for others to see the marks."""
        return is_open([one.division_id for one in self.submitted])

    @property
    def is_decided(self) -> bool:
        """Tell whether the decision the assessments were for has been taken."""
        return not self.is_current or self.state not in UNDECIDED

    @property
    def spread(self) -> dict[Criterion, Spread]:
        """From the lowest to the highest mark on each criterion."""
        given = {
            c: [score for one in self.submitted if c in one.marks and (score := one.marks[c].score)]
            for c in Criterion
        }
        return {c: Spread(min(scores), max(scores)) for c, scores in given.items() if scores}

    @property
    def far_apart(self) -> list[Criterion]:
        """Criteria the assessors must talk about."""
        return [c for c, spread in self.spread.items() if spread.is_wide]

    @property
    def to_talk_about(self) -> list[Criterion]:
        """Those of them nobody has written down a talk about yet."""
        return [c for c in self.far_apart if c not in self.talks]

    @property
    def range(self) -> Spread | None:
        """From the lowest to the highest score, or None until those far apart have talked. Never a mean."""
        if not self.is_open or self.to_talk_about:
            return None
        scores = [one.score for one in self.submitted]
        return Spread(min(scores), max(scores))

    @property
    def one_area(self) -> bool:
        """Tell whether all who are asked come from the same area."""
        return len(self.judged) > 0 and len({one.division_id for one in self.judged}) == 1


def is_open(divisions: Collection[int | None]) -> bool:
    """Tell whether these areas of those who have submitted are enough to open the assessments."""
    return len(divisions) >= ENOUGH and len(set(divisions)) >= ENOUGH
