"""How far the sliders of the place Payoff reach: as far as the amounts of the record make sense of it."""

from __future__ import annotations

from collections import defaultdict
from statistics import median_high

from planner.domain.cash.movement import MovementKind
from planner.domain.money import Money, sum_of
from planner.domain.payoff.question import PayoffQuestion
from planner.gui.slider_field import SlidingAmount


def reach_of_extra(extra: SlidingAmount, question: PayoffQuestion) -> None:
    """Let "extra each month" slide from nothing to a month's income, but not beyond all that is owed.

    Args:
        extra: The field, wherever it stands.
        question: What is asked.
    """
    zero = Money(0, question.currency)
    extra.set_range(zero, min(a_month(question), _owed(question)), zero)


def a_month(question: PayoffQuestion) -> Money:
    """What comes in during a usual month that brings anything; all that is owed where no income is known."""
    months: dict[tuple[int, int], int] = defaultdict(int)
    forecast = question.forecast
    for day in forecast.days if forecast is not None else ():
        for move in day.movements:
            if move.kind is MovementKind.INCOME:
                months[move.on.year, move.on.month] += move.amount.minor
    return Money(median_high(months.values()), question.currency) if months else _owed(question)


def _owed(question: PayoffQuestion) -> Money:
    return sum_of((each.owed for each in question.worked.debts.facts), question.currency)
