"""The rows of an instalment plan, rounded where lenders round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from planner.domain.instalment import Instalment
from planner.domain.money import Money
from planner.domain.rate import Per, Rate
from planner.domain.term import FeeTiming, Remainder


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a lender rounds the rows of a plan.

    Source of the defaults: Huaxia Bank's bill instalments, "accurate to the cent, the rest in the
    last instalment" (wodefinance.com, hymugysyvh); fee half up per row is general practice.

    Attributes:
        remainder: Which row takes what does not divide.
        principal: A rounding mode of ``decimal`` for the principal of each row.
        fee: A rounding mode for the fee of each row, where a fee a month is charged; None spreads the
            exact total like the principal.
        whole_fee: A rounding mode for the parts of a fee that is stated for the whole plan; None spreads
            it like the principal.
    """

    remainder: Remainder = Remainder.LAST
    principal: str = ROUND_DOWN
    fee: str | None = ROUND_HALF_UP
    whole_fee: str | None = None


DEFAULT_ROUNDING = Rounding()


def split(total: Money, count: int, rounding: str, remainder: Remainder) -> tuple[Money, ...]:
    """An amount in ``count`` equal parts, one of which takes the rest; they always add up to it.

    Where rounding up would leave less than nothing for the rest, the parts are rounded down.
    """
    part = Money(int((Decimal(total.minor) / count).to_integral_value(rounding)), total.currency)
    rest = total - part.times(count - 1)
    if rest.minor * total.minor < 0:
        return split(total, count, ROUND_DOWN, remainder)
    parts = [part] * (count - 1)
    return (rest, *parts) if remainder is Remainder.FIRST else (*parts, rest)


def flat_fee_total(principal: Money, fee: Rate, count: int) -> Money:
    """The fee of a whole plan: principal times monthly rate times months, rounded half up once.

    Source: the JD rule, yzgs.net/baike/197519.html (2016-04-10).
    """
    return principal.times(_monthly(fee) * count)


def flat_fee_parts(
    principal: Money, count: int, fee: Rate | Money, rounding: Rounding = DEFAULT_ROUNDING
) -> tuple[tuple[Money, ...], tuple[Money, ...]]:
    """The principal and the fee of each row of a flat-fee plan.

    Args:
        principal: What is repaid.
        count: How many monthly rows.
        fee: A monthly rate on the original principal, or the fee of the whole plan.
        rounding: How the lender rounds.
    """
    principals = split(principal, count, rounding.principal, rounding.remainder)
    if isinstance(fee, Rate) and rounding.fee is not None:
        return principals, (principal.times(_monthly(fee), rounding.fee),) * count
    if isinstance(fee, Rate):
        total, mode = flat_fee_total(principal, fee, count), rounding.principal
    else:
        total, mode = fee, rounding.whole_fee or rounding.principal
    return principals, split(total, count, mode, rounding.remainder)


def flat_fee(
    principal: Money,
    dues: Sequence[date],
    fee: Rate | Money,
    timing: FeeTiming = FeeTiming.EVEN,
    rounding: Rounding = DEFAULT_ROUNDING,
) -> tuple[Instalment, ...]:
    """The dated rows of a flat-fee plan; what is paid up front stands in the first row.

    Args:
        principal: What is repaid.
        dues: The due date of each row.
        fee: A monthly rate on the original principal, or the fee of the whole plan.
        timing: When the fee is paid.
        rounding: How the lender rounds.
    """
    principals, fees = flat_fee_parts(principal, len(dues), fee, rounding)
    if timing is not FeeTiming.EVEN:
        whole = principal.zero
        for part in fees:
            whole += part
        fees = (whole, *(principal.zero for _ in dues[1:]))
    return tuple(
        Instalment(number, due_on, part, fee_part, principal.zero)
        for number, (due_on, part, fee_part) in enumerate(zip(dues, principals, fees, strict=True), start=1)
    )


def _monthly(fee: Rate) -> Decimal:
    if fee.per is not Per.MONTH:
        msg = f"a flat fee is charged a month, not a {fee.per.name.lower()}"
        raise ValueError(msg)
    return fee.fraction
