"""When the first payments are made that are offered to lenders: once the income is there, each month."""

from __future__ import annotations

from datetime import date, timedelta

from planner.domain.cash.flow import CashFlow, Direction, Happened
from planner.domain.cash.occurrences import Time, times_of
from planner.domain.cash.recurrence import Unit
from planner.domain.dates import add_months, months_between
from planner.domain.hardship.days import paid_from
from planner.services.cash_forecast import calendar_of
from planner.store.store import Store

_MONTHS = 12
"""For how many months the income is looked at: each length of a month, and each holiday."""


def first_payment_on(store: Store, today: date, currency: str) -> date:
    """From when on a payment a month always has the income of that month before it.

    The first one waits for the last income of the coming month, or of the next month that has one.

    Args:
        store: The open file.
        today: The day.
        currency: ISO 4217.

    Returns:
        The day; the first of the next month if no income is recorded.
    """
    incomes = [
        (flow, _times(store, flow, today))
        for flow in store.cash_flows.all()
        if flow.direction is Direction.INCOME and flow.amount.currency == currency
    ]
    for ahead in range(1, _MONTHS + 1):
        last = add_months(today, ahead)
        coming = [(flow, times) for flow, times in incomes if any(time.on <= last for time in times)]
        if coming:
            first = max(_newest(times, last).on for _flow, times in coming)
            return paid_from(first, [each for flow, times in coming for each in _again(flow, times, last)])
    return add_months(today.replace(day=1), 1)


def _times(store: Store, flow: CashFlow, today: date) -> list[Time]:
    """When an income comes after a day, for as long as it can matter."""
    until = add_months(today, 2 * _MONTHS + 1)
    times = times_of(flow, calendar_of(store, flow), today + timedelta(days=1), until)
    return [time for time in times if time.state is not Happened.SKIPPED]


def _newest(times: list[Time], last: date) -> Time:
    """The last time up to a day."""
    return max((time for time in times if time.on <= last), key=lambda time: time.on)


def _again(flow: CashFlow, times: list[Time], last: date) -> list[tuple[int, date]]:
    """When what comes each month comes again: how many months after its newest time up to a day, and when."""
    if flow.recurrence.unit is not Unit.MONTH or flow.recurrence.every != 1:
        return []
    begun = _newest(times, last).by_rule
    later = ((months_between(begun, time.by_rule), time.on) for time in times)
    return [(ahead, on) for ahead, on in later if 0 < ahead < _MONTHS]
