"""Figures of results: one function each, one result value in, one figure out."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from planner.look import Colours
from planner.paths import cache_dir

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Makes a figure in some colours and at a text scale.
Maker: TypeAlias = "Callable[[Colours, float], Figure]"

# Before anything imports matplotlib, which reads it once: where its list of fonts is kept. A bundle made
# by PyInstaller points this to a new folder at every start, and the list would be made anew each time.
os.environ["MPLCONFIGDIR"] = str(cache_dir() / "matplotlib")
