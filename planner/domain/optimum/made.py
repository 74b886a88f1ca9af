"""How the amounts of the optimum were made that nobody recorded."""

from __future__ import annotations

from datetime import date

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.optimum.problem import Option, Stream
from planner.phrases import Phrase


def made_total(stream: Stream, until: date | None = None) -> Derived[Money]:
    """All payments of a way together, or those by a day.

    Args:
        stream: What the way comes to.
        until: The last day that counts; None for all of them.
    """
    paid = [(on, amount) for on, amount in stream.payments if until is None or on <= until]
    value = Money(sum(amount.minor for _on, amount in paid), stream.cost.currency)

    def told() -> Derivation:
        steps = [Working(Phrase("To pay on {date}", date=on), amount) for on, amount in paid]
        rule = Phrase("All payments together = each payment added up")
        return Derivation(rule, (), (*steps, Working(Phrase("Together"), value)))

    return Derived(value, told)


def made_way_cost(option: Option, stream: Stream) -> Derived[Money]:
    """What a way costs at one end: all its payments − what is owed.

    Args:
        option: The way.
        stream: What it comes to at that end.
    """

    def told() -> Derivation:
        rule = Phrase("What a way costs = all its payments together − what is owed")
        given = (
            Given(Phrase("All payments together"), made_total(stream)),
            Given(Phrase("What is owed"), stream.total - stream.cost),
        )
        steps = (Working(option.label), Working(Phrase("The cost"), stream.cost))
        return Derivation(rule, given, steps)

    return Derived(stream.cost, told)


def made_of_payments(value: Money) -> Derived[Money]:
    """What a choice for all debts comes to, counted from its payments.

    Args:
        value: The amount.
    """
    rule = Phrase("Counted from the payments of all debts, day by day.")
    return Derived(value, Derivation(rule, (), (Working(Phrase("Together"), value),)))


def made_bound(value: Money) -> Derived[Money]:
    """What no choice costs less than.

    Args:
        value: The amount.
    """
    rule = Phrase("What the search has proved so far: no choice that holds costs less.")
    return Derived(value, Derivation(rule, (), (Working(Phrase("No choice costs less than"), value),)))
