"""What settling the rest of a running plan at once costs, where the lender's rule for it is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from planner.domain.dates import months_between
from planner.domain.instalment import Instalment
from planner.domain.money import sum_of
from planner.domain.over_time.running import EarlySettling, Rows
from planner.domain.settling.policy import PlanRest, early_settlement


def settling_cost(settle: EarlySettling, rows: Sequence[Instalment], on: date, since: date) -> int | None:
    """What to pay to settle rows at once, in minor units; None where that saves nothing.

    It has to save by the dearest rule that the sources name, whatever end is looked at: else nobody
    knows that it saves.

    Args:
        settle: The rules.
        rows: The rows that fall due later, at least one.
        on: The day of settling.
        since: When the running period began.
    """
    rest = PlanRest(tuple(rows), on, since)
    spans = [early_settlement(rest, policy) for policy in settle.policies]
    dearest = max(span.high.minor for span in spans)
    if dearest >= rest.scheduled.minor:
        return None
    return dearest if settle.is_high else min(span.low.minor for span in spans)


def saved_rate(way: Rows) -> Fraction:
    """What settling a plan after its first row saves, as a simple rate a year on what it repays sooner.

    What is saved, divided by the principal of each row times the months by which it is repaid sooner.
    Nothing where it may not be settled, or where that saves nothing.

    Args:
        way: The plan.
    """
    if way.settle is None or len(way.rows) < 2:  # noqa: PLR2004 - one that is paid, one to settle
        return Fraction(0)
    first, *later = way.rows
    cost = settling_cost(way.settle, later, first.due_on, first.due_on)
    if cost is None:
        return Fraction(0)
    saved = sum_of((row.total for row in later), first.principal.currency).minor - cost
    sooner = sum(row.principal.minor * max(months_between(first.due_on, row.due_on), 1) for row in later)
    return Fraction(12 * saved, sooner) if sooner else Fraction(0)
