"""A loan repaid by equal payments, with any of amount, term and payment worked out from the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.interest.annuity import future_value, number_of_payments, present_value
from planner.domain.money import Money, sum_of
from planner.domain.plans.level import Interest, level, level_payment
from planner.domain.rate import Per, Rate
from planner.phrases import Phrase

# A thousand years; what takes longer is not written out row by row: it follows from the equation.
_ROWS = 12_000


@dataclass(frozen=True, slots=True)
class Loan:
    """What repaying an amount by equal monthly payments comes to.

    Attributes:
        amount: What is lent.
        rate: The nominal rate.
        payment: What is paid each month; the last payment may differ.
        months: How many payments; None if these never repay it.
        interest: All interest; None if it never ends.
        last_payment: The last payment; None if there is none.
        least: The least payment that ever repays it: a cent more than the interest of the first month.
    """

    amount: Money
    rate: Rate
    payment: Money
    months: int | None
    interest: Money | None
    last_payment: Money | None
    least: Money

    @property
    def never_ends(self) -> bool:
        """Whether these payments do not even cover the interest."""
        return self.months is None

    @property
    def total(self) -> Money | None:
        """All payments together."""
        return None if self.interest is None else self.amount + self.interest


def months_at(amount: Money, rate: Rate, payment: Money) -> Derived[Loan]:
    """How many months it takes to repay an amount with so much a month.

    Each month the interest on what is owed is rounded to the minor unit and added, once, and then the
    payment is taken off. A payment that is no more than the interest repays nothing, ever. What takes
    more than a thousand years by the equation of equal payments follows from that, without the rounding.

    Source: Kellison, *The Theory of Interest*, chapter 3, for the equation.

    Args:
        amount: What is owed.
        rate: The nominal rate.
        payment: What is paid each month.
    """
    monthly = Interest(rate).monthly
    first = amount.times(monthly)
    least = first + Money(1, amount.currency)
    if amount.minor <= 0:
        loan = Loan(amount, rate, payment, 0, amount.zero, None, least)
    elif payment <= first:
        loan = Loan(amount, rate, payment, None, None, None, least)
    else:
        loan = Loan(amount, rate, payment, *_repaid(amount, monthly, payment), least)

    def derivation() -> Derivation:
        is_long = loan.months and _long_count(amount, monthly, payment) is not None
        given = _given(rate, amount, payment, None)
        return _derivation(loan, _MONTHS_RULE, given, _BY_EQUATION if is_long else _ROUNDING)

    return Derived(loan, derivation)


def payment_for(amount: Money, rate: Rate, months: int) -> Derived[Loan]:
    """The payment that repays an amount in so many months.

    Args:
        amount: What is owed.
        rate: The nominal rate.
        months: How many, at least one.
    """
    payment = level_payment(amount, rate, months)
    loan = _of_term(amount, rate, months, payment)
    return Derived(loan, lambda: _derivation(loan, _PAYMENT_RULE, _given(rate, amount, None, months)))


def amount_for(payment: Money, rate: Rate, months: int) -> Derived[Loan]:
    """What can be borrowed with so much a month for so many months, rounded down to the minor unit.

    Args:
        payment: What can be paid each month.
        rate: The nominal rate.
        months: How many, at least one.
    """
    worth = present_value(Interest(rate).monthly, months, Decimal(-payment.minor))
    amount = Money(int(worth.to_integral_value(ROUND_DOWN)), payment.currency)
    loan = _of_term(amount, rate, months, payment)
    return Derived(loan, lambda: _derivation(loan, _AMOUNT_RULE, _given(rate, None, payment, months)))


def part_without_fee(total: Money, fee: Decimal) -> Money:
    """What of a total is left where a fee of a part of that rest is in it: total ÷ (1 + fee).

    The fee is on what is repaid, not on the fee itself: of 10,100 with 1 % it is 100, not 101.
    Source: github.com/csaba504/hitel_torleszto_kalkulator/issues/1 (2020-03-09).

    Args:
        total: What is paid in all.
        fee: The fee as a fraction of what is left.
    """
    return total.times(1 / (1 + fee))


def _of_term(amount: Money, rate: Rate, months: int, payment: Money) -> Loan:
    interest = Interest(rate)
    rows = level(amount, [date.min] * months, interest)
    least = amount.times(interest.monthly) + Money(1, amount.currency)
    total = sum_of((row.interest for row in rows), amount.currency)
    return Loan(amount, rate, payment, months, total, rows[-1].total, least)


def _repaid(amount: Money, monthly: Decimal, payment: Money) -> tuple[int, Money, Money]:
    """How many payments, all interest, and the last payment."""
    count = _long_count(amount, monthly, payment)
    if count is not None:
        return _by_equation(amount, monthly, payment, count)
    owed, months, total, last = amount, 0, amount.zero, amount.zero
    while owed:
        interest = owed.times(monthly)
        last = min(payment, owed + interest)
        owed += interest - last
        total += interest
        months += 1
    return months, total, last


def _long_count(amount: Money, monthly: Decimal, payment: Money) -> Decimal | None:
    """How many payments it takes by the equation, where these are too many to write out; else None."""
    count = number_of_payments(monthly, Decimal(-payment.minor), Decimal(amount.minor))
    return count if count is not None and count > _ROWS else None


def _by_equation(amount: Money, monthly: Decimal, payment: Money, count: Decimal) -> tuple[int, Money, Money]:
    whole = int(count.to_integral_value(ROUND_CEILING))
    owed = -future_value(monthly, whole - 1, Decimal(-payment.minor), Decimal(amount.minor))
    last = Money(int((owed * (1 + monthly)).to_integral_value()), amount.currency)
    return whole, payment.times(whole - 1) + last - amount, last


# --- how it was made -------------------------------------------------------------------------------

_MONTHS_RULE = Phrase(
    "Each month a twelfth of the yearly rate is added to what is still owed, once; then the payment is taken "
    "off. A payment that is no more than this interest never repays anything."
)
_PAYMENT_RULE = Phrase(
    "Payment = amount × i ÷ (1 - (1 + i)^-n), where i is a twelfth of the yearly rate and n the number of "
    "payments"
)
_AMOUNT_RULE = Phrase(
    "Amount = payment × (1 - (1 + i)^-n) ÷ i, where i is a twelfth of the yearly rate and n the number of "
    "payments"
)
_ROUNDING = Phrase("The interest of each month is rounded to the cent; the last payment makes up for it.")

_BY_EQUATION = Phrase(
    "More than a thousand years are not written out month by month: the interest is not rounded each month, "
    "only the last payment is."
)


def _derivation(loan: Loan, rule: Phrase, given: Sequence[Given], rounding: Phrase = _ROUNDING) -> Derivation:
    monthly = Rate(Interest(loan.rate).monthly, Per.MONTH)
    workings = [Working(Phrase("A twelfth of the yearly rate"), monthly)]
    if loan.months is None:
        workings += [
            Working(Phrase("The interest of the first month"), loan.least - Money(1, loan.amount.currency)),
            Working(Phrase("The least payment that ever repays it"), loan.least),
        ]
        return Derivation(rule, tuple(given), tuple(workings), rounding)
    workings += [
        Working(Phrase("Amount"), loan.amount),
        Working(Phrase("Payment a month"), loan.payment),
        Working(Phrase("Number of payments"), loan.months),
        Working(Phrase("The last payment"), loan.last_payment),
        Working(Phrase("All interest"), loan.interest),
        Working(Phrase("All payments together"), loan.total),
    ]
    return Derivation(rule, tuple(given), tuple(workings), rounding)


def _given(rate: Rate, amount: Money | None, payment: Money | None, months: int | None) -> tuple[Given, ...]:
    given = [Given(Phrase("Yearly rate"), rate)]
    if amount is not None:
        given.insert(0, Given(Phrase("Amount"), amount))
    if payment is not None:
        given.append(Given(Phrase("Payment a month"), payment))
    if months is not None:
        given.append(Given(Phrase("Number of payments"), months))
    return tuple(given)
