"""The penalty of some days: what is unpaid × rate × days, rounded once."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from planner.domain.money import Money
from planner.domain.rate import Per, Rate
from planner.domain.sourced import Span

DAYS_A_YEAR = Per.DAY.value


def charge_for_days(amount: Money, rate: Rate, days: int) -> Money:
    """Amount × rate × days, rounded half up once.

    A rate that is stated for a month or a year is charged at a 365th of its yearly value a day, in
    leap years too.

    Args:
        amount: What is charged.
        rate: For a day, a month or a year.
        days: For how many days.
    """
    if rate.per is Per.DAY:
        return amount.times(rate.fraction * days)
    # Divided last: what ends on half a cent is rounded as it should be.
    exact = amount.minor * rate.yearly * days / DAYS_A_YEAR
    return Money(int(exact.to_integral_value(ROUND_HALF_UP)), amount.currency)


def simple_penalty(unpaid: Money, rate: Rate, days: int, least_per_day: Decimal | None = None) -> Money:
    """Unpaid × rate × days, rounded half up once; a least amount a day where there is one.

    Source: yzgs.net/baike/197519.html (2016-04-10), "less than 0.01 a day is charged as 0.01".

    Args:
        unpaid: What is not paid.
        rate: The late rate.
        days: For how many days.
        least_per_day: The least penalty a day, in major units; None for none.
    """
    if least_per_day is not None and unpaid:
        a_day = unpaid.decimal * rate.yearly / DAYS_A_YEAR
        if a_day < least_per_day:
            return Money.rounded(least_per_day * days, unpaid.currency)
    return charge_for_days(unpaid, rate, days)


def penalty_span(
    unpaid: Money, rates: Sequence[Rate], days: int, least_per_day: Decimal | None = None
) -> Span[Money]:
    """The penalty at the lowest and at the highest of several rates.

    Args:
        unpaid: What is not paid.
        rates: What the sources say, at least one.
        days: For how many days.
        least_per_day: The least penalty a day, in major units; None for none.
    """
    return Span(
        simple_penalty(unpaid, min(rates), days, least_per_day),
        simple_penalty(unpaid, max(rates), days, least_per_day),
    )
