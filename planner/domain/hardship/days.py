"""On which day of the month to pay, so that the income is there each time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from planner.domain.dates import add_months

# Nothing that comes each month is later than this after its day of another month.
_MOST_DAYS = 31


def paid_from(first: date, incomes: Collection[tuple[int, date]]) -> date:
    """The first day from which on payments, each a month apart, never come before the income.

    A salary on the last day is there on 30 November, but not on 30 December: that is paid on from 1 December.

    Args:
        first: When the income of the first month is there.
        incomes: When that of later months is: after how many months, and the day.

    Returns:
        The day; ``first`` itself where no day of the month does it.
    """
    for later in range(_MOST_DAYS + 1):
        start = first + timedelta(days=later)
        if all(add_months(start, ahead) >= on for ahead, on in incomes):
            return start
    return first
