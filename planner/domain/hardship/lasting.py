"""Which month a budget is of, so that what it leaves is there in every month ahead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from planner.domain.cash.flow import CashFlow
from planner.domain.dates import add_months, months_between
from planner.domain.derivation import Derived
from planner.domain.hardship.budget import Budget, budget
from planner.domain.hardship.monthly import is_cut_off
from planner.domain.money import Money
from planner.phrases import Phrase


def lasting_budget(
    flows: Iterable[CashFlow], first: date, last: date, currency: str, assumed: Money | None = None
) -> Budget:
    """The budget of the month that leaves the least; the first of equal ones.

    The same is offered each month, so it has to be there in each of them: not only before a rent begins, or
    once something has come in that does not come again. A month in which something weekly only begins or
    ends is left out where there is another.

    Args:
        flows: The incomes and expenses; those in other currencies do not count.
        first: Any day of the first month; all of it is still to come.
        last: Any day of the last month.
        currency: ISO 4217.
        assumed: What is assumed to come in beside the record; below nothing for less.
    """
    known = [flow for flow in flows if flow.amount.currency == currency]
    start = first.replace(day=1)
    months = [add_months(start, ahead) for ahead in range(max(months_between(start, last), 0) + 1)]
    whole = [month for month in months if not any(is_cut_off(flow, month) for flow in known)]
    found = [budget(known, month, currency, assumed) for month in whole or months]
    least = min(found, key=lambda each: each.left.value.minor)
    most = max((each.left for each in found), key=lambda left: left.value.minor)
    if most.value.minor < 0:
        least = replace(least, always_lacking=Derived(-most.value, lambda: most.derivation))
    if least.month == found[0].month:
        return least
    return replace(
        least,
        why=Phrase(
            "Of the months looked at, this one leaves the least: what is offered can be kept in each of them."
        ),
    )
