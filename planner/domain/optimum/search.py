"""The cheapest choice of a program, with its proof, by HiGHS.

Source: Huangfu, Hall, "Parallelizing the dual revised simplex method" (2018); HiGHS, highs.dev. It counts in
floating-point numbers, so what it finds is checked in whole numbers, and what fails is cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil, gcd
from typing import TYPE_CHECKING

from planner.domain.optimum.program import Column, Program

if TYPE_CHECKING:
    import highspy
    from highspy.highs import HighsCallbackEvent

Goal = Callable[[Column], int]

# So much is looked at before a search gives up proving: by nodes, not by seconds, so that the same
# question has the same answer on every machine.
MOST_NODES = 2_000_000

_TOLERANCE = 1e-9  # of a row whose greatest number is one: less than a cent of ten millions
_MOST_CUTS = 50


class State(StrEnum):
    """How a search ended."""

    PROVED = "proved"
    STOPPED = "stopped"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        state: How it ended.
        chosen: The best choice, one column of each group; None if there is none.
        value: What it comes to; None if there is none.
        bound: What no choice is below; None if nothing is known.
    """

    state: State
    chosen: tuple[Column, ...] | None = None
    value: int | None = None
    bound: int | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """How a search is watched, and stopped.

    Attributes:
        tell: Is told the best choice so far, its value and what no choice is below.
        should_end: Whether to stop; asked several times a second.
        nodes: After how many nodes to stop.
    """

    tell: Callable[[tuple[Column, ...], int, int | None], None] | None = None
    should_end: Callable[[], bool] | None = None
    nodes: int = MOST_NODES


UNWATCHED = Watch()


def least(
    program: Program, goal: Goal, start: Sequence[Column] | None = None, watch: Watch = UNWATCHED
) -> Found:
    """The choice with the least goal, one column of each group, that keeps every row.

    Args:
        program: The program.
        goal: What a column adds to what is to be least, in whole numbers.
        start: A choice that is known to keep the rows.
        watch: How it is watched.
    """
    if any(not group for group in program.groups) or _is_hopeless(program):
        return Found(State.IMPOSSIBLE)
    if not program.groups:
        return Found(State.PROVED, (), 0, 0)
    cheapest = tuple(min(group, key=goal) for group in program.groups)
    if program.holds(cheapest):
        value = sum(map(goal, cheapest))
        return Found(State.PROVED, cheapest, value, value)
    for _cut in range(_MOST_CUTS):
        found = _Search(program, goal, start, watch).run()
        if found.chosen is None or program.holds(found.chosen):
            return found
        chosen = {(number, column.key) for number, column in enumerate(found.chosen)}
        program = _without(program, chosen)
    return Found(State.STOPPED)


def _is_hopeless(program: Program) -> bool:
    """Whether some row would not be kept even by the columns that take least of it."""
    return any(
        sum(min(column.uses[row] for column in group) for group in program.groups) > most
        for row, most in enumerate(program.rows)
    )


def _without(program: Program, chosen: set[tuple[int, str]]) -> Program:
    """A program that allows everything but one choice."""
    groups = tuple(
        tuple(replace(each, uses=(*each.uses, int((number, each.key) in chosen))) for each in group)
        for number, group in enumerate(program.groups)
    )
    return Program(groups, (*program.rows, len(groups) - 1))


