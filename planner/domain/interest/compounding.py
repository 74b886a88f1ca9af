"""Rates restated for another period, with and without interest on interest.

A year has 365 days or 12 equal months, so that a month is 365/12 days.
Source: Directive 2008/48/EC, Annex I, Part I, remark (c) for the equal months; the functions EFFECT and
NOMINAL at support.microsoft.com.
"""

from __future__ import annotations

from decimal import Decimal

from planner.domain.rate import Per, Rate

BANKERS_YEAR = 360


def restated(rate: Rate, per: Per) -> Rate:
    """The same rate for another period, without interest on interest: a twelfth of a year's for a month."""
    return Rate(rate.yearly / per.value, per)


def effective(nominal: Decimal, periods: int) -> Decimal:
    """What a nominal yearly rate comes to if its interest bears interest so many times a year (EFFECT)."""
    return (1 + nominal / periods) ** periods - 1


def nominal(effective_rate: Decimal, periods: int) -> Decimal:
    """The nominal yearly rate that comes to an effective one with so many periods a year (NOMINAL)."""
    return periods * ((1 + effective_rate) ** (Decimal(1) / periods) - 1)


def compounded(rate: Rate, per: Per) -> Rate:
    """What a rate comes to in a year if its interest is added to the debt each day, month or year."""
    return Rate(effective(rate.yearly, per.value))


def yearly_of_360(rate: Rate) -> Rate:
    """The yearly rate of 360 days, as some Chinese lenders state a daily one."""
    return Rate(restated(rate, Per.DAY).fraction * BANKERS_YEAR)
