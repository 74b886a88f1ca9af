"""Settling an instalment plan early."""

from __future__ import annotations

from datetime import date

from planner.domain.dates import add_months
from planner.domain.money import Money
from planner.domain.plans.schedule import flat_fee
from planner.domain.settling.fr_indemnity import EarlyRepayment
from planner.domain.settling.policy import PlanRest, early_settlement
from planner.domain.term import EarlyPolicy
from tests.vectors.comparing import Answers
from tests.vectors.given import Given, UnusableError

_START = date(2026, 1, 10)


def early_settlement_of_a_plan(given: Given) -> Answers:
    """Settling a flat-fee plan right after one of its rows was paid, or before the first."""
    count, paid, fee = given.count("n"), given.count("paid_periods", usual=0), given.money("fee_per_period")
    if paid > count:
        raise UnusableError(f"{paid} of {count} rows cannot be paid")
    policy = EarlyPolicy(given.text("policy"))
    dues = [add_months(_START, number) for number in range(count + 1)]
    rows = flat_fee(given.money("principal"), dues[1:], fee.times(count))[paid:]
    if not rows:
        return {"pay_now": fee.zero, "saved_vs_schedule": fee.zero}
    rest = PlanRest(rows, dues[paid], dues[paid])
    found = early_settlement(rest, policy)
    if not found.is_single:
        raise UnusableError(f"{policy} has no single answer")
    return {"pay_now": found.low, "saved_vs_schedule": rest.scheduled - found.low}


def french_indemnity(given: Given) -> Answers:
    """The most that a French lender may ask for repaying early."""
    currency = given.currency_or("EUR")
    repayment = EarlyRepayment(
        Money.of(given.decimal("repaid"), currency),
        given.decimal("months_left"),
        Money.of(given.decimal("interest_left"), currency),
        Money.of(given.maybe_decimal("repaid_last_12_months") or 0, currency),
        is_fixed_rate=_flag(given, "fixed_rate", usual=True),
        is_open_ended=_flag(given, "overdraft_or_revolving", usual=False),
    )
    return {"max_indemnity": repayment.indemnity().value.high}


def _flag(given: Given, name: str, *, usual: bool) -> bool:
    value = given.get(name)
    if value is None:
        return usual
    if not isinstance(value, bool):
        raise UnusableError(f"{name} is {value!r}, which is neither yes nor no")
    return value
