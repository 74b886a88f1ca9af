"""The true yearly rate of a string of payments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from planner.domain.rate import Per, Rate
from planner.domain.term import FeeTiming
from planner.errors import PlannerError
from planner.phrases import N_

_TOLERANCE = 1e-9
_HIGHEST = 1e6
_STEPS = 200


class NoRateError(PlannerError):
    """The payments have no rate."""

    message = N_("These payments have no yearly rate: nothing is lent, or nothing is paid back.")


class SeveralRatesError(PlannerError):
    """The payments have more than one rate, so none is the rate."""

    message = N_("These payments have more than one mathematical rate, so none of them is shown.")


@dataclass(frozen=True, slots=True)
class Apr:
    """The true cost of credit as the Chinese rules show it: both ways, labelled.

    Source: PBoC announcement [2021] No. 3; cost over the principal actually outstanding, by IRR.

    Attributes:
        monthly: The rate at which the payments are worth what was lent, a month.
    """

    monthly: Decimal

    @property
    def nominal(self) -> Rate:
        """Twelve times the monthly rate."""
        return Rate(self.monthly * Per.MONTH.value)

    @property
    def effective(self) -> Rate:
        """The monthly rate compounded over a year; for equal months this is the EU's APR (TAEG)."""
        return Rate((1 + self.monthly) ** 12 - 1)


def internal_rate(flows: Sequence[Decimal | int]) -> Decimal:
    """The rate per period at which a string of equally spaced flows is worth nothing.

    A bracketed solver: the root lies between the ends of an interval that only shrinks, Newton's
    step is taken where it stays inside. The residual is below 1e-9 of the largest flow.

    Args:
        flows: What the borrower gets (positive) and pays (negative), at periods 0, 1, 2, ….

    Raises:
        NoRateError: The flows do not change sign.
        SeveralRatesError: They change it more than once.
    """
    signs = [flow > 0 for flow in flows if flow]
    changes = sum(a is not b for a, b in pairwise(signs))
    if not changes:
        raise NoRateError
    if changes > 1:
        raise SeveralRatesError
    if sum(flows) == 0:
        return Decimal(0)
    scale = max(abs(float(flow)) for flow in flows)
    values = [float(flow) / scale for flow in flows]
    # With one change of sign the value has one root and the sign of its first flow at infinity.
    rising = values[next(index for index, value in enumerate(values) if value)] > 0
    low, high = -0.999999, _HIGHEST
    rate = 0.01
    for _ in range(_STEPS):
        value, slope = _value_and_slope(values, rate)
        if (value > 0) is rising:
            high = rate
        else:
            low = rate
        step = rate - value / slope if slope else low
        new = step if low < step < high else (low + high) / 2
        if abs(new - rate) <= 1e-16 * (1 + abs(rate)):
            rate = new
            break
        rate = new
    if abs(_value_and_slope(values, rate)[0]) > _TOLERANCE * max(1.0, sum(map(abs, values))):
        raise NoRateError
    return Decimal(repr(rate))


def apr(flows: Sequence[Decimal | int]) -> Apr:
    """The true rate of monthly flows.

    Args:
        flows: What the borrower gets (positive) and pays (negative), month by month from the first.

    Raises:
        NoRateError: The flows do not change sign.
        SeveralRatesError: They change it more than once.
    """
    return Apr(internal_rate(flows))


def flat_fee_apr(monthly_fee: Decimal, count: int, timing: FeeTiming = FeeTiming.EVEN) -> Apr:
    """The true rate behind a flat monthly fee, before any rounding to cents.

    Solves 1 = Σ (1/n + r) / (1 + i)^k; the fee is charged on the original amount although
    less and less of it is still owed, which is why the true rate is nearly twice 12·r.
    Derived from the rule that a lender states (yzgs.net/baike/197519.html, 2016-04-10): the fee of a
    period is the original principal times the monthly rate.

    Args:
        monthly_fee: The fee a month as a fraction of the original amount.
        count: How many monthly instalments.
        timing: When the fee is paid.
    """
    part = Decimal(1) / count
    total = monthly_fee * count
    flows = [Decimal(1)] + [-part] * count
    if timing is FeeTiming.EVEN:
        flows[1:] = [flow - monthly_fee for flow in flows[1:]]
    else:
        flows[1 if timing is FeeTiming.WITH_FIRST else 0] -= total
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


def _value_and_slope(values: Sequence[float], rate: float) -> tuple[float, float]:
    value = slope = 0.0
    factor = 1.0
    step = 1.0 / (1.0 + rate)
    for period, flow in enumerate(values):
        value += flow * factor
        slope -= period * flow * factor * step
        factor *= step
    return value, slope
