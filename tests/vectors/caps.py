"""Legal lines on the yearly cost of credit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.law.cap_flags import Flag, Standing, flags
from planner.domain.law.caps import CapTable, Observation
from planner.domain.money import Money
from planner.domain.rate import Rate
from planner.domain.sourced import Source
from planner.store.catalogue import caps
from tests.vectors.comparing import Answers
from tests.vectors.given import Given, UnusableError

# A day on which both lines hold, for vectors that name none.
USUAL_DAY = date(2026, 1, 20)
USURY = {Standing.OVER: "above", Standing.UNDER: "ok", Standing.UNKNOWN: "unknown_threshold"}


@dataclass(frozen=True, slots=True)
class _Stated:
    """A rate that is stated one way only."""

    nominal: Rate | None
    effective: Rate


def chinese_lines(given: Given) -> Answers:
    """Where a rate stands to each of the Chinese lines, at some loan prime rate."""
    day = given.maybe_day("date") or USUAL_DAY
    lpr = Rate.percent(given.decimal("lpr1y_percent")).fraction
    table = CapTable(caps().caps, (Observation("LPR1Y", day, lpr, Source("the vector", day)),))
    rate = Rate.percent(given.decimal("annual_rate_percent"))
    found = flags([_Stated(rate, rate)], table, "CN", Money(0, "CNY"), day)
    limit = next(flag.limit for flag in found if flag.line == "4lpr")
    return {
        "flags": [_named(flag) for flag in found],
        "four_lpr_percent": limit.value.fraction * 100 if limit is not None else None,
    }


def _named(flag: Flag) -> str:
    if flag.standing not in {Standing.OVER, Standing.UNDER}:
        raise UnusableError(f"a single rate stands {flag.standing} {flag.line}")
    return f"{flag.standing}_{flag.line}"


def french_usury(given: Given) -> Answers:
    """Where a TAEG stands to the usury threshold of its quarter and amount."""
    rate = Rate.percent(given.decimal("taeg_percent"))
    amount = Money.of(given.decimal("amount"), given.currency_or("EUR"))
    (flag,) = flags([_Stated(rate, rate)], caps(), "FR", amount, given.day("contract_date"))
    percent = flag.limit.value.fraction * 100 if flag.limit is not None else None
    return {"result": USURY[flag.standing], "threshold_percent": percent}
