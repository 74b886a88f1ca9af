"""What dated payments come to: their total, their cost, their true rate, the month that costs most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from planner.domain.apr import (
    Apr,
    Convention,
    NoRateError,
    SeveralRatesError,
    apr,
    apr_of,
)
from planner.domain.instalment import Instalment
from planner.domain.money import Money, sum_of
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Flow:
    """One line of the cash-flow table.

    Attributes:
        month: The month the true rate counts it in; 0 is the beginning.
        on: The day.
        principal, fee, interest: What it is made of.
        total: What is paid.
        left: The principal still owed after it.
    """

    month: int
    on: date
    principal: Money
    fee: Money
    interest: Money
    total: Money
    left: Money


@dataclass(frozen=True, slots=True)
class Costing:
    """One end of what an offer comes to.

    Attributes:
        rows: The dated payments.
        total: All payments together.
        fees: What they are above the amount.
        apr: The true rate; None where nothing is lent, or nothing is charged over no time.
        biggest_month: The largest sum due in one calendar month.
        last_on: The last payment.
        months: The month the true rate counts each payment in; 0 is the beginning.
        lent_on: The day of the beginning, from which the money is lent.
        convention: By which rules the true rate is worked out.
        no_rate: Why there is no true rate; None if there is one, or nothing is lent.
        by_dates: Whether it counts by dates in China too.
    """

    rows: tuple[Instalment, ...]
    total: Money
    fees: Money
    apr: Apr | None
    biggest_month: Money
    last_on: date
    months: tuple[int, ...] = ()
    lent_on: date | None = None
    convention: Convention = Convention.CHINA
    no_rate: Phrase | None = None
    by_dates: bool = False

    @property
    def flows(self) -> tuple[Flow, ...]:
        """The payments month by month with what is left after each."""
        left = sum_of((row.principal for row in self.rows), self.total.currency)
        lines = []
        for month, row in zip(self.months, self.rows, strict=True):
            left -= row.principal
            lines.append(Flow(month, row.due_on, row.principal, row.fee, row.interest, row.total, left))
        return tuple(lines)


def costing(
    amount: Money,
    rows: Sequence[Instalment],
    months: Sequence[int],
    lent_on: date,
    convention: Convention = Convention.CHINA,
    *,
    by_dates: bool = False,
) -> Costing:
    """What payments come to.

    In China the true rate counts months, as the lender's own table does (PBoC announcement [2021] No. 3);
    the EU and the US count by dates. What is paid before the money is lent is counted with the advance.

    Args:
        amount: What is lent.
        rows: The dated payments.
        months: The month each is counted in; 0 is the beginning.
        lent_on: The day of the beginning.
        convention: By which rules the rate is worked out.
        by_dates: Whether to count by dates in China too, because the table has no whole months.
    """
    # Whole numbers, not a value for each step: thirty offers are worked out anew with each key pressed.
    paid = [
        (month, max(row.due_on, lent_on), row.principal.minor + row.fee.minor + row.interest.minor)
        for month, row in zip(months, rows, strict=True)
    ]
    total = Money(sum(minor for _month, _day, minor in paid), amount.currency)
    found, reason = None, None
    # Where nothing is paid after the beginning nothing is lent: there is no rate, and none is missed.
    if any(minor and month for month, _day, minor in paid):
        if convention is Convention.CHINA and not by_dates:
            find = partial(_by_months, amount, paid)
        else:
            find = partial(_by_dates, amount, paid, lent_on, convention)
        found, reason = _found(find)
    return Costing(
        tuple(rows),
        total,
        total - amount,
        found,
        _biggest_month(rows, amount.currency),
        max(row.due_on for row in rows),
        tuple(months),
        lent_on,
        convention,
        reason,
        by_dates,
    )


# The month that something is counted in, the day, and how much in minor units.
_Paid = tuple[int, date, int]


def _biggest_month(rows: Sequence[Instalment], currency: str) -> Money:
    by_month: dict[tuple[int, int], int] = {}
    for row in rows:
        month = (row.due_on.year, row.due_on.month)
        minor = row.principal.minor + row.fee.minor + row.interest.minor
        by_month[month] = by_month.get(month, 0) + minor
    return Money(max(by_month.values()), currency)


def _found(find: Callable[[], Apr]) -> tuple[Apr | None, Phrase | None]:
    try:
        return find(), None
    except (NoRateError, SeveralRatesError) as error:
        return None, error.phrase


def _by_months(amount: Money, paid: Sequence[_Paid]) -> Apr:
    flows = [0] * (max(month for month, _day, _minor in paid) + 1)
    flows[0] = amount.minor
    for month, _day, minor in paid:
        flows[month] -= minor
    return apr(flows)


def _by_dates(amount: Money, paid: Sequence[_Paid], lent_on: date, convention: Convention) -> Apr:
    at_once = sum(minor for _month, day, minor in paid if day == lent_on)
    payments = [(day, Money(minor, amount.currency)) for _month, day, minor in paid if day > lent_on]
    return apr_of(convention, [(lent_on, Money(amount.minor - at_once, amount.currency))], payments)
