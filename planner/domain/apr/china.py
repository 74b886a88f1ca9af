"""The rate as China's rules show it, and the rates behind flat fees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import inf

from planner.domain.apr.periods import anchor_of, months_back
from planner.domain.apr.solver import Flow, rate
from planner.domain.apr.value import Apr, Convention, far
from planner.domain.rate import Per, Rate
from planner.domain.term import FeeTiming

_FAR = far(Per.MONTH.value)


def internal_rate(flows: Sequence[Decimal | int], beyond: float = inf) -> Decimal:
    """The rate per period at which a string of equally spaced flows is worth nothing.

    Source: the internal rate of return as spreadsheets have it (Microsoft, IRR).

    Args:
        flows: What one side gets (positive) and pays (negative), at periods 0, 1, 2, ….
        beyond: A second solution above this rate is left out, see ``solver.growth``.

    Raises:
        NoRateError: There is none; the subclass says why.
        SeveralRatesError: There is more than one.
    """
    return rate((Flow(amount, period) for period, amount in enumerate(flows)), beyond)


def apr(flows: Sequence[Decimal | int]) -> Apr:
    """The true rate of monthly flows as the Chinese rules show it: 12·i and (1 + i)^12 - 1, labelled.

    Source: PBoC announcement [2021] No. 3: all costs of the loan over the principal actually outstanding,
    as a yearly rate, by the internal rate of return. Whether that is multiplied or compounded it does not
    say, so that both are shown; lenders multiply (general knowledge, unverified).

    Args:
        flows: What the borrower gets (positive) and pays (negative), month by month from the first.

    Raises:
        NoRateError: There is none; the subclass says why.
        SeveralRatesError: There is more than one.
    """
    return Apr.of_period(Convention.CHINA, internal_rate(flows, _FAR), Per.MONTH.value)


def apr_of_dates(
    advances: Sequence[tuple[date, Decimal | int]], payments: Sequence[tuple[date, Decimal | int]]
) -> Apr:
    """The true rate of dated flows as the Chinese rules show it.

    Time is counted in months from the first flow: whole months back from the later date, and the days
    that remain as parts of a month of 365/12 days. The announcement has no rule for days; this one agrees
    with the lender's table where payments are whole months apart (own choice).
    Source: PBoC announcement [2021] No. 3.

    Args:
        advances: What the borrower gets, and when.
        payments: What the borrower pays, and when.

    Raises:
        NoRateError: There is none; the subclass says why.
        SeveralRatesError: There is more than one.
    """
    start = min((on for on, _ in (*advances, *payments)), default=date.min)
    flows = []
    for side, dated in ((1, advances), (-1, payments)):
        anchor = anchor_of([on for on, _ in dated if on > start])
        for on, amount in dated:
            months, days = months_back(start, on, anchor)
            flows.append(Flow(side * amount, months + days * 12 / 365 if days else months))
    return Apr.of_period(Convention.CHINA, rate(flows, _FAR), Per.MONTH.value)


def flat_fee_apr(monthly_fee: Decimal, count: int, timing: FeeTiming = FeeTiming.EVEN) -> Apr:
    """The true rate behind a flat monthly fee, before any rounding to cents.

    Solves 1 = Σ (1/n + r) / (1 + i)^k; the fee is charged on the original amount although
    less and less of it is still owed, which is why the true rate is nearly twice 12·r. A fee on what is
    still owed makes the true rate just r a month.
    Derived from the rule that a lender states (yzgs.net/baike/197519.html, 2016-04-10): the fee of a
    period is the original principal times the monthly rate.

    Args:
        monthly_fee: The fee a month as a fraction of the original amount.
        count: How many monthly instalments.
        timing: When the fee is paid.

    Raises:
        NoRateError: The fee at the beginning is the whole amount or more.
    """
    # One unit of money in each instalment, so that no part has to be rounded.
    fee = monthly_fee * count
    flows = [Decimal(count)] + [Decimal(-1)] * count
    match timing:
        case FeeTiming.EVEN:
            flows[1:] = [flow - fee for flow in flows[1:]]
        case FeeTiming.DECLINING:
            flows[1:] = [flow - monthly_fee * (count - paid) for paid, flow in enumerate(flows[1:])]
        case FeeTiming.WITH_FIRST:
            flows[1] -= fee * count
        case FeeTiming.UPFRONT:
            flows[0] -= fee * count
    return apr(flows)


def flat_fee_share(monthly_fee: Decimal, count: int) -> Decimal:
    """The fee of a whole flat-fee plan as a part of the original amount, before any rounding.

    Source: the JD rule, yzgs.net/baike/197519.html (2016-04-10).

    Args:
        monthly_fee: The fee a month as a fraction of the original amount.
        count: How many monthly instalments.
    """
    return monthly_fee * count


def rate_on_average(monthly_fee: Decimal, count: int) -> Rate:
    """The yearly fee over what is owed on average: a rule of thumb that comes near the true rate.

    Of equal parts paid monthly, (n + 1) / 2n of the amount is owed on average, so that the fee of
    a year, 12·r, is 24·r·n / (n + 1) of it.
    Source: the constant-ratio formula of consumer credit, 2·m·C / (P·(n + 1)), with m = 12 payments
    a year and the charge C = P·r·n.

    Args:
        monthly_fee: The fee a month as a fraction of the original amount.
        count: How many monthly instalments.
    """
    return Rate(2 * Per.MONTH.value * flat_fee_share(monthly_fee, count) / (count + 1))