class _Search:
    """One run of HiGHS."""

    def __init__(self, program: Program, goal: Goal, start: Sequence[Column] | None, watch: Watch) -> None:
        self._groups = program.groups
        self._columns = [column for group in program.groups for column in group]
        self._rows = program.rows
        # Less what every choice costs, and in the greatest unit: small numbers are exact.
        base = [min(map(goal, group)) for group in program.groups]
        above = [
            goal(column) - low for low, group in zip(base, program.groups, strict=True) for column in group
        ]
        self._unit = gcd(*above) or 1
        self._base = sum(base)
        self._costs = [each // self._unit for each in above]
        self._start, self._watch, self._goal = start, watch, goal

    def run(self) -> Found:
        import highspy  # a tenth of a second that only the optimum needs

        solver = highspy.Highs()  # type: ignore[no-untyped-call]  # it says nothing of its types
        solver.silent()
        for name, value in {
            "threads": 1,
            "random_seed": 0,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.5,  # goals are whole numbers
            "mip_feasibility_tolerance": _TOLERANCE,
            "primal_feasibility_tolerance": _TOLERANCE,
            "mip_max_nodes": self._watch.nodes,
        }.items():
            solver.setOptionValue(name, value)
        solver.passModel(self._model())
        if self._start is not None:
            solver.setSolution(self._solution(self._start))
        if self._watch.should_end is not None:
            solver.cbMipInterrupt += self._on_interrupt
        if self._watch.tell is not None:
            solver.cbMipImprovingSolution += self._on_better
        solver.run()
        return self._found(solver)

    def _model(self) -> highspy.HighsLp:
        import highspy
        import numpy as np

        count, rows = len(self._columns), len(self._rows)
        scales = [
            max((abs(column.uses[row]) for column in self._columns), default=1) or 1 for row in range(rows)
        ]
        starts, indices, values = [0], [], []
        for number, group in enumerate(self._groups):
            for column in group:
                indices.append(number)
                values.append(1.0)
                for row, use in enumerate(column.uses):
                    if use:
                        indices.append(len(self._groups) + row)
                        values.append(use / scales[row])
                starts.append(len(indices))
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = count, len(self._groups) + rows
        model.col_cost_ = np.array(self._costs, dtype=float)
        model.col_lower_, model.col_upper_ = np.zeros(count), np.ones(count)
        model.integrality_ = [highspy.HighsVarType.kInteger] * count
        model.row_lower_ = np.array([*[1.0] * len(self._groups), *[-highspy.kHighsInf] * rows])
        model.row_upper_ = np.array(
            [
                *[1.0] * len(self._groups),
                *(most / scale for most, scale in zip(self._rows, scales, strict=True)),
            ]
        )
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.array(starts)
        model.a_matrix_.index_ = np.array(indices)
        model.a_matrix_.value_ = np.array(values)
        return model

    def _solution(self, chosen: Sequence[Column]) -> highspy.HighsSolution:
        import highspy

        wanted = {(number, column.key) for number, column in enumerate(chosen)}
        solution = highspy.HighsSolution()
        solution.col_value = [
            float((number, column.key) in wanted)
            for number, group in enumerate(self._groups)
            for column in group
        ]
        return solution

    def _chosen(self, values: Sequence[float]) -> tuple[Column, ...]:
        """The column of each group that a solution takes."""
        chosen, place = [], 0
        for group in self._groups:
            part = values[place : place + len(group)]
            chosen.append(group[max(range(len(group)), key=lambda number: part[number])])
            place += len(group)
        return tuple(chosen)

    def _whole(self, bound: float) -> int | None:
        """What no choice is below, from the solver's bound: goals are whole numbers."""
        if abs(bound) > 1e15:  # noqa: PLR2004 - what HiGHS says while it knows nothing
            return None
        return self._base + self._unit * ceil(bound - 1e-6)

    def _on_interrupt(self, event: HighsCallbackEvent) -> None:
        if self._watch.should_end is not None and self._watch.should_end():
            event.interrupt()

    def _on_better(self, event: HighsCallbackEvent) -> None:
        chosen = self._chosen(list(event.data_out.mip_solution))
        if self._watch.tell is not None:
            value = sum(map(self._goal, chosen))
            self._watch.tell(chosen, value, self._whole(event.data_out.mip_dual_bound))

    def _found(self, solver: highspy.Highs) -> Found:
        import highspy

        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Found(State.IMPOSSIBLE)
        info = solver.getInfo()
        has_one = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if not has_one:
            return Found(State.STOPPED, bound=self._whole(info.mip_dual_bound))
        chosen = self._chosen(solver.getSolution().col_value)
        value = sum(map(self._goal, chosen))
        if status == highspy.HighsModelStatus.kOptimal:
            return Found(State.PROVED, chosen, value, value)
        return Found(State.STOPPED, chosen, value, self._whole(info.mip_dual_bound))
