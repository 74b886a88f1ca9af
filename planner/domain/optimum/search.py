"""The least choice of a program, with its proof.

What is proved is proved in whole numbers, or with everything that floats may be wrong by taken off: see
``prices``. HiGHS solves relaxations for it, which suggest but prove nothing by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, inf
from typing import TYPE_CHECKING

from planner.domain.optimum.program import Column, Program
from planner.domain.optimum.pruning import fitting

if TYPE_CHECKING:
    from planner.domain.optimum.best_so_far import BestSoFar
    from planner.domain.optimum.layers import Layers
    from planner.domain.optimum.table import Table

Goal = Callable[[Column], int]

# So much is looked at before a search gives up proving: by states, not by seconds, so that the same
# question has the same answer on every machine. A million take one second or two.
MOST_NODES = 20_000_000


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
        tell: Is told the best choice so far, its value and what no choice is below, whenever one of them
            changes.
        should_end: Whether to stop; asked many times a second.
        nodes: After how many states to stop.
    """

    tell: Callable[[tuple[Column, ...], int, int | None], None] | None = None
    should_end: Callable[[], bool] | None = None
    nodes: int = MOST_NODES


UNWATCHED = Watch()


def least(
    program: Program,
    goal: Goal,
    start: Sequence[Column] | None = None,
    watch: Watch = UNWATCHED,
    *,
    above: int | None = None,
    below: int | None = None,
) -> Found:
    """The choice with the least goal, one column of each group, that keeps every row.

    Of choices with the same goal, that with the first column of the first group in which they differ; only
    where there are masses of them, another one, but always the same.

    Args:
        program: The program.
        goal: What a column adds to what is to be least, in whole numbers.
        start: A choice that may keep the rows, to begin with.
        watch: How it is watched.
        above: Only choices whose goal is more than this.
        below: Only choices whose goal is less than this.

    Raises:
        OverflowError: Its numbers are greater than can be counted exactly.
    """
    program = fitting(program)
    if any(not group for group in program.groups) or any(most < 0 for most in _left(program)):
        return Found(State.IMPOSSIBLE)
    cheapest = tuple(min(group, key=goal) for group in program.groups)
    dearest = sum(max(map(goal, group)) for group in program.groups)
    value = sum(map(goal, cheapest))
    if (below is not None and value >= below) or (above is not None and dearest <= above):
        return Found(State.IMPOSSIBLE)
    if program.holds(cheapest) and (above is None or value > above):
        return Found(State.PROVED, cheapest, value, value)
    return _Search(program, goal, watch).least(start, above, below)


def least_excess(program: Program, shared: int, watch: Watch = UNWATCHED) -> Found:
    """The choice that exceeds some rows least, and how much more of each of them it needs.

    Args:
        program: The program.
        shared: How many of the first rows may be exceeded; the others are kept.
        watch: How it is watched.

    Raises:
        OverflowError: Its numbers are greater than can be counted exactly.
    """
    rest = Program(
        tuple(
            tuple(Column("", 0, 0, 0, column.uses[shared:]) for column in group) for group in program.groups
        ),
        program.rows[shared:],
    )
    if any(not group for group in program.groups) or any(most < 0 for most in _left(rest)):
        return Found(State.IMPOSSIBLE)
    if not program.groups:
        value = max(0, *(-most for most in program.rows[:shared]), 0)
        return Found(State.PROVED, (), value, value)
    return _Search(program, lambda _column: 0, watch).least_excess(shared)


def _left(program: Program) -> list[int]:
    """What of each row is left if all groups take the least of it."""
    return [
        most - sum(min(column.uses[row] for column in group) for group in program.groups)
        for row, most in enumerate(program.rows)
    ]


class _Search:
    """One search, from the program to the choice."""

    def __init__(self, program: Program, goal: Goal, watch: Watch) -> None:
        from planner.domain.optimum.table import Table  # noqa: PLC0415 - it needs numpy

        self._groups, self._watch = program.groups, watch
        self._table = Table.of(program, goal)
        self._told: tuple[tuple[int, ...], int | None] | None = None

    def least(self, start: Sequence[Column] | None, above: int | None, below: int | None) -> Found:
        """The choice with the least goal."""
        from planner.domain.optimum.best_so_far import BestSoFar  # noqa: PLC0415 - it needs numpy
        from planner.domain.optimum.table import Aim  # noqa: PLC0415 - as above

        whole = self._table
        table = whole.with_rows(whole.binding_rows())
        over = None if above is None else (above - whole.base) // whole.unit
        under = inf if below is None else -((whole.base - below) // whole.unit)
        best, some = (
            BestSoFar(table, Aim.LEAST, above=over, below=under),
            BestSoFar(table, Aim.FIT, above=over),
        )
        search = self._layers(table, best)
        goes_on = search.begin(self._numbers(start))
        if goes_on and best.chosen is None and below is None:
            # Nothing is known that keeps the rows: is there anything at all?
            fitting_in = self._layers(table, some)
            goes_on = fitting_in.begin() and fitting_in.through()
            if some.chosen is None:
                return Found(State.IMPOSSIBLE if goes_on else State.STOPPED)
            goes_on = search.begin(some.chosen)
        return self._found(search, is_proved=goes_on and search.through())

    def least_excess(self, shared: int) -> Found:
        """The choice with the least excess."""
        from planner.domain.optimum.best_so_far import BestSoFar  # noqa: PLC0415 - it needs numpy
        from planner.domain.optimum.table import Aim  # noqa: PLC0415 - as above

        rows = self._table.binding_rows(shared)
        table = self._table.with_rows(rows)
        search = self._layers(table, BestSoFar(table, Aim.EXCESS, shared=sum(row < shared for row in rows)))
        return self._found(search, is_proved=search.begin() and search.through())

    def _layers(self, table: Table, best: BestSoFar) -> Layers:
        from planner.domain.optimum.layers import Layers  # noqa: PLC0415 - it needs numpy

        return Layers(table, best, most=self._watch.nodes, should_end=self._should_end)

    def _should_end(self, search: Layers) -> bool:
        """Tell what is new, and say whether to stop."""
        watch, best = self._watch, search.best
        if watch.tell is not None and best.is_least and best.chosen is not None:
            news = best.chosen, self._bound(search)
            if news != self._told:
                self._told = news
                watch.tell(self._columns(best.chosen), self._value(best.value), news[1])
        return watch.should_end is not None and watch.should_end()

    def _found(self, search: Layers, *, is_proved: bool) -> Found:
        numbers = search.best.chosen
        if numbers is None:
            return Found(State.IMPOSSIBLE) if is_proved else Found(State.STOPPED, bound=self._bound(search))
        chosen, value = self._columns(numbers), self._value(search.best.value)
        if is_proved:
            return Found(State.PROVED, chosen, value, value)
        return Found(State.STOPPED, chosen, value, self._bound(search))

    def _columns(self, numbers: Sequence[int]) -> tuple[Column, ...]:
        return tuple(group[number] for group, number in zip(self._groups, numbers, strict=True))

    def _numbers(self, chosen: Sequence[Column] | None) -> list[int] | None:
        """The numbers of the columns of a choice; None if one of them is not there."""
        if chosen is None or any(each not in group for each, group in zip(chosen, self._groups, strict=True)):
            return None
        return [group.index(each) for each, group in zip(chosen, self._groups, strict=True)]

    def _value(self, worth: float) -> int:
        return self._table.base + self._table.unit * int(worth)

    def _bound(self, search: Layers) -> int | None:
        return None if search.lower == -inf else self._value(ceil(search.lower))
