"""How firm the best choice is: the next best, and the day that binds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.optimum.cheapest import cheapest_of_each
from planner.domain.optimum.check import Checked, check
from planner.domain.optimum.left import made_above
from planner.domain.optimum.made import made_of_payments
from planner.domain.optimum.problem import End, Problem
from planner.domain.optimum.program import Column, in_order, program, with_more_cash
from planner.domain.optimum.search import Found, State, Watch, least
from planner.domain.optimum.solver import ShouldEnd, Solution, Status, solve
from planner.domain.optimum.ties import ties
from planner.phrases import Phrase

# A margin is worth less patience than the answer.
FEWER_NODES = 5_000_000

_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class NextBest:
    """The next best choice that does not cost the same.

    Attributes:
        chosen: The id of the option of each decision.
        late_cost: What being late costs.
        cost: All cost above what is owed.
        is_proved: Whether nothing lies between it and the best.
        gap: How much more it costs.
        later: How much more of it comes from being late.
        is_tied: Whether other choices are known that cost the same as the best.
    """

    chosen: Mapping[str, str]
    late_cost: Money
    cost: Money
    is_proved: bool
    gap: Derived[Money]
    later: Derived[Money]
    is_tied: bool = False

    @property
    def words(self) -> Phrase:
        """The same in a sentence."""
        if self.later.value.minor > 0:
            return Phrase(
                "The next best choice would be later: being late costs {more} more.", more=self.later
            )
        if not self.is_proved:
            return Phrase("The next best choice that was found costs {gap} more.", gap=self.gap)
        if self.is_tied:
            return Phrase("The next best choice that does not cost the same costs {gap} more.", gap=self.gap)
        return Phrase("The next best choice costs {gap} more.", gap=self.gap)


def next_best(
    problem: Problem, solution: Solution, end: End = End.HIGH, *, should_end: ShouldEnd | None = None
) -> NextBest | None:
    """The least choice above the best: by late cost, then by cost; None if there is none, or it was stopped.

    Args:
        problem: The problem.
        solution: Its best choice.
        end: The end of the bands that counts.
        should_end: Whether to stop; asked several times a second.
    """
    if solution.cost is None or solution.late_cost is None:
        return None
    whole = program(problem, end)
    watch = Watch(should_end=should_end, nodes=FEWER_NODES)
    late, cost = solution.late_cost.minor, solution.cost.minor
    found = least(whole.with_row(_late, late), _cost, watch=watch, above=cost)
    if found.state is State.IMPOSSIBLE:
        later = least(whole, _late, watch=watch, above=late)
        if later.value is None:
            return None
        as_late = whole.with_row(_late, later.value).with_row(lambda column: -column.late, -later.value)
        found = least(as_late, _cost, later.chosen, watch)
        found = Found(later.state if later.state is not State.PROVED else found.state, found.chosen)
    if found.chosen is None:
        return None
    names = [decision.id for decision in in_order(problem)]
    chosen = {name: column.key for name, column in zip(names, found.chosen, strict=True)}
    checked = check(problem, chosen, end)
    is_proved = found.state is State.PROVED and solution.status is Status.PROVED
    gap = made_difference(
        Phrase("The next best choice costs"), checked.cost, Phrase("The best costs"), solution.cost
    )
    later_by = made_difference(
        Phrase("Being late costs with the next best"),
        checked.late_cost,
        Phrase("Being late costs with the best"),
        solution.late_cost,
    )
    is_tied = ties(problem, solution, end) is not None
    return NextBest(chosen, checked.late_cost, checked.cost, is_proved, gap, later_by, is_tied)


@dataclass(frozen=True, slots=True)
class Binding:
    """The day that stands in the way of what is cheaper, and what more cash on it would save.

    Attributes:
        on: The day on which most would be missing if each debt took its cheapest way.
        above: How much more than has to be is left on it with the best choice.
        more: The cash that is thought of, there from that day on.
        saves: What would be saved; None if that was not worked out to the end. Below nothing where less is
            late for it.
        saves_late: What being late would cost less; None if that was not worked out to the end.
    """

    on: date
    above: Derived[Money]
    more: Money
    saves: Derived[Money] | None
    saves_late: Derived[Money] | None = None

    @property
    def made_more(self) -> Derived[Money]:
        """The cash that is thought of, which follows from nothing."""
        rule = Phrase("An amount that is only thought of, to see what more cash would save.")
        return Derived(self.more, Derivation(rule, (Given(Phrase("Thought of"), self.more),)))

    @property
    def words(self) -> Phrase:
        """The same in a sentence."""
        if self.saves is None:
            return Phrase(
                "What keeps a cheaper choice out is the cash on {date}; with this plan {above} is to "
                "spare on it.",
                date=self.on,
                above=self.above,
            )
        if self.saves_late is not None and self.saves_late.value.minor > 0:
            return Phrase(
                "What keeps a cheaper choice out is the cash on {date}; with this plan {above} is to "
                "spare on it. With {more} more on that day, being late would cost {saved} less.",
                date=self.on,
                above=self.above,
                more=self.made_more,
                saved=self.saves_late,
            )
        if not self.saves.value:
            return Phrase(
                "What keeps a cheaper choice out is the cash on {date}; with this plan {above} is to "
                "spare on it. {more} more would save nothing.",
                date=self.on,
                above=self.above,
                more=self.made_more,
            )
        return Phrase(
            "What keeps a cheaper choice out is the cash on {date}; with this plan {above} is to spare "
            "on it. {more} more on that day would save {saved}.",
            date=self.on,
            above=self.above,
            more=self.made_more,
            saved=self.saves,
        )


def binding(
    problem: Problem,
    solution: Solution,
    more: Money | None = None,
    end: End = End.HIGH,
    *,
    should_end: ShouldEnd | None = None,
) -> Binding | None:
    """The day that binds the best choice, and what more cash from it on would save; worked out anew, exactly.

    None where no day binds: each debt takes its cheapest way or one that costs the same, and the cash holds.

    Args:
        problem: The problem.
        solution: Its best choice.
        more: The cash that is thought of; 100 of the currency if None.
        end: The end of the bands that counts.
        should_end: Whether to stop; asked several times a second.
    """
    cheapest = cheapest_of_each(problem, end)
    if solution.cost is None or solution.late_cost is None or len(cheapest) < len(problem.decisions):
        return None
    checked = check(problem, cheapest, end)
    if checked.first_short is None or costs_of(checked) == (solution.late_cost, solution.cost):
        return None
    on, _left = checked.lowest
    more = more or Money.of(_HUNDRED, problem.currency)
    richer = solve(with_more_cash(problem, on, more), end, should_end=should_end, most_nodes=FEWER_NODES)
    above = made_above(problem, solution.chosen, on, end)
    if richer.status is not Status.PROVED or solution.status is not Status.PROVED:
        return Binding(on, above, more, None)
    found = check(with_more_cash(problem, on, more), richer.chosen, end)
    then = Phrase("With {more} more from {date} on", more=more, date=on)
    saves = made_difference(Phrase("The best choice costs"), solution.cost, then, found.cost)
    late = made_difference(
        Phrase("Being late costs with the best"), solution.late_cost, then, found.late_cost
    )
    return Binding(on, above, more, saves, late)


def _late(column: Column) -> int:
    return column.late


def _cost(column: Column) -> int:
    return column.cost


def costs_of(checked: Checked) -> tuple[Money, Money]:
    """By what choices are told apart first: their late cost, then all their cost."""
    return checked.late_cost, checked.cost


def made_difference(label: Phrase, cost: Money, other: Phrase, less: Money) -> Derived[Money]:
    """How much more one choice costs than another.

    Args:
        label: What to call what the one costs.
        cost: What the one costs.
        other: What to call what the other costs.
        less: What the other costs.
    """
    rule = Phrase(
        "The difference = what the one choice costs − what the other costs; both are checked exactly"
    )
    given = (Given(label, made_of_payments(cost)), Given(other, made_of_payments(less)))
    value = cost - less
    return Derived(value, Derivation(rule, given, (Working(Phrase("The difference"), value),)))
