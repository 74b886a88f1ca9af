"""Which group to decide next."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

import numpy as np  # noqa: TID253 - who imports this module searches

from planner.domain.optimum.layer import Layer
from planner.domain.optimum.prices import Prices, spread
from planner.domain.optimum.relaxed import Relaxation
from planner.domain.optimum.table import Choices, Floats, Ints, Table

# Up to so many states the greatest group comes next; beyond, one of the greatest, after a closer look.
_FEW = 600
_GREATEST = 8
_SAMPLES = 48
# The closer look solves relaxations: for some groups, the more of them the more states there are.
_LEAST_GROUPS = 5
_STATES_PER_GROUP = 300
_LEAST_STATES, _MOST_STATES = 2, 10
_STATES_PER_SAMPLE = 1500
# What is left below a state grows by so many powers of e from the limit down to the least bound.
_GROWTH = 4.0
_WORTH_LEARNING = 0.02


class Branching:
    """The choice of the group that is decided next.

    The greatest groups come first: as long as they are open the relaxation fits any rest with parts of them,
    and says little; small ones fill what is left almost exactly. Among the greatest, the one is taken that
    leaves least to be searched, as strong branching does: Achterberg, Koch, Martin, "Branching rules
    revisited" (2005).
    """

    def __init__(
        self,
        table: Table,
        prices: Prices,
        relax: Callable[[Choices], Relaxation | None],
        limit: Callable[[], float],
    ) -> None:
        """Prepare.

        Args:
            table: The table.
            prices: What was learnt about the rows.
            relax: The relaxation of a state.
            limit: What a state must not come to more than, to be of interest.
        """
        self._table, self._prices, self._relax, self._limit = table, prices, relax, limit
        self._split = np.zeros(table.groups)

    def forget(self) -> None:
        """Forget which groups were split by relaxations."""
        self._split = np.zeros(self._table.groups)

    def see(self, parts: Floats) -> None:
        """Note which groups a relaxation splits.

        Args:
            parts: How much of each column it chooses.
        """
        self._split += np.add.reduceat(np.minimum(parts, 1 - parts), self._table.starts[:-1])

    def group(self, layer: Layer, sets: Ints) -> int:
        """The group to decide next.

        Args:
            layer: The states; some group is open.
            sets: The prices to ask.
        """
        still = list(layer.still)
        sizes: Floats = (self._table.sizes[still] * self._prices.mean(sets)).max(axis=1, initial=0.0)
        order: list[int] = [still[place] for place in np.argsort(-sizes, kind="stable")]
        if len(layer) < _FEW or len(order) <= _LEAST_STATES:
            return order[0]
        some = layer.at(spread(len(layer), _SAMPLES))
        said = self._prices.said(some.worth, some.used, some.still, sets)
        least = float(said.max(axis=1).min())
        left = {group: self._left(self._bounds(said, group, sets), least) for group in order[:_GREATEST]}
        return self._closer(self._candidates(left, len(layer)), layer, sets, least)

    def _bounds(self, said: Floats, group: int, sets: Ints) -> Floats:
        """What states come to at least with each column of a group: a row for each state."""
        bounds: Floats = (said[:, None, :] + self._prices.above(group, sets)[None]).max(axis=2)
        return bounds

    def _left(self, bounds: Floats, least: float) -> float:
        """How much is left to be searched, in a measure of its own."""
        limit = self._limit()
        span = (limit - least) / _GROWTH if least < limit < inf else 1.0
        grown = np.exp(np.clip((least - bounds) / span, -50.0, 50.0))
        return float(np.where(bounds <= limit, grown, 0.0).sum())

    def _candidates(self, left: dict[int, float], states: int) -> list[int]:
        """The groups that deserve a closer look."""
        wanted = _LEAST_GROUPS + states // _STATES_PER_GROUP
        found = sorted(left, key=lambda group: left[group])[: wanted // 2]
        for group in sorted(left, key=lambda group: -self._split[group] / (1e-9 + left[group])):
            if len(found) < wanted and group not in found and self._split[group] > 0:
                found.append(group)
        return found

    def _closer(self, candidates: list[int], layer: Layer, sets: Ints, least: float) -> int:
        """The candidate that leaves least by the relaxations of some states."""
        count = min(_MOST_STATES, max(_LEAST_STATES, len(layer) // _STATES_PER_SAMPLE))
        some = layer.at(spread(len(layer), count))
        said = self._prices.said(some.worth, some.used, some.still, sets)
        best, best_left, new = candidates[0], inf, []
        for group in candidates:
            bounds, left = self._bounds(said, group, sets), 0.0
            for chosen, row in zip(some.chosen, bounds, strict=True):
                for number in np.nonzero(row <= self._limit())[0]:
                    state, bound = chosen.copy(), float(row[number])
                    state[group] = number
                    found = self._relax(state)
                    if found is None:
                        continue
                    left += self._left(np.array([found.value]), least)
                    if teaches(found.value, bound, self._limit()):
                        new.append(found.prices)
                if left >= best_left:
                    break
            if left < best_left:
                best, best_left = group, left
        if new:
            self._prices.learn(new)
        return best


def teaches(value: float, bound: float, limit: float) -> bool:
    """Whether a relaxation teaches something.

    Args:
        value: What it comes to.
        bound: What was known before.
        limit: What a state must not come to more than, to be of interest.
    """
    return value > bound + (_WORTH_LEARNING * (limit - bound) if limit < inf else 0.0)
