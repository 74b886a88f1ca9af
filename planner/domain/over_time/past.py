"""What really happened: what was owed on past days, by what is recorded now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from planner.domain.dates import add_months, on_day
from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.ledger import Ledger
from planner.domain.money import Money, sum_of
from planner.domain.position import position
from planner.domain.purchase import Purchase
from planner.phrases import Phrase

_LAST_DAY = 31
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was owed at the end of a day, by the record.

    Attributes:
        on: The day.
        open: What was still to pay, fees of rows to come included.
    """

    on: date
    open: Money

    @property
    def made(self) -> Derived[Money]:
        """It, and how it was made."""
        return Derived(self.open, self._why)

    def _why(self) -> Derivation:
        rule = Phrase(
            "Owed on a past day = what is recorded up to that day as bought, billed, charged or put into "
            "instalments − what was paid and came back by then"
        )
        return Derivation(rule, (Given(Phrase("The day"), self.on),), (Working(Phrase("Owed"), self.open),))


# Without slots: it takes a while, and is asked for under each what-if.
@dataclass(frozen=True)
class Past:
    """What is recorded on some accounts of one currency, and the days that are looked back to.

    Attributes:
        ledgers: What is recorded, an account each, as far as it matters on those days.
        days: The days, by date.
        currency: ISO 4217.
    """

    ledgers: tuple[Ledger, ...] = ()
    days: tuple[date, ...] = ()
    currency: str = ""

    @cached_property
    def seen(self) -> tuple[Seen, ...]:
        """What was owed on each of the days, from the first on which something was."""
        return owed_on(self.ledgers, self.days, self.currency)


NO_PAST = Past()


def month_ends(first: date, today: date) -> tuple[date, ...]:
    """The last day of each month from that of a day on that is over, by date."""
    found, day = [], on_day(first.year, first.month, _LAST_DAY)
    while day < today:
        found.append(day)
        day = add_months(day + _A_DAY, 1) - _A_DAY
    return tuple(found)


def owed_on(ledgers: Sequence[Ledger], days: Iterable[date], currency: str) -> tuple[Seen, ...]:
    """What was owed on past days; the days before the first on which something was are left out.

    Args:
        ledgers: Everything recorded on some accounts of one currency.
        days: The days, by date.
        currency: ISO 4217.
    """
    found: list[Seen] = []
    for day in days:
        dues = position((known_on(ledger, day) for ledger in ledgers), day).open_dues
        seen = Seen(day, sum_of((due.open for due in dues), currency))
        if seen.open or found:
            found.append(seen)
    return tuple(found)


def known_on(ledger: Ledger, day: date) -> Ledger:
    """What of an account had happened by the end of a day.

    A plan of which nobody says when it was agreed is taken to be a month older than its first row.

    Args:
        ledger: Everything recorded on it.
        day: The day.
    """
    return replace(
        ledger,
        purchases=[_known(purchase, day) for purchase in ledger.purchases if purchase.bought_on <= day],
        bills=[bill for bill in ledger.bills if bill.statement_on <= day],
        plans=[
            plan
            for plan in ledger.plans
            if plan.rows and (plan.started_on or add_months(plan.rows[0].due_on, -1)) <= day
        ],
        payments=[payment for payment in ledger.payments if payment.paid_on <= day],
        charges=[charge for charge in ledger.charges if charge.posted_on <= day],
        adjustments=[adjustment for adjustment in ledger.adjustments if adjustment.as_of <= day],
    )


def _known(purchase: Purchase, day: date) -> Purchase:
    """A purchase with what had come back of it."""
    if all(refund.refunded_on <= day for refund in purchase.refunds):
        return purchase
    return replace(purchase, refunds=tuple(each for each in purchase.refunds if each.refunded_on <= day))
