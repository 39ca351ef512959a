"""The integer program handed to HiGHS: over some of the columns, whole or relaxed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from teamhub.missions.composer.columns import Columns, Cut
from teamhub.missions.composer.needs import Need
from teamhub.missions.composer.pool import Pool
from teamhub.missions.composer.sheet import Arrays, Floats, Places, Sheet

ABOVE_HALF = 0.5
UNDER_ONE = 0.99
"""Scores are whole numbers, so a team less than 1 from the bound is the best."""

OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": UNDER_ONE,
}


@dataclass(slots=True)
class Answer:
    """What HiGHS found. A cost is a score with the sign turned, without the divisions present.

    ``taken`` are the columns that are 1. ``prices``, of the relaxed program, has for every column of the
    need, chosen or not, its reduced cost: a team with it costs at least that much more than ``bound``.
    """

    found: bool
    proven: bool
    cost: float = np.inf
    bound: float = -np.inf
    taken: tuple[int, ...] = ()
    prices: Floats | None = None


class Program:
    """The model of a need over its columns."""

    def __init__(self, need: Need, pool: Pool, columns: Columns) -> None:
        self.need, self.pool = need, pool
        self.arrays = Arrays(columns)

    def solve(self, chosen: Places, cuts: Sequence[Cut], seconds: float) -> Answer:
        """Find the best team among the ``chosen`` columns, or the best within ``seconds``."""
        solver, _, status = self._run(chosen, cuts, seconds, relaxed=False)
        info = solver.getInfo()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Answer(found=False, proven=True)
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Answer(found=False, proven=False, bound=info.mip_dual_bound)
        values = np.array(solver.getSolution().col_value)[: len(chosen)]
        taken = tuple(int(at) for at in chosen[values > ABOVE_HALF])
        proven = status == highspy.HighsModelStatus.kOptimal
        return Answer(
            found=True,
            proven=proven,
            cost=info.objective_function_value,
            bound=info.mip_dual_bound,
            taken=taken,
        )

    def relax(self, chosen: Places, cuts: Sequence[Cut], seconds: float) -> Answer:
        """Solve the linear relaxation over the ``chosen`` columns, and price all the others by it."""
        solver, sheet, status = self._run(chosen, cuts, seconds, relaxed=True)
        if status != highspy.HighsModelStatus.kOptimal:
            return Answer(found=False, proven=status == highspy.HighsModelStatus.kInfeasible)
        cost = solver.getInfo().objective_function_value
        prices = sheet.prices(np.array(solver.getSolution().row_dual))
        return Answer(found=True, proven=True, cost=cost, bound=cost, prices=prices)

    def _run(
        self, chosen: Places, cuts: Sequence[Cut], seconds: float, *, relaxed: bool
    ) -> tuple[highspy.Highs, Sheet, highspy.HighsModelStatus]:
        sheet = Sheet(self.need, self.pool, self.arrays, chosen, cuts)
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in OPTIONS.items():
            solver.setOptionValue(option, value)
        solver.setOptionValue("time_limit", max(seconds, 0.0))
        solver.passModel(sheet.as_lp(relaxed=relaxed))
        solver.run()
        return solver, sheet, solver.getModelStatus()
