"""Which bills can simply be paid in full, because the cash stays on the reserve all the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planner.domain.derivation import Derived
from planner.domain.money import Money
from planner.domain.optimum.check import check
from planner.domain.optimum.left import made_left
from planner.domain.optimum.problem import Decision, OptionKind, Problem
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class InFull:
    """A bill that can be paid in full.

    Attributes:
        decision_id: The debt.
        option_id: How it is paid in full.
        is_chosen: Whether it is paid in full by the choice too.
        lowest: The least that is left on any day then.
        lowest_on: When that is.
        words: The same in a sentence.
    """

    decision_id: str
    option_id: str
    is_chosen: bool
    lowest: Derived[Money]
    lowest_on: date
    words: Phrase


def in_full(problem: Problem, chosen: Mapping[str, str]) -> tuple[InFull, ...]:
    """The debts that can be paid in full while all others are paid as chosen.

    That is so where the cash of every day stays on what must be left: "if the bill is not large, repay it".

    Args:
        problem: The debts and the cash.
        chosen: The id of the chosen option for each debt.
    """
    found = []
    for decision in problem.decisions:
        for option in decision.options:
            if option.kind is not OptionKind.FULL:
                continue
            is_chosen = decision.option(chosen[decision.id]).kind is OptionKind.FULL
            tried = {**chosen, decision.id: option.id}
            checked = _checked(problem, tried, decision, is_chosen=is_chosen)
            if checked is not None:
                found.append(checked)
                break
    return tuple(found)


def _checked(
    problem: Problem, tried: Mapping[str, str], decision: Decision, *, is_chosen: bool
) -> InFull | None:
    found = check(problem, tried)
    if found.first_short is not None:
        return None
    lowest_on, _left = found.lowest
    made = made_left(problem, tried, lowest_on)
    words = Phrase(
        "{what} can be paid in full: on no day less than {lowest} is left, on {date}.",
        what=decision.title,
        lowest=made,
        date=lowest_on,
    )
    return InFull(decision.id, tried[decision.id], is_chosen, made, lowest_on, words)
