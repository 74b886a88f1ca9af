"""A choice checked by the payments themselves, day by day, in exact amounts and without any solver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planner.domain.money import Money, sum_of
from planner.domain.optimum.problem import End, Problem, Stream


@dataclass(frozen=True, slots=True)
class Checked:
    """What a choice comes to.

    Attributes:
        balances: The cash at the end of each day from today on, on which it changes.
        late_cost: What being late costs.
        cost: All cost above what is owed.
        ends_on: The last payment; None if there is none.
        first_short: The first day that ends below the floor, and by how much; None if none does.
        keeps_limits: Whether the user's limits are kept.
    """

    balances: tuple[tuple[date, Money], ...]
    late_cost: Money
    cost: Money
    ends_on: date | None
    first_short: tuple[date, Money] | None
    keeps_limits: bool

    @property
    def holds(self) -> bool:
        """Whether the cash holds and every limit is kept."""
        return self.first_short is None and self.keeps_limits

    @property
    def lowest(self) -> tuple[date, Money]:
        """The first day on which least is left."""
        return min(self.balances, key=lambda day: (day[1].minor, day[0]))


def check(problem: Problem, chosen: Mapping[str, str], end: End = End.HIGH) -> Checked:
    """Pay every debt as chosen, day by day, and see what is left.

    Args:
        problem: The problem.
        chosen: The id of the option of each decision.
        end: The end of the bands that counts.

    Raises:
        KeyError: A decision has no such option, or none was chosen.
    """
    streams = [decision.option(chosen[decision.id]).at(end) for decision in problem.decisions]
    currency = problem.currency
    balances = _balances(problem, streams)
    short = next(((on, problem.floor - left) for on, left in balances if left < problem.floor), None)
    return Checked(
        balances,
        sum_of((stream.late_cost for stream in streams), currency),
        sum_of((stream.cost for stream in streams), currency),
        max((stream.last_on for stream in streams), default=None),
        short,
        _keeps_limits(problem, chosen),
    )


def _balances(problem: Problem, streams: list[Stream]) -> tuple[tuple[date, Money], ...]:
    """The cash at the end of today and of each later day on which it changes."""
    payments = sorted(payment for stream in streams for payment in stream.payments)
    days = {problem.today, *(on for on, _cash in problem.cash), *(on for on, _amount in payments)}
    found = []
    paid, cash = Money(0, problem.currency), Money(0, problem.currency)
    coming, steps = list(reversed(payments)), list(reversed(problem.cash))
    for day in sorted(days):
        while steps and steps[-1][0] <= day:
            cash = steps.pop()[1]
        while coming and coming[-1][0] <= day:
            paid += coming.pop()[1]
        if day >= problem.today:
            found.append((day, cash - paid))
    return tuple(found)


def _keeps_limits(problem: Problem, chosen: Mapping[str, str]) -> bool:
    limits = problem.limits
    plans = 0
    for decision in problem.decisions:
        option = decision.option(chosen[decision.id])
        plans += option.opens_plan
        if option.opens_new_plan and decision.lender in limits.no_new_plan_with:
            return False
    return limits.most_plans is None or plans <= limits.most_plans
