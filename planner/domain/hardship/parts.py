"""Payments that are offered, as parts of the dues they go to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from planner.domain.due import Due
from planner.domain.money import Money


def parts_of(
    payments: Iterable[tuple[date, Money]], dues: Iterable[Due]
) -> Iterator[tuple[str, date, Money]]:
    """Spread payments over dues, the oldest first, as a lender that says nothing else allocates them.

    Args:
        payments: Days and amounts, by date.
        dues: What is open on the account; what has no date comes last.

    Yields:
        The id of a due, a day, and what goes to it; what no due takes is left out.
    """
    order = sorted(dues, key=lambda due: (due.due_on or date.max, due.id))
    rests = [(due.id, due.open) for due in order if due.open]
    for on, amount in payments:
        left = amount
        while left and rests:
            due_id, rest = rests[0]
            part = min(left, rest)
            yield due_id, on, part
            left -= part
            rests[0] = (due_id, rest - part)
            if not rests[0][1]:
                rests.pop(0)
