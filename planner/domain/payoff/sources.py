"""Who says what a figure was made from, all the way down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from planner.domain.derivation import Derived
from planner.domain.sourced import IMPORTED, Source


def sources_behind(figures: Iterable[Derived[Any]]) -> tuple[Source, ...]:
    """Every source that some figures were made from, each once; what the user recorded has none.

    Args:
        figures: The figures.
    """
    return tuple(dict.fromkeys(source for figure in figures for source in _behind(figure)))


def _behind(figure: Derived[Any]) -> Iterator[Source]:
    for given in figure.derivation.given:
        if given.source is not None and given.source != IMPORTED:
            yield given.source
        if isinstance(given.value, Derived):
            yield from _behind(given.value)
