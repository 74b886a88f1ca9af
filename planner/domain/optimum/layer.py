"""States of the search side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np  # noqa: TID253 - who imports this module searches

from planner.domain.optimum.table import Bools, Choices, Floats, Ints, Places


@dataclass(frozen=True, slots=True)
class Layer:
    """States in which the same groups are decided.

    Attributes:
        worth: What each state adds to the goal so far.
        used: What it has taken of each row.
        chosen: The number of the chosen column of each group, -1 where it is open.
        bounds: What it comes to at least.
        still: The groups that are open.
    """

    worth: Ints
    used: Floats
    chosen: Choices
    bounds: Floats
    still: tuple[int, ...]

    @classmethod
    def joined(cls, layers: Sequence[Layer]) -> Layer:
        """All states of some layers, at least one, in which the same groups are decided."""
        return cls(
            np.concatenate([layer.worth for layer in layers]),
            np.concatenate([layer.used for layer in layers]),
            np.concatenate([layer.chosen for layer in layers]),
            np.concatenate([layer.bounds for layer in layers]),
            layers[0].still,
        )

    def __len__(self) -> int:
        """How many states there are."""
        return len(self.worth)

    def at(self, places: Places | Bools) -> Layer:
        """Some of the states."""
        return Layer(
            self.worth[places], self.used[places], self.chosen[places], self.bounds[places], self.still
        )

    def raised(self, bounds: Floats) -> Layer:
        """The same states, with what else is known of what they come to at least."""
        return Layer(self.worth, self.used, self.chosen, np.maximum(self.bounds, bounds), self.still)

    def up_to(self, limit: float) -> Layer:
        """The states that come to no more than a limit."""
        kept = self.bounds <= limit
        return self if kept.all() else self.at(kept)
