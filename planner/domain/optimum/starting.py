"""A choice that the search for the best one begins with."""

from __future__ import annotations

from planner.domain.optimum.problem import Problem
from planner.domain.optimum.program import Column, Program, in_order


def cheapest_order(problem: Problem, whole: Program) -> tuple[Column, ...] | None:
    """What the cheapest of the orders of debts pays; None if none of them holds.

    Args:
        problem: The problem.
        whole: Its program, or some of the columns of it.
    """
    places = {decision.id: place for place, decision in enumerate(problem.decisions)}
    in_row = [places[decision.id] for decision in in_order(problem)]
    held = []
    for keys in problem.orders.values():
        columns = [
            next((column for column in group if column.key == keys[place]), None)
            for group, place in zip(whole.groups, in_row, strict=True)
        ]
        chosen = tuple(column for column in columns if column is not None)
        if len(chosen) == len(columns) and whole.holds(chosen):
            held.append(chosen)
    return min(held, key=lambda chosen: sum(column.cost for column in chosen), default=None)
