"""What a card statement in the United States has to say about paying only the minimum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from planner.domain.interest import annuity
from planner.domain.minimum.monthly import MonthlyRule, monthly
from planner.domain.minimum.path import Balance, Debt, Path, follow
from planner.domain.money import Money

# Three years: 12 CFR 1026.7(b)(12)(i)(F).
DISCLOSED_MONTHS = 36


@dataclass(frozen=True, slots=True)
class RepaymentDisclosure:
    """The figures of the minimum payment warning.

    Attributes:
        path: What paying only the minimum comes to.
        payment: The monthly payment that pays the balance off in 36 months.
        total: What 36 such payments come to.
        saved: What that saves; None if paying the minimum never ends.
    """

    path: Path
    payment: Money
    total: Money
    saved: Money | None


def repayment_disclosure(balances: Sequence[Balance], least: Money, part: Decimal) -> RepaymentDisclosure:
    """The figures of the minimum payment warning.

    The minimum is a part of the balance before interest, or the least amount if that is more. Payments
    go to the lowest rate first. The payment for 36 months is an annuity at the rate weighted by
    balances, a promotion by the months it lasts.
    Source: 12 CFR 1026, appendices M1 and M2 (ecfr.gov, 2026-03-09).

    Args:
        balances: What is owed at each rate.
        least: The least minimum.
        part: The part of the balance, 0.02 for 2 %.
    """
    debt = Debt(tuple(sorted(balances, key=lambda balance: balance.rate.yearly)))
    path = follow(debt, MonthlyRule(Fraction(part), least=least.minor))
    each = annuity.payment(_weighted(balances), DISCLOSED_MONTHS, -debt.amount.decimal)
    payment = Money.rounded(each, least.currency)
    total = payment.times(DISCLOSED_MONTHS)
    return RepaymentDisclosure(path, payment, total, path.total - total if path.total is not None else None)


def _weighted(balances: Sequence[Balance]) -> Decimal:
    owed = sum(balance.amount.minor for balance in balances)
    rate = sum((_over_term(each) * each.amount.minor for each in balances), Fraction(0)) / owed
    return Decimal(rate.numerator) / rate.denominator


def _over_term(balance: Balance) -> Fraction:
    """The monthly rate, on the average of the 36 months."""
    if balance.regular is None:
        return monthly(balance.rate)
    promoted = Fraction(min(balance.regular_from, DISCLOSED_MONTHS), DISCLOSED_MONTHS)
    return promoted * monthly(balance.rate) + (1 - promoted) * monthly(balance.regular)
