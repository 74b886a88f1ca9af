"""The time value of equal payments: any of rate, term, payment, present and future value from the others.

Signs are those of cash flows, as in spreadsheets: what is received is positive, what is paid negative.
All functions solve one equation, PV·(1+i)^n + PMT·(1+i·w)·((1+i)^n - 1)/i + FV = 0, with w = 1 for
payments at the beginning of each period.

Source: Kellison, *The Theory of Interest*, chapter 3; the argument order and signs of the functions PV, FV,
PMT, IPMT, PPMT, CUMIPMT, CUMPRINC, NPER and RATE at support.microsoft.com.
"""

from __future__ import annotations

from decimal import Decimal

from planner.domain.apr import NoRateError
from planner.domain.interest.discounting import nearest_root

_ZERO = Decimal(0)


def _growth(rate: Decimal, periods: Decimal | int) -> Decimal:
    return (1 + rate) ** periods


def _per_unit(rate: Decimal, periods: Decimal | int, *, at_begin: bool) -> Decimal:
    """What payments of one come to at the end of the last period."""
    if not rate:
        return Decimal(periods)
    return (1 + rate * at_begin) * (_growth(rate, periods) - 1) / rate


def future_value(
    rate: Decimal,
    periods: Decimal | int,
    payment: Decimal,
    present: Decimal = _ZERO,
    *,
    at_begin: bool = False,
) -> Decimal:
    """What a present value and payments have grown to after some periods (FV)."""
    return -(present * _growth(rate, periods) + payment * _per_unit(rate, periods, at_begin=at_begin))


def present_value(
    rate: Decimal,
    periods: Decimal | int,
    payment: Decimal,
    future: Decimal = _ZERO,
    *,
    at_begin: bool = False,
) -> Decimal:
    """What payments and a future value are worth now (PV): what can be borrowed with a payment."""
    return -(future + payment * _per_unit(rate, periods, at_begin=at_begin)) / _growth(rate, periods)


def payment(
    rate: Decimal,
    periods: Decimal | int,
    present: Decimal,
    future: Decimal = _ZERO,
    *,
    at_begin: bool = False,
) -> Decimal:
    """The payment that turns a present value into a future one (PMT)."""
    return -(future + present * _growth(rate, periods)) / _per_unit(rate, periods, at_begin=at_begin)


def number_of_payments(
    rate: Decimal, paid: Decimal, present: Decimal, future: Decimal = _ZERO, *, at_begin: bool = False
) -> Decimal | None:
    """How many payments turn a present value into a future one (NPER); None if no number of them does.

    Payments that do not even cover the interest never repay anything: that is an answer, not an error.
    Below nothing where the future value lies in the past, as NPER(12%/12, -100, -1000) = -9.578594.
    Source: support.microsoft.com, NPER.
    """
    if not rate:
        return -(present + future) / paid if paid else None
    each = paid * (1 + rate * at_begin)
    owed, left = each + present * rate, each - future * rate
    if not owed or left / owed <= 0:
        return None
    return (left / owed).ln() / (1 + rate).ln()


def interest_part(
    rate: Decimal,
    number: int,
    periods: int,
    present: Decimal,
    future: Decimal = _ZERO,
    *,
    at_begin: bool = False,
) -> Decimal:
    """The interest in one payment of a loan with equal payments (IPMT)."""
    if at_begin and number == 1:
        return _ZERO  # nothing has been owed for any time yet
    paid = payment(rate, periods, present, future, at_begin=at_begin)
    interest = future_value(rate, number - 1, paid, present, at_begin=at_begin) * rate
    return interest / (1 + rate) if at_begin else interest


def principal_part(
    rate: Decimal,
    number: int,
    periods: int,
    present: Decimal,
    future: Decimal = _ZERO,
    *,
    at_begin: bool = False,
) -> Decimal:
    """What one payment of a loan with equal payments repays (PPMT)."""
    paid = payment(rate, periods, present, future, at_begin=at_begin)
    return paid - interest_part(rate, number, periods, present, future, at_begin=at_begin)


def cumulated_interest(
    rate: Decimal, periods: int, present: Decimal, first: int, last: int, *, at_begin: bool = False
) -> Decimal:
    """The interest in the payments from one number to another, both included (CUMIPMT)."""
    numbers = range(first, last + 1)
    return sum((interest_part(rate, k, periods, present, at_begin=at_begin) for k in numbers), _ZERO)


def cumulated_principal(
    rate: Decimal, periods: int, present: Decimal, first: int, last: int, *, at_begin: bool = False
) -> Decimal:
    """What the payments from one number to another repay, both included (CUMPRINC)."""
    numbers = range(first, last + 1)
    return sum((principal_part(rate, k, periods, present, at_begin=at_begin) for k in numbers), _ZERO)


def rate_per_period(
    periods: Decimal | int,
    paid: Decimal,
    present: Decimal,
    future: Decimal = _ZERO,
    *,
    at_begin: bool = False,
    guess: Decimal = Decimal("0.1"),
) -> Decimal:
    """The rate at which payments turn a present value into a future one (RATE).

    Args:
        periods: How many payments.
        paid: Each of them.
        present: The present value.
        future: The future value.
        at_begin: Whether each is made at the beginning of its period.
        guess: Near which rate to look, where there are several.

    Raises:
        NoRateError: There is none.
    """
    count, each, now, then = (float(value) for value in (periods, paid, present, future))

    def worth(rate: float) -> float:
        if not rate:
            return now + each * count + then
        unit = each * (1 + rate * at_begin) / rate
        # At the end rather than now where the rate is below nothing, so that nothing grows out of bounds.
        if rate < 0:
            growth: float = (1 + rate) ** count
            return now * growth + unit * (growth - 1) + then
        discount: float = (1 + rate) ** -count
        return now + unit * (1 - discount) + then * discount

    root = nearest_root(worth, float(guess))
    if root is None:
        raise NoRateError
    return Decimal(repr(root))
