"""What being late costs."""

from __future__ import annotations

from planner.domain.late_charge import penalty_span, simple_penalty
from planner.domain.rate import Per, Rate
from tests.vectors.comparing import Answers
from tests.vectors.given import Given, as_decimal


def penalty(given: Given) -> Answers:
    """The penalty for some days."""
    rate = given.rate("daily_rate", Per.DAY)
    found = simple_penalty(
        given.money("unpaid"), rate, given.count("days"), given.maybe_decimal("min_per_day")
    )
    return {"penalty": found}


def penalties(given: Given) -> Answers:
    """The least and the greatest penalty where the sources disagree about the rate."""
    rates = [Rate(as_decimal(rate, "a rate"), Per.DAY) for rate in given.several("rates")]
    found = penalty_span(
        given.money("unpaid"), rates, given.count("days"), given.maybe_decimal("min_per_day")
    )
    return {"low": found.low, "high": found.high}
