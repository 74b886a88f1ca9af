"""How a figure was made: what every result carries, and what "Why?" shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from planner.domain.money import Money, sum_of
from planner.domain.sourced import Source
from planner.phrases import Phrase

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Given:
    """One input of a figure.

    Attributes:
        label: What it is.
        value: Money, Rate, date, int, Phrase or text; or another result, which says itself how it was made.
        source: Who says so; None for what the user recorded.
    """

    label: Phrase
    value: Any
    source: Source | None = None

    @property
    def plain(self) -> Any:  # noqa: ANN401 - as its value
        """Its value, whether or not it says how it was made."""
        return self.value.value if isinstance(self.value, Derived) else self.value


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


class Derived(Generic[T_co]):
    """A result and how it was made, which is only put together when somebody asks.

    Attributes:
        value: The result.
    """

    __slots__ = ("_derivation", "value")

    def __init__(self, value: T_co, derivation: Derivation | Callable[[], Derivation]) -> None:
        """Keep a result.

        Args:
            value: The result.
            derivation: How it was made, or what tells it.
        """
        self.value = value
        self._derivation = derivation

    @property
    def derivation(self) -> Derivation:
        """How it was made."""
        if not isinstance(self._derivation, Derivation):
            self._derivation = self._derivation()
        return self._derivation

    def __eq__(self, other: object) -> bool:
        """Tell whether both are the same result, made in the same way."""
        if not isinstance(other, Derived):
            return NotImplemented
        return bool(self.value == other.value) and self.derivation == other.derivation

    def __hash__(self) -> int:
        """Hash by the result alone; equal ones have equal results."""
        return hash(self.value)

    def __repr__(self) -> str:
        """Show the result for the developer."""
        return f"Derived({self.value!r})"

    def __str__(self) -> str:
        """Write the result for logs and tests, as if it stood there by itself."""
        return str(self.value)


def added(rule: Phrase, given: Iterable[Given], currency: str) -> Derived[Money]:
    """A sum of amounts, and how it was made.

    Args:
        rule: What is added up, in words.
        given: The amounts, plain or with how each was made itself.
        currency: Their currency.
    """
    kept = tuple(given)
    return as_sum(sum_of((each.plain for each in kept), currency), rule, lambda: kept)


def as_sum(total: Money, rule: Phrase, given: Callable[[], Iterable[Given]]) -> Derived[Money]:
    """A sum that is worked out already, and how it was made.

    Args:
        total: The sum.
        rule: What was added up, in words.
        given: Tells the amounts when somebody asks.
    """
    return Derived(total, lambda: Derivation(rule, tuple(given()), (Working(Phrase("Together"), total),)))


def figures_in(*values: object) -> tuple[Derived[Any], ...]:
    """Every result that says how it was made, in phrases, mappings and sequences of them, in order."""
    found: list[Derived[Any]] = []
    for value in values:
        if isinstance(value, Derived):
            found.append(value)
        elif isinstance(value, Phrase):
            found += figures_in(*value.values.values())
        elif isinstance(value, Mapping):
            found += figures_in(*value.values())
        elif isinstance(value, Sequence) and not isinstance(value, str):
            found += figures_in(*value)
    return tuple(found)
