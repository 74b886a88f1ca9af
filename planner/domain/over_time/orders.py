"""In which order what is left over goes to the debts: smallest first, dearest first, or the user's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from planner.domain.over_time.early import saved_rate
from planner.domain.over_time.running import Revolving, RunningDebt
from planner.domain.payoff.scenario import Order
from planner.phrases import Phrase

ORDER_WORDS: Mapping[Order, Phrase] = {
    Order.SNOWBALL: Phrase("Smallest first (snowball)"),
    Order.AVALANCHE: Phrase("Dearest first (avalanche)"),
    Order.OWN: Phrase("My own order"),
}

ORDER_HINTS: Mapping[Order, Phrase] = {
    Order.SNOWBALL: Phrase(
        "What is left over goes to the debt with the least owed: it is over soonest, and what it asked for "
        "goes to the next."
    ),
    Order.AVALANCHE: Phrase(
        "What is left over goes to the debt with the highest rate: each amount saves the most interest there."
    ),
    Order.OWN: Phrase("What is left over goes to the debts in the order that you put them in."),
}

_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Ordering:
    """An order of debts.

    Attributes:
        order: Which one.
        ranked: For the user's own order, the ids of debts or of accounts, the first one first. What is not
            among them comes after, what is due first before the rest.
    """

    order: Order
    ranked: tuple[str, ...] = ()

    def key(self, debt: RunningDebt, rate: Fraction) -> _Key:
        """A key that sorts debts; never the same for two of them.

        Equal rates: the smaller amount first; equal amounts: what is due first; then by id.

        Args:
            debt: The debt.
            rate: What it is charged at the time, for a year.
        """
        owed, last = debt.owed.minor, (debt.days.first_on, debt.id)
        match self.order:
            case Order.SNOWBALL:
                return (owed, *last)
            case Order.AVALANCHE:
                return (-rate, owed, *last)
            case Order.OWN:
                return (self._place(debt), *last)

    def _place(self, debt: RunningDebt) -> int:
        """Where the user put a debt, or else its account."""
        for known in (debt.id, debt.account_id):
            if known in self.ranked:
                return self.ranked.index(known)
        return len(self.ranked)


AVALANCHE = Ordering(Order.AVALANCHE)
SNOWBALL = Ordering(Order.SNOWBALL)


def takes_extra(debt: RunningDebt) -> bool:
    """Whether extra money can go to a debt: it bears interest, or settling it early is known to save."""
    return isinstance(debt.way, Revolving) or bool(saved_rate(debt.way))


def rate_of(debt: RunningDebt, on: date) -> Fraction:
    """What a debt is charged for a year on a day: the highest rate of what is owed of it.

    Of a plan it is what settling early saves.

    Args:
        debt: The debt.
        on: The day.
    """
    if not isinstance(debt.way, Revolving):
        return saved_rate(debt.way)
    rates = [Fraction(balance.rate_on(on).yearly) for balance in debt.way.balances if balance.amount]
    return max(rates, default=Fraction(0))


def ordered(debts: Sequence[RunningDebt], ordering: Ordering, on: date) -> tuple[RunningDebt, ...]:
    """The debts that extra money can go to, in an order as it is on a day.

    Args:
        debts: All of them.
        ordering: The order.
        on: The day, by whose rates the dearest is found.
    """
    able = [debt for debt in debts if takes_extra(debt)]
    return tuple(sorted(able, key=lambda debt: ordering.key(debt, rate_of(debt, on))))
