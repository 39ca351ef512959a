"""The rows and columns of the integer program as HiGHS takes them. docs/composer.md has them as formulas."""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np
from numpy.typing import NDArray

from teamhub.missions.composer.columns import NOWHERE, Columns, Cut
from teamhub.missions.composer.needs import Need
from teamhub.missions.composer.pool import Pool
from teamhub.missions.composer.scoring import FULL

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


class Arrays:
    """The columns of a need as arrays of equal length; ``cost`` is their worth with the sign turned."""

    def __init__(self, columns: Columns) -> None:
        self.owner, self.seat, self.load, self.division, self.pattern = (
            np.array(part, dtype=np.int64)
            for part in (columns.owner, columns.seat, columns.load, columns.division, columns.pattern)
        )
        self.cost = -np.array(columns.worth, dtype=np.float64)
        self.divisions = len(columns.divisions)
        self.patterns = columns.patterns
        self.teaching = len(columns.teaching)


class Rows:
    """Rows under their names: where each block begins, and the bounds of each row."""

    def __init__(self) -> None:
        self.first: dict[str, int] = {}
        self.lower: list[float] = []
        self.upper: list[float] = []

    def add(self, name: str, number: int, lower: float, upper: float) -> None:
        self.first[name] = len(self.lower)
        self.lower += [lower] * number
        self.upper += [upper] * number


