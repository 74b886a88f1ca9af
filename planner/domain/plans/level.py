"""The rows of a loan that bears interest: level payments, equal principal, rows of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from planner.domain.instalment import Instalment
from planner.domain.interest.day_count import DayCount
from planner.domain.money import Money, sum_of
from planner.domain.plans.schedule import DEFAULT_ROUNDING, Rounding, split
from planner.domain.rate import Per, Rate


@dataclass(frozen=True, slots=True)
class FirstPeriod:
    """A first period that is not one month long: its interest is counted by days.

    The first row repays as much as in a usual plan; only its interest differs, so that every other row is
    the usual one.

    Attributes:
        start: The day of the advance.
        rule: How the days to the first due date are counted.
    """

    start: date
    rule: DayCount


@dataclass(frozen=True, slots=True)
class Interest:
    """What a loan bears.

    Attributes:
        rate: The nominal rate; a month bears a twelfth of a year's.
        free_months: For how many of the first months it bears nothing.
        first: How the first period is counted if it is not one month; None if it is.
    """

    rate: Rate
    free_months: int = 0
    first: FirstPeriod | None = None

    @property
    def monthly(self) -> Decimal:
        """The fraction of what is owed that a month costs: a twelfth of the nominal yearly rate."""
        return self.rate.yearly / Per.MONTH.value

    def of(self, owed: Money, number: int, due_on: date, rounding: str) -> Money:
        """The interest in a row, on what is owed before its payment.

        Args:
            owed: What is owed before the payment.
            number: The number of the row.
            due_on: When it is due.
            rounding: A rounding mode of ``decimal``.
        """
        if number <= self.free_months:
            return owed.zero
        if number == 1 and self.first is not None:
            part = self.first.rule.year_fraction(self.first.start, due_on)
            return owed.times(self.rate.yearly * part, rounding)
        return owed.times(self.monthly, rounding)


def level_payment(principal: Money, rate: Rate, months: int, rounding: str = ROUND_HALF_UP) -> Money:
    """The constant monthly payment that repays principal in ``months`` instalments.

    L·i / (1 - (1 + i)^-n), paid at the end of each month and rounded to the minor unit; L is the
    principal, i a twelfth of the nominal annual rate.

    Source: Kellison, *The Theory of Interest*, annuity-immediate.
    """
    i = rate.yearly / Per.MONTH.value
    if not i:
        return principal.times(Decimal(1) / months, rounding)
    return principal.times(i / (1 - (1 + i) ** -months), rounding)


def level(
    principal: Money, dues: Sequence[date], interest: Interest, rounding: Rounding = DEFAULT_ROUNDING
) -> tuple[Instalment, ...]:
    """The dated rows of a loan repaid by equal payments (等额本息, échéances constantes).

    Each payment is the level payment; its interest is on what was owed before it, and the rest of it
    repays. What rounding leaves is in the last row, whatever the lender's rule for what does not divide:
    what a row bears follows from every row before it. While nothing is borne, equal parts are repaid.

    Source: Kellison, *The Theory of Interest*, amortization schedules, with every amount rounded before it
    goes into the next row, as lenders do.

    Args:
        principal: What is lent.
        dues: The due date of each row.
        interest: What it bears.
        rounding: How the lender rounds.
    """
    count = len(dues)
    free = min(interest.free_months, count) if interest.rate else count
    parts = list(split(principal, count, rounding.principal, rounding.remainder)[:free])
    owed = principal - sum_of(parts, principal.currency)
    if free < count:
        payment = level_payment(owed, interest.rate, count - free)
        for _number in range(free + 1, count):
            usual = owed.times(interest.monthly, rounding.interest)
            part = min(max(payment - usual, principal.zero), owed)
            parts.append(part)
            owed -= part
        parts.append(owed)
    return with_interest(principal, dues, parts, interest, rounding)


def equal_principal(
    principal: Money, dues: Sequence[date], interest: Interest, rounding: Rounding = DEFAULT_ROUNDING
) -> tuple[Instalment, ...]:
    """The dated rows of a loan repaid in equal parts (等额本金, amortissement constant).

    Each row repays the same part and bears the interest on what was owed before it: the first one on
    the whole principal.

    Source: the declining-balance method as github.com/GZWgssmart/LoanCalculator/issues/2 (2020-08-06)
    puts it right: the interest of the first month is on the whole loan.

    Args:
        principal: What is lent.
        dues: The due date of each row.
        interest: What it bears.
        rounding: How the lender rounds.
    """
    parts = split(principal, len(dues), rounding.principal, rounding.remainder)
    return with_interest(principal, dues, parts, interest, rounding)


def with_interest(
    principal: Money,
    dues: Sequence[date],
    parts: Sequence[Money],
    interest: Interest,
    rounding: Rounding = DEFAULT_ROUNDING,
) -> tuple[Instalment, ...]:
    """The dated rows of a loan that repays given parts; each bears the interest on what is still owed.

    Args:
        principal: What is lent.
        dues: The due date of each row.
        parts: What each row repays.
        interest: What it bears.
        rounding: How the lender rounds.

    Raises:
        ValueError: The parts do not add up to the principal, or are not as many as the dates.
    """
    if sum_of(parts, principal.currency) != principal:
        msg = f"the parts do not add up to {principal}"
        raise ValueError(msg)
    rows, owed = [], principal
    for number, (due_on, part) in enumerate(zip(dues, parts, strict=True), start=1):
        bears = interest.of(owed, number, due_on, rounding.interest)
        rows.append(Instalment(number, due_on, part, principal.zero, bears))
        owed -= part
    return tuple(rows)
