"""The search through a table: group by group, all choices that may still be best side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf

import numpy as np  # noqa: TID253 - who imports this module searches

from planner.domain.optimum.best_so_far import BestSoFar
from planner.domain.optimum.branching import Branching, teaches
from planner.domain.optimum.layer import Layer
from planner.domain.optimum.prices import Prices, spread
from planner.domain.optimum.relaxed import Relaxation, Relaxed
from planner.domain.optimum.table import Aim, Bools, Choices, Floats, Ints, Places, Table

# As many states are kept side by side at most; more are searched in parts, one after another.
_MOST_STATES = 16_000
_PARTS = 2
# First glances that keep only the most promising states.
_GLANCE = 60
_LOOK = 200
# A wider one where so many groups are left that the end may be out of reach.
_WIDE_LOOK = 1500
_FAR = 100
_SETS = 64
_ROUNDS = 2
_SAMPLES = 4
_MANY = 1000
# The search goes on learning while that takes so much of the states away, or so many relaxations teach.
_WORTH_GOING_ON = 0.05
_STILL_TEACHING = 0.25
# Beyond so many states, choices that are worth the same as the best are no longer told apart.
_TIED = 300_000
# By the mean of so many sets of prices it is decided which states are alike.
_ALIKE = 200
# Of a relaxation, which is only asked for suggestions.
_TOLERANCE = 1e-6


class _EndedError(Exception):
    """The search ended before it was through: it has to, it looked at enough, or it has what it sought."""


class Layers:
    """One search.

    Groups are decided one after another, in an order that is found on the way: first those that differ most
    in what they take, so that what is left to decide is fine enough for the relaxation to tell exactly. Of
    every state prices say what it comes to at least; what cannot be better than the best choice so far is
    dropped. Prices come from the relaxation of a few states and serve all of them, which is what makes this
    fast: one product of matrices instead of thousands of linear programs.

    It is the dynamic programming with lists of Kellerer, Pferschy, Pisinger, "Knapsack Problems" (2004),
    section 11.5, for several rows, with bounds as in Morin, Marsten, "Branch-and-bound strategies for dynamic
    programming" (1976). The first glances, which keep only the most promising states, are a beam search: Ow,
    Morton, "Filtered beam search in scheduling" (1988).

    Attributes:
        best: The best choice so far.
        lower: What no choice is worth less than, as far as is proved.
        looked_at: How many states were looked at, and relaxations solved.
    """

    def __init__(
        self,
        table: Table,
        best: BestSoFar,
        *,
        most: int,
        should_end: Callable[[Layers], bool],
    ) -> None:
        """Prepare a search.

        Args:
            table: The table.
            best: What is sought, and the best of it so far.
            most: How much to look at before it ends; a first glance is always taken whole.
            should_end: Whether to stop; asked often, and whenever something was found.
        """
        self._table, self._shared = table, best.shared
        self._most, self._should_end = most, should_end
        self._relaxed = Relaxed(table, best.aim, best.shared)
        self._prices = Prices(table, best.aim)
        self._worth = np.split(table.worth_for(best.aim), table.starts[1:-1])
        self._branching = Branching(table, self._prices, self._relax, lambda: self.limit)
        self._waiting: list[float] = []
        self._is_whole = self._is_limited = False
        self.best = best
        self.lower: float = -inf
        self.looked_at = 0

    @property
    def limit(self) -> float:
        """What a state must not come to more than, to be of interest."""
        return self.best.limit(is_tied_told=self.looked_at < _TIED)

    def begin(self, start: Sequence[int] | None = None) -> bool:
        """Look for good choices quickly.

        Args:
            start: The number of the column of each group, of a choice that may be good.

        Returns:
            Whether the search may go on.
        """
        return self._came_to_its_end(lambda: self._glance(start))

    def through(self) -> bool:
        """Search to the end: then the best choice is the best there is, or there is none.

        Returns:
            Whether it came to its end.
        """
        return self._came_to_its_end(self._through)

    def _came_to_its_end(self, work: Callable[[], None]) -> bool:
        try:
            work()
        except _EndedError:
            return False
        return True

    def _glance(self, start: Sequence[int] | None) -> None:
        if start is not None:
            self._offer(np.array(start))
        self._descend(self._first(), _GLANCE, is_brief=True)

    def _through(self) -> None:
        self._is_limited = self._is_whole = True
        let_go = self._descend(self._first(), _LOOK)
        if let_go is not None:
            if len(let_go.still) > _FAR:
                self._descend(self._told_anew(let_go), _WIDE_LOOK)
            self._is_whole = True
            self._search(self._told_anew(let_go))
        self.lower = self.best.value

    def _offer(self, chosen: Places) -> None:
        """Take a choice for the best if it is."""
        if self.best.offer(chosen) and (self.best.aim is Aim.FIT or self._should_end(self)):
            raise _EndedError

    def _first(self) -> Layer:
        """The state in which everything is open."""
        table = self._table
        open_all = np.full((1, table.groups), -1, dtype=np.int16)
        found = self._relax(open_all[0])
        self._prices.learn([np.zeros(table.rows) if found is None else found.prices])
        worth, used = np.zeros(1, dtype=np.int64), np.zeros((1, table.rows))
        still = tuple(range(table.groups))
        sets = self._prices.latest(1)
        first = Layer(worth, used, open_all, self._bounds(worth, used, still, sets), still)
        self._raise_lower(first)
        return first.up_to(self.limit)

    def _relax(self, chosen: Choices) -> Relaxation | None:
        """The relaxation of a state; what it suggests is tried."""
        self._count(1)
        found = self._relaxed.solve(chosen)
        if found is not None and found.value <= self.limit + _TOLERANCE:
            table = self._table
            parts = np.full((table.groups, max(map(len, table.worth))), -1.0)
            parts[table.group_of, table.place_of] = found.parts
            self._offer(parts.argmax(axis=1))
        return found

    def _count(self, looked_at: int) -> None:
        self.looked_at += looked_at
        if (self._is_limited and self.looked_at > self._most) or self._should_end(self):
            raise _EndedError

    def _search(self, layer: Layer) -> None:
        """Search everything below a layer."""
        while layer.still and len(layer):
            if len(layer) > _MOST_STATES:
                self._search_parts(layer)
                return
            layer = self._next(layer)
        self._finish(layer)

    def _search_parts(self, layer: Layer) -> None:
        """Search a layer in parts of states that are alike."""
        price = self._prices.mean(self._prices.latest(_ALIKE))
        order = np.argsort(layer.used @ price, kind="stable")
        parts = [layer.at(part) for part in np.array_split(order, -(-len(layer) * _PARTS // _MOST_STATES))]
        least = [float(part.bounds.min()) for part in parts]
        waiting = self._waiting
        for number, part in enumerate(parts):
            self._waiting = [*waiting, *least[number + 1 :]]
            self._search(part)
        self._waiting = waiting

    def _descend(self, layer: Layer, most: int, *, is_brief: bool = False) -> Layer | None:
        """Search below a layer, but keep only the most promising states.

        Args:
            layer: Where to begin.
            most: How many states to keep.
            is_brief: Whether to learn only a little on the way.

        Returns:
            The first layer of which something was let go, whole; None if nothing was.
        """
        let_go: Layer | None = None
        while layer.still and len(layer):
            layer = self._next(layer, is_brief=is_brief)
            if len(layer) > most:
                if let_go is None:
                    let_go = layer
                self._is_whole = False
                layer = layer.at(np.argsort(layer.bounds, kind="stable")[:most])
        self._finish(layer)
        return let_go

    def _finish(self, layer: Layer) -> None:
        """Take the best of what is decided."""
        if layer.still:
            return
        if self.best.above is not None:
            layer = layer.at(self._table.worth_of(layer.chosen) > self.best.above)
        if not len(layer):
            return
        tied = layer.up_to(layer.bounds.min())
        self._offer(tied.chosen[np.lexsort(tied.chosen.T[::-1])[0]])

    def _told_anew(self, layer: Layer) -> Layer:
        """A layer by what was learnt since."""
        sets = self._prices.telling(layer.worth, layer.used, layer.still, 2 * _SETS)
        return layer.raised(self._bounds(layer.worth, layer.used, layer.still, sets)).up_to(self.limit)

    def _next(self, layer: Layer, *, is_brief: bool = False) -> Layer:
        """The layer in which one more group is decided."""
        sets = self._prices.telling(layer.worth, layer.used, layer.still, _SETS)
        group = self._branching.group(layer, sets)
        sets = self._prices.telling(layer.worth, layer.used, layer.still, _SETS)
        layer = self._decided(layer, group, sets)
        return self._sifted(layer, is_brief=is_brief) if layer.still and len(layer) else layer

    def _decided(self, layer: Layer, group: int, sets: Ints) -> Layer:
        """A layer with one more group decided in every way that may be best."""
        table = self._table
        still = tuple(each for each in layer.still if each != group)
        free = table.most - table.least_uses[list(still)].sum(axis=0)
        free[: self._shared] += self.limit
        parts = []
        for number, (worth_of, uses) in enumerate(zip(self._worth[group], table.uses[group], strict=True)):
            used = layer.used + uses
            fits = (used <= free).all(axis=1) & _is_in_order(layer.chosen, group, number, table.twins)
            places = np.nonzero(fits)[0]
            worth, used = layer.worth[places] + worth_of, used[places]
            bounds = np.maximum(self._bounds(worth, used, still, sets), layer.bounds[places])
            kept = np.nonzero(bounds <= self.limit)[0]
            chosen = layer.chosen[places[kept]]
            chosen[:, group] = number
            parts.append(Layer(worth[kept], used[kept], chosen, bounds[kept], still))
        return Layer.joined(parts)

    def _bounds(self, worth: Ints, used: Floats, still: Sequence[int], sets: Ints) -> Floats:
        """What states come to at least."""
        self._count(len(worth))
        if still:
            bounds: Floats = np.maximum(worth, self._prices.bounds(worth, used, still, sets))
            return bounds
        if self.best.aim is Aim.EXCESS:
            exceeds: Floats = (used - self._table.most)[:, : self._shared].max(axis=1, initial=0.0)
            return exceeds
        return worth.astype(np.float64)

    def _sifted(self, layer: Layer, *, is_brief: bool) -> Layer:
        """A layer after learning prices from some of its states."""
        self._branching.forget()
        samples = _SAMPLES if len(layer) < _MANY else 2 * _SAMPLES
        for turn in range(1 if is_brief else _ROUNDS):
            new, before = [], len(layer)
            places = spread(before, samples, turn)
            for chosen, bound in zip(layer.chosen[places], layer.bounds[places], strict=True):
                found = self._relax(chosen)
                if found is None:
                    continue
                if found.value <= self.limit + _TOLERANCE:
                    self._branching.see(found.parts)
                if teaches(found.value, bound, self.limit):
                    new.append(found.prices)
            if new:
                self._prices.learn(new)
                sets = self._prices.latest(len(new))
                layer = layer.raised(self._bounds(layer.worth, layer.used, layer.still, sets))
            layer = layer.up_to(self.limit)
            if len(layer) > (1 - _WORTH_GOING_ON) * before and len(new) <= _STILL_TEACHING * len(places):
                break
            if not len(layer):
                break
        if self._is_whole:
            self._raise_lower(layer)
        return layer

    def _raise_lower(self, layer: Layer) -> None:
        """Note what is proved: no state that is left comes to less."""
        least = min([float(layer.bounds.min(initial=inf)), *self._waiting, self.best.value])
        self.lower = max(self.lower, least)


def _is_in_order(chosen: Choices, group: int, number: int, twins: Sequence[int]) -> Bools:
    """Whether groups that are the same choose in order: of choices that only swap them, one is enough."""
    kept = np.ones(len(chosen), dtype=np.bool_)
    for later, before in enumerate(twins):
        if before == group:
            kept &= (chosen[:, later] < 0) | (chosen[:, later] >= number)
        elif later == group and before >= 0:
            kept &= chosen[:, before] <= number
    return kept