class Sheet:
    """The program over the ``chosen`` columns: x, then one y for each division, z for each pair, and M."""

    def __init__(self, need: Need, pool: Pool, arrays: Arrays, chosen: Places, cuts: Sequence[Cut]) -> None:
        self.need, self.arrays, self.chosen, self.cuts = need, arrays, chosen, cuts
        self.owners, self.inverse, self.held = np.unique(
            arrays.owner[chosen], return_inverse=True, return_counts=True
        )
        self.shared = np.flatnonzero(self.held > 1)
        self.pairs = pairs_among(pool, self.owners.tolist()) if need.weights.circle else []
        self.width = len(chosen) + arrays.divisions + len(self.pairs) + 1
        self.rows = self._rows()
        self.entries: list[tuple[Places, Places, Floats]] = []
        self._enter_seats_and_divisions()
        self._enter_teaching()
        self._enter_people()

    def _rows(self) -> Rows:
        rows, arrays, need = Rows(), self.arrays, self.need
        still = need.min_divisions - len(need.divisions_present())
        rows.add("seat", len(need.seats), 1, 1)
        rows.add("balance", len(need.seats), -np.inf, 0)
        rows.add("division", arrays.divisions, -np.inf, 0)
        rows.add("span", 1, max(still, 0), np.inf)
        rows.add("teaching", arrays.teaching, -np.inf, 0)
        rows.add("person", len(self.shared), -np.inf, 1)
        rows.add("pair", len(self.pairs), -np.inf, 1)
        rows.add("cut", 0, 0, 0)
        for cut in self.cuts:
            rows.lower.append(-np.inf)
            rows.upper.append(cut.most)
        return rows

    def _enter(self, name: str, row: Places, column: Places, value: Floats | float) -> None:
        self.entries.append((row + self.rows.first[name], column, np.broadcast_to(value, row.shape)))

    def _enter_seats_and_divisions(self) -> None:
        arrays, chosen = self.arrays, self.chosen
        each, divisions = np.arange(len(chosen)), np.arange(arrays.divisions)
        seats = np.arange(len(self.need.seats))
        seat, division = arrays.seat[chosen], arrays.division[chosen]
        somewhere = division != NOWHERE
        self._enter("seat", seat, each, 1)
        self._enter("balance", seat, each, arrays.load[chosen].astype(np.float64))
        self._enter("balance", seats, np.full(len(seats), self.width - 1), -1)
        self._enter("division", division[somewhere], each[somewhere], -1)
        self._enter("division", divisions, len(chosen) + divisions, 1)
        self._enter("span", np.zeros_like(divisions), len(chosen) + divisions, 1)

    def _enter_teaching(self) -> None:
        pattern = self.arrays.pattern[self.chosen]
        for place, entries in enumerate(self.arrays.patterns):
            columns = np.flatnonzero(pattern == place)
            for row, value in entries:
                self._enter("teaching", np.full(len(columns), row), columns, value)

    def _enter_people(self) -> None:
        row_of = np.full(len(self.owners), -1)
        row_of[self.shared] = np.arange(len(self.shared))
        several = np.flatnonzero(row_of[self.inverse] >= 0)
        self._enter("person", row_of[self.inverse][several], several, 1)
        first_z = len(self.chosen) + self.arrays.divisions
        by_owner = np.split(np.argsort(self.inverse, kind="stable"), np.cumsum(self.held)[:-1])
        for row, pair in enumerate(self.pairs):
            theirs = np.concatenate([by_owner[one] for one in pair])
            self._enter("pair", np.full(len(theirs), row), theirs, 1)
        z = np.arange(len(self.pairs))
        self._enter("pair", z, first_z + z, -1)
        for row, cut in enumerate(self.cuts):
            theirs = np.flatnonzero(np.isin(self.arrays.owner[self.chosen], list(cut.people)))
            self._enter("cut", np.full(len(theirs), row), theirs, 1)

    def as_lp(self, *, relaxed: bool) -> highspy.HighsLp:
        """Return the program, with whole x or, ``relaxed``, with x of 0 or more."""
        lp, number, weights = highspy.HighsLp(), len(self.chosen), self.need.weights
        rest = self.width - number
        lp.num_col_, lp.num_row_ = self.width, len(self.rows.lower)
        lp.col_cost_ = np.concatenate(
            [
                self.arrays.cost[self.chosen],
                np.full(self.arrays.divisions, -FULL * weights.spread),
                np.full(len(self.pairs), FULL * weights.circle),
                [weights.balance],
            ]
        )
        lp.col_lower_ = np.zeros(self.width)
        lp.col_upper_ = np.concatenate(
            [
                np.full(number, np.inf if relaxed else 1),
                np.ones(self.arrays.divisions),
                np.full(len(self.pairs) + 1, np.inf),
            ]
        )
        lp.row_lower_, lp.row_upper_ = np.array(self.rows.lower), np.array(self.rows.upper)
        if not relaxed:
            whole, any_number = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
            lp.integrality_ = [whole] * number + [any_number] * rest
        row, column, value = (np.concatenate(part) for part in zip(*self.entries, strict=True))
        order = np.lexsort((row, column))
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(np.bincount(column, minlength=self.width))])
        lp.a_matrix_.index_, lp.a_matrix_.value_ = row[order], value[order]
        return lp

    def prices(self, dual: Floats) -> Floats:
        """Return the reduced cost of every column of the need, chosen or not, from the rows' duals.

        Rows about people outside the chosen columns do not exist here, which counts as a dual of 0. The full
        program has no fewer rows, so what is said of its columns holds for it as well.
        """
        arrays, first = self.arrays, self.rows.first
        seats = len(self.need.seats)
        of_division = np.append(dual[first["division"] : first["span"]], 0)  # the last place is NOWHERE's
        of_teaching = dual[first["teaching"] : first["person"]]
        of_pattern = np.array([sum(of_teaching[row] * v for row, v in p) for p in arrays.patterns])
        of_person = np.zeros(int(arrays.owner.max()) + 1)
        of_person[self.owners[self.shared]] = dual[first["person"] : first["pair"]]
        for row, pair in enumerate(self.pairs):
            of_person[self.owners[list(pair)]] += dual[first["pair"] + row]
        for row, cut in enumerate(self.cuts):
            of_person[[at for at in cut.people if at < len(of_person)]] += dual[first["cut"] + row]
        paid: Floats = (
            dual[arrays.seat]
            + arrays.load * dual[arrays.seat + seats]
            - of_division[arrays.division]
            + of_pattern[arrays.pattern]
            + of_person[arrays.owner]
        )
        return arrays.cost - paid


def pairs_among(pool: Pool, people: Sequence[int]) -> list[tuple[int, int]]:
    """Return the pairs among ``people`` (places in the pool) who were on a team together lately.

    They are given as places in ``people``, the smaller one first, in order.
    """
    place_of = {pool.people[at].id: place for place, at in enumerate(people)}
    found = {
        (min(place, place_of[other]), max(place, place_of[other]))
        for place, at in enumerate(people)
        for other in pool.people[at].recent
        if other in place_of and place_of[other] != place
    }
    return sorted(found)
