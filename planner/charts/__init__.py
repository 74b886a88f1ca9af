"""Figures of results: one function each, one result value in, one figure out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from planner.look import Colours

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Makes a figure in some colours and at a text scale.
Maker: TypeAlias = "Callable[[Colours, float], Figure]"
