"""What flows at some times are worth at a rate, and the rate at which they are worth nothing.

These are a spreadsheet's functions, for checks and for flows of one's own. The true rate of an offer is
``planner.domain.apr``'s: a spreadsheet takes one of several rates, counts years of 365 days for every year,
and so XIRR is no TAEG.

Source: the functions NPV, IRR, XNPV and XIRR at support.microsoft.com.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import exp, log

from planner.domain.apr import NoRateError

_DAYS = 365
# The rates that are looked at lie between -99.97 % and 1,000,000 % a period.
_LOWEST, _HIGHEST = -8.0, 9.21
_STEPS = 2000
_HALVINGS = 100


def net_present_value(rate: Decimal, flows: Sequence[Decimal]) -> Decimal:
    """What flows at the ends of periods 1, 2, … are worth at the beginning of the first (NPV)."""
    return sum((flow / (1 + rate) ** period for period, flow in enumerate(flows, 1)), Decimal(0))


def dated_present_value(rate: Decimal, flows: Sequence[Decimal], days: Sequence[date]) -> Decimal:
    """What dated flows are worth on the first of the days, a year being 365 days (XNPV)."""
    return sum(
        (flow / (1 + rate) ** time for flow, time in zip(flows, _years(days), strict=True)), Decimal(0)
    )


def internal_rate_near(flows: Sequence[Decimal], guess: Decimal = Decimal("0.1")) -> Decimal:
    """The rate a period at which flows at periods 0, 1, 2, … are worth nothing (IRR).

    Args:
        flows: What is received (positive) and paid (negative).
        guess: Near which rate to look, where there are several.

    Raises:
        NoRateError: There is none.
    """
    return _rate(flows, [float(period) for period in range(len(flows))], guess)


def dated_internal_rate(
    flows: Sequence[Decimal], days: Sequence[date], guess: Decimal = Decimal("0.1")
) -> Decimal:
    """The yearly rate at which dated flows are worth nothing, a year being 365 days (XIRR).

    Args:
        flows: What is received (positive) and paid (negative).
        days: When.
        guess: Near which rate to look, where there are several.

    Raises:
        NoRateError: There is none.
    """
    return _rate(flows, [float(time) for time in _years(days)], guess)


def _years(days: Sequence[date]) -> list[Decimal]:
    return [Decimal((day - days[0]).days) / _DAYS for day in days]


def _rate(flows: Sequence[Decimal], times: Sequence[float], guess: Decimal) -> Decimal:
    values = [float(flow) for flow in flows]
    last = max(times)

    def worth(rate: float) -> float:
        # At the end rather than now where the rate is below nothing, so that nothing grows out of bounds.
        base = 0.0 if rate > 0 else last
        total = 0.0
        for value, time in zip(values, times, strict=True):
            total += value * (1 + rate) ** (base - time)
        return total

    root = nearest_root(worth, float(guess))
    if root is None:
        raise NoRateError
    return Decimal(repr(root))


def nearest_root(worth: Callable[[float], float], guess: float) -> float | None:
    """The rate nearest to a guess at which something is worth nothing; None if there is none.

    Looks for changes of sign over all rates from almost -100 % on, evenly by their logarithm, and halves
    each interval with one until it is as small as can be.
    """
    places = [exp(_LOWEST + (_HIGHEST - _LOWEST) * step / _STEPS) - 1 for step in range(_STEPS + 1)]
    places.append(0.0)
    places.sort(key=lambda rate: log(1 + rate))
    known = [(rate, worth(rate)) for rate in places]
    roots = [rate for rate, value in known if not value]
    roots += [_between(worth, low, high) for (low, a), (high, b) in pairwise(known) if a * b < 0]
    return min(roots, key=lambda root: abs(root - guess)) if roots else None


def _between(worth: Callable[[float], float], low: float, high: float) -> float:
    """The root in an interval with a change of sign."""
    is_rising = worth(low) < 0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        if (worth(middle) < 0) is is_rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2
