"""Prices of rows, and what no choice can be below by them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np  # noqa: TID253 - who imports this module searches

from planner.domain.optimum.table import Aim, Floats, Ints, Table

# As many prices are remembered, and so many states looked at to see which of them say most.
_MOST = 6000
_LOOKED_AT = 256
# States are looked at in parts of this size: a hundredth of a second each.
_PART = 4096
_ROUNDING = 2.0**-53


class Prices:
    """What was learnt about the rows: each set of prices says of every state what it comes to at least.

    For prices of no less than nothing, a choice that keeps the rows comes to no less than its worth, plus at
    these prices what it takes of the rows, less what they have: each open group takes the column for which
    that is least. That holds whatever the prices are; good ones come from the relaxation. What floats may
    be wrong by is taken off, so that no choice is ever lost to rounding.

    Source: Geoffrion, "Lagrangean relaxation for integer programming" (1974); Kellerer, Pferschy, Pisinger,
    "Knapsack Problems" (2004), section 11.2; for rounding, Higham, "Accuracy and Stability of Numerical
    Algorithms" (2002), section 3.1.
    """

    def __init__(self, table: Table, aim: Aim) -> None:
        """Begin without any.

        Args:
            table: The table.
            aim: What is to be least.
        """
        self._table = table
        self._worth = np.split(table.worth_for(aim), table.starts[1:-1])
        self._prices = np.zeros((0, table.rows))
        self._base = np.zeros(0)
        self._least = np.zeros((0, table.groups))
        self._greatest = float(sum(int(worth.max()) for worth in self._worth))
        self._taken = sum(np.abs(uses).max(axis=0) for uses in table.uses) + np.abs(table.most)

    def __len__(self) -> int:
        """How many sets there are."""
        return len(self._prices)

    def learn(self, prices: Sequence[Floats]) -> None:
        """Remember sets of prices, and forget the oldest if there are too many."""
        new = np.array(prices)
        # Twice the bound of Higham for a sum of that many products.
        share = 4 * (self._table.rows + self._table.groups + 8) * _ROUNDING
        error = share * (self._greatest + new @ self._taken)
        least = [
            (worth[:, None] + uses @ new.T).min(axis=0)
            for worth, uses in zip(self._worth, self._table.uses, strict=True)
        ]
        self._prices = np.concatenate([self._prices, new])
        self._base = np.concatenate([self._base, -(new @ self._table.most) - error])
        self._least = np.concatenate([self._least, np.stack(least, axis=1)])
        if len(self) > _MOST:
            kept = _MOST // 2
            self._prices, self._base = self._prices[-kept:], self._base[-kept:]
            self._least = self._least[-kept:]

    def telling(self, worth: Ints, used: Floats, still: Sequence[int], most: int) -> Ints:
        """The sets that say most about some states.

        Args:
            worth: The worth of each state.
            used: What it has taken.
            still: The groups that are open.
            most: How many sets are wanted.
        """
        if len(self) <= most:
            return np.arange(len(self))
        places = spread(len(worth), _LOOKED_AT)
        said = used[places] @ self._prices.T + self.rest(np.arange(len(self)), still)
        best = said.max(axis=1, keepdims=True)
        wins = np.bincount(said.argmax(axis=1), minlength=len(self))
        return np.sort(np.lexsort((-(said - best).mean(axis=0), -wins))[:most])

    def latest(self, count: int) -> Ints:
        """The sets that were learnt last."""
        return np.arange(max(0, len(self) - count), len(self))

    def rest(self, sets: Ints, still: Sequence[int]) -> Floats:
        """What the open groups add at least by each set, less what the rows have."""
        rest: Floats = self._base[sets] + self._least[sets][:, still].sum(axis=1)
        return rest

    def bounds(self, worth: Ints, used: Floats, still: Sequence[int], sets: Ints) -> Floats:
        """What each state comes to at least.

        Args:
            worth: The worth of each state.
            used: What it has taken.
            still: The groups that are open.
            sets: The sets of prices to ask.
        """
        prices, rest = self._prices[sets].T, self.rest(sets, still)
        found = np.empty(len(worth))
        for start in range(0, len(worth), _PART):
            part = slice(start, start + _PART)
            found[part] = (used[part] @ prices + rest).max(axis=1)
        return found + worth

    def said(self, worth: Ints, used: Floats, still: Sequence[int], sets: Ints) -> Floats:
        """What each set says of each state: a row for each state."""
        said: Floats = worth[:, None] + used @ self._prices[sets].T + self.rest(sets, still)
        return said

    def above(self, group: int, sets: Ints) -> Floats:
        """How much more than the least of its group each column adds by each set: a row for each column."""
        costs = self._worth[group][:, None] + self._table.uses[group] @ self._prices[sets].T
        above: Floats = costs - self._least[sets, group]
        return above

    def mean(self, sets: Ints) -> Floats:
        """The price of each row by the mean of some sets."""
        mean: Floats = self._prices[sets].mean(axis=0)
        return mean


def spread(count: int, wanted: int, turn: int = 0) -> Ints:
    """The numbers of some things of many, evenly spread.

    Args:
        count: How many there are.
        wanted: How many are wanted.
        turn: Gives others each time.
    """
    if count <= wanted:
        return np.arange(count)
    offset = (turn * 7919 + count // 2) % count
    spread: Ints = (np.arange(wanted) * count + offset) // wanted % count
    return spread
