"""The problem as whole numbers: one column for each option, one row for each day that can bind."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.domain.money import Money
from planner.domain.optimum.problem import Decision, End, Option, Problem


@dataclass(frozen=True, slots=True)
class Column:
    """An option in whole numbers.

    Attributes:
        key: The id of the option.
        late: Its late cost, in minor units.
        cost: All its cost, in minor units.
        ends: Its last day, as a proleptic Gregorian ordinal.
        uses: What it takes of each row.
        acts: Whether somebody has to be asked for it, or something done: 1 or 0.
    """

    key: str
    late: int
    cost: int
    ends: int
    uses: tuple[int, ...]
    acts: int = 0


@dataclass(frozen=True, slots=True)
class Program:
    """One column has to be chosen of each group, and no row may be used beyond what it has.

    Attributes:
        groups: The columns of each decision, in the order of the decisions' ids.
        rows: What each row has; below nothing where even nothing at all would be too much.
    """

    groups: tuple[tuple[Column, ...], ...]
    rows: tuple[int, ...]

    def with_row(self, use: Callable[[Column], int], most: int) -> Program:
        """The same with one more row.

        Args:
            use: What a column takes of it.
            most: What it has.
        """
        groups = tuple(
            tuple(replace(column, uses=(*column.uses, use(column))) for column in group)
            for group in self.groups
        )
        return Program(groups, (*self.rows, most))

    def without(self, chosen: Sequence[Column]) -> Program:
        """Every choice but one: of its columns at least one is another.

        Args:
            chosen: The choice, told by the keys of its columns.
        """
        groups = tuple(
            tuple(replace(column, uses=(*column.uses, int(column.key == one.key))) for column in group)
            for group, one in zip(self.groups, chosen, strict=True)
        )
        return Program(groups, (*self.rows, len(groups) - 1))

    def only(self, keep: Callable[[Column], bool]) -> Program:
        """The same with the columns for which a condition holds."""
        return replace(self, groups=tuple(tuple(filter(keep, group)) for group in self.groups))

    def holds(self, chosen: Sequence[Column]) -> bool:
        """Whether a choice keeps every row, in whole numbers."""
        return all(sum(column.uses[row] for column in chosen) <= most for row, most in enumerate(self.rows))


def in_order(problem: Problem) -> tuple[Decision, ...]:
    """The decisions in the order of a program: by id, so that it does not depend on how they were listed."""
    return tuple(sorted(problem.decisions, key=lambda decision: decision.id))


def program(problem: Problem, end: End) -> Program:
    """The program of a problem; exact on a daily grid.

    Between two days of paying only the lowest balance counts, and a day on which more may have been spent
    than by a later one never binds, because what is paid only grows. So few rows are left of the many days.

    Args:
        problem: The problem.
        end: The end of the bands that counts.
    """
    decisions = in_order(problem)
    days = sorted({on for each in decisions for option in each.options for on in _days(option, end)})
    before, *caps = caps_of(problem, days)
    binding: list[tuple[date, int]] = []
    for on, cap in zip(reversed(days), reversed(caps), strict=True):
        if not binding or cap < binding[-1][1]:
            binding.append((on, cap))
    binding.reverse()
    rows = [cap for _on, cap in binding]
    by_then = [on for on, _cap in binding]
    if before < 0:
        # Something is missing before anything is paid: no choice helps, and a row that nothing keeps says so.
        rows.append(before)
    most = problem.limits.most_plans
    if most is not None:
        rows.append(most)

    def column(option: Option) -> Column:
        stream = option.at(end)
        uses = _paid_by(option, end, by_then)
        uses += [0] if before < 0 else []
        uses += [int(option.opens_plan)] if most is not None else []
        return Column(
            option.id,
            stream.late_cost.minor,
            stream.cost.minor,
            stream.last_on.toordinal(),
            tuple(uses),
            int(option.apply_by is not None),
        )

    return Program(tuple(tuple(map(column, allowed(problem, each))) for each in decisions), tuple(rows))


def caps_of(problem: Problem, days: Sequence[date]) -> list[int]:
    """How much may have been paid by some days, so that the floor holds until the next of them.

    The first number is that before all of them, from today on; then one for each day.

    Args:
        problem: The problem.
        days: The days, in order; none before today.
    """
    steps = [(on, cash.minor) for on, cash in problem.cash]
    known = [on for on, _cash in steps]
    caps = []
    for start, stop in zip((problem.today, *days), (*days, date.max), strict=True):
        first = max(bisect_right(known, start) - 1, 0)
        inside = [cash for on, cash in steps[first:] if on < stop] or [steps[first][1]]
        caps.append(min(inside) - problem.floor.minor)
    return caps


def with_more_cash(problem: Problem, since: date, more: Money) -> Problem:
    """The same problem with more cash from a day on.

    Args:
        problem: The problem.
        since: The day.
        more: How much more.
    """
    before = [(on, cash) for on, cash in problem.cash if on < since]
    after = [(on, cash + more) for on, cash in problem.cash if on >= since]
    if before and (not after or after[0][0] > since):
        after.insert(0, (since, before[-1][1] + more))
    return replace(problem, cash=(*before, *after))


def _days(option: Option, end: End) -> Iterator[date]:
    return (on for on, _amount in option.at(end).payments)


def _paid_by(option: Option, end: End, days: Sequence[date]) -> list[int]:
    """What an option has paid by each of some days."""
    found, total, left = [], 0, list(option.at(end).payments)
    for day in days:
        while left and left[0][0] <= day:
            total += left.pop(0)[1].minor
        found.append(total)
    return found


def allowed(problem: Problem, decision: Decision) -> Iterator[Option]:
    """The options that the user wants at all, by id."""
    refused = decision.lender in problem.limits.no_new_plan_with
    for option in sorted(decision.options, key=lambda option: option.id):
        if not (refused and option.opens_new_plan):
            yield option
