"""Instalment plans with a flat fee."""

from __future__ import annotations

import decimal
import re
from decimal import Decimal

from planner.domain.apr import flat_fee_apr, flat_fee_share, rate_on_average
from planner.domain.money import Money, minor_digits, sum_of
from planner.domain.plans.schedule import DEFAULT_ROUNDING, Rounding, flat_fee_parts, flat_fee_total
from planner.domain.rate import Per, Rate
from planner.domain.term import FeeTiming, Remainder
from tests.vectors.comparing import Answers
from tests.vectors.given import Given, UnusableError

TIMINGS = {
    "even, arrears": FeeTiming.EVEN,
    "with first instalment": FeeTiming.WITH_FIRST,
    "upfront at drawdown": FeeTiming.UPFRONT,
}
LIKE_PRINCIPAL = "remainder like principal"
# "ROUND_DOWN to 0.01", "ROUND_HALF_UP per period", "half even": a mode, and maybe what it is applied to.
_MODE = re.compile(
    r"(?:round[ _-])?(half[ _-](?:up|down|even)|up|down|ceiling|floor|05up)"
    r"(?: to (?P<unit>[0-9.]+|(?:the|a) cent))?(?: (?:per|each|every|a) (?:period|row|instalment|month))?",
    re.IGNORECASE,
)


def apr_of_flat_fee(given: Given) -> Answers:
    """The true rate behind a flat fee, and the rates that are advertised instead."""
    count = given.count("n")
    fee = given.decimal(given.one_of("monthly_fee_rate", "total_fee_rate"))
    if given.get("total_fee_rate") is not None:
        fee /= count
    if _words(given.maybe_text("rounding") or "none") != "none":
        raise UnusableError("a true rate is worked out before any rounding")
    if given.get("principal") is not None and given.decimal("principal") <= 0:
        raise UnusableError("nothing is lent")  # else it does not matter how much: nothing is rounded
    timing = _words(given.maybe_text("fee_timing") or "even, arrears")
    if timing not in TIMINGS:
        raise UnusableError(f"nobody knows when a fee is paid {timing!r}")
    found = flat_fee_apr(fee, count, TIMINGS[timing])
    assert found.monthly is not None
    assert found.nominal is not None
    return {
        "irr_monthly_percent": found.monthly * 100,
        "nominal_irr_x12_percent": found.nominal.fraction * 100,
        "effective_percent": found.effective.fraction * 100,
        "fee_total_percent": flat_fee_share(fee, count) * 100,
        "advertised_simple_percent": Rate(fee, Per.MONTH).yearly * 100,
        "simple_on_average_balance_percent": rate_on_average(fee, count).fraction * 100,
    }


def total_of_flat_fee(given: Given) -> Answers:
    """The fee of a whole plan."""
    fee = given.rate("monthly_fee_rate", Per.MONTH)
    return {"total_fee": flat_fee_total(given.money("principal"), fee, given.count("n"))}


def schedule_of_flat_fee(given: Given) -> Answers:
    """The rows of a plan."""
    fee: Rate | Money
    if given.one_of("monthly_fee_rate", "total_fee") == "total_fee":
        fee = given.money("total_fee")
    else:
        fee = given.rate("monthly_fee_rate", Per.MONTH)
    principals, fees = flat_fee_parts(given.money("principal"), given.count("n"), fee, _rounding(given))
    return {
        "principal_per_period": principals,
        "fee_per_period": fees,
        "total_per_period": tuple(map(Money.__add__, principals, fees)),
        "total_principal": sum_of(principals, given.currency),
        "total_fee": sum_of(fees, given.currency),
        "total": sum_of((*principals, *fees), given.currency),
    }


def _rounding(given: Given) -> Rounding:
    """How the lender rounds; the usual way where the vector does not say."""
    usual = DEFAULT_ROUNDING
    remainder, principal, fee = (
        given.maybe_text(name) for name in ("remainder", "principal_rounding", "fee_rounding")
    )
    fee_mode, whole_mode = usual.fee, usual.whole_fee
    if fee is not None:
        fee_mode = whole_mode = None if _words(fee) == LIKE_PRINCIPAL else rounding_mode(fee, given.currency)
    return Rounding(
        Remainder(_words(remainder)) if remainder is not None else usual.remainder,
        rounding_mode(principal, given.currency) if principal is not None else usual.principal,
        fee_mode,
        whole_mode,
    )


def rounding_mode(words: str, currency: str) -> str:
    """The mode of ``decimal`` that is meant.

    Raises:
        UnusableError: The words are not understood, or something else than cents is rounded to.
    """
    match = _MODE.fullmatch(_words(words))
    if not match:
        raise UnusableError(f"nobody knows how to round {words!r}")
    unit = match["unit"] or ""
    if unit[:1].isdigit() and Decimal(unit) != Decimal(1).scaleb(-minor_digits(currency)):
        raise UnusableError(f"{currency} is not rounded to {unit}")
    mode: str = getattr(decimal, "ROUND_" + re.sub("[ -]", "_", match[1]).upper())
    return mode


def _words(text: str) -> str:
    return " ".join(text.lower().split())
