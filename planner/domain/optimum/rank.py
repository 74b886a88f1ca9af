"""Goals that come in turn, as one number."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.optimum.program import Column, Program

# The greatest sum that is searched for as one number: floats hold it exactly.
_MOST = 2**52


@dataclass(frozen=True, slots=True)
class Rank:
    """What counts after being late, as one number: the cost, then the acts, then the ends.

    Fewest things to ask for or to do come before the earliest ends, so that no plan is settled early for
    nothing.

    Attributes:
        first: The first of all last days.
        per_act: What an act counts beside a day.
        per_cost: What a minor unit counts beside a day.
    """

    first: int
    per_act: int
    per_cost: int

    @classmethod
    def of(cls, program: Program) -> Rank:
        """The rank within a program."""
        days = [column.ends for group in program.groups for column in group]
        per_act = (max(days, default=0) - min(days, default=0)) * len(program.groups) + 1
        return cls(min(days, default=0), per_act, per_act * (len(program.groups) + 1))

    def __call__(self, column: Column) -> int:
        """The rank of a column."""
        return column.cost * self.per_cost + self.beside_cost(column)

    def beside_cost(self, column: Column) -> int:
        """The rank of a column among those that cost the same."""
        return column.acts * self.per_act + column.ends - self.first

    def fits(self, program: Program) -> bool:
        """Whether it can be counted in one number."""
        costs = [[column.cost for column in group] for group in program.groups]
        return sum(max(group) - min(group) for group in costs if group) * self.per_cost < _MOST
