"""The best choice that a search has found, and what may still be better."""

from __future__ import annotations

from math import inf

import numpy as np  # noqa: TID253 - who imports this module searches

from planner.domain.optimum.table import Aim, Places, Table
from planner.domain.optimum.twins import alike_in, in_order


class BestSoFar:
    """The best choice so far: least worth, then the first columns.

    Attributes:
        aim: What is sought.
        shared: How many of the first rows may be exceeded together, if their least excess is sought.
        above: Only what is worth more is sought.
        chosen: The number of the column of each group; None if nothing was found yet.
        value: What it is worth; what it has to be below, if nothing was found yet.
    """

    def __init__(
        self, table: Table, aim: Aim, *, shared: int = 0, above: int | None = None, below: float = inf
    ) -> None:
        """Begin without any.

        Args:
            table: The table.
            aim: What is sought.
            shared: How many of the first rows may be exceeded together, if their least excess is sought.
            above: Only what is worth more is sought.
            below: Only what comes to less is sought.
        """
        self._table, self._alike = table, alike_in(table.twins)
        self.aim, self.shared, self.above = aim, shared, above
        self.chosen: tuple[int, ...] | None = None
        self.value = below

    @property
    def is_least(self) -> bool:
        """Whether the least worth is sought."""
        return self.aim is Aim.LEAST

    def limit(self, *, is_tied_told: bool) -> float:
        """What a choice must not come to more than, to be of interest.

        Args:
            is_tied_told: Whether choices that are worth the same as the best are of interest too.
        """
        if self.aim is Aim.FIT:
            return 0.0
        is_tied_told = is_tied_told and self.is_least and self.chosen is not None
        return self.value if is_tied_told else self.value - 1

    def offer(self, chosen: Places) -> bool:
        """Take a choice for the best if it is.

        Args:
            chosen: The number of the column of each group.

        Returns:
            Whether it is.
        """
        key = in_order(map(int, chosen), self._alike)
        worth, used = self._table.of_choice(np.array(key))
        exceeds = used - self._table.most
        if (exceeds[self.shared :] > 0).any() or (self.above is not None and worth <= self.above):
            return False
        value = 0
        if self.is_least:
            value = worth
        elif self.aim is Aim.EXCESS:
            value = int(exceeds[: self.shared].max(initial=0.0))
        is_tied = value == self.value and self.chosen is not None and key < self.chosen
        if value < self.value or is_tied:
            self.chosen, self.value = key, value
            return True
        return False
