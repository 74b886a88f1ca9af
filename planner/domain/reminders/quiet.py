"""Single quiet days and spans of them: how they are chosen, and how they are told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from planner.errors import PlannerError
from planner.phrases import N_

MOST_DAYS = 366
_A_DAY = timedelta(days=1)


class BackwardSpanError(PlannerError):
    """A span that ends before it begins."""

    message = N_("The last day is before the first one.")


class TooLongSpanError(PlannerError):
    """A span so long that reminders would be of no use any more."""

    message = N_("Choose at most {most} days at a time.")


def days_of(first: date, last: date) -> frozenset[date]:
    """Every day of a span, both ends included.

    Raises:
        BackwardSpanError: The last day is before the first.
        TooLongSpanError: It has more than MOST_DAYS days.
    """
    count = (last - first).days + 1
    if count < 1:
        raise BackwardSpanError
    if count > MOST_DAYS:
        raise TooLongSpanError(most=MOST_DAYS)
    return frozenset(first + timedelta(days=ahead) for ahead in range(count))


def spans_of(days: Iterable[date]) -> list[tuple[date, date]]:
    """Some days as spans: the first and the last of each row of days without a gap, in their order."""
    found: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if found and found[-1][1] + _A_DAY == day:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
