"""The other ways to choose, beside the best plan: what each costs, and whether the cash holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.optimum.answer import CHEAPEST
from planner.domain.optimum.answer import Compared as OtherChoice
from planner.domain.payoff.scenario import Order
from planner.phrases import Phrase

_NAMES = {
    CHEAPEST: Phrase("The cheapest way of each debt by itself"),
    Order.SNOWBALL.value: Phrase("Smallest debt first (snowball)"),
    Order.AVALANCHE.value: Phrase("Dearest debt first (avalanche)"),
    Order.OWN.value: Phrase("My own order"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """A way to choose beside the best, or the best itself.

    Attributes:
        name: What to call it.
        cost: What it costs above what is owed; None if there is nothing to compare.
        more: How much more than the best; None for the best itself, and where it does not hold.
        ends_on: The last payment; None if there is none.
        words: Whether the cash holds.
    """

    name: Phrase
    cost: Derived[Money] | None
    more: Derived[Money] | None
    ends_on: date | None
    words: Phrase


def beside(other: OtherChoice, best: Derived[Money]) -> Compared:
    """Another way to choose beside the best.

    Args:
        other: The other way.
        best: What the best costs.
    """
    more = None
    if other.checked.holds:
        value = other.cost.value - best.value
        rule = Phrase("How much more it costs = what it costs − what the best costs")
        given = (Given(Phrase("It costs"), other.cost), Given(Phrase("The best costs"), best))
        more = Derived(value, Derivation(rule, given, (Working(Phrase("How much more"), value),)))
    words = next(iter(_against(other)), Phrase("It holds on every day."))
    return Compared(_NAMES[other.key], other.cost, more, other.checked.ends_on, words)


def _against(other: OtherChoice) -> Iterator[Phrase]:
    if other.missing is not None and other.checked.first_short is not None:
        yield Phrase(
            "The cash would not hold: on {date}, {missing} would be missing.",
            date=other.checked.first_short[0],
            missing=other.missing,
        )
    if not other.checked.keeps_limits:
        yield Phrase("It goes against what you ruled out.")
