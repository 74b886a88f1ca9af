"""A calculation over both ends of a band, told once where they come to the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from planner.domain.derivation import Derivation, Derived
from planner.domain.late.ends import BOTH_ENDS, HIGH_END, LOW_END
from planner.domain.money import Money
from planner.domain.sourced import Span
from planner.phrases import Phrase

Row = TypeVar("Row")


def told_once(value: Span[Money], derivation: Derivation) -> Derived[Span[Money]]:
    """A result and how it was made; where it is one value, what both ends share is told once.

    Args:
        value: The result.
        derivation: How it was made, the rows of each end named by it.
    """
    if not value.is_single:
        return Derived(value, derivation)
    given = _shared(derivation.given, lambda row, end: replace(row, label=_named(row.label, end)))
    workings = _shared(derivation.workings, lambda row, end: replace(row, text=_named(row.text, end)))
    return Derived(value, replace(derivation, given=given, workings=workings))


def _shared(rows: Sequence[Row], named: Callable[[Row, Phrase], Row]) -> tuple[Row, ...]:
    """Rows with those of the low end that the high end repeats named by both, and told once."""
    low = [row for row in rows if named(row, BOTH_ENDS) != row and named(row, LOW_END) == row]
    repeated = [row for row in low if rows.count(row) == rows.count(named(row, HIGH_END))]
    again = [named(row, HIGH_END) for row in repeated]
    return tuple(named(row, BOTH_ENDS) if row in repeated else row for row in rows if row not in again)


def _named(text: Phrase, end: Phrase) -> Phrase:
    """A sentence about one end said of another."""
    values = {
        name: end if name == "end" else _named(value, end) if isinstance(value, Phrase) else value
        for name, value in text.values.items()
    }
    found = Phrase(text.msgid, **values)
    found.msgid_plural, found.is_own = text.msgid_plural, text.is_own
    return found
