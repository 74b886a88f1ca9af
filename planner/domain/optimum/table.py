"""A program as arrays, for the search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cached_property
from math import gcd

import numpy as np  # noqa: TID253 - who imports this module searches
from numpy.typing import NDArray  # noqa: TID253 - as above

from planner.domain.optimum.program import Column, Program
from planner.domain.optimum.twins import twins_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
# The number of the chosen column of each group, -1 while it is open; a row for each state.
Choices = NDArray[np.int16]
Places = NDArray[np.integer]

# Up to here a float holds every whole number.
_MOST = 2**53


class Aim(Enum):
    """What a search looks for: the least worth, anything that keeps the rows, or the least excess of rows."""

    LEAST = auto()
    FIT = auto()
    EXCESS = auto()


@dataclass(frozen=True)
class Table:
    """A program and its goal as arrays.

    Attributes:
        worth: What each column of each group adds to the goal: above the least of its group, in units.
        uses: What each column takes of each row; whole numbers, which floats hold exactly.
        most: What each row has.
        unit: The greatest number that divides everything that the goal can come to above its base.
        base: What every choice adds to the goal.
        twins: For each group the one before it with the very same columns; -1 where there is none.
    """

    worth: tuple[Ints, ...]
    uses: tuple[Floats, ...]
    most: Floats
    unit: int
    base: int
    twins: tuple[int, ...]

    @classmethod
    def of(cls, program: Program, goal: Callable[[Column], int]) -> Table:
        """A program as arrays; none of its groups is empty.

        Args:
            program: The program.
            goal: What a column adds to what is to be least.

        Raises:
            OverflowError: Its numbers are greater than can be counted exactly.
        """
        goals = [list(map(goal, group)) for group in program.groups]
        least = [min(group) for group in goals]
        above = [[each - low for each in group] for group, low in zip(goals, least, strict=True)]
        unit = gcd(*(each for group in above for each in group)) or 1
        used = [sum(max(map(abs, uses)) for uses in taken) for taken in _by_row(program)]
        if max(0, sum(map(max, above)) // unit, *used, *map(abs, program.rows)) > _MOST:
            raise OverflowError("amounts this large cannot be counted exactly")
        return cls(
            tuple(np.array([each // unit for each in group], dtype=np.int64) for group in above),
            tuple(
                np.array([column.uses for column in group], dtype=np.float64).reshape(len(group), -1)
                for group in program.groups
            ),
            np.array(program.rows, dtype=np.float64),
            unit,
            sum(least),
            twins_of(program.groups),
        )

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return len(self.worth)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.most)

    @cached_property
    def starts(self) -> Ints:
        """Where each group starts in a list of all columns, and where the last one ends."""
        return np.cumsum([0, *map(len, self.worth)], dtype=np.int64)

    @cached_property
    def group_of(self) -> Ints:
        """The group of each column."""
        return np.repeat(np.arange(self.groups), [len(group) for group in self.worth])

    @cached_property
    def place_of(self) -> Ints:
        """The number of each column within its group."""
        return np.concatenate([np.arange(len(group)) for group in self.worth])

    @cached_property
    def all_worth(self) -> Ints:
        """What each column adds to the goal, one group after another."""
        return np.concatenate(self.worth)

    @cached_property
    def all_uses(self) -> Floats:
        """What each column takes of each row, one group after another."""
        return np.concatenate(self.uses)

    @cached_property
    def least_uses(self) -> Floats:
        """The least that each group takes of each row."""
        return np.array([uses.min(axis=0) for uses in self.uses]).reshape(self.groups, -1)

    @cached_property
    def sizes(self) -> Floats:
        """How much the columns of each group differ in each row."""
        return np.array([np.ptp(uses, axis=0) for uses in self.uses]).reshape(self.groups, -1)

    def worth_for(self, aim: Aim) -> Ints:
        """What each column adds to what is to be least, one group after another."""
        return self.all_worth if aim is Aim.LEAST else np.zeros_like(self.all_worth)

    def worth_of(self, chosen: Places) -> Ints:
        """What choices add to the goal; a row for each."""
        worth: Ints = self.all_worth[self.starts[:-1] + chosen].sum(axis=-1)
        return worth

    def of_choice(self, chosen: Places) -> tuple[int, Floats]:
        """What a choice adds to the goal, and what it takes of each row."""
        return int(self.worth_of(chosen)), self.all_uses[self.starts[:-1] + chosen].sum(axis=0)

    def with_rows(self, rows: Sequence[int]) -> Table:
        """The same with some of its rows."""
        kept = list(rows)
        return replace(self, uses=tuple(uses[:, kept] for uses in self.uses), most=self.most[kept])

    def binding_rows(self, shared: int = 0) -> list[int]:
        """The rows without those that are kept whenever the others are.

        A row is kept by itself if all groups together cannot take more than it has, and because of another
        one if they cannot take so much more of it than of the other.

        Args:
            shared: How many of the first rows may be exceeded: because of them, none of the others is kept.
        """
        taken = sum(uses.max(axis=0) for uses in self.uses)
        more = sum((uses[:, :, None] - uses[:, None, :]).max(axis=0) for uses in self.uses)
        implied = more <= self.most[:, None] - self.most[None, :]
        kept = [row for row in range(self.rows) if taken[row] > self.most[row]]
        for row in list(kept):
            if any(
                implied[row, other] for other in kept if other != row and (row < shared or other >= shared)
            ):
                kept.remove(row)
        return kept


def _by_row(program: Program) -> list[list[tuple[int, ...]]]:
    """What the columns of each group take of each row."""
    return [
        [tuple(column.uses[row] for column in group) for group in program.groups]
        for row in range(len(program.rows))
    ]
