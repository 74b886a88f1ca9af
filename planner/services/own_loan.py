"""A loan that the user was offered, with what they do not know of it worked out from the rest."""

from __future__ import annotations

from decimal import Decimal

from planner.domain.derivation import Derived
from planner.domain.interest.borrowing import amount_for, months_at, payment_for
from planner.domain.money import Money
from planner.domain.offers.compared import Offer, OfferKind
from planner.domain.rate import Rate
from planner.domain.sourced import Claim, Origin, Reliability, Source, Sourced
from planner.errors import PlannerError
from planner.phrases import N_, Phrase

MOST_PAYMENTS = 600
"""Fifty years of payments: what takes longer is no offer."""


class NeverRepaidError(PlannerError):
    """A payment that does not even cover the interest."""

    message = N_("{payment} a month never repays it: it takes {least} at least.")


class TooManyPaymentsError(PlannerError):
    """A payment so small that there is no end in sight."""

    message = N_("With {payment} a month it takes {count} payments; up to {most} can be compared.")


class FeeTooLargeError(PlannerError):
    """A fee at the beginning that leaves nothing of the loan."""

    message = N_("A fee of {fee} at the beginning leaves nothing of {amount}.")


def fee_below(fee: Money | None, amount: Money) -> Money | None:
    """A fee at the beginning, which must leave something of what is lent.

    Args:
        fee: The fee; None for none.
        amount: What is lent.

    Raises:
        FeeTooLargeError: It does not.
    """
    if fee is not None and fee >= amount:
        raise FeeTooLargeError(fee=fee, amount=amount)
    return fee


def own_deferral(name: str, fee: Decimal) -> Offer:
    """All of it a month later, for a fee.

    Args:
        name: The user's name for it; may be empty.
        fee: The fee as a part of the amount.
    """
    source = Source("", reliability=Reliability.CONTRACT, origin=Origin.APP_SCREEN)
    return Offer(OfferKind.DEFERRAL, 1, whole_fee=Sourced((Claim(fee, source),)), name=name, is_own=True)


def count_of(amount: Money, rate: Rate, payment: Money) -> int:
    """How many payments repay an amount.

    Args:
        amount: What is owed.
        rate: The nominal yearly rate.
        payment: What is paid each month.

    Raises:
        NeverRepaidError: The payment does not cover the interest.
        TooManyPaymentsError: It takes longer than fifty years.
    """
    loan = months_at(amount, rate, payment).value
    if loan.months is None:
        raise NeverRepaidError(payment=payment, least=loan.least)
    if loan.months > MOST_PAYMENTS:
        raise TooManyPaymentsError(payment=payment, count=loan.months, most=MOST_PAYMENTS)
    return loan.months


def solved_words(amount: Money, rate: Rate, count: int | None, payment: Money | None) -> Phrase | None:
    """What follows from the number of payments, from the payment, or from both; None from neither.

    From the number follows the payment, from the payment the number, and from both the amount.

    Args:
        amount: What is to be settled.
        rate: The nominal yearly rate.
        count: How many payments; None if the user does not know.
        payment: What is paid each month; None if the user does not know.
    """
    if payment is None and count is None:
        return None
    if payment is None and count is not None:
        found = payment_for(amount, rate, count)
        return Phrase("{payment} a month.", payment=Derived(found.value.payment, lambda: found.derivation))
    if payment is not None and count is None:
        whole = months_at(amount, rate, payment)
        return Phrase.counted(
            "With {payment} a month: {count} payment, the last one {last}. Compared as level payments.",
            "With {payment} a month: {count} payments, the last one {last}. Compared as level payments.",
            count_of(amount, rate, payment),
            payment=payment,
            last=Derived(whole.value.last_payment, lambda: whole.derivation),
        )
    assert payment is not None  # noqa: S101 - the other cases are above
    assert count is not None  # noqa: S101
    lent = amount_for(payment, rate, count)
    return Phrase.counted(
        "{payment} a month, {count} time, repays {amount} at this rate.",
        "{payment} a month, {count} times, repays {amount} at this rate.",
        count,
        payment=payment,
        amount=Derived(lent.value.amount, lambda: lent.derivation),
    )
