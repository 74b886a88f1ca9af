"""How a figure was made: what every result carries, and what "Why?" shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from planner.domain.sourced import Source
from planner.phrases import Phrase

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Given:
    """One input of a figure.

    Attributes:
        label: What it is.
        value: Money, Rate, date, int, Phrase or text.
        source: Who says so; None for what the user recorded.
    """

    label: Phrase
    value: Any
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Working:
    """One line of the calculation with the actual numbers.

    Attributes:
        text: What is done.
        result: What it comes to.
    """

    text: Phrase
    result: Any = None


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a figure was made.

    Attributes:
        rule: The formula in words.
        given: What went in.
        workings: The steps with the actual numbers.
        rounding: Where and how it was rounded, if it was.
    """

    rule: Phrase
    given: tuple[Given, ...] = ()
    workings: tuple[Working, ...] = ()
    rounding: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Derived(Generic[T]):
    """A result and how it was made."""

    value: T
    derivation: Derivation
