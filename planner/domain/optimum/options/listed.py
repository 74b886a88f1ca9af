"""An option together with how its cost was made, and the debt whose options are listed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money, sum_of
from planner.domain.offers.compared import Outcome
from planner.domain.optimum.problem import Decision, Option, PlanRow, Stream
from planner.domain.payoff.open_debt import OpenDebt
from planner.domain.sourced import Span
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Listed:
    """An option, and how its cost was made.

    Attributes:
        option: The option.
        cost: What it costs above what is owed, from the cheap to the dear end.
        outcome: What the offer behind it comes to; None where there is none.
    """

    option: Option
    cost: Derived[Span[Money]]
    outcome: Outcome | None = None


# A way that is an option, or the reason why one is left out.
Way = Listed | Phrase


@dataclass(frozen=True, slots=True)
class DebtOptions:
    """The options of one debt.

    Attributes:
        debt: The debt.
        decision: What is to be decided about it.
        listed: Each option of the decision, in its order, with how its cost was made.
    """

    debt: OpenDebt
    decision: Decision
    listed: tuple[Listed, ...]

    def of(self, option_id: str) -> Listed:
        """The option with that id.

        Raises:
            KeyError: There is none.
        """
        for each in self.listed:
            if each.option.id == option_id:
                return each
        raise KeyError(option_id)


def stream(
    payments: Iterable[tuple[date, Money]],
    owed: Money,
    late_cost: Money | None = None,
    rows: Sequence[PlanRow] = (),
) -> Stream:
    """Payments as the optimum sees them: those of one day together, none of nothing, with their cost.

    Args:
        payments: Days and amounts, in any order.
        owed: What is owed.
        late_cost: What of their cost comes from paying late; None for nothing.
        rows: The instalments among them of a plan that is opened.
    """
    days: dict[date, Money] = {}
    for on, amount in payments:
        days[on] = days.get(on, owed.zero) + amount
    paid = tuple((on, days[on]) for on in sorted(days) if days[on])
    total = sum_of((amount for _on, amount in paid), owed.currency)
    return Stream(paid, total - owed, late_cost or owed.zero, tuple(rows))


def spread(option: Option) -> Span[Money]:
    """What an option costs, from the cheap to the dear end."""
    return Span(option.low.cost, option.high.cost)


def by_payments(
    option: Option, owed: Money, how: Callable[[], Derivation | None] | None = None
) -> Derived[Span[Money]]:
    """What an option costs: all its payments − what is owed.

    Args:
        option: The option.
        owed: What is owed.
        how: Tells how all payments together were made; None where they are only added up.
    """
    cost = spread(option)

    def made() -> Derivation:
        total = Span(option.low.total, option.high.total)
        told = how() if how is not None else None
        together = Derived(total, told if told is not None else _added_up(option))
        given = (Given(Phrase("All payments together"), together), Given(Phrase("What is owed"), owed))
        rule = Phrase("What a way costs = all its payments together − what is owed")
        return Derivation(rule, given, (Working(Phrase("The cost"), cost),))

    return Derived(cost, made)


def _added_up(option: Option) -> Derivation:
    ends: Mapping[Phrase, Stream] = {Phrase("Payments"): option.high}
    if option.low.payments != option.high.payments:
        ends = {Phrase("Low end"): option.low, Phrase("High end"): option.high}
    workings: list[Working] = []
    for name, end in ends.items():
        workings.append(Working(name))
        workings += [Working(Phrase("To pay on {date}", date=on), amount) for on, amount in end.payments]
        workings.append(Working(Phrase("Together"), end.total))
    return Derivation(Phrase("All payments together = each payment added up"), (), tuple(workings))
