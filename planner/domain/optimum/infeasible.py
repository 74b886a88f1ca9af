"""When nothing holds: the first day that is short, and the least money that would make it hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.optimum.check import check
from planner.domain.optimum.left import made_missing
from planner.domain.optimum.problem import End, Problem
from planner.domain.optimum.program import Column, Program, in_order, program
from planner.domain.optimum.search import MOST_NODES, UNWATCHED, State, Watch, least, least_excess
from planner.domain.optimum.solver import ShouldEnd
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What stands in the way of every choice.

    Attributes:
        chosen: The choice that needs the least money, by the id of each decision.
        short_on: The first day on which it is short.
        missing: How much is missing on that day.
        least_extra: The least money, there from today on, with which a choice holds.
        is_proved: Whether less cannot do.
        until: Until when the cash was looked at.
        is_late_allowed: Whether being late longer than has to be counted as a choice.
    """

    chosen: Mapping[str, str]
    short_on: date
    missing: Derived[Money]
    least_extra: Derived[Money]
    is_proved: bool
    until: date
    is_late_allowed: bool = True

    @property
    def words(self) -> tuple[Phrase, ...]:
        """The same in sentences."""
        short = {"date": self.short_on, "missing": self.missing}
        if self.is_late_allowed:
            first = Phrase(
                "The cash does not hold in any way. In the way that needs least, {missing} is missing on "
                "{date}, the first day that is short.",
                **short,
            )
        else:
            first = Phrase(
                "The cash does not hold in any way that is in time. In the one that needs least, {missing} "
                "is missing on {date}, the first day that is short.",
                **short,
            )
        extra = {"amount": self.least_extra, "date": self.until}
        if self.is_proved:
            return first, Phrase("With {amount} more from today on, it would hold until {date}.", **extra)
        return first, Phrase(
            "With {amount} more from today on, it would hold until {date}; perhaps less would do.", **extra
        )


def least_extra(
    problem: Problem,
    end: End = End.HIGH,
    *,
    is_late_allowed: bool = True,
    should_end: ShouldEnd | None = None,
    most_nodes: int = MOST_NODES,
) -> Shortfall | None:
    """The least money from today on with which a choice holds; None if one holds as it is, or nothing helps.

    Nothing helps where the user's limits, not the cash, are against every choice. If it is stopped, the least
    that is known by then is returned.

    Args:
        problem: The problem.
        end: The end of the bands that counts.
        is_late_allowed: Whether being late longer than has to be counts as a choice.
        should_end: Whether to stop; asked several times a second.
        most_nodes: After how many nodes of a search to stop proving.
    """
    whole = program(problem, end)
    if not is_late_allowed:
        whole = Program(tuple(map(_in_time, whole.groups)), whole.rows)
    watch = Watch(should_end=should_end, nodes=most_nodes) if should_end else UNWATCHED
    cash_rows = len(whole.rows) - (problem.limits.most_plans is not None)
    found = least_excess(whole, cash_rows, watch)
    best, extra = found.chosen or _fewest_plans(whole, cash_rows), found.value
    if found.state is State.IMPOSSIBLE or best is None or extra == 0:
        return None
    if extra is None:
        extra = _need(best, whole.rows[:cash_rows])
    # Of the choices that need no more, the one that is least late.
    best = least(_with(whole, cash_rows, extra), lambda column: column.late, best, watch).chosen or best
    extra = _need(best, whole.rows[:cash_rows])
    names = [decision.id for decision in in_order(problem)]
    chosen = {name: column.key for name, column in zip(names, best, strict=True)}
    is_proved = found.state is State.PROVED
    short = _shortfall(problem, chosen, end, Money(extra, problem.currency), is_proved=is_proved)
    return None if short is None else replace(short, is_late_allowed=is_late_allowed)


def _in_time(group: tuple[Column, ...]) -> tuple[Column, ...]:
    unavoidable = min((column.late for column in group), default=0)
    return tuple(column for column in group if column.late == unavoidable)


def _fewest_plans(whole: Program, cash_rows: int) -> tuple[Column, ...] | None:
    """The choice with the fewest open plans, whatever cash it needs; None if the limits are against it."""
    if not all(whole.groups):
        return None
    fewest = tuple(min(group, key=lambda column: column.uses[cash_rows:]) for group in whole.groups)
    is_kept = all(
        sum(column.uses[row] for column in fewest) <= most
        for row, most in enumerate(whole.rows)
        if row >= cash_rows
    )
    return fewest if is_kept else None


def _with(whole: Program, cash_rows: int, more: int) -> Program:
    """A program with more in each row of cash."""
    rows = tuple(most + more if row < cash_rows else most for row, most in enumerate(whole.rows))
    return Program(whole.groups, rows)


def _need(chosen: Sequence[Column], rows: Sequence[int]) -> int:
    """How much more of cash a choice needs."""
    used = [sum(column.uses[row] for column in chosen) for row in range(len(rows))]
    return max((use - most for use, most in zip(used, rows, strict=True)), default=0)


def _shortfall(
    problem: Problem, chosen: Mapping[str, str], end: End, extra: Money, *, is_proved: bool
) -> Shortfall | None:
    checked = check(problem, chosen, end)
    if checked.first_short is None:
        return None
    short_on, _missing = checked.first_short
    worst_on, _least = checked.lowest
    if is_proved:
        rule = Phrase(
            "The least extra = what is missing on the worst day of the choice that needs the least. "
            "With less, no choice holds."
        )
    else:
        rule = Phrase(
            "The extra = what is missing on the worst day of the choice that needs the least of those found."
        )
    missing = made_missing(problem, chosen, worst_on, end)
    given = (Given(Phrase("Missing on {date}", date=worst_on), missing),)
    made = Derived(extra, Derivation(rule, given, (Working(Phrase("The least extra"), extra),)))
    until, _left = checked.balances[-1]
    short = made_missing(problem, chosen, short_on, end)
    return Shortfall(chosen, short_on, short, made, is_proved, until)
