"""What the cash holds day by day: where expenses are not covered, and what lenders can be paid a month."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.dates import add_months, months_between
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.phrases import Phrase

Cash = Sequence[tuple[date, Money]]
"""The balance from each day on if no debt is paid: by date, each holds until the next."""


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A day on which expenses are not covered, though no debt is paid.

    Attributes:
        on: The first such day.
        by: How much is missing on it.
    """

    on: date
    by: Derived[Money]

    @property
    def words(self) -> Phrase:
        """The same in a sentence."""
        return Phrase(
            "On {date}, {amount} is missing for essentials and other expenses, before any debt is paid. They "
            "come first.",
            date=self.on,
            amount=self.by,
        )


@dataclass(frozen=True, slots=True)
class Held:
    """The most that can be paid each month so that the cash never falls below nothing because of it.

    Attributes:
        on: The day that allows the least; the first of several.
        monthly: How much a month.
    """

    on: date
    monthly: Derived[Money]


def uncovered(cash: Cash, until: date) -> Uncovered | None:
    """The first day on which cash falls below nothing though no debt is paid; None if none does.

    Args:
        cash: The balance if no debt is paid.
        until: The last day that counts.
    """
    for on, balance in cash:
        if on <= until and balance.minor < 0:
            rule = Phrase("Missing = how far the cash there would be if no debt was paid is below nothing")
            given = (_given(on, balance),)
            step = Working(Phrase("Missing on {date}", date=on), -balance)
            return Uncovered(on, Derived(-balance, Derivation(rule, given, (step,))))
    return None


def held(cash: Cash, first_on: date, until: date, owed: Money) -> Held | None:
    """The most that every day holds of payments a month apart; None if every day holds all that is owed.

    Args:
        cash: The balance if no debt is paid; at least one step.
        first_on: When the first payment is made.
        until: The last day that counts.
        owed: All that is owed; never more than that is paid.
    """
    days = [on for on, _balance in cash]
    paid = [add_months(first_on, ahead) for ahead in range(max(months_between(first_on, until), 0) + 1)]
    least: tuple[int, date] | None = None
    for on in sorted({*days, *paid}):
        count = bisect_right(paid, on)
        balance = cash[max(bisect_right(days, on) - 1, 0)][1]
        if not count or on > until or balance >= owed:
            continue
        most = max(balance.minor, 0) // count
        if least is None or most < least[0]:
            least = (most, on)
    return None if least is None else _made(cash, paid, Money(least[0], owed.currency), least[1])


def _made(cash: Cash, paid: Sequence[date], most: Money, on: date) -> Held:
    balance = cash[max(bisect_right(cash, on, key=lambda step: step[0]) - 1, 0)][1]
    rule = Phrase(
        "The most a month that every day holds = the cash there would be on the tightest day if no debt was "
        "paid ÷ the payments made by then, and at least nothing"
    )
    given = (_given(on, balance), Given(Phrase("Payments made by then"), bisect_right(paid, on)))
    step = Working(Phrase("The most a month that every day holds"), most)
    return Held(on, Derived(most, Derivation(rule, given, (step,), Phrase("Rounded down to the cent."))))


def _given(on: date, balance: Money) -> Given:
    return Given(Phrase("Cash on {date} if no debt was paid", date=on), balance)
