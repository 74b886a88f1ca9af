"""The interest rates that the rows of a plan show, for working them out anew on a lower balance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from math import floor

from planner.domain.instalment import Instalment
from planner.domain.rate import Rate

_MONTHS = 12
_HUNDRED = 100
_MOST_DIGITS = 8
_HALF = Fraction(1, 2)


def balances(rows: Sequence[Instalment]) -> list[int]:
    """What is owed before each row, in minor units."""
    total = sum(row.principal.minor for row in rows)
    repaid = accumulate((row.principal.minor for row in rows), initial=0)
    return [total - part for part, _row in zip(repaid, rows, strict=False)]


def stated_rate(rows: Sequence[Instalment]) -> Rate | None:
    """The yearly rate behind rows whose interest is a twelfth of it on what is owed, rounded half up.

    Each row bounds the rate; of the rates within all bounds one with the fewest decimals is taken.
    A first row that does not fit the others, because its period is longer or shorter, is passed over.
    None if nothing is charged, or no one rate fits.

    Source: the level-payment schedule (Kellison, *The Theory of Interest*), read backwards.
    """
    charged = [(owed, row.interest.minor) for owed, row in zip(balances(rows), rows, strict=True)]
    for part in (charged, charged[1:]):
        bounds = [_bounds(owed, interest) for owed, interest in part if interest and owed]
        if bounds:
            rate = _simplest(max(low for low, _high in bounds), min(high for _low, high in bounds))
            if rate is not None:
                return rate
    return None


def _bounds(owed: int, interest: int) -> tuple[Fraction, Fraction]:
    """The monthly rates from which half-up rounding makes that interest, the higher one not included."""
    return (interest - _HALF) / owed, (interest + _HALF) / owed


def _simplest(low: Fraction, high: Fraction) -> Rate | None:
    """The yearly percentage with the fewest decimals between two monthly rates, the nearest to the middle."""
    least, most = low * _MONTHS * _HUNDRED, high * _MONTHS * _HUNDRED
    for digits in range(_MOST_DIGITS + 1):
        units = 10**digits
        percent = floor((least + most) / 2 * units + _HALF)
        if least * units <= percent < most * units:
            return Rate.percent(Decimal(percent) / units)
    return None


def row_rates(rows: Sequence[Instalment]) -> list[Fraction]:
    """The rate of each row on what is owed before it: the stated one where it fits, else the row's own.

    So a free month stays free and a long first period stays long.
    """
    rate = stated_rate(rows)
    monthly = Fraction(rate.fraction) / _MONTHS if rate is not None else None
    return list(_rates(rows, monthly))


def _rates(rows: Sequence[Instalment], monthly: Fraction | None) -> Iterator[Fraction]:
    for owed, row in zip(balances(rows), rows, strict=True):
        if monthly is not None and interest_on(owed, monthly) == row.interest.minor:
            yield monthly
        else:
            yield Fraction(row.interest.minor, owed) if owed else Fraction(0)


def interest_on(owed: int | Fraction, rate: Fraction) -> int:
    """The interest on what is owed, in minor units, rounded half up."""
    return floor(owed * rate + _HALF)
