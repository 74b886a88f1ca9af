"""Choices that cost the same as the best one: what decided between them, and what would only end sooner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planner.domain.optimum.check import check
from planner.domain.optimum.problem import Decision, End, Option, Problem
from planner.domain.optimum.program import Column, in_order, program
from planner.domain.optimum.solver import Solution, Status
from planner.phrases import Phrase

_ENDS_FIRST = Phrase("Other choices cost the same; this one is taken because it ends first.")
_FEWER_ACTS = Phrase(
    "Other choices cost the same and end on the same day; this one is taken because it asks for less."
)
_SUMS_FIRST = Phrase(
    "Other choices cost the same and end on the same day; this one is taken because single debts end earlier."
)
_NO_BETTER = Phrase("Other choices cost the same and are as good; of them the same one is taken every time.")


def ties(problem: Problem, solution: Solution, end: End = End.HIGH) -> Phrase | None:
    """What decided for the best choice where another way of one debt costs the same; None where none does.

    Only ways with which the cash holds while all other debts are settled as chosen are looked at.

    Args:
        problem: The problem.
        solution: Its best choice.
        end: The end of the bands that counts.
    """
    if solution.status is not Status.PROVED:
        return None
    whole = program(problem, end)
    keys = [solution.chosen[decision.id] for decision in in_order(problem)]
    best = [
        next(column for column in group if column.key == key)
        for group, key in zip(whole.groups, keys, strict=True)
    ]
    left = [most - sum(column.uses[row] for column in best) for row, most in enumerate(whole.rows)]
    ranks = []
    for number, (group, own) in enumerate(zip(whole.groups, best, strict=True)):
        for column in group:
            if column is own or (column.late, column.cost) != (own.late, own.cost):
                continue
            more = (use - old for use, old in zip(column.uses, own.uses, strict=True))
            if all(use <= spare for use, spare in zip(more, left, strict=True)):
                ranks.append(_rank([*best[:number], column, *best[number + 1 :]]))
    if not ranks:
        return None
    told = zip(min(ranks), _rank(best), (_ENDS_FIRST, _FEWER_ACTS, _SUMS_FIRST), strict=True)
    return next((words for other, own, words in told if other > own), _NO_BETTER)


def _rank(columns: Sequence[Column]) -> tuple[int, int, int]:
    """By what choices that cost the same are told apart: the last day, what is asked for, all last days."""
    ends = [column.ends for column in columns]
    return max(ends), sum(column.acts for column in columns), sum(ends)


def only_sooner(problem: Problem, chosen: Mapping[str, str]) -> Iterator[Phrase]:
    """What is asked of a lender although it saves nothing and only ends sooner.

    Args:
        problem: The problem.
        chosen: The id of the option of each decision.
    """
    for decision in problem.decisions:
        option = decision.option(chosen[decision.id])
        if option.apply_by is None:
            continue
        as_dear = [other for other in decision.options if _is_later_for_nothing(option, other)]
        for other in sorted(as_dear, key=lambda each: each.high.last_on, reverse=True):
            if check(problem, {**chosen, decision.id: other.id}).holds:
                yield _words(decision, option, other)
                break


def _is_later_for_nothing(option: Option, other: Option) -> bool:
    one, two = option.high, other.high
    is_as_dear = (one.late_cost, one.cost) == (two.late_cost, two.cost)
    return is_as_dear and other.apply_by is None and two.last_on > one.last_on


def _words(decision: Decision, option: Option, other: Option) -> Phrase:
    return Phrase(
        "{debt}: {way} saves nothing and only ends sooner. {other} costs the same and leaves you the money "
        "for longer.",
        debt=decision.title,
        way=option.label,
        other=other.label,
    )
