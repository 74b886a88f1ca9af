"""Round amounts and evenly spread days for the axes of the charts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from planner.domain.money import Money
from planner.i18n import show_amount, show_number

_MOST_AMOUNTS = 4


def amount_ticks(most: Money) -> tuple[Money, ...]:
    """Round amounts from nothing to at least ``most``: steps of 1, 2 or 5 times a power of ten."""
    step = 1
    while step * _MOST_AMOUNTS < most.minor:
        step = step * 2 if str(step)[0] in "15" else step // 2 * 5
    count = max(-(-most.minor // step), 1)
    return tuple(Money(step * number, most.currency) for number in range(count + 1))


def span_ticks(least: Money, most: Money) -> tuple[Money, ...]:
    """Round amounts from at most ``least`` to at least ``most``, with nothing among them."""
    low, high = min(least.minor, 0), max(most.minor, 0)
    high = high if high > low else 1
    step = amount_ticks(Money(high - low, most.currency))[1].minor
    return tuple(Money(step * number, most.currency) for number in range(low // step, -(-high // step) + 1))


def tick_labels(ticks: Sequence[Money]) -> list[str]:
    """Amounts for an axis, whose currency stands elsewhere; whole ones without decimals."""
    if all(tick.decimal == tick.decimal.to_integral_value() for tick in ticks):
        return [show_number(tick.decimal, 0) for tick in ticks]
    return [show_amount(tick) for tick in ticks]


def date_ticks(first: date, last: date, most: int) -> Sequence[date]:
    """The first day, the last one, and evenly spread ones between, at most so many."""
    days = (last - first).days
    count = max(min(most - 1, days), 0)
    if not count:
        return (first,)
    return tuple(first + timedelta(days=round(days * number / count)) for number in range(count + 1))
