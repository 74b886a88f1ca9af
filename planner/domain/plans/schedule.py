"""The rows of an instalment plan with a flat fee, rounded where lenders round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import accumulate

from planner.domain.instalment import Instalment
from planner.domain.money import Money, sum_of
from planner.domain.rate import Per, Rate
from planner.domain.term import FeeTiming, Remainder, RoundingRule
from planner.domain.terms import Terms


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

    @property
    def interest(self) -> str:
        """The mode for the interest of a row, which is worked out row by row as a fee a month is."""
        return self.fee or ROUND_HALF_UP


DEFAULT_ROUNDING = Rounding()


def rounding_of(terms: Terms) -> Rounding:
    """How a lender rounds by its terms; where nobody says, as most do, and of several claims the last."""
    usual = DEFAULT_ROUNDING
    place, principal, fee = terms.remainder, terms.principal_rounding, terms.fee_rounding
    mode, whole_mode = usual.fee, usual.whole_fee
    if not fee.is_unknown:
        mode = whole_mode = fee.counting[-1].value.mode
    rule = RoundingRule.LIKE_PRINCIPAL if principal.is_unknown else principal.counting[-1].value
    return Rounding(
        usual.remainder if place.is_unknown else place.counting[-1].value,
        rule.mode or usual.principal,
        mode,
        whole_mode,
    )


# --- dividing an amount ----------------------------------------------------------------------------


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


def spread(total: Money, weights: Sequence[int], rounding: str, remainder: Remainder) -> tuple[Money, ...]:
    """An amount in parts as large as their weights, one of which takes the rest; they add up to it.

    Where rounding up would leave less than nothing for the rest, the parts are rounded down.

    Args:
        total: What is spread.
        weights: At least one above nothing, none below.
        rounding: A rounding mode of ``decimal``.
        remainder: Whether the first or the last part takes the rest.
    """
    whole, place = sum(weights), 0 if remainder is Remainder.FIRST else len(weights) - 1
    parts = [
        Money(int((Decimal(total.minor * weight) / whole).to_integral_value(rounding)), total.currency)
        for weight in weights
    ]
    rest = parts[place] + total - sum_of(parts, total.currency)
    if rest.minor * total.minor < 0:
        return spread(total, weights, ROUND_DOWN, remainder)
    parts[place] = rest
    return tuple(parts)


# --- a flat fee ------------------------------------------------------------------------------------


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
    return principals, _even_fees(principal, count, fee, rounding)


def flat_fee(
    principal: Money,
    dues: Sequence[date],
    fee: Rate | Money,
    timing: FeeTiming = FeeTiming.EVEN,
    rounding: Rounding = DEFAULT_ROUNDING,
    free_months: int = 0,
) -> tuple[Instalment, ...]:
    """The dated rows of a flat-fee plan; what is paid up front stands in the first row.

    Args:
        principal: What is repaid.
        dues: The due date of each row.
        fee: A monthly rate on the original principal (on what is still owed, for a declining fee), or
            the fee of the whole plan.
        timing: When the fee is paid.
        rounding: How the lender rounds.
        free_months: For how many of the first months no fee is charged.
    """
    count, zero = len(dues), principal.zero
    principals = split(principal, count, rounding.principal, rounding.remainder)
    # A fee of the whole plan is charged whatever is free, at the latest with the last row.
    free = min(free_months, count - 1 if isinstance(fee, Money) else count)
    fees: tuple[Money, ...]
    if timing is FeeTiming.DECLINING:
        fees = (zero,) * free + _declining_fees(_balances(principal, principals)[free:], fee, rounding)
    else:
        fees = (zero,) * free + (_even_fees(principal, count - free, fee, rounding) if free < count else ())
    if timing in {FeeTiming.WITH_FIRST, FeeTiming.UPFRONT}:
        fees = (sum_of(fees, zero.currency), *(zero,) * (count - 1))
    return tuple(
        Instalment(number, due_on, part, fee_part, zero)
        for number, (due_on, part, fee_part) in enumerate(zip(dues, principals, fees, strict=True), start=1)
    )


def _even_fees(principal: Money, count: int, fee: Rate | Money, rounding: Rounding) -> tuple[Money, ...]:
    if isinstance(fee, Rate) and rounding.fee is not None:
        return (principal.times(_monthly(fee), rounding.fee),) * count
    if isinstance(fee, Rate):
        return split(flat_fee_total(principal, fee, count), count, rounding.principal, rounding.remainder)
    return split(fee, count, rounding.whole_fee or rounding.principal, rounding.remainder)


def _declining_fees(balances: Sequence[Money], fee: Rate | Money, rounding: Rounding) -> tuple[Money, ...]:
    """The fee of each row where each month is charged on what is owed before its payment.

    A fee of the whole plan falls on the months in proportion to what is owed in them, which for equal
    parts is the sum of the digits (the rule of 78).
    """
    if isinstance(fee, Rate) and rounding.fee is not None:
        return tuple(balance.times(_monthly(fee), rounding.fee) for balance in balances)
    if not balances:
        return ()
    if isinstance(fee, Rate):
        total, mode = sum_of(balances, balances[0].currency).times(_monthly(fee)), rounding.principal
    else:
        total, mode = fee, rounding.whole_fee or rounding.principal
    weights = [balance.minor for balance in balances]
    if not any(weights):
        return split(total, len(balances), mode, rounding.remainder)
    return spread(total, weights, mode, rounding.remainder)


def _balances(principal: Money, principals: Sequence[Money]) -> list[Money]:
    """What is owed before each payment."""
    return list(accumulate(principals[:-1], Money.__sub__, initial=principal))


def _monthly(fee: Rate) -> Decimal:
    if fee.per is not Per.MONTH:
        msg = f"a flat fee is charged a month, not a {fee.per.name.lower()}"
        raise ValueError(msg)
    return fee.fraction
