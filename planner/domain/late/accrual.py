"""What runs day by day on one amount: what was paid of it meanwhile, and interest added each month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from planner.domain.dates import add_months
from planner.domain.late.simple import simple_penalty
from planner.domain.money import Money, sum_of
from planner.domain.rate import Rate

Dated = tuple[date, Money]

_YEARS_AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class Line:
    """An amount that is charged by the day.

    Attributes:
        amount: What it is on its first day.
        start: The day after which it is charged.
        rate: How much.
        least: The least charge a day, in major units; None for none.
        drops: What is paid of the amount, and when; nothing before the start.
        settled: What is paid of the interest, and when.
        added_on: A day of which each monthly return adds the unpaid interest to what is charged; None
            where interest bears none.
        added_after: The day after which that begins.
    """

    amount: Money
    start: date
    rate: Rate
    least: Decimal | None = None
    drops: tuple[Dated, ...] = ()
    settled: tuple[Dated, ...] = ()
    added_on: date | None = None
    added_after: date | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """One multiplication: a base that did not change for some days.

    Attributes:
        base: What was charged, added interest included.
        added: The interest in it.
        rate: How much.
        days: For how many days.
        amount: What it comes to, rounded half up.
    """

    base: Money
    added: Money
    rate: Rate
    days: int
    amount: Money


@dataclass(frozen=True, slots=True)
class _State:
    """A line on one of its stops, once everything of that day has happened.

    Attributes:
        found: What was charged so far.
        total: All of it.
        base: What is left of the amount.
        added: The unpaid interest that is charged on too.
        pending: The unpaid interest since the last adding.
    """

    found: tuple[Product, ...]
    total: Money
    base: Money
    added: Money
    pending: Money


def products(line: Line, day: date) -> tuple[Product, ...]:
    """What is charged on a line up to a day, a product for each time in which its base did not change.

    Each product is rounded to the minor unit, half up. What is paid on a day is charged for that day
    still. Paid interest is taken off what was added first; on a day of adding, what is paid comes before.

    Source: each balance from its day until the next change × rate × days, the unpaid interest added
    monthly (wodefinance.com, hknyusfcud, jxxowdphxa; crsrw.com/falvjiangtang/146835.html).

    Args:
        line: The line.
        day: The day of paying.
    """
    return _whole_run(line, day).found


def accrued(line: Line, day: date) -> Money:
    """All that is charged on a line up to a day.

    Args:
        line: The line.
        day: The day of paying.
    """
    return _whole_run(line, day).total


def _whole_run(line: Line, day: date) -> _State:
    # Stop by stop, a debt of some decades would go deeper than Python lets it: some years at a time.
    for year in range(line.start.year + _YEARS_AT_ONCE, day.year, _YEARS_AT_ONCE):
        _state(line, _stop_before(line, date(year, 1, 1)))
    return _run_to(line, day)


def _run_to(line: Line, day: date) -> _State:
    before = _stop_before(line, day)
    return _run(line, _state(line, before), (day - before).days)


@lru_cache(maxsize=1024)  # the cost of each day of a series goes on from the same stops
def _state(line: Line, stop: date) -> _State:
    zero = line.amount.zero
    if stop <= line.start:
        return _State((), zero, line.amount, zero, zero)
    state = _run_to(line, stop)
    settled = _paid_on(line.settled, stop, zero)
    from_added = min(settled, state.added)
    added = state.added - from_added
    pending = state.pending - min(settled - from_added, state.pending)
    if stop == _last_return(line, stop + timedelta(days=1)):
        added, pending = added + pending, zero
    base = state.base - min(_paid_on(line.drops, stop, zero), state.base)
    return _State(state.found, state.total, base, added, pending)


def _run(line: Line, state: _State, days: int) -> _State:
    """The line some days on, if nothing changes meanwhile."""
    charged = state.base + state.added
    if days <= 0 or not charged:
        return state
    amount = simple_penalty(charged, line.rate, days, line.least)
    product = Product(charged, state.added, line.rate, days, amount)
    return replace(
        state, found=(*state.found, product), total=state.total + amount, pending=state.pending + amount
    )


def _stop_before(line: Line, day: date) -> date:
    """The last day before another on which what is charged may have changed, or the first of all."""
    days = [on for on, _ in line.drops]
    if line.added_on is not None:
        # Where interest bears none, it changes nothing when it is paid.
        days += [on for on, _ in line.settled]
        if (again := _last_return(line, day)) is not None:
            days.append(again)
    return max([line.start, *(on for on in days if on < day)])


def _last_return(line: Line, before: date) -> date | None:
    """The last monthly return of the day of adding before another; None if it has not come yet."""
    first = line.added_on
    if first is None:
        return None
    months = (before.year - first.year) * 12 + before.month - first.month
    on = add_months(first, months)
    if on >= before:
        on = add_months(first, months - 1)
    return on if on > (line.added_after or line.start) else None


def _paid_on(paid: tuple[Dated, ...], day: date, like: Money) -> Money:
    return sum_of((amount for on, amount in paid if on == day), like.currency)
