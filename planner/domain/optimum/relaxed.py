"""The linear relaxation of a table: columns may be chosen in part, and rows exceeded at a price."""

from __future__ import annotations

from dataclasses import dataclass

import highspy  # noqa: TID253 - who imports this module searches
import numpy as np  # noqa: TID253 - as above

from planner.domain.optimum.table import Aim, Choices, Floats, Ints, Table

# To exceed a row by the greatest difference within a group costs as many times the greatest difference in
# worth. A low price keeps numbers small; too low a one hides that nothing fits.
_PENALTY = 20.0


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The relaxation where some groups are decided.

    Attributes:
        prices: What a unit of each row is worth, in the unit of the goal; none is below nothing.
        value: What the goal comes to at least, up to the precision of floats: never take it for a proof.
        parts: How much of each column is chosen, one group after another.
    """

    prices: Floats
    value: float
    parts: Floats


class Relaxed:
    """The relaxation of a table by HiGHS, solved again and again from where it last ended.

    Source: Huangfu, Hall, "Parallelizing the dual revised simplex method" (2018); HiGHS, highs.dev.
    """

    def __init__(self, table: Table, aim: Aim, shared: int = 0) -> None:
        """Hand the table over.

        Args:
            table: The table.
            aim: What is to be least.
            shared: How many of the first rows share one excess.
        """
        self._table, self._shared = table, shared
        self._scale = np.maximum(1.0, table.sizes.max(axis=0, initial=1.0))
        worth = table.worth_for(aim).astype(np.float64)
        self._worth_scale = max(1.0, float(worth.max(initial=0.0)))
        if aim is Aim.EXCESS:
            self._worth_scale = float(self._scale[:shared].max(initial=1.0))
        self._columns = np.arange(len(worth), dtype=np.int32)
        self._none = np.zeros(len(worth))
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]  # it says nothing of its types
        self._solver.silent()
        settings: dict[str, int | str] = {
            "threads": 1,
            "random_seed": 0,
            "presolve": "off",
            "solver": "simplex",
        }
        for name, value in settings.items():
            self._solver.setOptionValue(name, value)
        self._solver.passModel(self._model(worth / self._worth_scale))

    def solve(self, chosen: Choices) -> Relaxation | None:
        """The relaxation where some groups are decided; None if the solver fails.

        Args:
            chosen: The number of the chosen column of each group, -1 where it is open.
        """
        wanted = chosen[self._table.group_of]
        upper = ((wanted < 0) | (wanted == self._table.place_of)).astype(np.float64)
        self._solver.changeColsBounds(len(self._columns), self._columns, self._none, upper)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._solver.getSolution()
        duals = np.array(solution.row_dual[self._table.groups :])
        prices = np.maximum(0.0, -duals) * (self._worth_scale / self._scale)
        if self._shared:
            # A unit of excess in all of these rows costs one: together they are worth no more.
            prices /= max(1.0, float(prices[: self._shared].sum()) * (1 + 1e-12))
        value = self._solver.getInfo().objective_function_value * self._worth_scale
        return Relaxation(prices, value, np.array(solution.col_value[: len(self._columns)]))

    def _model(self, worth: Floats) -> highspy.HighsLp:
        """The model: the columns, then what exceeds the rows."""
        table, shared = self._table, self._shared
        uses = (table.all_uses - table.least_uses[table.group_of]) / self._scale
        slack = np.eye(table.rows)[shared:]
        costs = np.full(table.rows - shared, _PENALTY)
        if shared:
            together = np.where(np.arange(table.rows) < shared, self._worth_scale / self._scale, 0.0)
            slack = np.vstack([slack, together])
            costs = np.append(costs, 1.0)
        is_member = (table.group_of[:, None] == np.arange(table.groups)).astype(np.float64)
        matrix = np.vstack(
            [np.hstack([is_member, uses]), np.hstack([np.zeros((len(slack), table.groups)), -slack])]
        )
        column, row = np.nonzero(matrix)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(matrix), table.groups + table.rows
        model.col_cost_ = np.concatenate([worth, costs])
        model.col_lower_ = np.zeros(len(matrix))
        model.col_upper_ = np.concatenate([np.ones(len(worth)), np.full(len(slack), highspy.kHighsInf)])
        one = np.ones(table.groups)
        model.row_lower_ = np.concatenate([one, np.full(table.rows, -highspy.kHighsInf)])
        model.row_upper_ = np.concatenate([one, (table.most - table.least_uses.sum(axis=0)) / self._scale])
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        counts: Ints = np.bincount(column, minlength=len(matrix))
        model.a_matrix_.start_ = np.cumsum([0, *counts])
        model.a_matrix_.index_ = row
        model.a_matrix_.value_ = matrix[column, row]
        return model
