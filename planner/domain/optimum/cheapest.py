"""The cheapest way of each debt by itself."""

from __future__ import annotations

from planner.domain.optimum.problem import End, Problem
from planner.domain.optimum.program import allowed


def cheapest_of_each(problem: Problem, end: End = End.HIGH) -> dict[str, str]:
    """The cheapest way of each debt by itself, whether or not the cash holds; empty if a debt has none.

    Args:
        problem: The problem.
        end: The end of the bands that counts.
    """
    found = {}
    for decision in problem.decisions:
        options = [(option.at(end), option) for option in allowed(problem, decision)]
        if not options:
            return {}
        # Of what costs the same, the later one: it asks the cash for less.
        _stream, best = min(
            options,
            key=lambda pair: (pair[0].late_cost, pair[0].cost, -pair[0].last_on.toordinal(), pair[1].id),
        )
        found[decision.id] = best.id
    return found
