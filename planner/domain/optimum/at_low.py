"""Whether the best choice at the dear end of the bands is also the best at the cheap end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from planner.domain.derivation import Derived
from planner.domain.money import Money, sum_of
from planner.domain.optimum.check import check
from planner.domain.optimum.margins import FEWER_NODES, costs_of, made_difference
from planner.domain.optimum.problem import End, Problem
from planner.domain.optimum.program import allowed
from planner.domain.optimum.solver import ShouldEnd, Solution, Status, solve
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class AtLow:
    """Whether the choice is also the best one at the cheap end of the bands.

    Attributes:
        holds: Whether it is.
        keeps: Whether the cash holds with it there.
        cost: What it costs there.
        more: How much more than the best choice there; None if nothing holds there.
        later: How much more of it comes from being late; None if nothing holds there.
        chosen: The best choice there; empty if nothing holds there.
    """

    holds: bool
    keeps: bool
    cost: Money
    more: Derived[Money] | None
    later: Derived[Money] | None
    chosen: Mapping[str, str]

    @property
    def words(self) -> Phrase:
        """The same in a sentence."""
        if self.holds:
            return Phrase("Where the sources disagree, this choice is the best at the low end too.")
        if not self.keeps:
            return Phrase(
                "Where the sources disagree: at the low end the cash does not hold with this choice."
            )
        if self.later is not None and self.later.value.minor > 0:
            return Phrase(
                "Where the sources disagree: at the low end being late would cost {more} less with another "
                "choice.",
                more=self.later,
            )
        return Phrase(
            "Where the sources disagree: at the low end another choice would cost {more} less.",
            more=self.more,
        )


def at_low(problem: Problem, solution: Solution, *, should_end: ShouldEnd | None = None) -> AtLow | None:
    """Whether the best choice at the dear end is the best at the cheap end too; None if that was stopped.

    If nothing is later than it has to be at the dear end, nothing that would be is a choice at the cheap one:
    what may cost nothing is late all the same.

    Args:
        problem: The problem.
        solution: Its best choice at the dear end.
        should_end: Whether to stop; asked several times a second.
    """
    if solution.cost is None:
        return None
    asked = _in_time(problem, solution)
    if solution.status is Status.PROVED and not _has_bands(asked):
        low = solution
    else:
        low = solve(asked, End.LOW, should_end=should_end, most_nodes=FEWER_NODES)
    own = check(problem, solution.chosen, End.LOW)
    if low.status is Status.INFEASIBLE:
        return AtLow(holds=False, keeps=False, cost=own.cost, more=None, later=None, chosen={})
    if low.status is not Status.PROVED:
        return None
    best = check(asked, low.chosen, End.LOW)
    more = made_difference(
        Phrase("This choice costs at the low end"),
        own.cost,
        Phrase("The best choice costs there"),
        best.cost,
    )
    later = made_difference(
        Phrase("Being late costs at the low end with this choice"),
        own.late_cost,
        Phrase("Being late costs there with the best choice"),
        best.late_cost,
    )
    is_best = own.holds and costs_of(own) == costs_of(best)
    return AtLow(is_best, own.holds, own.cost, more, later, low.chosen)


def _has_bands(problem: Problem) -> bool:
    """Whether anything differs between the dear end and the cheap one."""
    return any(option.high != option.low for each in problem.decisions for option in each.options)


def _in_time(problem: Problem, solution: Solution) -> Problem:
    """Only the options that are no later than they have to be at the dear end, if the best choice is not."""
    least = {}
    for decision in problem.decisions:
        late = [option.high.late_cost for option in allowed(problem, decision)]
        least[decision.id] = min(late, default=problem.reserve.zero)
    if solution.late_cost != sum_of(least.values(), problem.currency):
        return problem
    decisions = tuple(
        replace(each, options=tuple(way for way in each.options if way.high.late_cost <= least[each.id]))
        for each in problem.decisions
    )
    return replace(problem, decisions=decisions)
